//! Tables as JSON, one document or an object a line, and their JSON Schema. Every column is in every row: what is not
//! recorded is `null`.

use super::{Files, Heading, SCHEMA_VERSION, Source, TABLES, Table, Type, Value};
use serde_json::{Map, Value as Json, json};

/// What a schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    /// `afterword.json`.
    Document,
    /// A line of each table, by its name under `$defs`.
    Lines,
}

pub(super) fn document(source: &Source<'_>, tables: &[Table]) -> Files {
    let head = json!({
        "schema_version": SCHEMA_VERSION, "title": source.config.title, "as_of": source.today.to_string(),
        "audience": source.audience.word(), "time_zone": source.config.time_zone.iana_name(),
    });
    let head = head.to_string();
    let tables = tables.iter().map(|table| {
        let lines = lines(table);
        format!("\"{}\":[\n{}\n]", table.definition.name, lines.trim_end().replace('\n', ",\n"))
    });
    let tables: Vec<String> = tables.collect();
    let text = format!("{},\n{}}}\n", head.trim_end_matches('}'), tables.join(",\n"));
    vec![
        ("afterword.json".to_owned(), text.into_bytes()),
        ("schema.json".to_owned(), schema(Of::Document).into_bytes()),
    ]
}

pub(super) fn lines(table: &Table) -> String {
    table.rows.iter().map(|row| object(&table.headings, row).to_string() + "\n").collect()
}

/// A row by the names of its columns.
pub(in crate::export) fn object(headings: &[Heading], row: &[Value]) -> Json {
    Json::Object(headings.iter().zip(row).map(|(heading, value)| (heading.name.to_owned(), cell(value))).collect())
}

pub(super) fn cell(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Text(text) => json!(text),
        Value::Integer(number) => json!(number),
        Value::Number(number) => json!(number),
        Value::Boolean(value) => json!(value),
        Value::Date(date) => json!(date.to_string()),
        Value::Timestamp(at) => json!(at.to_string()),
        Value::Texts(texts) => json!(texts),
    }
}

/// The schema, written from the columns.
pub(super) fn schema(of: Of) -> String {
    let rows = TABLES.iter().map(|definition| {
        let headings = definition.headings();
        let columns: Map<String, Json> = headings.iter().map(|one| (one.name.to_owned(), column(one))).collect();
        let names: Vec<&str> = headings.iter().map(|heading| heading.name).collect();
        let row = json!({
            "type": "object", "description": definition.meaning, "properties": columns, "required": names,
        });
        (definition.name.to_owned(), row)
    });
    let rows: Map<String, Json> = rows.collect();
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": format!("An export of Afterword, version {SCHEMA_VERSION}"),
        "$defs": rows,
    });
    if of == Of::Document {
        let head = [
            ("schema_version", json!({"const": SCHEMA_VERSION})),
            ("title", json!({"type": "string"})),
            ("as_of", json!({"type": "string", "format": "date"})),
            ("audience", json!({"enum": ["public", "internal", "restricted"]})),
            ("time_zone", json!({"type": ["string", "null"]})),
        ];
        let tables = TABLES
            .iter()
            .map(|table| (table.name, json!({"type": "array", "items": {"$ref": format!("#/$defs/{}", table.name)}})));
        let properties: Map<String, Json> =
            head.into_iter().chain(tables).map(|(name, value)| (name.to_owned(), value)).collect();
        schema["type"] = json!("object");
        schema["required"] = properties.keys().cloned().collect();
        schema["properties"] = Json::Object(properties);
    }
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}

pub(super) fn column(heading: &Heading) -> Json {
    let (kind, format) = match heading.kind {
        Type::Text => ("string", None),
        Type::Integer => ("integer", None),
        Type::Number => ("number", None),
        Type::Boolean => ("boolean", None),
        Type::Date => ("string", Some("date")),
        Type::Timestamp => ("string", Some("date-time")),
        Type::Texts => ("array", None),
    };
    let mut column = json!({ "description": heading.meaning });
    column["type"] = if heading.required { json!(kind) } else { json!([kind, "null"]) };
    if let Some(format) = format {
        column["format"] = json!(format);
    }
    if heading.kind == Type::Texts {
        column["items"] = json!({"type": "string"});
    }
    column
}
