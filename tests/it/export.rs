//! Exports and lists of actions: the same tables in every format, nothing withheld in any, no formula for spreadsheets.

use crate::{cli::copy, support::files_under};
use afterword::{
    disk,
    export::{
        actions::{self, Filter, Selection},
        table::{self, Format, page},
    },
    model::Visibility,
    pipeline::{self, Checked},
    site::Site,
    snapshot::Snapshot,
};
use jiff::civil::date;
use std::{fs, path::Path};

fn repository() -> (Snapshot, Checked) {
    let snapshot = disk::read(Path::new("tests/export/repository"), date(2026, 1, 1)).expect("a repository");
    let checked = pipeline::check(&snapshot);
    assert!(checked.diagnostics.is_empty(), "{:?}", checked.diagnostics);
    (snapshot, checked)
}

fn written(format: Format, audience: Visibility) -> Site {
    let (snapshot, checked) = repository();
    pipeline::tables(&snapshot, &checked, audience, format).0.expect("an export")
}

fn text(site: &Site, path: &str) -> String {
    let found = site.files.iter().find(|(at, _)| at.as_str() == path);
    String::from_utf8(found.unwrap_or_else(|| panic!("{path}")).1.to_vec()).expect("text")
}

fn formats() -> Vec<Format> {
    let mut formats =
        vec![Format::Json, Format::JsonLines, Format::Csv { guarded: true }, Format::Csv { guarded: false }];
    if cfg!(feature = "parquet") {
        formats.push(Format::Parquet);
    }
    if cfg!(feature = "sqlite") {
        formats.push(Format::Sqlite);
    }
    formats
}

#[test]
fn the_document_is_valid_under_its_own_schema() {
    let site = written(Format::Json, Visibility::Internal);
    let document: serde_json::Value = serde_json::from_str(&text(&site, "afterword.json")).expect("JSON");
    let schema = serde_json::from_str(&text(&site, "schema.json")).expect("JSON");
    let schema = jsonschema::validator_for(&schema).expect("a schema");
    let wrong: Vec<String> = schema.iter_errors(&document).map(|error| error.to_string()).collect();
    assert_eq!(wrong, [""; 0]);
    let counts =
        table::TABLES.iter().map(|table| document[table.name].as_array().map_or(0, Vec::len)).collect::<Vec<_>>();
    assert_eq!(counts, [3, 3, 2, 5, 15, 4, 1, 2]);
    let mut broken = document.clone();
    broken["reports"][0]["started_on"] = serde_json::Value::Null;
    assert!(!schema.is_valid(&broken), "a required column cannot be empty");
}

#[test]
fn what_is_recorded_stands_in_its_column() {
    let site = written(Format::Json, Visibility::Internal);
    let document: serde_json::Value = serde_json::from_str(&text(&site, "afterword.json")).expect("JSON");
    let first = &document["reports"][0];
    // The incident began in 2023 in UTC, and in 2024 in the zone of the site.
    assert_eq!((first["year"].as_i64(), first["started_at"].as_str()), (Some(2024), Some("2023-12-31T23:30:00Z")));
    assert_eq!((first["started_on"].as_str(), first["customer_share"].as_f64()), (Some("2024-01-01"), Some(0.25)));
    assert!(document["reports"][1]["started_at"].is_null(), "only the day is known");
    assert_eq!(document["actions"][1]["done_on"].as_str(), Some("2024-02-20"));
    let measured = document["measures"].as_array().expect("rows");
    let seconds: Vec<_> = measured.iter().filter_map(|row| row["seconds"].as_i64()).collect();
    assert_eq!(seconds, [720, 2400, 4200, 5400]);
    assert!(measured.iter().all(|row| row["seconds"].is_null() != row["left_out"].is_null()));
}

#[test]
fn what_was_lost_stands_in_its_column() {
    let rows = |audience, table: &str| {
        let site = written(Format::Json, audience);
        let document: serde_json::Value = serde_json::from_str(&text(&site, "afterword.json")).expect("JSON");
        document[table].as_array().expect("rows").clone()
    };
    let first = &rows(Visibility::Public, "reports")[0];
    // From half past eleven until ten past twelve, 1,200 customers.
    let measured = [&first["impact_seconds"], &first["down_seconds"], &first["customer_minutes"]];
    assert_eq!(measured.map(serde_json::Value::as_f64), [Some(2400.0), None, Some(48_000.0)]);
    let lost = &rows(Visibility::Public, "losses")[0];
    assert_eq!((lost["objective"].as_f64(), lost["lost_seconds"].as_f64()), (Some(0.999), Some(2400.0)));
    let cost = &rows(Visibility::Internal, "costs")[0];
    assert_eq!((cost["currency"].as_str(), cost["revenue"].as_f64()), (Some("EUR"), Some(50_000.0)));
    let budgets = rows(Visibility::Public, "budgets");
    let spans: Vec<_> = budgets.iter().map(|row| (row["service"].as_str(), row["days"].as_i64())).collect();
    assert_eq!(spans, [(Some("checkout"), Some(30)), (Some("checkout"), Some(3))], "one service has an objective");
    assert_eq!(
        (budgets[0]["first_on"].as_str(), budgets[0]["last_on"].as_str()),
        (Some("2025-12-03"), Some("2026-01-01"))
    );
    assert_eq!((budgets[0]["allowed_seconds"].as_f64(), budgets[0]["burn_rate"].as_f64()), (Some(2592.0), Some(0.0)));
    assert!(rows(Visibility::Public, "costs").is_empty(), "cost is for the inside unless somebody says otherwise");
}

#[test]
fn the_same_source_gives_the_same_bytes() {
    for format in formats() {
        assert_eq!(written(format, Visibility::Internal), written(format, Visibility::Internal), "{format:?}");
    }
}

#[test]
fn what_is_withheld_is_in_no_table() {
    let holds = |site: &Site, word: &str| {
        let word = word.as_bytes();
        site.files.values().any(|bytes| bytes.windows(word.len()).any(|window| window == word))
    };
    for format in formats() {
        let internal = written(format, Visibility::Internal);
        let public = written(format, Visibility::Public);
        assert!(holds(&internal, "2024-06-07-search-index"), "{format:?} is looked at");
        assert!(!holds(&public, "search-index") && !holds(&public, "yesterday"), "{format:?}");
    }
}

#[test]
fn no_cell_is_a_formula_unless_asked() {
    let site = written(Format::Csv { guarded: true }, Visibility::Internal);
    let raw = written(Format::Csv { guarded: false }, Visibility::Internal);
    for (path, bytes) in &site.files {
        let text = String::from_utf8_lossy(bytes);
        for start in ["\"=", "\"+", "\"@", "\"-", "\"\t"] {
            assert!(!text.contains(&format!(",{start}")) && !text.contains(&format!("\n{start}")), "{path} {start}");
        }
    }
    assert!(text(&site, "reports.csv").contains("\"'=SUM(1;2) in the name"));
    assert!(text(&raw, "reports.csv").contains("\"=SUM(1;2) in the name"));
    let (snapshot, checked) = repository();
    let built = pipeline::build(&snapshot, &checked, Visibility::Internal).expect("a site");
    assert_eq!(text(&built.site, "reports.csv"), text(&site, "reports.csv"), "the site publishes the same");
    assert_eq!(text(&built.site, "actions.csv"), text(&site, "actions.csv"));
}

#[test]
fn a_format_that_is_not_built_in_says_how_to_get_it() {
    for (feature, format, is_there) in
        [("parquet", Format::Parquet, cfg!(feature = "parquet")), ("sqlite", Format::Sqlite, cfg!(feature = "sqlite"))]
    {
        let (snapshot, checked) = repository();
        let outcome = pipeline::tables(&snapshot, &checked, Visibility::Public, format).0;
        assert_eq!(outcome.is_ok(), is_there);
        if let Err(failure) = outcome {
            assert!(matches!(failure, table::Failure::Absent(name) if name == feature));
            assert!(failure.to_string().contains(&format!("--features {feature}")));
        }
    }
}

#[test]
fn actions_are_selected_by_date_team_and_what_came_back() {
    let (snapshot, checked) = repository();
    let listed = |only, owner: Option<&str>, audience| {
        let corpus = pipeline::published(&checked, audience);
        let selection = Selection::of(&checked.config, &corpus, snapshot.today, only, owner);
        let document: serde_json::Value = serde_json::from_str(&actions::json(&selection)).expect("JSON");
        let rows = document["actions"].as_array().expect("rows").clone();
        let lines = actions::csv(&selection, true).matches("\r\n").count();
        assert_eq!(lines, rows.len() + 1);
        rows
    };
    let titles = |only, owner, audience| -> Vec<String> {
        let rows = listed(only, owner, audience);
        rows.iter().map(|row| row["title"].as_str().expect("text").split(' ').next().unwrap_or("").to_owned()).collect()
    };
    let internal = Visibility::Internal;
    assert_eq!(titles(Filter::Open, None, internal), ["@Alert", "Keep", "Run"]);
    assert_eq!(titles(Filter::Open, None, Visibility::Public), ["@Alert", "Run"]);
    assert_eq!(titles(Filter::Overdue, None, internal), ["@Alert", "Keep"]);
    assert_eq!(titles(Filter::Overdue, Some("Platform"), internal), ["Keep"]);
    // An item without an owner belongs to the teams of its report.
    assert_eq!(titles(Filter::All, Some("payments"), internal), ["@Alert", "Run", "Tell"]);
    let back = listed(Filter::CameBack, None, internal);
    assert_eq!((back.len(), back[0]["factor"].as_str()), (1, Some("capacity")));
    assert_eq!(back[0]["later_reports"].as_array().map(Vec::len), Some(2));
    assert_eq!(back[0]["days_late"].as_i64(), Some(701));
    assert_eq!(
        listed(Filter::CameBack, None, Visibility::Public)[0]["later_reports"].as_array().map(Vec::len),
        Some(1)
    );
}

#[test]
fn an_export_replaces_its_own_folder_and_no_other() {
    let folder = std::env::temp_dir().join(format!("afterword-export-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    copy(Path::new("tests/export/repository"), &folder.join("mine"));
    let site = written(Format::Csv { guarded: true }, Visibility::Public);
    disk::publish(&site, &folder.join("out")).expect("written");
    disk::publish(&written(Format::Json, Visibility::Public), &folder.join("out")).expect("replaced");
    let out = folder.join("out").to_string_lossy().into_owned();
    assert_eq!(files_under(&out, "csv").len(), 0);
    assert!(disk::publish(&site, &folder.join("mine")).is_err());
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn docs_export_is_written_from_the_tables() {
    const MARK: &str = "<!-- written from the tables: BLESS=1 cargo test docs_export -->\n\n";
    let path = "docs/export.md";
    let found = fs::read_to_string(path).expect("the page");
    let (head, tables) = found.split_once(MARK).expect("the mark");
    if std::env::var_os("BLESS").is_some() {
        fs::write(path, format!("{head}{MARK}{}", page::render())).expect("written");
    } else {
        assert_eq!(tables, page::render(), "BLESS=1 writes {path}");
    }
}
