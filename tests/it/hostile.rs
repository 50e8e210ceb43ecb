//! Script injection: every payload in every text field, on every kind of page, read by a browser's parsing algorithm.

use crate::support::snapshot;
use afterword::{model::Visibility, pipeline, site::Site};
use std::{collections::BTreeSet, sync::LazyLock};

/// One a line; `\n`, `\t`, `\\` and `\uXXXX` are written so.
const PAYLOADS: &str = include_str!("../hostile/payloads.txt");

/// What a repository consists of, which `tests/browser/hostile/` makes a site of too. `@` stands for the payload as a quoted
/// text, `$` for one that is a name of its own, `%` for the payload in prose, `{n}` for its number.
pub const REPORT: &str = include_str!("../hostile/report.md");
pub const PATTERN: &str = include_str!("../hostile/pattern.md");
pub const SITE: &str = include_str!("../hostile/site.toml");
/// What `site.toml` says of each payload.
pub const NAMED: &str = include_str!("../hostile/named.toml");

fn payloads() -> Vec<String> {
    PAYLOADS.lines().map(unescape).collect()
}

fn unescape(line: &str) -> String {
    let (mut out, mut rest) = (String::new(), line.chars());
    while let Some(c) = rest.next() {
        match (c, if c == '\\' { rest.next() } else { None }) {
            ('\\', Some('n')) => out.push('\n'),
            ('\\', Some('t')) => out.push('\t'),
            ('\\', Some('u')) => {
                let code: String = rest.by_ref().take(4).collect();
                out.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
            }
            ('\\', other) => out.extend(other),
            (c, _) => out.push(c),
        }
    }
    out
}

pub fn filled(template: &str, index: usize, payload: &str) -> String {
    let quoted = |text: &str| serde_json::to_string(text).expect("a string");
    let mut out = String::new();
    for c in template.replace("{n}", &index.to_string()).chars() {
        match c {
            '@' => out += &quoted(payload),
            '$' => out += &quoted(&format!("{index} {payload}")),
            '%' => out += payload,
            c => out.push(c),
        }
    }
    out
}

fn built(payloads: &[String]) -> Site {
    let all: Vec<&str> = payloads.iter().step_by(9).map(String::as_str).collect();
    let mut files = vec![("reports/_patterns/capacity.md".to_owned(), filled(PATTERN, payloads.len(), &all.join(" ")))];
    let mut site = filled(SITE, 0, &all.join(" "));
    for (index, payload) in payloads.iter().enumerate() {
        let month = index % 12 + 1;
        // Each has pages of its own and a row on the others' lists, so that there are few here; in the browser all of them.
        if index % 16 == 0 {
            site += &filled(NAMED, index, payload);
            files.push((format!("reports/_patterns/p{index}.md"), filled(PATTERN, index, payload)));
        }
        files.push((format!("reports/2025/2025-{month:02}-03-r{index}.md"), filled(REPORT, index, payload)));
    }
    files.push(("site.toml".to_owned(), site));
    files.push(("reports/_digests/2025-Q1.md".to_owned(), payloads[payloads.len() / 2].clone()));
    let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let snapshot = snapshot(&files);
    let mut checked = pipeline::check(&snapshot);
    assert!(!checked.config_broken, "{:#?}", checked.diagnostics);
    // Errors would keep a report from being published: here all are.
    checked.diagnostics.clear();
    pipeline::build(&snapshot, &checked, Visibility::Public).expect("a site").site
}

/// What is told of each element: its name and its attributes.
pub type Seen<'s> = dyn FnMut(&str, &[(String, String)]) + 's;

pub fn parsed(page: &[u8], seen: &mut Seen<'_>) {
    for (name, attributes) in afterword_tests_html::elements(&String::from_utf8_lossy(page)) {
        seen(&name, &attributes);
    }
}

const ADDRESSES: &[&str] =
    &["href", "src", "action", "formaction", "data", "poster", "cite", "srcset", "background", "xlink:href", "ping"];

/// What a browser would fetch or run: only these schemes, and relative addresses that stay at this host.
fn is_plain_address(url: &str) -> bool {
    let url: String = url.chars().filter(|c| !c.is_ascii_control()).collect();
    let url = url.trim();
    let scheme =
        url.split(['/', '?', '#']).next().unwrap_or("").split_once(':').map(|(scheme, _)| scheme.to_lowercase());
    match scheme.as_deref() {
        Some("http" | "https" | "mailto") => true,
        Some(_) => false,
        None => !url.replace('\\', "/").starts_with("//"),
    }
}

/// What is wrong with a page. `allowed` are elements and attributes that a page of plain words has, and `forms` what
/// Markdown may add.
fn faults(page: &[u8], allowed: &BTreeSet<(String, String)>) -> Vec<String> {
    let mut found = Vec::new();
    let mut ids = BTreeSet::new();
    parsed(page, &mut |element, attrs| {
        if !allowed.contains(&(element.to_owned(), String::new())) {
            found.push(format!("<{element}>"));
        }
        for (name, value) in attrs {
            if name.starts_with("on") || !allowed.contains(&(element.to_owned(), name.clone())) {
                found.push(format!("<{element} {name}={value:?}>"));
            }
            let canonical = element == "link" || element == "meta";
            if ADDRESSES.contains(&name.as_str()) && !canonical && !is_plain_address(value) {
                found.push(format!("<{element} {name}={value:?}>"));
            }
        }
        // Which of two is meant depends on who looks; and a name of the page itself would be hidden.
        for (_, id) in attrs.iter().filter(|(name, _)| name == "id") {
            if !ids.insert(id.clone()) || ["location", "constructor", "__proto__", "currentScript"].contains(&&**id) {
                found.push(format!("<{element} id={id:?}>"));
            }
        }
        let own = |name: &str, value: &str| attrs.iter().any(|(found, is)| found == name && is.contains(value));
        if element == "script"
            && !attrs.iter().any(|(name, value)| name == "src" && value.contains("static/"))
            && !own("type", "json")
        {
            found.push("a script of its own".to_owned());
        }
        if element == "meta" && own("http-equiv", "refresh") {
            found.push("a refresh".to_owned());
        }
    });
    found
}

/// What pages of plain words and plain Markdown consist of.
fn allowed() -> BTreeSet<(String, String)> {
    static ALLOWED: LazyLock<BTreeSet<(String, String)>> = LazyLock::new(read_off);
    ALLOWED.clone()
}

fn read_off() -> BTreeSet<(String, String)> {
    let plain: Vec<String> = [
        "plain words",
        "## Heading {#an-id}\n\n| a | b |\n|:--|--:|\n| 1 | 2 |\n\n1. one\n   - two\n\n3) three\n\n- [x] done\n- [ ] open\n\n> quoted\n\n```sh\ncode\n```\n\n~~old~~ **b** *i* `c` [x](https://example.org \"t\") ![y](https://example.org/y.png) <https://example.org> <a@example.org>\n\nnote[^1]\\\nbreak\n\n[^1]: foot\n\n---\n\n### Third\n\n#### Fourth\n\n##### Fifth\n\n###### Sixth",
    ].into_iter().map(str::to_owned).cycle().take(120).collect();
    let mut allowed = BTreeSet::new();
    for (path, bytes) in &built(&plain).files {
        if path.as_str().ends_with(".html") {
            parsed(bytes, &mut |element, attrs| {
                allowed.insert((element.to_owned(), String::new()));
                allowed.extend(attrs.iter().map(|(name, _)| (element.to_owned(), name.clone())));
            });
        }
    }
    for (element, name) in [
        ("h1", "id"),
        ("ol", "start"),
        ("th", "class"),
        ("td", "class"),
        ("code", "class"),
        ("a", "title"),
        ("img", "title"),
    ] {
        allowed.insert((element.to_owned(), name.to_owned()));
    }
    for element in ["iframe", "object", "embed", "base", "style", "form"] {
        assert!(
            !allowed.contains(&(element.to_owned(), String::new())) || element == "form",
            "{element} in our own pages"
        );
    }
    assert!(!allowed.iter().any(|(_, name)| name.starts_with("on") || name == "style" || name == "srcdoc"));
    allowed
}

#[test]
fn no_payload_becomes_markup() {
    let (payloads, allowed) = (payloads(), allowed());
    assert!(payloads.len() >= 300, "{} payloads", payloads.len());
    let (mut wrong, mut pages, mut incidents, mut kinds) = (BTreeSet::new(), 0, 0, BTreeSet::new());
    for some in payloads.chunks(120) {
        let site = built(some);
        for (path, bytes) in &site.files {
            let name = path.as_str();
            let text = || String::from_utf8_lossy(bytes).into_owned();
            match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
                "html" => {
                    pages += 1;
                    incidents += usize::from(name.starts_with("incidents/20") && name.matches('/').count() == 2);
                    kinds.insert(name.split('/').next().unwrap_or("").to_owned());
                    wrong.extend(faults(bytes, &allowed).into_iter().map(|fault| format!("{name}: {fault}")));
                }
                "xml" => assert!(roxmltree::Document::parse(&text()).is_ok(), "{name}"),
                "json" => assert!(serde_json::from_str::<serde_json::Value>(&text()).is_ok(), "{name}"),
                _ => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{} faults, first: {:#?}", wrong.len(), wrong.iter().take(12).collect::<Vec<_>>());
    assert!(incidents * 20 >= payloads.len() * 19, "{incidents} of {} reports are published", payloads.len());
    assert!(pages >= payloads.len() && kinds.len() >= 8, "{pages} pages of {kinds:?}");
}

/// CVE-2023-40030: a page that lists what is wrong with reports quotes them.
#[test]
fn the_page_of_what_is_not_published_holds_no_markup_either() {
    let (payloads, allowed) = (payloads(), allowed());
    let broken = payloads.iter().enumerate().map(|(index, payload)| {
        let report = filled(REPORT, index, payload).replace("severity: sev2", &filled("severity: @", index, payload));
        (format!("reports/2025/2025-01-03-r{index}.md"), report)
    });
    let broken: Vec<_> = broken.collect();
    let files: Vec<_> = broken.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let snapshot = snapshot(&files);
    let checked = pipeline::check(&snapshot);
    let built = pipeline::build(&snapshot, &checked, Visibility::Public).expect("a site");
    let page = crate::support::page_text(&built.site, "not-published/index.html");
    assert!(built.counts.unsound * 20 >= payloads.len() * 19, "{} are not published", built.counts.unsound);
    let mut allowed = allowed;
    parsed(NOT_PUBLISHED.as_bytes(), &mut |element, attrs| {
        allowed.insert((element.to_owned(), String::new()));
        allowed.extend(attrs.iter().map(|(name, _)| (element.to_owned(), name.clone())));
    });
    let wrong = faults(page.as_bytes(), &allowed);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What that page has of its own.
const NOT_PUBLISHED: &str = "<ul class=x lang=x><li><code>x</code></li></ul>";

#[test]
fn the_check_sees_what_it_is_to_see() {
    let allowed = allowed();
    for page in [
        "<p onclick=x>",
        "<a href='java\nscript:x'>",
        "<script>x</script>",
        "<iframe>",
        "<img src=//evil.example/x>",
        "<meta http-equiv=refresh>",
        "<p id=a><p id=a>",
        "<p id=location>",
    ] {
        assert!(!faults(page.as_bytes(), &allowed).is_empty(), "{page}");
    }
}
