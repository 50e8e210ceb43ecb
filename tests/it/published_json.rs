//! The JSON of reports on the site against the schemas that are published beside it.

use crate::{
    schema::{Form, yaml},
    support::{own_repository, page_text, snapshot},
};
use afterword::{
    disk,
    export::table::{self, Format},
    model::Visibility,
    pipeline,
    schema::REPORT,
    site::Site,
    snapshot::{History, RelPath, Snapshot},
};
use jiff::civil::date;
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

fn folder(path: &str) -> Snapshot {
    let mut snapshot = disk::read(Path::new(path), date(2026, 6, 30)).expect("a repository");
    snapshot.history = History::default();
    snapshot
}

/// A report with every field there is.
fn full() -> Snapshot {
    let front = yaml(REPORT, Form::Long, None, 0);
    let body = "\n## Summary\n\nWords.\n";
    let other = "---\ntitle: Before\nseverity: sev1\nservices: [checkout]\nstarted_at: 2020-07-17\n---\n";
    snapshot(&[
        ("site.toml", "[severities.sev1]\nname = \"One\"\nmeaning = \"m\"\nsections = [\"summary\"]\n"),
        ("reports/2021/2021-10-28-roblox-consul.md", &format!("---\n{front}---\n{body}")),
        ("reports/2020/2020-07-17-cloudflare-backbone.md", &format!("{other}{body}")),
        ("reports/2021/files/latency.png", "a picture"),
    ])
}

fn site(snapshot: &Snapshot) -> Site {
    let checked = pipeline::check(snapshot);
    let built = pipeline::build(snapshot, &checked, Visibility::Restricted).expect("a site");
    assert_eq!(built.counts.unsound, 0, "{:?}", checked.diagnostics);
    built.site
}

fn parsed(site: &Site, path: &str) -> Value {
    serde_json::from_str(page_text(site, path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The JSON of each report of a site, by its address.
fn reports(site: &Site) -> BTreeMap<String, Value> {
    let paths = site.files.keys().map(RelPath::as_str);
    let paths = paths.filter(|path| path.starts_with("incidents/") && path.ends_with("/index.json"));
    paths.map(|path| (path.to_owned(), parsed(site, path))).collect()
}

/// The schema that allows nothing that it does not name: a field that nobody described is found.
fn strict(mut schema: Value) -> Value {
    match &mut schema {
        Value::Object(fields) => {
            let closes = fields.contains_key("properties") && fields.get("type") == Some(&json!("object"));
            fields.values_mut().for_each(|value| *value = strict(value.take()));
            if closes {
                fields.insert("additionalProperties".to_owned(), json!(false));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| *item = strict(item.take())),
        _ => {}
    }
    schema
}

/// Paths of all fields of a schema: `impact.slo.objective`.
fn described(schema: &Value, path: &str, found: &mut BTreeSet<String>) {
    for (key, field) in schema["properties"].as_object().into_iter().flatten() {
        let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        described(field, &path, found);
        described(&field["items"], &path, found);
        found.insert(path);
    }
}

/// Paths of all fields of a document.
fn met(value: &Value, path: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                met(value, &path, found);
                found.insert(path);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| met(item, path, found)),
        _ => {}
    }
}

#[test]
fn every_report_is_valid_and_every_field_is_described_and_met() {
    let mut met_in_one = BTreeSet::new();
    let mut schema = Value::Null;
    let folders = ["example", "tests/export/repository", "tests/sites/sources"].map(folder);
    for snapshot in folders.into_iter().chain([own_repository(), full()]) {
        let site = site(&snapshot);
        schema = parsed(&site, "schema/report.json");
        let one = jsonschema::validator_for(&strict(schema.clone())).expect("a schema");
        let all = jsonschema::validator_for(&strict(parsed(&site, "schema/reports.json"))).expect("a schema");
        let found = reports(&site);
        for (path, report) in &found {
            let wrong: Vec<String> =
                one.iter_errors(report).map(|error| format!("{}: {error}", error.instance_path())).collect();
            assert_eq!(wrong, [""; 0], "{path}");
            met(report, "", &mut met_in_one);
            assert_eq!(report["$schema"], "../../schema/report.json", "{path}");
        }
        let list = parsed(&site, "reports.json");
        let wrong: Vec<String> =
            all.iter_errors(&list).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert_eq!(wrong, [""; 0], "reports.json");
        assert_eq!(
            (list["reports"].as_array().map(Vec::len), list["$schema"].as_str()),
            (Some(found.len()), Some("schema/reports.json"))
        );
    }
    let mut all = BTreeSet::new();
    described(&schema, "", &mut all);
    assert!(all.len() > 120, "{all:?}");
    assert_eq!(all.difference(&met_in_one).collect::<Vec<_>>(), [""; 0], "described and never written");
}

#[test]
fn what_is_wrong_is_not_valid() {
    let site = site(&folder("tests/export/repository"));
    let schema = jsonschema::validator_for(&parsed(&site, "schema/report.json")).expect("a schema");
    let report = reports(&site).into_values().next().expect("a report");
    assert!(schema.is_valid(&report));
    let with = |key: &str, value: Value| {
        let mut report = report.clone();
        report[key] = value;
        report
    };
    assert!(schema.is_valid(&with("something_new", json!(1))), "fields are added freely");
    for (key, value) in [
        ("title", Value::Null),
        ("impact_seconds", json!("an hour")),
        ("customer_minutes", Value::Null),
        ("schema_version", json!(2)),
        ("status", json!("finished")),
        ("impact", json!({ "customer_share": 2 })),
        ("times", json!({ "started_at": "yesterday" })),
    ] {
        assert!(!schema.is_valid(&with(key, value)), "{key}");
    }
}

/// The amounts of a report are those of its row in an export; what is not known is not there.
#[test]
fn amounts_are_those_of_the_export() {
    let snapshot = folder("example");
    let checked = pipeline::check(&snapshot);
    let export = pipeline::tables(&snapshot, &checked, Visibility::Restricted, Format::Json).0.expect("an export");
    let rows = parsed(&export, "afterword.json")["reports"].as_array().expect("rows").clone();
    let site = site(&snapshot);
    let mut unknown = 0;
    for row in &rows {
        let path = row["url"].as_str().expect("an address").replace("index.html", "index.json");
        let report = parsed(&site, &path);
        for name in ["impact_seconds", "down_seconds", "customer_minutes"] {
            assert_eq!(report.get(name).unwrap_or(&Value::Null), &row[name], "{path}: {name}");
            unknown += usize::from(row[name].is_null());
        }
    }
    assert!(rows.len() > 40 && unknown > 0, "{} rows, {unknown} unknown", rows.len());
    assert_eq!(table::SCHEMA_VERSION, 1);
}
