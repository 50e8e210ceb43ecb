//! Every rule fires on its fixtures and stays silent on the clean one.
//!
//! `tests/lint/AWnnn-name.md` is a report of a small repository; its findings stand in the `.stderr` beside it.
//! A line `=== path` begins another file of the same repository, `=== before path` one as it was at the earlier revision
//! that the run compares with. `BLESS=1` rewrites what is expected.

use crate::support::{files_under, snapshot};
use afterword::{diag::concise, lint::rules, pipeline, snapshot::Snapshot};
use std::{collections::BTreeSet, fs};

const REPORT: &str = "reports/2024/2024-03-01-case.md";

/// A fixture as a repository: the file itself, further files after `=== path` lines, and what all share.
fn repository(text: &str) -> Snapshot {
    let shared = fs::read_to_string("tests/lint/site.toml").expect("tests/lint/site.toml");
    let pattern = "---\ntitle: Capacity\n---\n\n## What it is\n\nToo little.\n";
    let mut files =
        vec![("site.toml".to_owned(), shared), ("reports/_patterns/capacity.md".to_owned(), pattern.to_owned())];
    let mut path = REPORT.to_owned();
    let mut body = String::new();
    for line in text.split_inclusive('\n') {
        if let Some(next) = line.strip_prefix("=== ") {
            files.push((std::mem::replace(&mut path, next.trim().to_owned()), std::mem::take(&mut body)));
        } else {
            body.push_str(line);
        }
    }
    files.push((path, body));
    let (before, now): (Vec<_>, Vec<_>) = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .partition(|(path, _)| path.starts_with("before "));
    let before: Vec<_> = before.into_iter().map(|(path, text)| (path.trim_start_matches("before "), text)).collect();
    Snapshot { before: snapshot(&before).files, ..snapshot(&now) }
}

#[test]
fn fixtures() {
    let mut wrong = Vec::new();
    let mut fired = BTreeSet::new();
    for file in files_under("tests/lint", "md") {
        let snapshot = repository(&fs::read_to_string(&file).expect("a fixture"));
        let checked = pipeline::check(&snapshot);
        let found = concise::render(&checked.diagnostics, &snapshot);
        let code =
            file.trim_start_matches("tests/lint/").trim_end_matches(".md").split('-').next().unwrap_or("").to_owned();
        if code == "clean" {
            assert_eq!(found, "", "{file} is clean");
            continue;
        }
        assert!(
            checked.diagnostics.iter().any(|finding| finding.rule.code == code),
            "{file} does not fire {code}:\n{found}"
        );
        fired.insert(code);
        let expected = file.replace(".md", ".stderr");
        if fs::read_to_string(&expected).unwrap_or_default() == found {
            continue;
        }
        if std::env::var_os("BLESS").is_some() {
            fs::write(&expected, &found).expect("written");
        } else {
            wrong.push(format!("{file}:\n{found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // These are found on disk, not in a text, by `check --search` (`search.rs`), in `deploys.csv`, or by `theme check` (`theme.rs`).
    let on_disk = [
        "AW001", "AW002", "AW003", "AW004", "AW005", "AW009", "AW810", "AW812", "AW824", "AW825", "AW826", "AW827",
        "AW828", "AW829", "AW830",
    ];
    let silent: Vec<_> = rules::ALL
        .iter()
        .map(|rule| rule.id.code)
        .filter(|code| !fired.contains(*code) && !on_disk.contains(code))
        .collect();
    assert!(silent.is_empty(), "no fixture fires {silent:?}");
}

#[test]
fn rules_are_sorted_unique_and_explained() {
    let codes: Vec<_> = rules::ALL.iter().map(|rule| rule.id.code).collect();
    assert!(codes.is_sorted() && codes.iter().collect::<BTreeSet<_>>().len() == codes.len());
    let names: BTreeSet<_> = rules::ALL.iter().map(|rule| rule.id.name).collect();
    assert_eq!(names.len(), codes.len(), "names are unique");
    for rule in rules::ALL {
        for heading in ["## What\n", "## Why\n", "## Bad\n", "## Good\n", "## Fix\n"] {
            assert!(rule.explain.contains(heading), "{}: no {heading}", rule.id.code);
        }
    }
}

/// What is refused on disk is a finding too.
#[test]
fn refused_files_are_findings() {
    use afterword::snapshot::{ReadFinding, ReadFindingKind, RelPath};
    let mut snapshot = repository("");
    snapshot.history.missing_because = Some("this is a shallow clone".to_owned());
    for (name, kind) in [
        ("a.md", ReadFindingKind::Unreadable { why: "no permission".to_owned() }),
        ("b.md", ReadFindingKind::TooLarge { bytes: 2, limit: 1 }),
        ("c.md", ReadFindingKind::Symlink),
        ("d.md", ReadFindingKind::NotAFile),
    ] {
        let path = RelPath::new(&format!("reports/{name}")).expect("a path");
        snapshot.findings.push(ReadFinding { path, kind });
    }
    let codes: BTreeSet<_> = pipeline::check(&snapshot).diagnostics.iter().map(|finding| finding.rule.code).collect();
    for code in ["AW001", "AW002", "AW003", "AW004", "AW005"] {
        assert!(codes.contains(code), "{code} is not among {codes:?}");
    }
}

/// A secret is shown nowhere, also where the same value stands again without a word that tells what it is.
#[test]
fn secrets_are_hidden_in_what_is_shown() {
    use afterword::diag::human;
    let secret = "q8Zr2LmX0vTn4KpW7cYb";
    let clean = fs::read_to_string("tests/lint/clean.md").expect("a fixture");
    let text = clean.replace("One order", &format!("With password: {secret} one order"));
    let text = text.replace("severity: sev3", &format!("severity: sev3\nstatus: {secret}\n{secret}: x"));
    let snapshot = repository(&text);
    let checked = pipeline::check(&snapshot);
    let shown = human::render(&checked.diagnostics, &pipeline::masked(&snapshot, &checked.secrets), false);
    assert!(shown.contains("AW901") && shown.contains("AW109") && shown.contains("AW106"), "{shown}");
    assert!(!shown.contains(secret), "{shown}");
}
