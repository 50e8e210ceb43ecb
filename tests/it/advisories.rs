//! Vulnerabilities of other generators and parsers that no test of `threats.rs` or `preview.rs` has, by their ids.

use crate::{hostile::parsed, support::snapshot};
use afterword::{markup, model::Visibility, pipeline, site::Site};
use std::{
    collections::BTreeMap,
    fs,
    time::{Duration, Instant},
};

fn site_with(title: &str, service: &str) -> Site {
    let quoted = |text: &str| serde_json::to_string(text).expect("a string");
    let (title, service) = (quoted(title), quoted(service));
    let report = format!(
        "---\ntitle: {title}\nseverity: sev1\nservices: [{service}]\nstarted_at: 2024-01-01T08:00:00Z\n---\n\n## Summary\n\nDown.\n"
    );
    let snapshot = snapshot(&[("reports/2024/2024-01-01-x.md", &report)]);
    let mut checked = pipeline::check(&snapshot);
    checked.diagnostics.clear();
    pipeline::build(&snapshot, &checked, Visibility::Public).expect("a site").site
}

/// The pages of a site, one element after the other.
fn elements(site: &Site, look: &mut impl FnMut(&str, &[(String, String)])) -> usize {
    let pages: Vec<_> = site.files.iter().filter(|(path, _)| path.as_str().ends_with(".html")).collect();
    for (_, bytes) in &pages {
        parsed(bytes, &mut |element, attrs| look(element, attrs));
    }
    pages.len()
}

/// CVE-2026-41067: a value that is written into a script ends it, in a spelling that was not thought of.
#[test]
fn ghsa_j687_52p2_xcff() {
    for end in ["</script >", "</ScRiPt\n>", "</script/>", "<!--<script>"] {
        let site = site_with(&format!("{end}<script>alert(1)</script>"), "checkout");
        let pages = elements(&site, &mut |element, attrs| {
            assert!(element != "script" || attrs.iter().any(|(name, _)| name == "src"), "{end:?}: a script in a page");
        });
        assert!(pages > 10, "{pages} pages");
    }
}

/// CVE-2026-54298: names of attributes are made of values.
#[test]
fn ghsa_jrpj_wcv7_9fh9() {
    for name in ["x onclick=alert(1) y", "x\" onfocus=\"alert(1)", "x/onload=alert(1)//", "x\tonerror=alert(1)"] {
        let site = site_with(name, name);
        elements(&site, &mut |element, attrs| {
            let handler = attrs.iter().find(|(attr, _)| attr.starts_with("on"));
            assert!(handler.is_none(), "{name:?}: {element} has {handler:?}");
        });
    }
}

fn soon(id: &str, texts: &[String]) {
    let env = markup::Env { root: "", place: None, targets: &BTreeMap::new(), notes: "" };
    for text in texts {
        let start = Instant::now();
        let page = markup::html(text, &env).0;
        let begin: String = text.chars().take(12).collect();
        assert!(start.elapsed() < Duration::from_secs(5), "{id}: {begin}… took {:?}", start.elapsed());
        assert!(page.len() <= markup::LIMIT + 100_000, "{id}: {begin}… became {} bytes", page.len());
    }
}

/// Addresses without brackets that are looked for again from each of their characters.
#[test]
fn ghsa_4qw4_jpp4_8gvp() {
    soon(
        "GHSA-4qw4-jpp4-8gvp",
        &[
            "http://".repeat(50_000),
            "www.".repeat(80_000),
            "a@".repeat(100_000),
            format!("http://{}", "_".repeat(300_000)),
        ],
    );
}

/// And GHSA-48wp-p9qv-4j64: texts that cost the square of their length.
#[test]
fn ghsa_636f_xm5j_pj9m() {
    let of = |part: &str| part.repeat(300_000 / part.len());
    soon("GHSA-636f-xm5j-pj9m", &["<!--", "~", "[", "![](", "*a_ ", "|", "> ", "<?", "a<!A ", "`\\"].map(of));
}

/// RUSTSEC-2025-0071, RUSTSEC-2026-0193 and RUSTSEC-2026-0213 are of a sanitizer that lets some HTML pass; none does here.
#[test]
fn rustsec_2026_0193() {
    let lock = fs::read_to_string("Cargo.lock").expect("Cargo.lock");
    assert!(!lock.contains("name = \"ammonia\"\n") && lock.contains("name = \"pulldown-cmark\"\n"));
    let text = "<math><annotation-xml encoding='text/html'><img src=x onerror=alert(1)></annotation-xml></math>\n\n<svg><set attributeName=href to='javascript:alert(1)'/></svg>";
    let env = markup::Env { root: "", place: None, targets: &BTreeMap::new(), notes: "" };
    let page = markup::html(text, &env).0;
    parsed(page.as_bytes(), &mut |element, _| {
        assert!(!["math", "annotation-xml", "svg", "set", "img"].contains(&element), "{page}");
    });
}
