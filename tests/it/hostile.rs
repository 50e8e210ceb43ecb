//! Script injection: every payload in every text field, on every kind of page, read by a browser's parsing algorithm.

use crate::support::snapshot;
use afterword::{model::Visibility, pipeline, site::Site};
use html5ever::{parse_document, tendril::TendrilSink};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use std::collections::BTreeSet;

/// One a line; `\n`, `\t`, `\\` and `\uXXXX` are written so.
const PAYLOADS: &str = include_str!("../hostile/payloads.txt");

/// A report that has every field that can hold text; `@` stands for the payload as a quoted scalar, `$` for one
/// that is a name of its own, `%` for the payload in prose.
const TEMPLATE: &str = include_str!("../hostile/report.md");

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

fn report(index: usize, payload: &str) -> String {
    let quoted = |text: &str| serde_json::to_string(text).expect("a string");
    let mut out = String::new();
    for c in TEMPLATE.chars() {
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
    let mut files = vec![(
        "site.toml".to_owned(),
        format!(
            "base_url = \"https://example.org/\"\ntitle = {0}\ndescription = {0}\n[services.checkout]\nname = {0}\n[teams.shop]\nname = {0}\n",
            serde_json::to_string(&payloads[0]).expect("a string").replace("\\u2028", "")
        ),
    )];
    for (index, payload) in payloads.iter().enumerate() {
        let month = index % 12 + 1;
        files.push((format!("reports/2025/2025-{month:02}-03-r{index}.md"), report(index, payload)));
    }
    let pattern = format!(
        "---\ntitle: {}\n---\n\n## What it is\n\n{}\n",
        serde_json::to_string(&payloads[0]).expect("a string"),
        payloads[0]
    );
    files.push(("reports/_patterns/capacity.md".to_owned(), pattern));
    files.push(("reports/_digests/2025-Q1.md".to_owned(), payloads[payloads.len() / 2].clone()));
    let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let snapshot = snapshot(&files);
    let mut checked = pipeline::check(&snapshot);
    // Errors would keep a report from being published: here all are.
    checked.diagnostics.clear();
    pipeline::build(&snapshot, &checked, Visibility::Public).expect("a site").site
}

/// What is told of each element: its name and its attributes.
type Seen<'s> = dyn FnMut(&str, &[(String, String)]) + 's;

/// Every element with its attributes.
fn walk(node: &Handle, seen: &mut Seen<'_>) {
    let mut open = vec![node.clone()];
    while let Some(node) = open.pop() {
        if let NodeData::Element { name, attrs, template_contents, .. } = &node.data {
            let attrs = attrs.borrow();
            let attrs: Vec<_> =
                attrs.iter().map(|attr| (attr.name.local.to_string(), attr.value.to_string())).collect();
            seen(&name.local, &attrs);
            open.extend(template_contents.borrow().iter().cloned());
        }
        open.extend(node.children.borrow().iter().cloned());
    }
}

fn parsed(page: &[u8], seen: &mut Seen<'_>) {
    let dom = parse_document(RcDom::default(), html5ever::ParseOpts::default())
        .one(String::from_utf8_lossy(page).into_owned());
    walk(&dom.document, seen);
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
    ] {
        assert!(!faults(page.as_bytes(), &allowed).is_empty(), "{page}");
    }
}
