//! Whole sites, built in memory: what must hold on every page.

use crate::support::{own_repository, page_text, snapshot};
use afterword::{model::Visibility, pipeline, site::Site, snapshot::RelPath};

fn own_site() -> Site {
    let snapshot = own_repository();
    pipeline::build(&snapshot, &pipeline::check(&snapshot), Visibility::Public).expect("a site").site
}

fn pages(site: &Site) -> impl Iterator<Item = (&RelPath, &str)> {
    let pages = site.files.iter().filter(|(path, _)| path.as_str().ends_with(".html"));
    pages.map(|(path, bytes)| (path, std::str::from_utf8(bytes).expect("pages are UTF-8")))
}

/// The values of an attribute in a page of ours, where every attribute is in double quotes.
fn attributes<'p>(page: &'p str, name: &str) -> Vec<&'p str> {
    let start = format!(" {name}=\"");
    page.match_indices(&start)
        .map(|(at, _)| {
            let rest = &page[at + start.len()..];
            &rest[..rest.find('"').unwrap_or(0)]
        })
        .collect()
}

#[test]
fn no_internal_link_or_anchor_is_dead() {
    let site = own_site();
    let mut dead = Vec::new();
    for (path, page) in pages(&site) {
        for link in attributes(page, "href").into_iter().chain(attributes(page, "src")) {
            if link.contains("://") || link.starts_with("mailto:") || link.is_empty() {
                continue;
            }
            let link = link.replace("&amp;", "&").replace("&#x2F;", "/");
            let (file, anchor) = link.split_once('#').unwrap_or((link.as_str(), ""));
            let file = file.split('?').next().unwrap_or(file);
            let target = match file.strip_prefix('/') {
                Some(from_root) => RelPath::new(from_root),
                None if file.is_empty() => Some(path.clone()),
                None => path.resolve(file),
            };
            assert!(!file.starts_with('/') || path.as_str() == "404.html", "{path}: only 404.html is seen everywhere");
            let Some(bytes) = target.as_ref().and_then(|target| site.files.get(target)) else {
                dead.push(format!("{path}: {link}"));
                continue;
            };
            let found = anchor.is_empty()
                || std::str::from_utf8(bytes).is_ok_and(|page| attributes(page, "id").contains(&anchor));
            if !found {
                dead.push(format!("{path}: no such anchor: {link}"));
            }
        }
    }
    dead.sort();
    dead.dedup();
    assert!(dead.is_empty(), "{} dead links, such as\n{}", dead.len(), dead[..dead.len().min(20)].join("\n"));
}

#[test]
fn no_page_has_inline_script_or_style() {
    for (path, page) in pages(&own_site()) {
        assert!(page.contains("Content-Security-Policy"), "{path}: no policy");
        assert!(!page.contains(" style=\""), "{path}: a style attribute");
        assert!(!page.contains("<style"), "{path}: a style element");
        for (at, _) in page.match_indices("<script") {
            let tag = page[at..].split('>').next().unwrap_or("");
            let data = tag == "<script type=\"application/ld+json\"";
            assert!(data || tag.contains(" src="), "{path}: an inline script");
        }
    }
}

#[test]
fn ids_are_unique_on_every_page() {
    for (path, page) in pages(&own_site()) {
        let mut ids = attributes(page, "id");
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(all, ids.len(), "{path}: an id twice");
    }
}

/// `a/b` and `a b` would have one address; a site with one page for both is better than no site.
#[test]
fn names_with_one_address_share_a_page() {
    let site = "title = \"T\"\n[severities.sev2]\nname = \"Two\"\nmeaning = \"m\"\n[services.\"a b\"]\nname = \"One\"\n\
                [services.\"a/b\"]\nname = \"Other\"\n[teams.\"c d\"]\nname = \"C\"\n[teams.\"c/d\"]\nname = \"D\"\n";
    let report = "---\ntitle: Alike\nseverity: sev2\nstatus: reviewed\nservices: [a b, a/b]\nteams: [c/d, c d]\n\
                  started_at: 2025-03-01T10:00:00Z\nactions:\n  - id: A1\n    title: Add a node\n    owner: c/d\n    status: open\n  \
                  - id: A2\n    title: Add two\n    owner: c d\n    status: open\n---\n\n## Summary\n\nIt was.\n";
    let snapshot = snapshot(&[("site.toml", site), ("reports/2025/2025-03-01-alike.md", report)]);
    let checked = pipeline::check(&snapshot);
    let site = pipeline::build(&snapshot, &checked, Visibility::Public).expect("a site").site;
    let page = page_text(&site, "services/a-b/index.html");
    assert!(page.contains("One") && page.matches(">Alike<").count() >= 1, "{page}");
    let board = page_text(&site, "actions/team/c-d/index.html");
    assert!(board.contains("Add a node") && board.contains("Add two"), "{board}");
}
