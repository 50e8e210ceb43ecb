//! What search engines read of a public site: the sitemap and `robots.txt`. They list what was really built.

use super::xml;
use crate::{pages::subject::Directory, snapshot::RelPath};
use std::collections::BTreeSet;

/// Addresses that one sitemap may hold, as the protocol says.
const LIMIT: usize = 50_000;

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// Files for a site of these files, by address: none where the site is not for all.
pub(super) fn files(directory: &Directory<'_>, paths: &BTreeSet<RelPath>) -> Vec<(String, String)> {
    if !directory.is_public() {
        return Vec::new();
    }
    let pages = paths.iter().map(RelPath::as_str);
    let pages = pages.filter(|path| path.ends_with(".html") && directory.is_indexed(path));
    let entries: Vec<String> = pages.filter_map(|path| entry(directory, path)).collect();
    let mut files = sitemaps(directory, &entries, LIMIT);
    let sitemap = directory.absolute("sitemap.xml").map_or(String::new(), |url| format!("\nSitemap: {url}\n"));
    files.push(("robots.txt".to_owned(), format!("User-agent: *\nAllow: /\n{sitemap}")));
    files
}

fn entry(directory: &Directory<'_>, path: &str) -> Option<String> {
    let url = xml::text(&directory.absolute(path)?);
    let changed = directory.last_change(path).map_or(String::new(), |at| format!("<lastmod>{at}</lastmod>"));
    Some(format!("<url><loc>{url}</loc>{changed}</url>\n"))
}

/// One sitemap, or several and an index of them.
fn sitemaps(directory: &Directory<'_>, entries: &[String], limit: usize) -> Vec<(String, String)> {
    let document = |root: &str, entries: &[String]| {
        let entries = entries.concat();
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root} xmlns=\"{NAMESPACE}\">\n{entries}</{root}>\n")
    };
    if entries.len() <= limit {
        let whole = (!entries.is_empty()).then(|| ("sitemap.xml".to_owned(), document("urlset", entries)));
        return whole.into_iter().collect();
    }
    let mut files = Vec::new();
    let mut index = Vec::new();
    for (at, part) in entries.chunks(limit).enumerate() {
        let name = format!("sitemap-{}.xml", at + 1);
        let url = directory.absolute(&name).unwrap_or_default();
        index.push(format!("<sitemap><loc>{}</loc></sitemap>\n", xml::text(&url)));
        files.push((name, document("urlset", part)));
    }
    files.push(("sitemap.xml".to_owned(), document("sitemapindex", &index)));
    files
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Words;
    use crate::{analyze, config::defaults, model::Visibility, parse, snapshot};

    #[test]
    fn beyond_the_limit_there_is_an_index() {
        let mut config = defaults::config();
        config.base_url = "https://example.org/reliability/".to_owned();
        let snapshot = snapshot::Snapshot {
            files: std::collections::BTreeMap::new(),
            history: snapshot::History::default(),
            today: jiff::civil::date(2026, 1, 1),
            findings: Vec::new(),
            before: std::collections::BTreeMap::new(),
        };
        let (corpus, _) = parse::corpus(&snapshot, &config);
        let analysis = analyze::analyze(&config, &corpus, snapshot.today);
        let directory =
            Directory::new(&config, &corpus, &analysis, &snapshot.history, Words::english(), Visibility::Public);
        let entries: Vec<String> =
            (0..5).filter_map(|n| entry(&directory, &format!("incidents/{n}/index.html"))).collect();
        assert_eq!(entries[4], "<url><loc>https://example.org/reliability/incidents/4/</loc></url>\n");
        let files = sitemaps(&directory, &entries, 2);
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]);
        assert!(files[3].1.contains("<loc>https://example.org/reliability/sitemap-3.xml</loc>"), "{}", files[3].1);
        let urls: usize = files[..3].iter().map(|(_, text)| text.matches("<url>").count()).sum();
        assert_eq!(urls, 5);
        assert_eq!(sitemaps(&directory, &entries, 5).len(), 1);
    }
}
