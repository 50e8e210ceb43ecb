//! One test for each threat of `docs/threats.md` that no other test shows, named by its number, and for published
//! vulnerabilities of others, named by their id.

use crate::support::{files_under, snapshot};
use afterword::{config, markup, model::Visibility, parse::yaml, pipeline, snapshot::RelPath};
use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

fn html(markdown: &str) -> String {
    markup::html(markdown, &markup::Env { root: "", file: None, targets: &BTreeMap::new() }).0
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

/// CVE-2024-32875, CVE-2024-55601, GHSA-q76j-gcg9-vxc6: titles, alternative texts, languages of code.
#[test]
fn t04_attributes_are_ours() {
    for text in [
        "# H {#x onclick=alert(1)}",
        "![\" onerror=\"alert(1)](https://e.example/x.png)",
        "[x](https://e.example '\" onclick=\"alert(1)')",
        "```\" onclick=\"alert(1)\nx\n```",
    ] {
        let page = html(text);
        assert!(!page.contains(" onclick=\"") && !page.contains(" onerror=\""), "{page}");
    }
}

#[test]
fn t05_ids_of_authors_have_a_prefix() {
    for id in ["location", "constructor", "__proto__", "body"] {
        let page = html(&format!("# {id} {{#{id}}}\n\nx[^{id}]\n\n[^{id}]: y"));
        assert!(!page.contains(&format!("id=\"{id}\"")), "{page}");
    }
}

#[test]
fn t08_content_is_no_template() {
    let report = "---\ntitle: \"{{ 7*7 }} {% include 'x' %}\"\nseverity: sev1\nservices: [a]\nstarted_at: 2024-01-01T08:00:00Z\n---\n\n## Summary\n\n{{ 7*7 }} {{ get_env(name='HOME') }}\n";
    let snapshot = snapshot(&[("reports/2024/2024-01-01-x.md", report)]);
    let mut checked = pipeline::check(&snapshot);
    checked.diagnostics.clear();
    let site = pipeline::build(&snapshot, &checked, Visibility::Public).expect("a site").site;
    let page = crate::support::page_text(&site, "incidents/2024-01-01-x/index.html");
    assert!(page.contains("{{ 7*7 }}") && page.contains("get_env("), "shown as it is written");
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

/// CVE-2019-11254, CVE-2021-4235, RUSTSEC-2018-0005 and -0006: bombs and depth are refused at once.
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

/// A preview, ended when the test is over.
struct Preview(Child, String);

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn preview(name: &str, files: &str) -> Preview {
    let folder = crate::publish::program::folder_with_report(name);
    let script = format!("ulimit -n {files}; exec \"$A\" serve --port 0");
    let mut command = Command::new("sh");
    command.args(["-c", &script]).current_dir(&folder).env("A", env!("CARGO_BIN_EXE_afterword"));
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("a preview");
    let mut lines = BufReader::new(child.stderr.take().expect("stderr"));
    let mut line = String::new();
    let at = loop {
        line.clear();
        assert!(lines.read_line(&mut line).expect("a line") > 0, "the preview ended");
        if let Some((at, _)) = line.strip_prefix("http://").and_then(|rest| rest.split_once('/')) {
            break at.to_owned();
        }
    };
    std::thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
    Preview(child, at)
}

fn ask(at: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(at).expect("a connection");
    stream.set_read_timeout(Some(Duration::from_secs(3))).expect("a limit");
    stream.write_all(request.replace("HOST", at).as_bytes()).expect("asked");
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

fn status(answer: &str) -> &str {
    answer.get(9..12).unwrap_or("")
}

/// Whom and what it refuses, by the vulnerability of another preview server that begins so.
const REQUESTS: &[(&str, &str, &[&str])] = &[
    ("the page itself", "GET / HTTP/1.1\r\nHost: HOST\r\n", &["200"]),
    ("CVE-2023-40274", "GET /../../../../etc/passwd HTTP/1.1\r\nHost: HOST\r\n", &["404"]),
    ("CVE-2021-40978", "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: HOST\r\n", &["404"]),
    ("CVE-2025-30208", "GET /@fs/etc/passwd?raw?? HTTP/1.1\r\nHost: HOST\r\n", &["404"]),
    ("CVE-2025-31125", "GET /@fs/etc/passwd?inline&import HTTP/1.1\r\nHost: HOST\r\n", &["404"]),
    ("CVE-2025-31486", "GET /@fs/etc/passwd?.svg?.wasm?init HTTP/1.1\r\nHost: HOST\r\n", &["404"]),
    ("CVE-2025-32395", "GET /@fs/x#/../../etc/passwd HTTP/1.1\r\nHost: HOST\r\n", &["404", "400"]),
    ("CVE-2025-46565", "GET /.env/. HTTP/1.1\r\nHost: HOST\r\n", &["404"]),
    ("CVE-2025-58751", "GET /../site.toml HTTP/1.1\r\nHost: HOST\r\n", &["404"]),
    ("CVE-2025-62522", "GET /.env\\ HTTP/1.1\r\nHost: HOST\r\n", &["404"]),
    ("CVE-2026-53571", "GET /site.toml::$DATA HTTP/1.1\r\nHost: HOST\r\n", &["404"]),
    ("CVE-2025-24010", "GET / HTTP/1.1\r\nHost: evil.example\r\n", &["403"]),
    ("CVE-2018-14732", "GET /_afterword/live HTTP/1.1\r\nHost: HOST\r\nOrigin: http://evil.example\r\n", &["403"]),
    (
        "CVE-2025-30359",
        "GET / HTTP/1.1\r\nHost: HOST\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n",
        &["403"],
    ),
    ("CVE-2025-30360", "GET / HTTP/1.1\r\nHost: HOST\r\nOrigin: http://127.0.0.1.evil.example\r\n", &["403"]),
    ("CVE-2023-29159", "GET /..public/site.toml HTTP/1.1\r\nHost: HOST\r\n", &["404"]),
    ("JLSEC-2026-612", "GET /..%5c..%5csite.toml HTTP/1.1\r\nHost: HOST\r\n", &["404"]),
    ("no host", "GET / HTTP/1.1\r\n", &["403"]),
    ("two hosts", "GET / HTTP/1.1\r\nHost: HOST\r\nHost: evil.example\r\n", &["403"]),
    ("absolute form", "GET http://evil.example/ HTTP/1.1\r\nHost: HOST\r\n", &["400"]),
    ("another method", "POST / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 0\r\n", &["405"]),
    ("options", "OPTIONS / HTTP/1.1\r\nHost: HOST\r\n", &["405"]),
    ("an encoded zero", "GET /%00 HTTP/1.1\r\nHost: HOST\r\n", &["404"]),
];

#[test]
fn t10_the_preview_refuses_what_others_answered() {
    let preview = preview("threats-preview", "256");
    for (id, head, wanted) in REQUESTS {
        let answer = ask(&preview.1, &format!("{head}Connection: close\r\n\r\n"));
        assert!(wanted.contains(&status(&answer)), "{id}: {answer}");
        assert!(!answer.to_lowercase().contains("access-control-allow"), "{id}");
        assert!(!answer.contains("root:x:"), "{id}");
    }
    // CVE-2020-35884, CVE-2025-6442: a second request inside the first one is not answered with the page.
    let smuggled = ask(
        &preview.1,
        "POST / HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding : chunked\r\nContent-Length: 44\r\nConnection: close\r\n\r\n0\r\n\r\nGET /_afterword/live.js HTTP/1.1\r\nHost: x\r\n",
    );
    assert!(!smuggled.contains("text/javascript"), "{smuggled}");
}

#[test]
fn t10_the_preview_survives_running_out_of_descriptors() {
    let preview = preview("threats-descriptors", "48");
    let held: Vec<_> = (0..120)
        .filter_map(|_| {
            TcpStream::connect_timeout(&preview.1.parse().expect("an address"), Duration::from_millis(200)).ok()
        })
        .collect();
    assert!(held.len() > 48, "{} connections were held", held.len());
    std::thread::sleep(Duration::from_secs(1));
    drop(held);
    let start = Instant::now();
    loop {
        let answer = TcpStream::connect(&preview.1)
            .ok()
            .map(|_| ask(&preview.1, "GET / HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n"));
        if answer.as_deref().map(status) == Some("200") {
            println!("answers again after {:?}", start.elapsed());
            break;
        }
        assert!(start.elapsed() < Duration::from_secs(5), "deaf for long");
    }
}

/// Seven tabs wait for news while an eighth asks for a page.
#[test]
fn t10_waiting_tabs_do_not_block_others() {
    let preview = preview("threats-tabs", "256");
    let waiting: Vec<_> = (0..7)
        .map(|_| {
            let mut stream = TcpStream::connect(&preview.1).expect("a connection");
            let head = format!("GET /_afterword/live?since=1 HTTP/1.1\r\nHost: {}\r\n\r\n", preview.1);
            stream.write_all(head.as_bytes()).expect("asked");
            std::thread::sleep(Duration::from_millis(100));
            stream
        })
        .collect();
    let start = Instant::now();
    assert_eq!(status(&ask(&preview.1, "GET / HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n")), "200");
    assert!(start.elapsed() < Duration::from_secs(3) && waiting.len() == 7);
}
