//! What machines read of a site: feeds and calendars, parsed back; titles of attackers in them and in heads.

use crate::support::{own_repository, page_text, snapshot};
use afterword::{
    model::Visibility,
    pipeline,
    site::Site,
    snapshot::{FileHistory, RelPath, Snapshot},
};
use jiff::Timestamp;
use roxmltree::Document;
use serde_json::Value;
use std::{collections::BTreeSet, sync::OnceLock};

pub const BASE: &str = "https://example.org/reliability/";

pub const CONFIG: &str = "title = \"A & B\"\nbase_url = \"https://example.org/reliability/\"\n\
    [teams.shop]\nname = \"Shop\"\nabout = \"Everything that takes money.\"\n\
    [services.checkout]\nname = \"Checkout\"\nteam = \"shop\"\n";

const PATTERN: &str =
    "---\ntitle: Capacity\nsummary: \"Less room than there is load.\"\n---\n\n## What it is\n\nToo little.\n";

fn report(title: &str, more: &str, summary: &str) -> String {
    format!(
        "---\ntitle: {title}\nseverity: sev3\nservices: [checkout]\nfactors: [capacity]\nstarted_at: 2024-03-01T08:00:00Z\n\
         detected_at: 2024-03-01T08:05:00Z\nmitigated_at: 2024-03-01T09:00:00Z\nresolved_at: 2024-03-01T10:00:00Z\n{more}---\n\n\
         ## Summary\n\n{summary}\n\n## Impact\n\nOne order in five.\n\n## Timeline\n\n| Time (UTC) | Event |\n| --- | --- |\n\
         | 2024-03-01 08:12 | A node is lost. |\n\n## Contributing factors\n\n- Too few nodes.\n"
    )
}

pub fn build(snapshot: &Snapshot, audience: Visibility) -> Site {
    let checked = pipeline::check(snapshot);
    let built = pipeline::build(snapshot, &checked, audience).expect("a site");
    assert_eq!(built.counts.unsound, 0, "{:?}", checked.diagnostics);
    built.site
}

fn small(config: &str, files: &[(&str, String)]) -> Snapshot {
    let mut all = vec![("site.toml", config), ("reports/_patterns/capacity.md", PATTERN)];
    all.extend(files.iter().map(|(path, text)| (*path, text.as_str())));
    snapshot(&all)
}

pub fn one(config: &str) -> Snapshot {
    small(config, &[("reports/2024/2024-03-01-slow.md", report("Checkout is slow", "", "Orders took long. And more."))])
}

/// This repository at an address, with dates of git that do not depend on the clone.
pub fn own_site() -> Snapshot {
    let mut snapshot = own_repository();
    let config = RelPath::new("site.toml").expect("a path");
    let file = snapshot.files.get_mut(&config).expect("this repository has a site.toml");
    let text = format!("base_url = \"{BASE}\"\n{}", String::from_utf8_lossy(&file.bytes));
    file.bytes = text.as_bytes().into();
    let at = |text: &str| text.parse::<Timestamp>().expect("a time");
    let history =
        FileHistory { first_change: at("2026-01-02T03:04:05Z"), last_change: at("2026-02-03T04:05:06Z"), changes: 2 };
    let reports = snapshot.files.keys().filter(|path| path.as_str().ends_with("consul.md"));
    snapshot.history.files = reports.map(|path| (path.clone(), history.clone())).collect();
    snapshot
}

/// The public site of it, built once.
pub fn public() -> &'static Site {
    static SITE: OnceLock<Site> = OnceLock::new();
    SITE.get_or_init(|| build(&own_site(), Visibility::Public))
}

pub fn texts(site: &Site) -> impl Iterator<Item = (&str, &str)> {
    site.files.iter().filter_map(|(path, bytes)| Some((path.as_str(), std::str::from_utf8(bytes).ok()?)))
}

pub fn named<'s>(site: &'s Site, name: &str) -> Vec<(&'s str, &'s str)> {
    let ends = format!("/{name}");
    texts(site).filter(|(path, _)| *path == name || path.ends_with(&ends)).collect()
}

fn child<'d>(node: roxmltree::Node<'d, '_>, name: &str) -> Option<&'d str> {
    node.children()
        .find(|child| child.tag_name().name() == name && child.tag_name().namespace() != Some("atom"))?
        .text()
}

/// The value of an attribute of the first element that has `with`.
pub fn content<'p>(page: &'p str, with: &str) -> Option<&'p str> {
    let at = page.find(with)?;
    let tag = page[page[..at].rfind('<')?..].split('>').next()?;
    let value = [" content=\"", " href=\""].iter().find_map(|name| Some(&tag[tag.find(name)? + name.len()..]))?;
    value.split('"').next()
}

pub fn structured(page: &str) -> Option<Value> {
    let (_, rest) = page.split_once("<script type=\"application/ld+json\">")?;
    let text = rest.split("</script>").next().expect("an end");
    Some(serde_json::from_str(text).expect("JSON-LD is JSON"))
}

#[test]
fn every_feed_is_what_its_format_asks_for() {
    let site = public();
    let (atom, rss, json) = (named(site, "feed.xml"), named(site, "rss.xml"), named(site, "feed.json"));
    assert!(atom.len() > 100, "all, and each service, team and pattern: {}", atom.len());
    assert_eq!((atom.len(), atom.len()), (rss.len(), json.len()));
    for (path, text) in atom {
        let document = Document::parse(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        let feed = document.root_element();
        assert_eq!(feed.tag_name().namespace(), Some("http://www.w3.org/2005/Atom"), "{path}");
        let entries: Vec<_> = feed.children().filter(|node| node.tag_name().name() == "entry").collect();
        assert!(entries.len() <= 50, "{path}");
        let mut ids = BTreeSet::from([child(feed, "id").expect("an id")]);
        for entry in &entries {
            assert!(ids.insert(child(*entry, "id").expect("an id")), "{path}: an id twice");
            let [published, updated] = ["published", "updated"]
                .map(|name| child(*entry, name).and_then(|text| text.parse::<Timestamp>().ok()));
            assert!(published.is_some() && published <= updated, "{path}: {published:?} {updated:?}");
            let link =
                entry.children().find(|node| node.tag_name().name() == "link").and_then(|node| node.attribute("href"));
            let page = link.and_then(|link| link.strip_prefix(BASE)).map(|folder| format!("{folder}index.html"));
            assert!(
                page.is_some_and(|page| site.files.contains_key(&RelPath::new(&page).expect("a path"))),
                "{path}: {link:?}"
            );
        }
        assert!(ids.iter().all(|id| id.starts_with("tag:example.org,2000:reliability/")), "{path}: {ids:?}");
        assert_eq!(child(feed, "updated").map(|text| text.parse::<Timestamp>().is_ok()), Some(true), "{path}");
    }
    for (path, text) in rss {
        let document = Document::parse(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        let channel = document.root_element().first_element_child().expect("a channel");
        for name in ["title", "link", "description"] {
            assert!(child(channel, name).is_some_and(|text| !text.is_empty()), "{path}: no {name}");
        }
        for item in channel.children().filter(|node| node.tag_name().name() == "item") {
            let date = child(item, "pubDate").expect("a date");
            assert!(
                date.ends_with(" GMT") && jiff::fmt::rfc2822::parse(&date.replace("GMT", "+0000")).is_ok(),
                "{date}"
            );
            assert!(child(item, "link").is_some_and(|link| link.starts_with(BASE)), "{path}");
            assert!(child(item, "guid").is_some_and(|guid| guid.starts_with("tag:")), "{path}");
        }
    }
    for (path, text) in json {
        let feed: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
        assert_eq!(feed["feed_url"], format!("{BASE}{path}"));
        for item in feed["items"].as_array().expect("items") {
            assert!(item["url"].as_str().is_some_and(|url| url.starts_with(BASE)), "{path}");
            assert!(item["content_html"].as_str().is_some_and(|html| html.starts_with("<p>")), "{path}");
            assert!(item["date_published"].as_str().is_some_and(|at| at.parse::<Timestamp>().is_ok()), "{path}");
        }
    }
}

#[test]
fn dates_come_from_the_report_then_git_then_the_incident() {
    let site = public();
    let first = |text: &str| {
        let entry = &text[text.find("<entry>").expect("an entry")..];
        let of = |name: &str| {
            entry.split(&format!("<{name}>")).nth(1).and_then(|rest| rest.split('<').next()).map(String::from)
        };
        [of("published").expect("published"), of("updated").expect("updated")]
    };
    let git = ["2026-01-02T03:04:05Z", "2026-02-03T04:05:06Z"];
    assert_eq!(first(page_text(site, "feed.xml")), git, "what was published last stands first");
    assert!(page_text(site, "feed.xml").contains("<updated>2026-02-03T04:05:06Z</updated>\n<author>"));
    let stated = small(
        CONFIG,
        &[(
            "reports/2024/2024-03-01-slow.md",
            report("Slow", "report: { published_at: 2024-03-09T09:00:00Z }\n", "Slow."),
        )],
    );
    let site = build(&stated, Visibility::Public);
    assert_eq!(first(page_text(&site, "feed.xml")), ["2024-03-09T09:00:00Z"; 2]);
    let site = build(&one(CONFIG), Visibility::Public);
    assert_eq!(first(page_text(&site, "feed.xml")), ["2024-03-01T08:00:00Z", "2024-03-01T10:00:00Z"]);
    assert!(page_text(&site, "rss.xml").contains("<pubDate>Fri, 01 Mar 2024 08:00:00 GMT</pubDate>"));
}

#[test]
fn without_an_address_only_atom_can_be_written() {
    let site = build(&one("title = \"T\"\n"), Visibility::Public);
    assert_eq!(
        [named(&site, "rss.xml").len(), named(&site, "feed.json").len(), named(&site, "sitemap.xml").len()],
        [0; 3]
    );
    assert!(
        page_text(&site, "services/checkout/feed.xml").contains("href=\"../../incidents/2024-03-01-slow/index.html\"")
    );
    assert!(page_text(&site, "feed.xml").contains("<id>tag:afterword.invalid,2000:incident/2024-03-01-slow</id>"));
    let page = page_text(&site, "incidents/2024-03-01-slow/index.html");
    for absent in ["rel=\"canonical\"", "og:", "ld+json", "rss.xml", "name=\"robots\""] {
        assert!(!page.contains(absent), "{absent}");
    }
    assert_eq!(page_text(&site, "robots.txt"), "User-agent: *\nAllow: /\n");
}

#[test]
fn ids_stay_when_the_site_moves() {
    let moved = CONFIG.replace("example.org/reliability", "elsewhere.example").replacen(
        '\n',
        "\nfeed_id = \"tag:example.org,2024\"\n",
        1,
    );
    let site = build(&one(&moved), Visibility::Public);
    for (path, id) in [
        ("feed.xml", "<id>tag:example.org,2024:"),
        ("rss.xml", ">tag:example.org,2024:"),
        ("feed.json", "\"tag:example.org,2024:"),
    ] {
        assert!(page_text(&site, path).contains(&format!("{id}incident/2024-03-01-slow")), "{path}");
    }
    for wrong in ["example.org", "tag:example.org", "tag:,2024", "tag:a b,2024", "tag:example.org,now"] {
        let checked = pipeline::check(&one(&format!("feed_id = \"{wrong}\"\n")));
        assert!(checked.config_broken, "{wrong}");
    }
}

#[test]
fn drafts_are_neither_announced_nor_found() {
    let files = [
        ("reports/2024/2024-03-01-slow.md", report("Slow", "", "Slow.")),
        ("reports/2024/2024-03-02-draft.md", report("Unfinished", "status: draft\n", "Not yet.")),
    ];
    let site = build(&small(CONFIG, &files), Visibility::Public);
    let page = page_text(&site, "incidents/2024-03-02-draft/index.html");
    assert_eq!(content(page, "name=\"robots\""), Some("noindex, nofollow"));
    assert!(structured(page).is_none() && !page.contains("og:title"));
    for (path, text) in texts(&site).filter(|(path, _)| path.ends_with(".xml") || path.ends_with("feed.json")) {
        assert!(!text.contains("2024-03-02-draft"), "{path}");
    }
}

/// A calendar's events as name and value, unfolded; every line is held against RFC 5545.
fn events(text: &str) -> Vec<Vec<(String, String)>> {
    assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.ends_with("\r\nEND:VCALENDAR\r\n"));
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "only CRLF");
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
    let whole = text.replace("\r\n ", "");
    let events = whole.split("\r\nBEGIN:VEVENT\r\n").skip(1).map(|event| {
        let lines = event.split("END:VEVENT").next().unwrap_or("").lines();
        lines
            .map(|line| line.split_once(':').map(|(name, value)| (name.to_owned(), value.to_owned())).expect("a colon"))
            .collect()
    });
    events.collect()
}

#[test]
fn due_dates_are_a_calendar() {
    let actions = "actions:\n\
        \x20 - { id: A1, title: \"Alert; on lag, and \\\\ more\\nBEGIN:VEVENT\", owner: shop, due: 2024-03-13, status: open }\n\
        \x20 - { id: A2, title: Not needed, owner: shop, due: 2024-03-14, status: dropped, dropped_reason: Replaced }\n\
        \x20 - { id: A3, title: Some day, owner: shop, status: open }\n\
        \x20 - { id: A4, title: Ask the vendor, owner: pay, due: 2024-02-29, status: blocked }\n";
    let config = format!("{CONFIG}[teams.pay]\nname = \"Pay\"\n[teams.idle]\nname = \"Idle\"\n");
    let files = [
        ("reports/2024/2024-03-01-slow.md", report("Checkout is slow", actions, "Slow.")),
        ("reports/2024/2024-03-02-draft.md", report("Unfinished", &format!("status: draft\n{actions}"), "Not yet.")),
    ];
    let site = build(&small(&config, &files), Visibility::Public);
    let all = events(page_text(&site, "actions.ics"));
    let of = |event: &[(String, String)], name: &str| {
        event.iter().find(|(found, _)| found == name).map(|(_, value)| value.clone()).expect("a property")
    };
    let dates: Vec<String> = all.iter().map(|event| of(event, "DTSTART;VALUE=DATE")).collect();
    assert_eq!(dates, ["20240229", "20240313"]);
    assert_eq!(of(&all[1], "UID"), "tag:example.org:2000:reliability/action/2024-03-01-slow/A1");
    assert_eq!(of(&all[1], "DTSTAMP"), "20240301T100000Z", "the incident's last time");
    assert_eq!(of(&all[1], "SUMMARY"), r"Due: Alert\; on lag\, and \\ more BEGIN:VEVENT");
    assert_eq!(of(&all[1], "DESCRIPTION"), r"Owner: shop\nStatus: open\nAfter: Checkout is slow");
    assert_eq!(of(&all[1], "URL"), format!("{BASE}incidents/2024-03-01-slow/"));
    assert_eq!(of(&all[1], "TRANSP"), "TRANSPARENT");
    let of_team = |team: &str| events(page_text(&site, &format!("teams/{team}/actions.ics"))).len();
    assert_eq!([of_team("shop"), of_team("pay"), of_team("idle")], [1, 1, 0]);
    assert!(page_text(&site, "teams/idle/actions.ics").contains("BEGIN:VTIMEZONE"), "no calendar is empty");
}

/// Everything that could end a context: CDATA, scripts, comments, attributes, controls, order of text.
const HOSTILE: &str =
    r#"a]]>b</script><script>alert(1)</script><!--c--> & "d" 'e' \u202Ef\u2066g\u0085h\u000Bi\uFEFFj"#;

#[test]
fn titles_of_attackers_stay_text() {
    let yaml = format!("\"{}\"", HOSTILE.replace('"', "\\\""));
    let title = serde_json::from_str::<String>(&yaml.replace("\\u000B", "")).expect("a string");
    let config = format!("title = {}\nbase_url = \"{BASE}\"\n", yaml.replace("\\uFEFF", ""));
    let config = format!("{config}[services.checkout]\nname = {yaml}\nabout = {yaml}\n");
    let pattern = format!("---\ntitle: {yaml}\nsummary: {yaml}\n---\n\n## What it is\n\nToo little.\n");
    let report = report(
        &yaml.replace("\\u000B", ""),
        "",
        &format!("`{}`", title.replace(['`', '\u{202e}', '\u{2066}', '\u{85}', '\u{feff}'], "")),
    );
    let files = [
        ("site.toml", config.as_str()),
        ("reports/_patterns/capacity.md", &pattern),
        ("reports/2024/2024-03-01-slow.md", &report),
    ];
    let site = build(&snapshot(&files), Visibility::Public);
    let mut read = 0;
    for (path, text) in texts(&site).filter(|(path, _)| !path.starts_with("static/")) {
        let machine = path.ends_with(".xml")
            || path.ends_with("feed.json")
            || path.ends_with(".ics")
            || path == "_headers"
            || path == "robots.txt";
        if path.ends_with(".xml") {
            let document = Document::parse(text).unwrap_or_else(|error| panic!("{path}: {error}"));
            assert!(document.descendants().all(|node| node.tag_name().name() != "script"), "{path}");
            read += document
                .descendants()
                .filter(|node| node.text().is_some_and(|text| text.contains("]]>b</script>")))
                .count();
        } else if path.ends_with(".json") {
            serde_json::from_str::<Value>(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        } else if path.ends_with(".html") {
            let head = text.split("</head>").next().expect("a head");
            let data = structured(text).map_or(String::new(), |data| data.to_string());
            assert!(!head.contains("<script>") && !head.contains("<!--"), "{path}");
            read += usize::from(data.contains("]]>b</script>"));
            let described = content(text, "name=\"description\"").expect("a description");
            assert!(!described.contains(['\u{202e}', '\u{2066}', '\u{85}', '\u{b}', '<']), "{path}: {described}");
            assert!(!data.contains(['\u{202e}', '\u{2066}', '\u{85}', '\u{b}', '\u{feff}']), "{path}: {data}");
        }
        if machine {
            assert!(!text.contains(['\u{202e}', '\u{2066}', '\u{85}', '\u{b}', '\u{feff}']), "{path}");
        }
    }
    assert!(read > 20, "the title was met in only {read} places");
    let feed: Value = serde_json::from_str(page_text(&site, "feed.json")).expect("JSON");
    assert!(!feed["items"][0]["content_html"].as_str().expect("HTML").contains("<script"), "{feed}");
}

#[test]
fn two_builds_are_the_same_bytes() {
    let snapshot = own_site();
    assert!(build(&snapshot, Visibility::Public) == *public());
}
