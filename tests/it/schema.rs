//! The tables of fields against the reader, the JSON Schema against its own, and `docs/schema.md` against the tables.

use crate::support::files_under;
use afterword::{
    config::{self, Config},
    diag::Diagnostic,
    parse,
    schema::{
        self, Field, PATTERN, REPORT, SITE, Value,
        json::{self, Of},
        page,
    },
    snapshot::{File, RelPath},
};
use serde_json::Value as Json;
use std::fs;

/// Far from every key there is.
const UNKNOWN: &str = "qqqqqqqqqqqqqqqqqqqqqqqq";

/// Which forms a generated document has.
#[derive(Clone, Copy, PartialEq)]
pub enum Form {
    Short,
    Long,
}

/// What is done to the mapping at a path of keys.
#[derive(Clone, Copy)]
pub enum Change {
    /// A key that nobody knows comes in.
    Add,
    /// A key goes.
    Drop(&'static str),
}

/// A document with every field, changed in one mapping.
pub fn yaml(fields: &[Field], form: Form, change: Option<(&[&str], Change)>, indent: usize) -> String {
    let pad = " ".repeat(indent);
    let mut text = String::new();
    let here = change.filter(|(path, _)| path.is_empty()).map(|(_, change)| change);
    if let Some(Change::Add) = here {
        text += &format!("{pad}{UNKNOWN}: 1\n");
    }
    for field in fields.iter().filter(|field| !matches!(here, Some(Change::Drop(key)) if key == field.key)) {
        let change = change.and_then(|(path, change)| Some((path.strip_prefix(&[field.key])?, change)));
        match inner(field.value, form) {
            Some((fields, true)) => {
                let item = yaml(fields, form, change, indent + 4);
                text += &format!("{pad}{}:\n{pad}  - {}", field.key, &item[indent + 4..]);
            }
            Some((fields, false)) => {
                text += &format!("{pad}{}:\n{}", field.key, yaml(fields, form, change, indent + 2));
            }
            None if field.example.is_empty() => text += &format!("{pad}{}: {}\n", field.key, short(field.value)),
            None => text += &format!("{pad}{}: {}\n", field.key, field.example),
        }
    }
    text
}

/// The mapping of a field in this form, and whether it is an item of a list.
fn inner(value: Value, form: Form) -> Option<(&'static [Field], bool)> {
    match value {
        Value::Map(fields) => Some((fields, false)),
        Value::List(inner_) | Value::OneOrMany(inner_) => inner(*inner_, form).map(|(fields, _)| (fields, true)),
        Value::Either(_, long) if form == Form::Long => inner(*long, form),
        _ => None,
    }
}

/// The short form of a field whose example stands in its long form.
fn short(value: Value) -> String {
    match value {
        Value::Either(short_form, _) => short(*short_form),
        Value::List(inner) => format!("[{}]", short(*inner)),
        Value::Text => "some words".to_owned(),
        other => panic!("no example for {}", other.phrase()),
    }
}

fn read(front_matter: &str, kind: &str) -> Vec<Diagnostic> {
    let config = config::parse(None).0;
    let path = RelPath::new(kind).expect("a path");
    let text = format!("---\n{front_matter}---\n\n## Summary\n\nWords.\n");
    let mut snapshot = crate::support::snapshot(&[(kind, &text)]);
    snapshot.history.missing_because = None;
    let (_, findings) = parse::corpus(&snapshot, &config);
    findings.into_iter().filter(|finding| *finding.path() == path).collect()
}

/// `[a]`, `[a.b]`: tables with all their fields.
fn toml(fields: &[Field], table: &str, unknown_in: Option<&str>) -> String {
    let mut text = if table.is_empty() { String::new() } else { format!("[{table}]\n") };
    if unknown_in == Some(table) {
        text += &format!("{UNKNOWN} = 1\n");
    }
    for field in fields.iter().filter(|field| !field.example.is_empty()) {
        text += &format!("{} = {}\n", field.key, field.example);
    }
    let at = |key: &str| if table.is_empty() { key.to_owned() } else { format!("{table}.{key}") };
    for field in fields {
        match field.value {
            Value::Map(inner) => text += &toml(inner, &at(field.key), unknown_in),
            Value::List(Value::Map(inner)) => {
                text += &toml(inner, &at(field.key), unknown_in).replacen('[', "[[", 1).replacen("]\n", "]]\n", 1);
            }
            Value::Named(Value::Map(inner)) => {
                text += &toml(inner, &at(&format!("{}.payments", field.key)), unknown_in);
            }
            _ => {}
        }
    }
    text
}

fn read_toml(text: &str) -> Vec<Diagnostic> {
    config::parse(Some(&File { bytes: text.as_bytes().into() })).1
}

/// The paths of all mappings.
fn mappings(fields: &'static [Field], path: &[&'static str], found: &mut Vec<(Vec<&'static str>, &'static [Field])>) {
    found.push((path.to_vec(), fields));
    for field in fields {
        if let Some(inner) = field.value.fields() {
            mappings(inner, &[path, &[field.key]].concat(), found);
        }
    }
}

/// The keys that the reader says it knows in the mapping with the unknown key.
fn known(findings: &[Diagnostic], text: &str) -> Vec<String> {
    let told: Vec<_> = findings.iter().filter(|finding| finding.message.contains(UNKNOWN)).collect();
    assert_eq!(told.len(), 1, "{findings:?}\n{text}");
    assert_eq!(findings.len(), 1, "{findings:?}\n{text}");
    let help = told[0].help.as_deref().and_then(|help| help.strip_prefix("known keys here: ")).expect("a list of keys");
    let mut keys: Vec<String> = help.split(", ").map(str::to_owned).collect();
    keys.sort();
    keys
}

fn keys_of(fields: &[Field]) -> Vec<String> {
    let mut keys: Vec<String> = fields.iter().map(|field| field.key.to_owned()).collect();
    keys.sort();
    keys
}

#[test]
fn the_reader_takes_what_the_tables_say_and_nothing_else() {
    let report = "reports/2024-03-01-x.md";
    for (name, fields) in [(report, REPORT), ("reports/_patterns/x.md", PATTERN)] {
        for form in [Form::Short, Form::Long] {
            let text = yaml(fields, form, None, 0);
            let findings = read(&text, name);
            assert!(findings.is_empty(), "{findings:#?}\n{text}");
        }
        let mut all = Vec::new();
        mappings(fields, &[], &mut all);
        for (path, fields_there) in all {
            let text = yaml(fields, Form::Long, Some((&path, Change::Add)), 0);
            assert_eq!(known(&read(&text, name), &text), keys_of(fields_there), "{path:?}");
        }
    }
}

#[test]
fn site_toml_takes_what_its_table_says_and_nothing_else() {
    let text = toml(SITE, "", None);
    let findings = read_toml(&text);
    assert!(findings.is_empty(), "{findings:#?}\n{text}");
    let mut all = Vec::new();
    mappings(SITE, &[], &mut all);
    for (path, fields) in all {
        let table = match path[..] {
            [] => String::new(),
            [key] if matches!(schema::at(SITE, &[key]).map(|field| field.value), Some(Value::Named(_))) => {
                format!("{key}.payments")
            }
            _ => path.join("."),
        };
        let text = toml(SITE, "", Some(&table));
        assert_eq!(known(&read_toml(&text), &text), keys_of(fields), "{table}");
    }
}

/// What is required is missed when it is gone, in every mapping; by the schema too.
#[test]
fn what_the_tables_require_is_missed() {
    for (name, fields, of) in
        [("reports/2024-03-01-x.md", REPORT, Of::Report), ("reports/_patterns/x.md", PATTERN, Of::Pattern)]
    {
        let validator = validator(of);
        let mut all = Vec::new();
        mappings(fields, &[], &mut all);
        for (path, there) in all {
            for field in there.iter().filter(|_| there.len() > 1) {
                let text = yaml(fields, Form::Long, Some((&path, Change::Drop(field.key))), 0);
                let missed = !read(&text, name).is_empty();
                assert_eq!(missed, field.required, "{path:?} {}", field.key);
                let instance: Json = serde_yaml_reference::from_str(&text).expect("YAML");
                assert_eq!(!validator.is_valid(&instance), field.required, "{path:?} {}", field.key);
            }
        }
    }
}

/// Times that only one of the two takes mislead whoever writes with the schema.
#[test]
fn schema_and_reader_take_the_same_values() {
    let report = validator(Of::Report);
    for (key, value, fine) in [
        ("started_at", "2024-03-01", true),
        ("started_at", "2024-03-01T14:05:00Z", true),
        ("started_at", "2024-03-01t14:05:00z", true),
        ("started_at", "2024-03-01 14:05+01:00", true),
        ("started_at", "2024-03-01T14:05:00.250+0100", true),
        ("started_at", "2024-03-01T14:05:00+01:00[Europe/Berlin]", true),
        ("started_at", "2024-03-01T14:05:00 +01:00", false),
        ("started_at", "2024-03-01T9:05Z", false),
        ("started_at", "2024-03-01T24:00:00Z", false),
        ("started_at", "2024-03-01T14:05:60Z", false),
        ("started_at", "2024-03-01T14:05:00", false),
        ("started_at", "2024-13-01", false),
        ("started_at", "2024-01-41", false),
        ("duration", "~ 2 h 5 min", true),
        ("duration", "abc", false),
        ("services", "[]", false),
        ("services", "checkout", true),
        ("title", "\"\"", false),
        ("off_hours_pages", "-1", false),
        ("off_hours_pages", "3", true),
    ] {
        let rest = REPORT.iter().filter(|field| field.required && field.key != key);
        let rest: Vec<Field> = rest.copied().collect();
        let text = format!("{}{key}: {value}\n", yaml(&rest, Form::Short, None, 0));
        assert_eq!(read(&text, "reports/2024-03-01-x.md").is_empty(), fine, "reader: {key}: {value}");
        let instance: Json = serde_yaml_reference::from_str(&text).expect("YAML");
        assert_eq!(report.is_valid(&instance), fine, "schema: {key}: {value}");
    }
}

fn validator(of: Of) -> jsonschema::Validator {
    let schema: Json = serde_json::from_str(&json::render(of)).expect("JSON");
    jsonschema::meta::validate(&schema).expect("a schema");
    jsonschema::validator_for(&schema).expect("a schema")
}

fn front_matter(text: &str) -> Option<Json> {
    let rest = text.strip_prefix("---\n")?;
    serde_yaml_reference::from_str(rest.split_once("\n---")?.0).ok()
}

fn assert_valid(validator: &jsonschema::Validator, instance: &Json, name: &str) {
    let errors: Vec<String> =
        validator.iter_errors(instance).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{name}: {errors:#?}");
}

#[test]
fn own_files_and_generated_ones_are_valid() {
    let (report, pattern) = (validator(Of::Report), validator(Of::Pattern));
    let mut seen = 0;
    for path in files_under("reports", "md").iter().filter(|path| !path.contains("/_digests/")) {
        let Some(instance) = front_matter(&fs::read_to_string(path).expect("a report")) else { continue };
        assert_valid(if path.contains("/_patterns/") { &pattern } else { &report }, &instance, path);
        seen += 1;
    }
    assert!(seen >= 100, "{seen}");
    for form in [Form::Short, Form::Long] {
        let text = yaml(REPORT, form, None, 0);
        assert_valid(&report, &serde_yaml_reference::from_str(&text).expect("YAML"), &text);
    }
    for text in [fs::read_to_string("site.toml").expect("a file"), toml(SITE, "", None)] {
        let instance: Json = ::toml::from_str(&text).expect("TOML");
        assert_valid(&validator(Of::Site), &instance, &text);
    }
}

#[test]
fn what_the_reader_refuses_the_schema_refuses() {
    let report = validator(Of::Report);
    let bad = |path: &String| ["AW106", "AW107", "AW108", "AW109"].iter().any(|code| path.contains(code));
    let mut seen = 0;
    for path in files_under("tests/lint", "md").iter().filter(|path| bad(path)) {
        let text = fs::read_to_string(path).expect("a fixture");
        let text = text.lines().skip_while(|line| !line.starts_with("---")).collect::<Vec<_>>().join("\n");
        let Some(instance) = front_matter(&text) else { continue };
        assert!(!report.is_valid(&instance), "{path}");
        seen += 1;
    }
    assert!(seen >= 3, "{seen}");
}

/// What `[[sources]]` says for reports is not asked for, and stands there as what holds without a word.
#[test]
fn the_schema_of_a_source_asks_for_what_it_does_not_say() {
    let toml = "[[sources]]\nname = \"full\"\npath = \"full\"\nservices = [\"checkout\"]\nvisibility = \"internal\"\n[[sources]]\nname = \"bare\"\npath = \"bare\"\n";
    let snapshot = crate::support::snapshot(&[("site.toml", toml)]);
    let (config, found) = config::parse(snapshot.files.values().next());
    assert_eq!(found.len(), 0, "{found:?}");
    let schemas: Vec<Json> =
        config.sources.iter().map(|source| serde_json::from_str(&json::of_source(source)).expect("JSON")).collect();
    let text = "title: a\nseverity: sev3\nstarted_at: 2024-03-01T08:12:00Z\n";
    for services in ["", "services:\n", "services: [checkout]\n"] {
        let instance: Json = serde_yaml_reference::from_str(&format!("{text}{services}")).expect("YAML");
        for (schema, source) in schemas.iter().zip(["full", "bare"]) {
            let path = format!("{source}/reports/2024-03-01-a.md");
            let report = format!("---\n{text}{services}---\n\n## Summary\n\nIt fails.\n");
            let read = crate::support::snapshot(&[("site.toml", toml), (&path, &report)]);
            let missing = afterword::pipeline::check(&read).diagnostics;
            let missing = missing.iter().any(|found| found.rule.code == "AW107");
            let valid = jsonschema::validator_for(schema).expect("a schema").is_valid(&instance);
            assert_eq!(valid, !missing, "{source}: {services:?}");
            assert_eq!(valid, source == "full" || services.contains("checkout"), "{source}: {services:?}");
        }
    }
    let default = |at: usize, key: &str| schemas[at]["properties"][key]["default"].clone();
    assert_eq!(default(0, "services"), serde_json::json!(["checkout"]));
    assert_eq!((default(0, "visibility"), default(1, "visibility")), ("internal".into(), "public".into()));
    assert_eq!(default(1, "services"), Json::Null);
}

#[test]
fn docs_schema_is_written_from_the_tables() {
    let path = "docs/schema.md";
    if std::env::var_os("BLESS").is_some() {
        fs::write(path, page::render()).expect("written");
    }
    assert_eq!(fs::read_to_string(path).unwrap_or_default(), page::render(), "BLESS=1 writes {path}");
}

#[test]
fn a_path_of_keys_leads_to_its_field() {
    for (path, key) in [
        (&["impact", "customers", "estimate"][..], "estimate"),
        (&["actions", "done", "tested"], "tested"),
        (&["factors", "role"], "role"),
    ] {
        assert_eq!(schema::at(REPORT, path).map(|field| field.key), Some(key));
    }
    assert_eq!(schema::at(SITE, &["services", "checkout", "team"]).map(|field| field.key), Some("team"));
    assert_eq!(schema::at(SITE, &["services", "checkout"]).map(|field| field.key), Some("services"));
    assert!(schema::at(REPORT, &["impact", "nothing"]).is_none());
    assert_eq!(Config::path().as_str(), "site.toml");
}
