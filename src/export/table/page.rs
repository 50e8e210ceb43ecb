//! The columns for people: the tables of `docs/export.md`.

use super::{TABLES, Type};

/// What each type is in each format, in the order of the columns of the page.
const TYPES: &[(Type, &str, &str, &str, &str)] = &[
    (Type::Text, "text", "string", "`VARCHAR` (UTF8)", "TEXT"),
    (Type::Integer, "integer", "integer", "`BIGINT` (INT64)", "INTEGER"),
    (Type::Number, "number", "number", "`DOUBLE`", "REAL"),
    (Type::Boolean, "boolean", "true or false", "`BOOLEAN`", "INTEGER, 0 or 1"),
    (Type::Date, "date", "`2025-03-01`", "`DATE`", "TEXT, `2025-03-01`"),
    (
        Type::Timestamp,
        "time",
        "`2025-03-01T14:05:00Z`",
        "`TIMESTAMP` in UTC, microseconds",
        "TEXT, `2025-03-01T14:05:00Z`",
    ),
    (Type::Texts, "list of texts", "array", "`LIST` of UTF8", "TEXT, a JSON array"),
];

/// The part of the page that is written from the tables.
#[must_use]
pub fn render() -> String {
    let mut page = String::from("| type | JSON, JSON Lines, CSV | Parquet | SQLite |\n| --- | --- | --- | --- |\n");
    for (_, name, json, parquet, sqlite) in TYPES {
        page += &format!("| {name} | {json} | {parquet} | {sqlite} |\n");
    }
    for table in TABLES {
        let key: Vec<String> = table.key.iter().map(|name| format!("`{name}`")).collect();
        page += &format!("\n### {}\n\n{} Key: {}.\n\n", table.name, table.meaning, key.join(", "));
        page += "| column | type | meaning |\n| --- | --- | --- |\n";
        for heading in table.headings() {
            let name = TYPES.iter().find(|(kind, ..)| *kind == heading.kind).map_or("", |(_, name, ..)| name);
            let optional = if heading.required { "" } else { ", may be empty" };
            page += &format!("| `{}` | {name}{optional} | {} |\n", heading.name, heading.meaning);
        }
    }
    page
}
