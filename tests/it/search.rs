//! The index of the site's search: what it holds, what it must not hold, and that it is always the same.

use crate::support::{own_repository, snapshot};
use afterword::{model::Visibility, pipeline, search, site::Site, snapshot::Snapshot, words::Words};
use std::{collections::BTreeMap, fs};

fn site(snapshot: &Snapshot) -> Site {
    pipeline::build(snapshot, &pipeline::check(snapshot), Visibility::Public).expect("a site").site
}

/// The files of the index: name below `search/` → text.
fn index(snapshot: &Snapshot) -> BTreeMap<String, String> {
    let files = site(snapshot).files;
    let of_search = files.iter().filter_map(|(path, bytes)| {
        let name = path.as_str().strip_prefix("search/")?.strip_suffix(".js")?;
        Some((name.to_owned(), String::from_utf8(bytes.to_vec()).expect("scripts are UTF-8")))
    });
    of_search.collect()
}

/// What a file registers.
fn data(name: &str, text: &str) -> serde_json::Value {
    let literal = text.strip_prefix(&format!("afterword.search(\"{name}\",")).expect("it registers its own name");
    let literal = literal.strip_suffix(")\n").expect("it is one call");
    serde_json::from_str(literal).unwrap_or_else(|error| panic!("{name}: a plain literal: {error}"))
}

fn report(title: &str, front: &str, body: &str) -> String {
    format!(
        "---\ntitle: {title}\nseverity: sev2\nstatus: reviewed\nservices: [checkout]\nstarted_at: 2025-03-01T10:00:00Z\n\
         {front}---\n\n## Summary\n\n{body}\n\n## Impact\n\nSome.\n\n## Timeline\n\n- 10:00 It began.\n"
    )
}

const SITE: &str =
    "title = \"T\"\n[services.checkout]\nname = \"Checkout\"\n[severities.sev2]\nname = \"Two\"\nmeaning = \"m\"\n";

#[test]
fn words_are_found_as_the_shared_examples_say() {
    let examples = fs::read_to_string("tests/search/tokens.json").expect("the examples");
    let examples: Vec<(String, Vec<String>)> = serde_json::from_str(&examples).expect("pairs of a text and its words");
    assert!(examples.len() > 35);
    for (text, expected) in examples {
        let mut found = Vec::new();
        search::tokens(&text, &mut |word, _| found.push(word.to_owned()));
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn the_same_reports_give_the_same_index_on_any_number_of_threads() {
    let snapshot = own_repository();
    let threads = |count| rayon::ThreadPoolBuilder::new().num_threads(count).build().expect("threads");
    let one = threads(1).install(|| index(&snapshot));
    assert!(one.len() > 70, "{} files", one.len());
    assert!(one == threads(3).install(|| index(&snapshot)), "three threads make another index than one");
    assert!(one == index(&snapshot), "the second index differs from the first");
}

#[test]
fn every_file_is_one_plain_literal_and_every_name_leads_to_a_file() {
    let files = index(&own_repository());
    let parsed: BTreeMap<&String, serde_json::Value> =
        files.iter().map(|(name, text)| (name, data(name, text))).collect();
    let manifest = &parsed[&"index".to_owned()];
    let mut named: Vec<String> = (0..manifest["n"].as_u64().expect("a count")).map(|n| format!("t/{n}")).collect();
    named.push("index".to_owned());
    let texts = |value: &serde_json::Value| -> Vec<String> {
        value.as_array().expect("a list").iter().filter_map(|text| Some(text.as_str()?.to_owned())).collect()
    };
    for (kind, key) in [("d", "d"), ("e", "e")] {
        named.extend(texts(&manifest[key]).chunks(2).map(|pair| format!("{kind}-{}", pair[1])));
    }
    named.extend(
        manifest["f"].as_object().expect("facets").values().map(|v| format!("f-{}", v.as_str().expect("text"))),
    );
    for shard in texts(&manifest["d"]).chunks(2) {
        let shard = &parsed[&format!("d-{}", shard[1])];
        named.extend([&shard[1], &shard[2]].into_iter().flat_map(texts).map(|name| format!("p-{name}")));
    }
    named.sort();
    named.dedup();
    assert_eq!(named, files.keys().cloned().collect::<Vec<_>>());
}

#[test]
fn a_report_that_is_withheld_changes_no_byte() {
    let open = report("Checkout was slow", "", "A queue grew.");
    let secret = report("Qzxwvut in checkout", "visibility: internal\n", "Only insiders know of vyxwzq.");
    let with =
        snapshot(&[("site.toml", SITE), ("reports/2025-03-01-a.md", &open), ("reports/2025-03-01-b.md", &secret)]);
    let without = snapshot(&[("site.toml", SITE), ("reports/2025-03-01-a.md", &open)]);
    assert_eq!(index(&with), index(&without));
    let all = pipeline::build(&with, &pipeline::check(&with), Visibility::Internal).expect("a site").site;
    let told = |word: &str| {
        all.files
            .iter()
            .any(|(path, bytes)| path.as_str().starts_with("search/") && String::from_utf8_lossy(bytes).contains(word))
    };
    assert!(told("zxwvut") && told("vyxwzq"), "the words can be found where the report is published");
}

#[test]
fn hostile_text_stays_text() {
    let title = "</script><script>alert(1)</script> \\\" \\ud800 \u{2028} `${x}` '";
    let yaml = "\"</script><script>alert(1)</script> \\\\\\\" \\\\ud800 \\u2028 `${x}` '\"";
    let body = "`</script>` and \u{2028}\u{2029} \\ \" ' \\ud800 -->  <!-- ]]> *.\n\n## A & <b> \"B\" '\n\nText.";
    let site = format!("{SITE}[rules.invisible-character]\nlevel = \"off\"\nreason = \"they are what is tested\"\n");
    let files = index(&snapshot(&[("site.toml", &site), ("reports/2025-03-01-a.md", &report(yaml, "", body))]));
    assert!(files.contains_key("t/0"), "the report is published: {:?}", files.keys());
    for (name, text) in &files {
        data(name, text);
        assert!(!text.contains(['<', '\u{2028}', '\u{2029}', '\0']), "{name}: {text}");
        assert_eq!(text.lines().count(), 1, "{name} is one line");
    }
    assert_eq!(data("t/0", &files["t/0"])[1], title);
}

#[test]
fn sections_lead_to_headings_of_the_page() {
    let built = site(&own_repository());
    let text = |path: &str| {
        let path = afterword::snapshot::RelPath::new(path).expect("a path");
        String::from_utf8_lossy(built.files.get(&path).unwrap_or_else(|| panic!("no {path}"))).into_owned()
    };
    let mut sections = 0;
    for number in 0.. {
        let path = afterword::snapshot::RelPath::new(&format!("search/t/{number}.js")).expect("a path");
        let Some(bytes) = built.files.get(&path) else { break };
        let shown = data(&format!("t/{number}"), std::str::from_utf8(bytes).expect("UTF-8"));
        let page = text(shown[8].as_str().expect("an address"));
        for anchor in shown[9].as_array().expect("a list").iter().step_by(3) {
            let anchor = anchor.as_str().expect("text");
            sections += 1;
            assert!(anchor.is_empty() || page.contains(&format!(" id=\"{anchor}\"")), "{}: no #{anchor}", shown[0]);
        }
    }
    assert!(sections > 300, "{sections} sections");
}

#[test]
fn no_reports_still_make_an_index() {
    let files = index(&snapshot(&[("site.toml", SITE)]));
    assert_eq!(data("index", &files["index"])["n"], 0);
}

/// `tests/search/ranking.txt` has a query a line; `ranking.json` the ten best reports of each, which the client must find
/// in the same order. `BLESS=1` writes it.
#[test]
fn results_come_in_the_order_that_the_client_is_held_to() {
    let snapshot = own_repository();
    let checked = pipeline::check(&snapshot);
    let ranking =
        search::Ranking::new(&checked.config, &pipeline::published(&checked, Visibility::Public), Words::english());
    let queries = fs::read_to_string("tests/search/ranking.txt").expect("the queries");
    let found: Vec<(&str, Vec<&str>)> =
        queries.lines().map(|query| (query, ranking.find(query).into_iter().take(10).collect())).collect();
    let lines: Vec<String> = found.iter().map(|line| serde_json::to_string(line).expect("plain data")).collect();
    let found = format!("[\n{}\n]\n", lines.join(",\n"));
    if std::env::var_os("BLESS").is_some() {
        fs::write("tests/search/ranking.json", &found).expect("written");
    }
    let wanted = fs::read_to_string("tests/search/ranking.json").unwrap_or_default();
    for (wanted, found) in wanted.lines().zip(found.lines()) {
        assert_eq!(wanted, found);
    }
    assert_eq!(wanted.len(), found.len());
}

#[test]
fn expectations_that_are_not_met_are_findings_at_their_place() {
    let tests = "- query: queue\n  expect: 2025-03-01-a\n- query: zebra\n  expect: [2025-03-01-a]\n- query: queue\n  expect: nothing-such\n\
                 - query: grew\n  expect: 2025-03-01-a\n  top: 1\n  tip: 2\n- expect: x\n";
    let snapshot = snapshot(&[
        ("site.toml", SITE),
        ("search-tests.yaml", tests),
        ("reports/2025-03-01-a.md", &report("Checkout was slow", "", "A queue grew.")),
    ]);
    let found = pipeline::check_search(&snapshot, &pipeline::check(&snapshot), Visibility::Public);
    let told = afterword::diag::concise::render(&found, &snapshot);
    let starts: Vec<String> = told.lines().map(|line| line.split(' ').take(3).collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(
        starts,
        [
            "search-tests.yaml:3:10: error AW810",
            "search-tests.yaml:6:11: error AW810",
            "search-tests.yaml:10:3: error AW106",
            "search-tests.yaml:11:3: error AW107",
        ],
        "{told}"
    );
}

#[test]
fn the_search_of_this_repository_finds_what_it_says_it_finds() {
    let snapshot = own_repository();
    let (expectations, unread) = afterword::parse::search_tests::search_tests(&snapshot);
    assert!(expectations.len() > 10 && unread.is_empty(), "{} expectations, {unread:?}", expectations.len());
    let found = pipeline::check_search(&snapshot, &pipeline::check(&snapshot), Visibility::Public);
    assert!(found.is_empty(), "{}", afterword::diag::concise::render(&found, &snapshot));
}
