//! Lists and their facets: what a link promises is what its page holds, and the columns of the script say the same.

use crate::support::{own_repository, page_text, snapshot};
use afterword::{model::Visibility, pipeline, site::Site, snapshot::RelPath};
use serde_json::Value;
use std::collections::BTreeMap;

fn own_site() -> Site {
    let snapshot = own_repository();
    pipeline::build(&snapshot, &pipeline::check(&snapshot), Visibility::Public).expect("a site").site
}

/// The sections that every severity is content with.
const BODY: &str = "## Summary\n\nIt was slow.\n\n## Impact\n\nOne order in five.\n\n## Timeline\n\n\
    | Time (UTC) | Event |\n| --- | --- |\n| 2024-01-01 00:00 | A node is lost. |\n\n\
    ## Contributing factors\n\n- Too few nodes.\n\n## Response and recovery\n\nA node was added.\n\n\
    ## Lessons learned\n\n- Nodes are few.\n\n## Action items\n\nNone: the next version has more nodes.\n";

/// Small reports: (file, front matter beside the title).
fn site_of(reports: &[(&str, &str)], audience: Visibility) -> Site {
    let files: Vec<(String, String)> = reports
        .iter()
        .map(|(name, fields)| {
            let text = format!("---\ntitle: Report {name}\n{fields}\n---\n\n{BODY}");
            (format!("reports/{name}.md"), text)
        })
        .collect();
    let pattern = ("reports/_patterns/zq-factor.md", "---\ntitle: Factor\n---\n\n## What it is\n\nA factor.\n");
    let factors = reports.iter().any(|(_, fields)| fields.contains("zq-factor"));
    let files = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).chain(factors.then_some(pattern));
    let files: Vec<(&str, &str)> = files.collect();
    let snapshot = snapshot(&files);
    let built = pipeline::build(&snapshot, &pipeline::check(&snapshot), audience).expect("a site");
    assert_eq!(built.counts.unsound, 0, "the reports of a test are sound");
    built.site
}

fn rows(page: &str) -> usize {
    page.matches("<th scope=\"row\">").count()
}

/// The rows of a list over all its pages.
fn all_rows(site: &Site, folder: &str) -> usize {
    let page = |number: usize| match number {
        1 => format!("{folder}index.html"),
        number => format!("{folder}page/{number}/index.html"),
    };
    let there = |number: &usize| site.files.contains_key(&RelPath::new(&page(*number)).expect("a path"));
    (1..=1000).take_while(there).map(|number| rows(page_text(site, &page(number)))).sum()
}

/// The facet links of a page: folder of the list → count.
fn facet_links(page: &str) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for section in page.split("data-facet=\"").skip(1) {
        let section = section.split("</section>").next().unwrap_or("");
        for item in section.split("<li><a href=\"").skip(1) {
            let (address, rest) = item.split_once('"').expect("an address");
            let count = rest.split("class=\"n\">").nth(1).and_then(|rest| rest.split('<').next()).expect("a count");
            let folder = address.trim_start_matches("../").trim_end_matches("index.html");
            found.insert(folder.to_owned(), count.parse().expect("a number"));
        }
    }
    found
}

#[test]
fn a_facet_link_leads_to_as_many_reports_as_it_says() {
    let site = own_site();
    let links = facet_links(page_text(&site, "incidents/index.html"));
    for facet in ["severity", "year", "service", "pattern", "team"] {
        assert!(links.keys().any(|folder| folder.starts_with(&format!("incidents/{facet}/"))), "{facet}: {links:?}");
    }
    let lists = site.files.keys().filter(|path| path.as_str().starts_with("incidents/"));
    let mut seen = 0;
    for path in lists.filter(|path| path.as_str().ends_with(".html")) {
        for (folder, count) in facet_links(page_text(&site, path.as_str())) {
            assert_eq!(all_rows(&site, &folder), count, "{path} links to {folder}");
            assert_eq!(links.get(&folder), Some(&count), "{folder}: every page says the same");
            seen += 1;
        }
    }
    assert!(seen > 100, "{seen} links");
}

#[test]
fn a_long_list_is_cut_into_pages_that_hold_each_report_once() {
    let names: Vec<String> = (0..250).map(|n| format!("2024-01-01-{n:03}")).collect();
    let fields = "severity: sev3\nservices: [checkout]\nstarted_at: 2024-01-01T00:00:00Z";
    let reports: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), fields)).collect();
    let site = site_of(&reports, Visibility::Public);
    assert_eq!((all_rows(&site, "incidents/"), all_rows(&site, "incidents/service/checkout/")), (250, 250));
    assert_eq!(rows(page_text(&site, "incidents/page/3/index.html")), 50);
    let whole: String = (1..=3)
        .map(|n| if n == 1 { "incidents/index.html".to_owned() } else { format!("incidents/page/{n}/index.html") })
        .map(|path| page_text(&site, &path).to_owned())
        .collect();
    for name in &names {
        assert_eq!(whole.matches(&format!(">Report {name}<")).count(), 1, "{name}");
    }
}

/// What a data file hands to the script.
fn taken(site: &Site, path: &str) -> Value {
    let text = page_text(site, path).trim();
    let json = text.strip_prefix("afterword.take(").and_then(|rest| rest.strip_suffix(");")).expect("one call");
    serde_json::from_str(json).expect("JSON")
}

#[test]
fn the_columns_count_what_the_links_count() {
    let site = own_site();
    let links = facet_links(page_text(&site, "incidents/index.html"));
    let columns = taken(&site, "data/incidents.js");
    let total = columns["total"].as_u64().expect("a number");
    let runs = columns["days"].as_array().expect("runs").iter().map(|run| run[1].as_u64().expect("a number"));
    assert_eq!(runs.sum::<u64>(), total);
    for facet in columns["facets"].as_array().expect("facets") {
        let id = facet["id"].as_str().expect("an id");
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        for c in columns[id].as_str().expect("a column").chars().filter(|c| *c != ' ') {
            *counts.entry(u32::from(c) - 48).or_default() += 1;
        }
        let values = facet["values"].as_array().expect("values");
        for (place, value) in values.iter().enumerate().filter(|_| values.len() > 1) {
            let slug = value[0].as_str().expect("a slug");
            let counted = counts.get(&u32::try_from(place).expect("small")).copied();
            assert_eq!(counted, links.get(&format!("incidents/{id}/{slug}/")).copied(), "{id}={slug}");
        }
    }
    let [slugs, titles] =
        [0, 1].map(|at| taken(&site, "data/titles-1.js")[at].as_str().expect("lines").lines().count());
    assert_eq!((slugs as u64, titles as u64), (total, total));
}

#[test]
fn what_is_withheld_is_in_no_column_and_no_list() {
    let shown = "severity: sev2\nservices: [checkout]\nteams: [web]\nstarted_at: 2024-01-01T00:00:00Z";
    let hidden = "severity: sev1\nvisibility: internal\nservices: [zq-vault]\nteams: [zq-team]\nfactors: [zq-factor]\n\
                  started_at: 1999-01-01T00:00:00Z\nresolved_at: 1999-01-01T00:17:00Z";
    let reports = [("2024-01-01-shown", shown), ("1999-01-01-zq-hidden", hidden)];
    let tells = |site: &Site, word: &str| {
        let told = site
            .files
            .iter()
            .filter(|(path, _)| path.as_str().starts_with("data/") || path.as_str().starts_with("incidents/"));
        told.filter(|(path, bytes)| path.as_str().contains(word) || String::from_utf8_lossy(bytes).contains(word))
            .count()
    };
    let public = site_of(&reports, Visibility::Public);
    let internal = site_of(&reports, Visibility::Internal);
    for word in ["zq-", "1999", "sev1"] {
        assert_eq!(tells(&public, word), 0, "{word}");
        assert!(tells(&internal, word) > 2, "{word} is told to those it is for");
    }
    assert!(tells(&public, "2024-01-01-shown") > 2);
    // What all reports share has no list of its own: it would be the list of all once more.
    let lists = |site: &Site, folder: &str| site.files.keys().filter(|path| path.as_str().starts_with(folder)).count();
    assert_eq!((lists(&public, "incidents/kind/"), lists(&public, "incidents/year/")), (0, 0));
    assert_eq!((lists(&public, "incidents/service/"), lists(&internal, "incidents/year/")), (1, 2));
}

#[test]
fn pages_without_reports_teach() {
    let site = site_of(&[], Visibility::Public);
    assert!(page_text(&site, "index.html").contains("<code>afterword new</code>"));
    assert!(page_text(&site, "incidents/index.html").contains("<code>afterword new</code>"));
    let one = site_of(
        &[("2024-01-01-one", "severity: sev1\nservices: [checkout]\nstarted_at: 2024-01-01T00:00:00Z")],
        Visibility::Public,
    );
    let home = page_text(&one, "index.html");
    for hint in ["type: near-miss", "reports/_patterns/", "actions:", "The last sev1 incident began on 1 Jan 2024"] {
        assert!(home.contains(hint), "{hint}");
    }
}

/// What a page has between two texts, the first time.
fn between<'p>(page: &'p str, start: &str, end: &str) -> &'p str {
    let (_, rest) = page.split_once(start).unwrap_or_else(|| panic!("{start}"));
    rest.split_once(end).unwrap_or_else(|| panic!("{end}")).0
}

#[test]
fn the_home_page_says_what_the_newest_digest_says() {
    let site = site_of(
        &[("2024-01-01-one", "severity: sev1\nservices: [checkout]\nstarted_at: 2024-01-01T00:00:00Z")],
        Visibility::Public,
    );
    let home = between(page_text(&site, "index.html"), "class=\"newest\"", "</section>");
    let lead = between(home, "<p class=\"serif\">", "</p>");
    let url = between(home, "<a href=\"", "\"");
    let digest = between(page_text(&site, url), "breath", "</p>");
    // Nothing happened in it, which a count of none and a list of nothing would not tell.
    assert!(digest.starts_with(" quiet\">") && lead.starts_with("No incident was recorded in "), "{lead}");
    assert_eq!(digest.split_once('>').expect("a paragraph").1, lead);
}
