//! The known-item queries in `tests/search/queries.tsv` are what they claim to be: each kind has its form, typos and
//! prefixes are of words that stand in the report, and every report is looked for.
//!
//! How well the search answers them is measured in `tests/browser/search/known-items.mjs`.

use super::support::files_under;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

const TABLE: &str = "tests/search/queries.tsv";

/// A kind of query: its name, how many there must be, and what is wrong with a query in view of a report that it expects.
type Kind = (&'static str, usize, fn(&Query, &Report) -> Option<String>);

const KINDS: &[Kind] = &[
    ("title", 15, title),
    ("id", 15, id),
    ("error", 15, standing),
    ("host", 15, standing),
    ("company", 15, company),
    ("symptom", 25, several_words),
    ("prefix", 15, prefix),
    ("typo", 15, typo),
    ("sentence", 25, sentence),
];

struct Query {
    line: usize,
    kind: String,
    text: String,
    words: Vec<String>,
    expected: Vec<String>,
}

struct Report {
    id: String,
    title: Vec<String>,
    words: BTreeSet<String>,
}

const JOINTS: [char; 8] = ['.', '-', '/', ':', '\'', '_', '%', '+'];

/// The words of a text in lower case, compounds whole.
fn words(text: &str) -> Vec<String> {
    let split = |c: char| !c.is_alphanumeric() && !JOINTS.contains(&c);
    let words = text.split(split).map(|word| word.trim_matches(JOINTS).to_lowercase());
    words.filter(|word| !word.is_empty()).collect()
}

fn report(id: &str, text: &str) -> Report {
    let whole = words(&format!("{id} {text}"));
    let parts = whole.iter().flat_map(|word| word.split(JOINTS)).filter(|part| !part.is_empty()).map(str::to_owned);
    let title = text.lines().find_map(|line| line.strip_prefix("title:")).unwrap_or_default();
    Report { id: id.to_owned(), title: words(title), words: parts.chain(whole.iter().cloned()).collect() }
}

fn reports() -> BTreeMap<String, Report> {
    let files = files_under("reports", "md").into_iter().filter(|path| !path.contains("/_patterns/"));
    let read = |path: String| {
        let id = path.rsplit('/').next()?.strip_suffix(".md")?.to_owned();
        let text = fs::read_to_string(&path).expect("a report is UTF-8");
        Some((id.clone(), report(&id, &text)))
    };
    files.filter_map(read).collect()
}

/// Reads the table; a line with too few columns is an error.
fn queries(table: &str) -> Result<Vec<Query>, String> {
    let lines = table.lines().enumerate().filter(|(_, line)| !line.starts_with('#'));
    let query = |(index, line): (usize, &str)| {
        let line_number = index + 1;
        let columns: Vec<&str> = line.split('\t').collect();
        let [kind, text, expected] = columns[..] else {
            return Err(format!("{line_number}: not three columns"));
        };
        Ok(Query {
            line: line_number,
            kind: kind.to_owned(),
            text: text.to_owned(),
            words: words(text),
            expected: expected.split(' ').map(str::to_owned).collect(),
        })
    };
    lines.map(query).collect()
}

fn absent<'q>(query: &'q Query, report: &Report) -> Vec<&'q String> {
    query.words.iter().filter(|word| !report.words.contains(*word)).collect()
}

fn standing(query: &Query, report: &Report) -> Option<String> {
    absent(query, report).first().map(|word| format!("\"{word}\" does not stand in the report"))
}

fn several_words(query: &Query, _: &Report) -> Option<String> {
    (query.words.len() < 3).then(|| "fewer than three words".to_owned())
}

fn sentence(query: &Query, report: &Report) -> Option<String> {
    if query.text.ends_with('?') { several_words(query, report) } else { Some("not a question".to_owned()) }
}

fn id(query: &Query, report: &Report) -> Option<String> {
    query.words.iter().find(|part| !report.id.contains(*part)).map(|part| format!("\"{part}\" is no part of the id"))
}

fn company(query: &Query, report: &Report) -> Option<String> {
    let company = query.words.first().filter(|word| !report.words.contains(*word));
    if let Some(company) = company {
        return Some(format!("\"{company}\" does not stand in the report"));
    }
    (query.words.len() < 2).then(|| "no word besides the company".to_owned())
}

fn title(query: &Query, report: &Report) -> Option<String> {
    let place = |word: &String| {
        report.title.iter().position(|found| found.split('-').any(|part| part == word) || found == word)
    };
    let places: Option<Vec<usize>> = query.words.iter().map(place).collect();
    match places {
        None => Some("a word that is not of the title".to_owned()),
        Some(places) if places.len() >= report.title.len() => Some("all words of the title".to_owned()),
        Some(places) if places.is_sorted() => Some("the words are in the order of the title".to_owned()),
        Some(_) => None,
    }
}

fn prefix(query: &Query, report: &Report) -> Option<String> {
    let (cut, before) = query.words.split_last()?;
    if let Some(word) = before.iter().find(|word| !report.words.contains(*word)) {
        return Some(format!("\"{word}\" does not stand in the report"));
    }
    if report.words.contains(cut) {
        return Some(format!("\"{cut}\" stands in the report as it is"));
    }
    let share = |word: &String| 100 * cut.chars().count() / word.chars().count();
    let found = report.words.iter().any(|word| word.starts_with(cut) && (60..=80).contains(&share(word)));
    (!found).then(|| format!("\"{cut}\" is not 60-80 % of a word"))
}

fn typo(query: &Query, report: &Report) -> Option<String> {
    let absent = absent(query, report);
    let [wrong] = absent[..] else {
        return Some(format!("{} words do not stand in the report, and not one", absent.len()));
    };
    let found = report.words.iter().any(|word| one_edit(wrong, word));
    (!found).then(|| format!("\"{wrong}\" is not one edit away from a word"))
}

/// Whether one insertion, deletion, substitution or exchange of neighbors leads from one word to the other.
fn one_edit(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let start = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[start..], &b[start..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    match (&a[..a.len() - end], &b[..b.len() - end]) {
        ([_], [] | [_]) | ([], [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

/// What is wrong with the queries, one line each.
fn faults(queries: &[Query], reports: &BTreeMap<String, Report>) -> Vec<String> {
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for query in queries {
        let mut fault = |what: String| faults.push(format!("{}: {}: {what}", query.line, query.text));
        if !seen.insert(query.text.to_lowercase()) {
            fault("the same query a second time".to_owned());
        }
        if query.text.trim() != query.text || query.words.is_empty() {
            fault("empty, or space around it".to_owned());
        }
        if query.expected.iter().collect::<BTreeSet<_>>().len() != query.expected.len() || query.expected.len() > 4 {
            fault("a report named twice, or more than four".to_owned());
        }
        let Some((_, _, check)) = KINDS.iter().find(|(kind, ..)| *kind == query.kind) else {
            fault(format!("unknown kind \"{}\"", query.kind));
            continue;
        };
        for id in &query.expected {
            let what = reports.get(id).map_or_else(|| Some("no such report".to_owned()), |report| check(query, report));
            if let Some(what) = what {
                fault(format!("{what} ({id})"));
            }
        }
    }
    faults
}

#[test]
fn queries_have_the_form_of_their_kind() {
    let table = fs::read_to_string(TABLE).expect("the queries");
    let faults = faults(&queries(&table).expect("three columns"), &reports());
    assert!(faults.is_empty(), "{TABLE}:\n{}", faults.join("\n"));
}

#[test]
fn there_are_enough_queries_of_every_kind_and_for_every_report() {
    let table = fs::read_to_string(TABLE).expect("the queries");
    let queries = queries(&table).expect("three columns");
    assert!(queries.len() >= 170, "{} queries", queries.len());
    for (kind, least, _) in KINDS {
        let count = queries.iter().filter(|query| query.kind == *kind).count();
        assert!(count >= *least, "{count} queries of the kind {kind}, fewer than {least}");
    }
    let kinds: BTreeSet<_> = queries.iter().map(|query| &query.kind).collect();
    assert_eq!(kinds.len(), KINDS.len());
    for id in reports().keys() {
        let count = queries.iter().filter(|query| query.expected.contains(id)).count();
        assert!(count >= 2, "{count} queries look for {id}, fewer than 2");
    }
}

#[test]
fn queries_of_a_wrong_form_are_found() {
    let text = "title: Expired certificate stopped the edge-api gateway\n\nx509: handshake failed on edge-api-50.prod at Example.";
    let reports = BTreeMap::from([("2025-01-02-example-cert".to_owned(), report("2025-01-02-example-cert", text))]);
    let wrong = [
        ("title", "expired certificate"),
        ("title", "gateway handshake"),
        ("title", "gateway the edge-api stopped certificate expired"),
        ("id", "2025-01-03"),
        ("error", "handshake refused"),
        ("host", "edge-api-51.prod"),
        ("company", "other certificate"),
        ("company", "example"),
        ("symptom", "cert expired"),
        ("prefix", "certificat"),
        ("prefix", "cert"),
        ("prefix", "certofi"),
        ("typo", "certificate"),
        ("typo", "certifictae gatewya"),
        ("typo", "certficat"),
        ("sentence", "Why did the handshake fail"),
        ("question", "Why did it fail?"),
    ];
    for (kind, text) in wrong {
        let query = queries(&format!("{kind}\t{text}\t2025-01-02-example-cert")).expect("three columns");
        assert_eq!(faults(&query, &reports).len(), 1, "{kind}: {text}");
    }
    let right = "title\tgateway certificate\t2025-01-02-example-cert\nid\t2025-01-02 cert\t2025-01-02-example-cert\n\
        prefix\texample handsha\t2025-01-02-example-cert\ntypo\tecrtificate\t2025-01-02-example-cert";
    assert_eq!(faults(&queries(right).expect("three columns"), &reports), Vec::<String>::new());
    let twice = "id\texample\t2025-01-02-example-cert\nid\tExample\t2025-01-02-other";
    assert_eq!(faults(&queries(twice).expect("three columns"), &reports).len(), 2);
    assert!(queries("id\texample").is_err());
}

#[test]
fn one_edit_is_one_edit() {
    for (a, b) in [
        ("roblox", "robolx"),
        ("npm", "pnm"),
        ("heroku", "eroku"),
        ("spotify", "wspotify"),
        ("fastly", "tastly"),
        ("peering", "peerring"),
    ] {
        assert!(one_edit(a, b) && one_edit(b, a), "{a} {b}");
    }
    for (a, b) in [("roblox", "roblox"), ("roblox", "rblx"), ("abcd", "badc"), ("abc", "cba"), ("", "ab")] {
        assert!(!one_edit(a, b) && !one_edit(b, a), "{a} {b}");
    }
}
