//! What the heads of pages, the sitemap and `_headers` say, for each audience.

use crate::{
    machines::{BASE, CONFIG, build, content, named, one, own_site, public, structured, texts},
    support::page_text,
};
use afterword::{model::Visibility, pages::head::DESCRIPTION, site::POLICY, snapshot::RelPath};
use roxmltree::Document;
use serde_json::Value;
use std::collections::BTreeSet;

#[test]
fn pages_show_the_feeds_of_what_they_are_about() {
    let site = build(&one(CONFIG), Visibility::Public);
    let feeds = |path: &str| -> Vec<String> {
        let page = page_text(&site, path);
        let links =
            page.lines().filter(|line| line.starts_with("<link rel=\"alternate\"") && line.contains("title=\""));
        let page = RelPath::new(path).expect("a path");
        links
            .map(|line| page.resolve(content(line, "alternate").expect("an address")).expect("in the site").to_string())
            .inspect(|feed| assert!(site.files.contains_key(&RelPath::new(feed).expect("a path")), "{feed}"))
            .collect()
    };
    let all = ["feed.xml", "rss.xml", "feed.json"];
    for path in ["index.html", "incidents/2024-03-01-slow/index.html", "digests/2024/index.html", "services/index.html"]
    {
        assert_eq!(feeds(path), all, "{path}");
    }
    for folder in ["services/checkout/", "teams/shop/", "patterns/capacity/"] {
        let found = feeds(&format!("{folder}index.html"));
        assert_eq!(found[..3], all.map(|file| format!("{folder}{file}")), "{folder}");
    }
    assert_eq!(feeds("teams/shop/index.html")[3..], ["teams/shop/actions.ics"]);
    assert_eq!(feeds("actions/index.html")[3..], ["actions.ics"]);
    assert!(page_text(&site, "services/checkout/index.html").contains("title=\"A &amp; B: Checkout (Atom)\""));
}

#[test]
fn every_page_says_in_one_sentence_what_it_is() {
    let site = public();
    for (path, page) in texts(site).filter(|(path, _)| path.ends_with(".html")) {
        let said = content(page, "name=\"description\"").unwrap_or_else(|| panic!("{path}: no description"));
        let said = said.replace("&amp;", "&").replace("&#39;", "'").replace("&quot;", "\"").replace("&#x27;", "'");
        let length = said.chars().count();
        assert!((20..=DESCRIPTION).contains(&length), "{path}: {length} characters: {said}");
        assert!(said.ends_with(['.', '…', '?', '!', ')', '"']) || path == "404.html" || length < 120, "{path}: {said}");
    }
    let site = build(&one(CONFIG), Visibility::Public);
    for (path, description) in [
        ("incidents/2024-03-01-slow/index.html", "Orders took long. And more."),
        ("patterns/capacity/index.html", "Less room than there is load."),
        (
            "teams/shop/index.html",
            "Shop: Everything that takes money. What happened there, what repeats, and how long it took.",
        ),
        ("services/checkout/index.html", "Incidents of Checkout: what happened, what repeats, and how long it took."),
        (
            "digests/2024-03/index.html",
            "Reliability digest, March 2024. 1 incident: 1 sev3. The longest took 1 h to mitigate: Checkout is slow.",
        ),
    ] {
        assert_eq!(content(page_text(&site, path), "name=\"description\""), Some(description), "{path}");
    }
}

#[test]
fn public_pages_are_told_to_search_engines() {
    let site = public();
    let mut articles = 0;
    for (path, page) in texts(site).filter(|(path, _)| path.ends_with(".html") && *path != "404.html") {
        let canonical = content(page, "rel=\"canonical\"").unwrap_or_else(|| panic!("{path}: no canonical link"));
        assert_eq!(canonical, format!("{BASE}{}", path.trim_end_matches("index.html")));
        assert_eq!(content(page, "og:url"), Some(canonical));
        assert!(content(page, "og:title").is_some_and(|title| !title.is_empty()), "{path}");
        let graph = structured(page).unwrap_or_else(|| panic!("{path}: no JSON-LD"));
        let graph = graph["@graph"].as_array().expect("a graph");
        let crumbs = graph[0]["itemListElement"].as_array().expect("steps");
        assert_eq!(crumbs.last().map(|crumb| &crumb["item"]), Some(&Value::from(canonical)), "{path}");
        for crumb in crumbs {
            let page = crumb["item"]
                .as_str()
                .and_then(|url| url.strip_prefix(BASE))
                .map(|folder| format!("{folder}index.html"));
            assert!(
                page.is_some_and(|page| site.files.contains_key(&RelPath::new(&page).expect("a path"))),
                "{path}: {crumb}"
            );
        }
        if let Some(article) = graph.iter().find(|node| node["@type"] == "TechArticle") {
            articles += 1;
            assert!(path.starts_with("incidents/"), "{path}");
            for key in ["headline", "datePublished", "dateModified", "description", "inLanguage"] {
                assert!(article[key].as_str().is_some_and(|text| !text.is_empty()), "{path}: {key}");
            }
            assert!(article["about"].as_array().is_some_and(|about| about.len() > 1), "{path}");
            assert_eq!(content(page, "og:type"), Some("article"));
        }
    }
    assert_eq!(articles, named(site, "index.json").len(), "each report is an article");
}

#[test]
fn the_sitemap_lists_every_page_and_when_it_changed() {
    let site = public();
    let document = Document::parse(page_text(site, "sitemap.xml")).expect("XML");
    let listed: BTreeSet<&str> =
        document.descendants().filter(|node| node.tag_name().name() == "loc").filter_map(|node| node.text()).collect();
    let pages = texts(site).map(|(path, _)| path).filter(|path| path.ends_with(".html") && *path != "404.html");
    let pages: Vec<String> = pages.map(|path| format!("{BASE}{}", path.trim_end_matches("index.html"))).collect();
    assert_eq!(listed, pages.iter().map(String::as_str).collect());
    let sitemap = page_text(site, "sitemap.xml");
    for changed in ["incidents/2021-10-28-roblox-consul/", "digests/2021/", "patterns/capacity/", "teams/roblox/"] {
        assert!(
            sitemap.contains(&format!("{BASE}{changed}</loc><lastmod>2026-02-03T04:05:06Z</lastmod>")),
            "{changed}"
        );
    }
    assert!(sitemap.contains(&format!("<loc>{BASE}digests/2011/</loc></url>")), "git does not say, so neither do we");
    assert_eq!(page_text(site, "robots.txt"), format!("User-agent: *\nAllow: /\n\nSitemap: {BASE}sitemap.xml\n"));
}

#[test]
fn sites_for_fewer_than_all_are_not_found() {
    for audience in [Visibility::Internal, Visibility::Restricted] {
        let site = build(&own_site(), audience);
        for file in ["sitemap.xml", "robots.txt"] {
            assert!(named(&site, file).is_empty(), "{file}");
        }
        for (path, page) in texts(&site).filter(|(path, _)| path.ends_with(".html")) {
            assert_eq!(content(page, "name=\"robots\""), Some("noindex, nofollow"), "{path}");
            for absent in ["rel=\"canonical\"", "og:", "twitter:", "ld+json"] {
                assert!(!page.contains(&format!("<meta property=\"{absent}")) && structured(page).is_none(), "{path}");
                assert!(absent != "rel=\"canonical\"" || !page.contains(absent), "{path}");
            }
        }
        let headers = page_text(&site, "_headers");
        assert!(
            headers.contains("\n  X-Robots-Tag: noindex, nofollow\n") && headers.contains("Cache-Control: private")
        );
        assert!(!named(&site, "feed.xml").is_empty(), "their own readers have feeds");
    }
}

#[test]
fn the_policy_is_the_same_in_pages_and_headers() {
    let site = build(&one(CONFIG), Visibility::Public);
    let headers = page_text(&site, "_headers");
    assert!(
        headers.starts_with(&format!("/*\n  Content-Security-Policy: {POLICY}; frame-ancestors 'none'\n")),
        "{headers}"
    );
    for (path, page) in texts(&site).filter(|(path, _)| path.ends_with(".html")) {
        assert_eq!(content(page, "Content-Security-Policy"), Some(POLICY), "{path}");
        assert!(
            page.find("<meta charset=").is_some_and(|at| at < 1000),
            "{path}: browsers look at the first 1,024 bytes"
        );
    }
    for part in
        ["require-trusted-types-for 'script'", "trusted-types afterword", "default-src 'none'", "base-uri 'none'"]
    {
        assert!(POLICY.contains(part), "{part}");
    }
    for rule in [
        "/static/*\n  Cache-Control: public, max-age=31536000, immutable",
        "/incidents/*\n  Cache-Control: public, max-age=60",
    ] {
        assert!(headers.contains(&format!("\n{rule}\n")), "{rule}");
    }
    let longest = headers.lines().map(str::len).max().unwrap_or(0);
    assert!(longest <= 2000 && headers.matches("\n/").count() < 100, "the limits of Cloudflare Pages");
}
