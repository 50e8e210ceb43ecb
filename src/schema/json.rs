//! The tables as JSON Schema, draft 2020-12, for editors.

use super::{Field, PATTERN, REPORT, SITE, Value};
use crate::config::Source;
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;

/// A day, or a time with its offset. Whether a month has that day is left to the reader.
const MOMENT: &str = r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])([Tt ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d([.,]\d{1,9})?)?([Zz]|[+-]\d{2}(:?\d{2})?)(\[[^\]]+\])?)?$";
const DAY: &str = r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$";
/// How a duration begins; its units are left to the reader.
const DURATION: &str = r"^[~≈ ]*([Aa]bout)? *[0-9]";

/// What a schema is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    Report,
    Pattern,
    Site,
}

/// The schema, indented, with a line feed at its end.
///
/// # Panics
/// Never: what is written here is made of texts and numbers.
#[must_use]
pub fn render(of: Of) -> String {
    let (name, title, about, fields) = match of {
        Of::Report => {
            ("report", "Front matter of an incident report", "What stands between the two `---` of a report.", REPORT)
        }
        Of::Pattern => (
            "pattern",
            "Front matter of a pattern page",
            "What stands between the two `---` of a page in `_patterns/`.",
            PATTERN,
        ),
        Of::Site => ("site", "site.toml", "What a repository of incident reports says of itself.", SITE),
    };
    document(name, title, about, object(fields))
}

/// The schema of reports of a source: it asks for nothing that the source says for them, and tells what it says.
#[must_use]
pub fn of_source(source: &Source) -> String {
    let name = &source.name.value;
    let services: Vec<&str> = source.services.iter().map(|service| service.value.as_str()).collect();
    let said = [
        ("services", (!services.is_empty()).then(|| json!(services))),
        ("teams", source.team.as_ref().map(|team| json!([team.value]))),
        ("visibility", Some(json!(source.visibility.word()))),
        ("lang", source.lang.as_ref().map(|lang| json!(lang))),
    ];
    let said: BTreeMap<&str, Json> = said.into_iter().filter_map(|(key, value)| Some((key, value?))).collect();
    let fields: Vec<Field> = REPORT
        .iter()
        .map(|field| Field { required: field.required && !said.contains_key(field.key), ..*field })
        .collect();
    let mut schema = object(&fields);
    for (key, value) in said {
        schema["properties"][key]["default"] = value;
    }
    let about = format!("What stands between the two `---` of a report of the source `{name}`.");
    document(&format!("report:{name}"), "Front matter of an incident report", &about, schema)
}

fn document(name: &str, title: &str, about: &str, fields: Map<String, Json>) -> String {
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    schema.insert("$id".to_owned(), json!(format!("urn:afterword:schema:{name}")));
    schema.insert("title".to_owned(), json!(title));
    schema.insert("description".to_owned(), json!(about));
    schema.extend(fields);
    let mut text = serde_json::to_string_pretty(&Json::Object(schema)).expect("texts and numbers");
    text.push('\n');
    text
}

fn object(fields: &[Field]) -> Map<String, Json> {
    let properties: Map<String, Json> = fields.iter().map(|field| (field.key.to_owned(), property(field))).collect();
    let required: Vec<&str> = fields.iter().filter(|field| field.required).map(|field| field.key).collect();
    let mut schema = Map::new();
    schema.insert("type".to_owned(), json!("object"));
    schema.insert("properties".to_owned(), Json::Object(properties));
    if !required.is_empty() {
        schema.insert("required".to_owned(), json!(required));
    }
    schema.insert("additionalProperties".to_owned(), json!(false));
    schema
}

/// A field that is written without a value says nothing, unless it is required.
fn property(field: &Field) -> Json {
    let schema = value(field.value);
    let mut property = Map::new();
    property.insert("description".to_owned(), json!(plain(field.doc)));
    let example =
        if field.example.is_empty() { String::new() } else { format!("\n\nFor example `{}`.", field.example) };
    property.insert("markdownDescription".to_owned(), json!(format!("{}{example}", field.doc)));
    property.extend(if field.required { something(schema, field.value) } else { or_nothing(schema) });
    Json::Object(property)
}

/// A required field holds something: text has letters, a list has an item.
fn something(mut schema: Map<String, Json>, holds: Value) -> Map<String, Json> {
    match holds {
        Value::Text | Value::Name(_) => drop(schema.insert("pattern".to_owned(), json!(r"\S"))),
        Value::OneOrMany(_) => schema["anyOf"][1]["minItems"] = json!(1),
        _ => {}
    }
    schema
}

fn or_nothing(mut schema: Map<String, Json>) -> Map<String, Json> {
    let types = match schema.get("type") {
        Some(Json::String(one)) if !schema.contains_key("enum") => vec![one.clone()],
        Some(Json::Array(many)) => many.iter().filter_map(|one| one.as_str().map(str::to_owned)).collect(),
        _ => {
            return Map::from_iter([("anyOf".to_owned(), json!([schema, { "type": "null" }]))]);
        }
    };
    let types: Vec<String> = types.into_iter().chain(["null".to_owned()]).collect();
    schema.insert("type".to_owned(), json!(types));
    schema
}

fn plain(markdown: &str) -> String {
    markdown.replace('`', "")
}

fn value(holds: Value) -> Map<String, Json> {
    let schema = match holds {
        // A number without quotes is read as the text it is written as.
        Value::Text | Value::Name(_) => json!({ "type": ["string", "integer"] }),
        Value::Duration => json!({ "type": "string", "pattern": DURATION }),
        Value::Bool => json!({ "type": "boolean" }),
        Value::Count => json!({ "anyOf": [
            { "type": "integer", "minimum": 0 },
            { "type": "string", "pattern": "^[0-9][0-9_]*$" },
        ] }),
        Value::Number => json!({ "type": "number" }),
        Value::Share => json!({ "type": "number", "minimum": 0, "maximum": 1 }),
        Value::Figure => json!({ "type": ["string", "number"] }),
        Value::Moment => json!({ "type": "string", "pattern": MOMENT }),
        Value::Day => json!({ "type": "string", "pattern": DAY }),
        Value::Choice(words) => json!({ "type": "string", "enum": words() }),
        Value::List(inner) => json!({ "type": "array", "items": value(*inner) }),
        Value::OneOrMany(inner) => json!({ "anyOf": [value(*inner), { "type": "array", "items": value(*inner) }] }),
        Value::Range => json!({
            "type": "array", "items": { "type": "integer", "minimum": 0 }, "minItems": 2, "maxItems": 2,
        }),
        Value::Map(fields) => return object(fields),
        Value::Named(inner) => json!({ "type": "object", "additionalProperties": value(*inner) }),
        Value::Either(short, long) => json!({ "anyOf": [value(*short), value(*long)] }),
    };
    match schema {
        Json::Object(schema) => schema,
        _ => Map::new(),
    }
}
