//! Tables as one `SQLite` database, made in memory: strict tables with keys, and two that tell about the export (`export`)
//! and about every column (`columns`).

use super::{SCHEMA_VERSION, Source, Table, Type, Value, json};
use rusqlite::{Connection, Result, params_from_iter, types::Value as Cell};

pub(super) fn render(source: &Source<'_>, tables: &[Table]) -> Result<Vec<u8>> {
    let mut connection = Connection::open_in_memory()?;
    let work = connection.transaction()?;
    work.execute_batch(
        "CREATE TABLE export (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
         CREATE TABLE columns (table_name TEXT, name TEXT, meaning TEXT NOT NULL, PRIMARY KEY (table_name, name)) STRICT;",
    )?;
    let about = [
        ("schema_version", SCHEMA_VERSION.to_string()),
        ("title", source.config.title.clone()),
        ("as_of", source.today.to_string()),
        ("audience", source.audience.word().to_owned()),
    ];
    for (key, value) in &about {
        work.execute("INSERT INTO export VALUES (?1, ?2)", (key, value))?;
    }
    for table in tables {
        let name = table.definition.name;
        for heading in &table.headings {
            work.execute("INSERT INTO columns VALUES (?1, ?2, ?3)", (name, heading.name, heading.meaning))?;
        }
        work.execute_batch(&create(table))?;
        let places: Vec<&str> = table.headings.iter().map(|_| "?").collect();
        let mut insert = work.prepare(&format!("INSERT INTO {name} VALUES ({})", places.join(",")))?;
        for row in &table.rows {
            insert.execute(params_from_iter(row.iter().map(cell)))?;
        }
    }
    work.commit()?;
    Ok(connection.serialize("main")?.to_vec())
}

fn create(table: &Table) -> String {
    let columns = table.headings.iter().map(|heading| {
        let kind = match heading.kind {
            Type::Integer | Type::Boolean => "INTEGER",
            Type::Number => "REAL",
            Type::Text | Type::Date | Type::Timestamp | Type::Texts => "TEXT",
        };
        format!("\"{}\" {kind}{}, ", heading.name, if heading.required { " NOT NULL" } else { "" })
    });
    let columns: String = columns.collect();
    format!(
        "CREATE TABLE {} ({columns}PRIMARY KEY ({})) STRICT;",
        table.definition.name,
        table.definition.key.join(", ")
    )
}

fn cell(value: &Value) -> Cell {
    match value {
        Value::Null => Cell::Null,
        Value::Integer(number) => Cell::Integer(*number),
        Value::Number(number) => Cell::Real(*number),
        Value::Boolean(value) => Cell::Integer(i64::from(*value)),
        Value::Text(text) => Cell::Text(text.clone()),
        Value::Date(date) => Cell::Text(date.to_string()),
        Value::Timestamp(at) => Cell::Text(at.to_string()),
        Value::Texts(_) => Cell::Text(json::cell(value).to_string()),
    }
}
