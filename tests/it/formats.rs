//! Output formats on findings that no report would make: hostile paths, places that are not there, too many.

use crate::support::{own_repository, snapshot};
use afterword::{
    diag::{
        Diagnostic, Edit, Level, RuleId, Safety, azure, checkstyle, concise, gitlab, human, json, jsonl, junit, rdjson,
        sarif, statistics, step_summary,
    },
    pipeline,
    snapshot::{RelPath, Snapshot, Span},
};
use serde_json::Value;
use std::{
    collections::BTreeSet,
    fs,
    process::{Command, Stdio},
};

const BAD: RuleId = RuleId { code: "AW001", name: "bad-thing", level: Level::Error };
const ODD: RuleId = RuleId { code: "AW002", name: "odd-thing", level: Level::Warning };
const SEEN: RuleId = RuleId { code: "AW003", name: "seen-thing", level: Level::Info };

const PATH: &str = "reports/a b:<c>&\"];\u{202e}\u{1b}|`@x,%é.md";
const TEXT: &str = "\u{feff}one: 1\nt\u{1f525}wo: 2\r\nthree: 3\n";
const MESSAGE: &str = "a `b` <c> & \"d\" ]]> ##vso[task.complete]%0A::error::e\r\n::f | @all [g](https://h) \u{0}\u{1b}[2J\u{202e}\u{fffe}";

fn hostile() -> (Vec<Diagnostic>, Snapshot) {
    let snapshot = snapshot(&[(PATH, TEXT), ("site.toml", "")]);
    let path = RelPath::new(PATH).expect("a path");
    let span = |range| Span::new(&path, range);
    let other = Span::new(&RelPath::new("no such file").expect("a path"), 7..9);
    let fire = TEXT.find('w').expect("the letter");
    let edits = vec![
        Edit { span: span(fire..fire + 1), replacement: "W\n".to_owned() },
        Edit { span: span(fire + 2..fire + 3), replacement: String::new() },
    ];
    let findings = vec![
        Diagnostic::new(BAD, &span(fire..fire + 3), MESSAGE)
            .label(MESSAGE)
            .also(&other, MESSAGE)
            .help(MESSAGE)
            .fix_with(MESSAGE, Safety::Unsafe, edits),
        Diagnostic::new(BAD, &span(fire..fire + 3), MESSAGE),
        Diagnostic::new(ODD, &span(0..0), MESSAGE),
        Diagnostic::new(ODD, &span(900..901), MESSAGE).fix("elsewhere", &other, "x"),
        Diagnostic::new(SEEN, &other, MESSAGE),
    ];
    (findings, snapshot)
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

/// What the published schema says against a log.
fn schema_errors(log: &Value) -> Vec<String> {
    let schema = fs::read_to_string("tests/schemas/sarif-2.1.0.json").expect("the schema");
    // As published, one pattern has a lone `]`, which JavaScript forgives and the validator does not.
    let schema = parsed(&schema.replace("{2}]?$", r"{2}\\]?$"));
    let schema = jsonschema::validator_for(&schema).expect("a schema");
    schema.iter_errors(log).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn sarif_is_what_the_schema_says() {
    let (found, hostile) = hostile();
    let empty = snapshot(&[]);
    let own = own_repository();
    let of_own = pipeline::check(&own).diagnostics;
    for (found, snapshot) in [(&found, &hostile), (&Vec::new(), &empty), (&of_own, &own)] {
        for base in [None, Some("https://example.org/incidents/")] {
            let errors = schema_errors(&parsed(&sarif::render_with(found, snapshot, base)));
            assert!(errors.is_empty(), "{}", errors.join("\n"));
        }
    }
    let mut wrong = parsed(&sarif::render(&found, &hostile));
    wrong["runs"][0]["results"][0]["level"] = "info".into();
    assert_eq!(schema_errors(&wrong).len(), 1, "the schema is not asleep");
}

#[test]
fn sarif_places_rules_and_fixes() {
    let (found, snapshot) = hostile();
    let log = parsed(&sarif::render_with(&found, &snapshot, Some("https://example.org/")));
    let run = &log["runs"][0];
    let first = &run["results"][0];
    let place = &first["locations"][0]["physicalLocation"];
    let region = &place["region"];
    assert_eq!(
        place["artifactLocation"]["uri"],
        "reports/a%20b%3A%3Cc%3E%26%22%5D%3B%E2%80%AE%1B%7C%60%40x%2C%25%C3%A9.md"
    );
    // A letter and a character of two UTF-16 units come before.
    assert_eq!((&region["startLine"], &region["startColumn"], &region["endColumn"]), (&2.into(), &4.into(), &7.into()));
    assert_eq!(first["relatedLocations"].as_array().map(Vec::len), Some(1));
    assert_eq!(first["fixes"][0]["artifactChanges"][0]["replacements"].as_array().map(Vec::len), Some(2));
    for result in run["results"].as_array().expect("results") {
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("a small one");
        let rule = &run["tool"]["driver"]["rules"][index];
        assert_eq!(rule["id"], result["ruleId"]);
        assert_eq!(
            rule["helpUri"],
            format!("https://example.org/rules/{}/index.html", rule["id"].as_str().expect("an id"))
        );
        let text = result["message"]["text"].as_str().expect("a text");
        assert!(!text.contains(['\u{1b}', '\u{202e}', '\0']) && !text.contains("]("), "{text:?}");
    }
}

#[test]
fn sarif_leaves_out_the_lowest_levels() {
    let snapshot = snapshot(&[("a.md", "x")]);
    let span = Span::start_of(&RelPath::new("a.md").expect("a path"));
    let mut found = vec![Diagnostic::new(SEEN, &span, "m"); sarif::MAX_RESULTS + 2];
    found.push(Diagnostic::new(BAD, &span, "m"));
    let log = parsed(&sarif::render(&found, &snapshot));
    let results = log["runs"][0]["results"].as_array().expect("results");
    assert_eq!(results.len(), sarif::MAX_RESULTS);
    assert_eq!(results.last().expect("one")["ruleId"], "AW001");
    let told = log["runs"][0]["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"].as_str();
    assert!(told.is_some_and(|text| text.starts_with("3 findings ")), "{told:?}");
}

#[test]
fn fingerprints_are_unique_and_do_not_know_lines() {
    let (found, before) = hostile();
    let prints = |text: &str| -> Vec<String> {
        let issues = parsed(text);
        let issues = issues.as_array().expect("an array");
        issues.iter().map(|issue| issue["fingerprint"].as_str().expect("a text").to_owned()).collect()
    };
    let first = prints(&gitlab::render(&found, &before));
    assert_eq!(first.iter().collect::<BTreeSet<_>>().len(), found.len());
    let moved = format!("\n\n\n{TEXT}");
    let after = snapshot(&[(PATH, &moved), ("site.toml", "")]);
    let mut down = found[0].clone();
    down.labels[0].span = Span::new(down.path(), down.primary().start as usize + 3..down.primary().end as usize + 3);
    assert_eq!(prints(&gitlab::render(&[down], &after))[0], first[0]);
}

#[test]
fn reviewdog_counts_bytes_and_gets_whole_suggestions() {
    let (found, snapshot) = hostile();
    let document = parsed(&rdjson::render(&found, &snapshot));
    let first = &document["diagnostics"][0];
    // A letter and a character of four bytes come before.
    assert_eq!(first["location"]["range"]["start"], serde_json::json!({ "line": 2, "column": 6 }));
    let suggestions = first["suggestions"].as_array().expect("suggestions");
    assert_eq!((suggestions.len(), &suggestions[0]["text"]), (1, &"W\no".into()));
    assert_eq!(suggestions[0]["range"]["end"], serde_json::json!({ "line": 2, "column": 9 }));
    assert!(document["diagnostics"][3].get("suggestions").is_none(), "a fix of another file is none");
}

#[test]
fn xml_holds_only_what_xml_may_hold() {
    let (found, snapshot) = hostile();
    for text in [junit::render(&found, &snapshot), checkstyle::render(&found, &snapshot)] {
        assert!(!text.contains(['\u{1b}', '\0', '\u{fffe}']) && !text.contains("<c>"), "{text}");
        assert!(text.matches('"').count().is_multiple_of(2) && !text.contains("]]>"), "{text}");
        let tags = text.matches('<').count();
        assert_eq!(tags, text.matches('>').count(), "{text}");
    }
    let clean = junit::render(&[], &snapshot);
    assert!(clean.contains("tests=\"1\" failures=\"0\"") && clean.contains("<testcase "), "{clean}");
    let note = junit::render(&found[4..], &snapshot);
    assert!(note.contains("failures=\"0\"") && note.contains("<system-out>"), "{note}");
}

#[test]
fn a_line_per_finding_and_no_line_of_somebody_elses() {
    let (found, snapshot) = hostile();
    let azure = azure::render(&found, &snapshot);
    assert_eq!(azure.lines().count(), found.len());
    for line in azure.lines() {
        assert_eq!(line.matches("##vso[task.logissue type=").count(), usize::from(!line.contains(": info ")), "{line}");
        assert!(line.starts_with("##vso[task.logissue ") || !line.contains("##"), "{line}");
        let properties = line.split_once(']').map_or("", |(properties, _)| properties);
        assert!(properties.matches(';').count() == 5 || !line.starts_with("##"), "{line}");
    }
    assert_eq!(concise::render(&found, &snapshot).lines().count(), found.len());
    let lines = jsonl::render(&found, &snapshot);
    assert_eq!(lines.lines().count(), found.len());
    let all = parsed(&json::render(&found, &snapshot));
    for (line, finding) in lines.lines().zip(all["findings"].as_array().expect("findings")) {
        let mut line = parsed(line);
        let version = line.as_object_mut().and_then(|object| object.remove("schema_version"));
        assert_eq!((version.as_ref(), &line), (Some(&all["schema_version"]), finding));
    }
}

/// Azure's agents look for commands in every line of a log, whatever the format.
#[test]
fn no_text_of_a_report_is_a_command_in_a_log() {
    let (mut found, _) = hostile();
    let command = snapshot(&[(PATH, "##vso[task.complete]\n###vso[x]\n")]);
    found.truncate(2);
    for shown in [concise::render(&found, &command), human::render(&found, &command, false)] {
        assert!(shown.contains("vso[task.complete]") && !shown.contains("##vso["), "{shown}");
    }
}

#[test]
fn statistics_begin_with_the_most_frequent() {
    let (found, _) = hostile();
    assert_eq!(
        statistics::render(&found),
        "2 error AW001 bad-thing\n2 warning AW002 odd-thing\n1 info AW003 seen-thing\n5 total\n"
    );
    assert_eq!(parsed(&statistics::json(&found))[2]["count"], 1);
    assert_eq!((statistics::render(&[]), statistics::json(&[])), ("0 total\n".to_owned(), "[]\n".to_owned()));
}

#[test]
fn the_step_summary_is_added_to_the_file_that_github_names() {
    let (found, snapshot) = hostile();
    let table = step_summary::summary(&found, &snapshot);
    let rows: Vec<&str> = table.lines().filter(|line| line.starts_with("| ")).collect();
    assert_eq!(rows.len(), found.len() + 2, "{table}");
    assert!(rows.iter().all(|row| row.matches('|').count() == 5), "{table}");
    assert!(!table.contains(['@', '`', '<', '\u{1b}', '\u{202e}']), "{table}");

    let folder = std::env::temp_dir().join(format!("afterword-summary-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("summary.md");
    fs::write(&file, "before\n").expect("written");
    let run = |format: &str, file: &std::path::Path| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_afterword"));
        command.args(["check", "--format", format]).current_dir("tests/cli/check-findings-github/before");
        command.env("GITHUB_STEP_SUMMARY", file).stdin(Stdio::null()).output().expect("the binary runs")
    };
    assert_eq!(run("github", &file).status.code(), Some(1));
    assert_eq!(run("concise", &file).status.code(), Some(1));
    let written = fs::read_to_string(&file).expect("the summary");
    assert!(written.starts_with("before\n### afterword: "), "{written}");
    assert_eq!(written.matches("### afterword").count(), 1, "only for the format github");
    let refused = run("github", &folder);
    assert_eq!(refused.status.code(), Some(1), "the outcome of the check stands");
    assert!(String::from_utf8_lossy(&refused.stderr).contains("no step summary"));
    let _ = fs::remove_dir_all(folder);
}
