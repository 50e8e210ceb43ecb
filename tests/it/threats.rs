//! One test for each threat of `docs/threats.md` that no other test shows, named by its number, and for published
//! vulnerabilities of others, named by their id. Those that need a repository on disk are `publish::trust`.

use crate::support::{files_under, snapshot};
use afterword::{config, markup, model::Visibility, parse::yaml, pipeline, snapshot::RelPath};
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use serde_yaml_reference::Value as Yaml;
use std::{
    collections::BTreeMap,
    fs,
    time::{Duration, Instant},
};

fn html(markdown: &str) -> String {
    markup::html(markdown, &markup::Env { root: "", place: None, targets: &BTreeMap::new(), notes: "" }).0
}

#[test]
fn t01_only_git_is_ever_run() {
    // `serve --open` starts the browser, and only with the address of the preview.
    for file in files_under("src", "rs").into_iter().filter(|file| file != "src/cli/serve.rs") {
        let source = fs::read_to_string(&file).expect("a source file");
        let source = source.split("#[cfg(test)]").next().unwrap_or("");
        assert!(!source.contains("Command::new(") || source.contains("Command::new(\"git\")"), "{file} runs a program");
        let started = source.matches("Command::new(").count();
        assert_eq!(started, source.matches("Command::new(\"git\")").count(), "{file}");
    }
}

/// Backstage #34058 and GHSA of others begin with a key of the configuration that names a program.
#[test]
fn t01_the_configuration_names_no_program() {
    for key in ["hooks", "plugins", "pre_build", "commands", "extensions", "shell"] {
        let text = format!("{key} = [\"./x.sh\"]\n");
        let (_, findings) = config::parse(Some(&afterword::snapshot::File { bytes: text.into_bytes().into() }));
        assert!(findings.iter().any(|found| found.rule.code == "AW106"), "{key}: {findings:?}");
    }
    let deploy = fs::read_to_string("docs/deploy.md").expect("the workflows");
    let workflows = blocks_of(&deploy, "yaml");
    let read: Vec<Yaml> = workflows.iter().map(|text| serde_yaml_reference::from_str(text).expect("YAML")).collect();
    let asked: Vec<_> =
        workflows.iter().zip(&read).filter(|(_, flow)| flow["on"].get("pull_request").is_some()).collect();
    assert!(!asked.is_empty());
    for (text, flow) in asked {
        assert_eq!(flow["permissions"], Yaml::Mapping(serde_yaml_reference::Mapping::new()), "{text}");
        assert_eq!(flow["jobs"]["check"]["permissions"]["contents"], "read", "{text}");
        assert!(!text.contains("pull_request_target") && !text.contains("secrets."), "{text}");
    }
}

/// The code of a Markdown text in a language, block by block.
fn blocks_of(markdown: &str, language: &str) -> Vec<String> {
    let (mut blocks, mut inside) = (Vec::new(), false);
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(found))) if *found == *language => {
                inside = true;
                blocks.push(String::new());
            }
            Event::Text(text) if inside => blocks.last_mut().expect("an open block").push_str(&text),
            Event::End(TagEnd::CodeBlock) => inside = false,
            _ => {}
        }
    }
    blocks
}

/// CVE-2026-35166 and CVE-2026-5160 are schemes that a list of bad ones does not have.
#[test]
fn t03_schemes_are_an_allow_list() {
    for scheme in [
        "javascript",
        "JAVASCRIPT",
        "vbscript",
        "data",
        "file",
        "blob",
        "java&#9;script",
        "java&Tab;script",
        "&#106;avascript",
        "\u{1}javascript",
    ] {
        let page = html(&format!("[x]({scheme}:alert(1)) ![x]({scheme}:alert(1)) <{scheme}:alert(1)>"));
        assert!(!page.contains("href=") && !page.contains("src="), "{scheme}: {page}");
    }
    assert!(html("[x](https://example.org)").contains("href=\"https://example.org"));
}

/// CVE-2024-32875, CVE-2024-55601, GHSA-q76j-gcg9-vxc6, CVE-2020-26298: titles, alternative texts, languages of code, quotes.
#[test]
fn t04_attributes_are_ours() {
    for text in [
        "# H {#x onclick=alert(1)}",
        "![\" onerror=\"alert(1)](https://e.example/x.png)",
        "[x](https://e.example '\" onclick=\"alert(1)')",
        "```\" onclick=\"alert(1)\nx\n```",
        "> \" onclick=\"alert(1)\n> \"quoted\" onclick=\"",
        "{: onclick=\"alert(1)\"}\nx\n{: onclick=\"alert(1)\"}",
    ] {
        let page = html(text);
        assert!(!page.contains(" onclick=\"") && !page.contains(" onerror=\""), "{page}");
    }
}

/// CVE-2024-45389 begins with an element whose id is the name of a property that a script reads.
#[test]
fn t05_ids_of_authors_have_a_prefix() {
    for id in ["location", "constructor", "__proto__", "body"] {
        let page = html(&format!("# {id} {{#{id}}}\n\nx[^{id}]\n\n[^{id}]: y"));
        assert!(!page.contains(&format!("id=\"{id}\"")), "{page}");
    }
}

/// Files beside a report, whether a site may hold them, and what they hold: CVE-2026-50133 is a page among the content.
const BESIDE: &[(&str, bool, &str)] = &[
    ("a.html", false, "<script>alert(1)</script>"),
    ("b.HTM", false, "<script>alert(1)</script>"),
    ("c.xhtml", false, "<html xmlns='http://www.w3.org/1999/xhtml'><script>alert(1)</script></html>"),
    ("d.js", false, "alert(1)"),
    ("e.mjs", false, "alert(1)"),
    ("f.css", false, "@import '//evil.example/x'"),
    ("g.xml", false, "<x xmlns='http://www.w3.org/1999/xhtml'><script>alert(1)</script></x>"),
    ("h.svgz", false, "<svg onload='alert(1)'/>"),
    ("i.swf", false, "FWS"),
    ("j.wasm", false, "\0asm"),
    ("k.md.html", false, "<script>alert(1)</script>"),
    ("l.gif", true, "GIF89a"),
    ("m.txt", true, "<script>alert(1)</script>"),
    ("n.svg", true, "<svg><script>alert(1)</script></svg>"),
    ("o.SVG", true, "<svg onload='alert(1)'/>"),
    ("p.svg", true, "<!DOCTYPE svg [<!ENTITY x 'y'>]><svg/>"),
    ("x.svg", true, "<svg><a><set attributeName='href' to='javascript:alert(1)'/></a></svg>"),
    ("q.png", false, "<html><script>alert(1)</script></html>"),
    ("r.jpg", false, "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    ("s.gif", false, "PNG"),
    ("t.pdf", false, "<!DOCTYPE html><script>alert(1)</script>"),
    ("u.svg", false, "<html xmlns='http://www.w3.org/1999/xhtml'/>"),
    ("v.txt", false, "MZ\0\0<script>alert(1)</script>"),
];

#[test]
fn t06_nothing_that_runs_is_copied() {
    let links: String = BESIDE.iter().map(|(name, ..)| format!("[x]({name}) ![y]({name})\n\n")).collect();
    let report = format!(
        "---\ntitle: A\nseverity: sev1\nservices: [a]\nstarted_at: 2024-01-01T08:00:00Z\n---\n\n## Summary\n\n{links}"
    );
    let paths: Vec<String> = BESIDE.iter().map(|(name, ..)| format!("reports/2024/{name}")).collect();
    let mut files: Vec<(&str, &str)> =
        paths.iter().zip(BESIDE).map(|(path, (_, _, text))| (path.as_str(), *text)).collect();
    files.push(("reports/2024/2024-01-01-x.md", &report));
    let snapshot = snapshot(&files);
    let mut checked = pipeline::check(&snapshot);
    checked.diagnostics.clear();
    let site = pipeline::build(&snapshot, &checked, Visibility::Public).expect("a site").site;
    for (name, may, _) in BESIDE {
        let found: Vec<_> = site.files.iter().filter(|(path, _)| path.file_name() == *name).collect();
        assert_eq!(found.len(), usize::from(*may), "{name}");
        let live = |bytes: &[u8]| {
            String::from_utf8_lossy(bytes).contains("alert(1)") || String::from_utf8_lossy(bytes).contains("ENTITY")
        };
        assert!(found.iter().all(|(_, bytes)| !name.to_lowercase().ends_with("svg") || !live(bytes)), "{name}");
    }
}

/// What stands in every field and in the body stays as it is written: CVE-2020-14001 and CVE-2021-28834 are options of the
/// text's own markup that are obeyed.
#[test]
fn t08_content_is_no_template() {
    for payload in [
        "{{ 7777*7777 }}",
        "{% include 'site.toml' %}{{ get_env(name='HOME') }}",
        "{{< readfile site.toml >}}",
        "{::options template='/etc/passwd' syntax_highlighter='Kernel' /}",
        "<%= 7777*7777 %>",
    ] {
        let of = |template| crate::hostile::filled(template, 0, payload);
        let (report, pattern) = (of(crate::hostile::REPORT), of(crate::hostile::PATTERN));
        let config = format!("{}{}", of(crate::hostile::SITE), of(crate::hostile::NAMED));
        let snapshot = snapshot(&[
            ("site.toml", &config),
            ("reports/2025/2025-01-03-x.md", &report),
            ("reports/_patterns/p0.md", &pattern),
            ("reports/_digests/2025-Q1.md", payload),
        ]);
        let mut checked = pipeline::check(&snapshot);
        checked.diagnostics.clear();
        let site = pipeline::build(&snapshot, &checked, Visibility::Public).expect("a site").site;
        let page = crate::support::page_text(&site, "incidents/2025-01-03-x/index.html");
        let written = payload.replace('<', "&lt;").replace('>', "&gt;").replace('\'', "&#39;");
        let plain = |page: &str| page.replace("&#x27;", "&#39;").replace(['‘', '’'], "&#39;");
        let shown = plain(page).matches(&written).count() + plain(page).matches(&written.replace("&#39;", "'")).count();
        assert!(shown >= 20, "{payload} is shown {shown} times");
        for (path, bytes) in &site.files {
            let text = String::from_utf8_lossy(bytes);
            assert!(!text.contains("60481729") && !text.contains("root:x:"), "{path}: {payload}");
        }
    }
}

/// CVE-2026-50135, GHSA-c3wq-j5vh-68rc and CVE-2018-17567 begin with a name that leaves its folder.
#[test]
fn t09_names_stay_in_the_repository() {
    for path in ["../x", "/x", "a/../../x", "a\\..\\x", "", "a/\0"] {
        assert!(
            RelPath::new(path).is_none_or(|path| !path.as_str().contains("..") && !path.as_str().starts_with('/')),
            "{path:?}"
        );
    }
}

/// CVE-2019-11254, CVE-2021-4235, CVE-2022-3064, RUSTSEC-2018-0005 and -0006: bombs and depth are refused at once.
#[test]
fn t11_yaml_bombs_are_refused() {
    let path = RelPath::new("x.md").expect("a path");
    let bomb = (0..10).map(|n| format!("a{n}: &a{n} [{}]\n", format!("*a{}, ", n - 1).repeat(9))).collect::<String>();
    for text in [
        bomb,
        "[".repeat(60_000),
        "{a: ".repeat(15_000),
        "- ".repeat(30_000),
        "a: &x 1\nb: *x\n".to_owned(),
        "!!js/function x".to_owned(),
    ] {
        let start = Instant::now();
        let (_, findings) = yaml::parse(&path, &text, 0, yaml::Budget::default());
        assert!(!findings.is_empty() && start.elapsed() < Duration::from_secs(2), "{}", &text[..20.min(text.len())]);
    }
}

/// CVE-2023-37463 and others of cmark-gfm: more output than input, without an end.
#[test]
fn t12_output_has_a_limit() {
    let row = format!("|{}\n", "a|".repeat(3000));
    let table = format!("{row}|{}\n{}", "-|".repeat(3000), "|\n".repeat(20_000));
    assert!(html(&table).len() <= markup::LIMIT + 100_000);
}

/// CVE-2024-22051: more columns than a number of sixteen bits counts.
#[test]
fn t12_columns_are_counted_right() {
    let table = format!("|{}\n|{}\n|{}\n", "a|".repeat(70_000), "-|".repeat(70_000), "b|".repeat(70_000));
    let page = html(&table);
    assert!(page.len() <= markup::LIMIT + 100_000 && !page.contains("<script"));
}

/// RUSTSEC-2026-0009, CVE-2022-28948: times that are nested, and YAML that ends in the middle of a character.
#[test]
fn t11_scalars_are_no_programs() {
    let path = RelPath::new("reports/2024/2024-01-01-x.md").expect("a path");
    let config = config::parse(None).0;
    let nested = format!("---\ntitle: A\nstarted_at: \"{}{}\"\n---\n", "(".repeat(30_000), ")".repeat(30_000));
    for bytes in [nested.as_bytes(), b"---\n0: [:!00 \xef\n---\n", b"---\na: !!binary \xff\n---\n"] {
        let start = Instant::now();
        let (_, findings) = afterword::parse::file_of(&path, bytes, &config);
        assert!(!findings.is_empty() && start.elapsed() < Duration::from_secs(2), "{findings:?}");
    }
}

/// Format characters of Unicode 17, first and last of each run.
const FORMAT: &[(u32, u32)] = &[
    (0xad, 0xad),
    (0x600, 0x605),
    (0x61c, 0x61c),
    (0x6dd, 0x6dd),
    (0x70f, 0x70f),
    (0x890, 0x891),
    (0x8e2, 0x8e2),
    (0x180e, 0x180e),
    (0x200b, 0x200f),
    (0x202a, 0x202e),
    (0x2060, 0x2064),
    (0x2066, 0x206f),
    (0xfeff, 0xfeff),
    (0xfff9, 0xfffb),
    (0x110bd, 0x110bd),
    (0x110cd, 0x110cd),
    (0x13430, 0x1343f),
    (0x1bca0, 0x1bca3),
    (0x1d173, 0x1d17a),
    (0xe0001, 0xe0001),
    (0xe0020, 0xe007f),
];
/// Those that are seen: signs around Arabic, Syriac and Kaithi numbers, and joiners of hieroglyphs.
const SEEN: &[u32] = &[0x6dd, 0x70f, 0x890, 0x891, 0x8e2, 0x110bd, 0x110cd];

/// CVE-2021-42574: each character that reorders or hides is told, and never reaches a terminal.
#[test]
fn t14_no_invisible_character_passes() {
    for code in FORMAT.iter().flat_map(|(first, last)| *first..=*last) {
        let c = char::from_u32(code).expect("a character");
        let report = format!("---\ntitle: Che{c}ckout\nseverity: sev1\n---\n\n## Summary\n\nDo{c}wn.\n");
        let files = snapshot(&[("reports/2024/2024-01-01-x.md", &report)]);
        let found = pipeline::check(&files).diagnostics;
        let told = found.iter().filter(|found| found.rule.code == "AW905").count();
        let seen = SEEN.contains(&code) || (0x600..=0x605).contains(&code) || (0x13430..=0x1343f).contains(&code);
        assert_eq!(told, if seen { 0 } else { 2 }, "U+{code:04X}");
        let log = afterword::diag::human::render(&found, &files, false);
        assert!(seen || !log.contains(c), "U+{code:04X}: {log}");
    }
}

#[test]
fn t13_only_linear_expressions() {
    let lock = fs::read_to_string("Cargo.toml").expect("Cargo.toml");
    assert!(!lock.contains("fancy-regex =") && !lock.contains("\nonig") && !lock.contains("\npcre"));
}

#[test]
fn t21_no_unsafe_code() {
    assert!(fs::read_to_string("Cargo.toml").expect("Cargo.toml").contains("unsafe_code = \"forbid\""));
}

/// CVE-2026-50134, GHSA-r46f-3rpw-hxrv: what cannot ask the network cannot be made to.
#[test]
fn t22_no_network_client() {
    let lock = fs::read_to_string("Cargo.lock").expect("Cargo.lock");
    for client in [
        "reqwest",
        "hyper",
        "ureq",
        "curl",
        "isahc",
        "attohttpc",
        "tokio",
        "rustls",
        "openssl",
        "native-tls",
        "h2",
        "quinn",
    ] {
        assert!(!lock.contains(&format!("name = \"{client}\"\n")), "{client} is in the tree");
    }
    for file in files_under("src", "rs") {
        let text = fs::read_to_string(&file).expect("a source file");
        let program = text.split("#[cfg(test)]").next().unwrap_or(&text);
        assert!(!program.contains("TcpStream::") && !program.contains("UdpSocket"), "{file} connects");
    }
}

#[test]
fn t23_no_archives() {
    let manifest = fs::read_to_string("Cargo.toml").expect("Cargo.toml");
    for reader in ["zip", "tar", "flate2"] {
        assert!(!manifest.contains(&format!("\n{reader} =")), "{reader}");
    }
}

/// CVE-2020-15228 and CVE-2022-35954 begin with a line of a log that is a command.
#[test]
fn t17_logs_hold_no_commands() {
    let (_, findings) = config::parse(Some(&afterword::snapshot::File { bytes: b"x\n::error::y\n".as_slice().into() }));
    let snapshot = snapshot(&[("site.toml", "x\n::error::y\n")]);
    let log = afterword::diag::sanitize::without_commands(&afterword::diag::human::render(&findings, &snapshot, false));
    assert!(!log.lines().any(|line| line.starts_with("::") || line.starts_with("##[")), "{log}");
}
