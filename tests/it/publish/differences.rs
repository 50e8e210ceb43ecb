//! What a change of one report changes on the site, by kind of file: a sync uploads that and no more.

use crate::support::{TODAY, own_repository};
use afterword::{
    model::Visibility,
    pipeline,
    site::Site,
    snapshot::{File, RelPath, Snapshot},
};

const REPORT: &str = "2019-02-04-elastic-cloud-zookeeper";

type Change = (&'static str, fn(&str) -> String, usize, &'static [&'static str]);

/// A change of the report's text, how many files of this repository's site may differ, and which: beginnings of their
/// paths. The report's own pages always may.
const CHANGES: &[Change] = &[
    ("a comment in the body", |text| format!("{text}\n<!-- nobody sees this -->\n"), 0, &[]),
    // The words of the report are in the index, and its manifest knows which; they may change which incidents are like others.
    (
        "a sentence",
        |text| format!("{text}\nOne more sentence about caching of the pages.\n"),
        30,
        &["search/", "incidents/20"],
    ),
    // Whoever names the report: lists, neighbors, digests, feeds.
    (
        "the title",
        |text| with(text, "title:", "title: Zebras lost quorum"),
        80,
        &[
            "actions/",
            "data/",
            "digests/",
            "feed.xml",
            "incidents/",
            "index.html",
            "metrics/",
            "patterns/",
            "reports.csv",
            "reports.json",
            "search/",
            "services/",
            "teams/",
        ],
    ),
    // The lists say how many reports have each severity, beside every list.
    (
        "the severity",
        |text| {
            with(text, "severity:", if text.contains("severity: sev1") { "severity: sev2" } else { "severity: sev1" })
        },
        330,
        &[
            "actions/",
            "data/",
            "digests/",
            "feed.xml",
            "incidents/",
            "index.html",
            "metrics/",
            "patterns/",
            "reports.csv",
            "reports.json",
            "search/",
            "services/",
            "teams/",
        ],
    ),
];

/// The text with another line in place of the one that begins so.
fn with(text: &str, begin: &str, line: &str) -> String {
    text.lines().map(|old| if old.starts_with(begin) { line } else { old }.to_owned() + "\n").collect()
}

fn built(snapshot: &Snapshot) -> Site {
    pipeline::build(snapshot, &pipeline::check(snapshot), Visibility::Public).expect("a site").site
}

fn differing<'s>(before: &Site, after: &'s Site) -> Vec<&'s str> {
    let differs = |(path, bytes): &(&RelPath, &std::sync::Arc<[u8]>)| before.files.get(*path) != Some(*bytes);
    after.files.iter().filter(differs).map(|(path, _)| path.as_str()).collect()
}

#[test]
fn a_report_changes_only_what_tells_of_it() {
    let snapshot = own_repository();
    let before = built(&snapshot);
    let path = snapshot.files.keys().find(|path| path.stem() == REPORT).expect("the report").clone();
    let text = String::from_utf8(snapshot.files[&path].bytes.to_vec()).expect("UTF-8");
    for (name, change, most, may) in CHANGES {
        let mut changed = snapshot.clone();
        changed.files.insert(path.clone(), File { bytes: change(&text).into_bytes().into() });
        let after = built(&changed);
        let found = differing(&before, &after);
        println!("{name}: {} of {} files", found.len(), after.files.len());
        let own = format!("incidents/{REPORT}/");
        let needless: Vec<_> = found
            .iter()
            .filter(|path| !path.starts_with(&own) && !may.iter().any(|may| path.starts_with(may)))
            .collect();
        assert!(needless.is_empty(), "{name} changes {needless:?}");
        assert!(found.len() <= *most, "{name} changes {} files: {found:?}", found.len());
        assert!(*most == 0 || found.iter().any(|path| path.starts_with(&own)), "{name} does not change the report");
    }
}

/// The date stands on pages whose numbers depend on it, and in the report's brief and JSON, which are read apart from the site.
#[test]
fn a_new_day_leaves_what_does_not_depend_on_it() {
    let mut snapshot = own_repository();
    let before = built(&snapshot);
    snapshot.today = TODAY.tomorrow().expect("a day");
    let after = built(&snapshot);
    let found = differing(&before, &after);
    println!("a day: {} of {} files", found.len(), after.files.len());
    let steady = |path: &&&str| {
        let list = path.starts_with("incidents/") && !path.contains("/brief/") && !path.ends_with("/index.json");
        list || ["rules/", "search/", "static/", "404.html"].iter().any(|steady| path.starts_with(steady))
    };
    let needless: Vec<_> = found.iter().filter(steady).collect();
    assert!(needless.is_empty(), "a day changes {needless:?}");
}
