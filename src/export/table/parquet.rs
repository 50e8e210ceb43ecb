//! Tables as Parquet, in folders of years as Hive lays them out: `reports/year=2025/part-0.parquet`. The column `year`
//! stands in the path alone.

use super::{Files, Heading, Table, Type, Value};
use jiff::civil::date;
use parquet::{
    basic::Compression,
    data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type},
    errors::Result,
    file::{
        properties::WriterProperties,
        writer::{SerializedFileWriter, SerializedRowGroupWriter},
    },
    schema::{parser::parse_message_type, types::TypePtr},
};
use std::{collections::BTreeMap, sync::Arc};

/// Rows that are read at once.
const GROUP: usize = 100_000;

/// The files of a table, one for each year.
pub(super) fn render(table: &Table) -> Result<Files> {
    let year = table.headings.iter().position(|heading| heading.name == "year");
    let mut parts: BTreeMap<i64, Vec<&Vec<Value>>> = BTreeMap::new();
    for row in &table.rows {
        if let Some(Value::Integer(year)) = year.map(|at| &row[at]) {
            parts.entry(*year).or_default().push(row);
        }
    }
    let schema: TypePtr = Arc::new(parse_message_type(&message(table))?);
    let files = parts.into_iter().map(|(year, rows)| {
        let path = format!("{}/year={year}/part-0.parquet", table.definition.name);
        Ok((path, part(&schema, &table.headings, &rows)?))
    });
    files.collect()
}

/// The schema in the language of the format.
fn message(table: &Table) -> String {
    let columns = table.headings.iter().filter(|heading| heading.name != "year").map(|heading| {
        let presence = if heading.required { "required" } else { "optional" };
        let name = heading.name;
        match heading.kind {
            Type::Text => format!("{presence} binary {name} (STRING);"),
            Type::Integer => format!("{presence} int64 {name};"),
            Type::Number => format!("{presence} double {name};"),
            Type::Boolean => format!("{presence} boolean {name};"),
            Type::Date => format!("{presence} int32 {name} (DATE);"),
            Type::Timestamp => format!("{presence} int64 {name} (TIMESTAMP(MICROS,true));"),
            Type::Texts => {
                format!(
                    "required group {name} (LIST) {{ repeated group list {{ required binary element (STRING); }} }}"
                )
            }
        }
    });
    let columns: Vec<String> = columns.collect();
    format!("message {} {{ {} }}", table.definition.name, columns.join(" "))
}

fn part(schema: &TypePtr, headings: &[Heading], rows: &[&Vec<Value>]) -> Result<Vec<u8>> {
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(format!("afterword {}", env!("CARGO_PKG_VERSION")))
        .build();
    let mut bytes = Vec::new();
    let mut file = SerializedFileWriter::new(&mut bytes, Arc::clone(schema), Arc::new(properties))?;
    for rows in rows.chunks(GROUP) {
        let mut group = file.next_row_group()?;
        for (at, heading) in headings.iter().enumerate().filter(|(_, heading)| heading.name != "year") {
            let cells: Vec<&Value> = rows.iter().map(|row| &row[at]).collect();
            column(&mut group, heading, &cells)?;
        }
        group.close()?;
    }
    file.close()?;
    Ok(bytes)
}

fn column<W: std::io::Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    heading: &Heading,
    cells: &[&Value],
) -> Result<()> {
    match heading.kind {
        Type::Text => flat::<ByteArrayType, W>(group, heading, cells, |value| match value {
            Value::Text(text) => Some(ByteArray::from(text.as_str())),
            _ => None,
        }),
        Type::Integer => flat::<Int64Type, W>(group, heading, cells, |value| match value {
            Value::Integer(number) => Some(*number),
            _ => None,
        }),
        Type::Number => flat::<DoubleType, W>(group, heading, cells, |value| match value {
            Value::Number(number) => Some(*number),
            _ => None,
        }),
        Type::Boolean => flat::<BoolType, W>(group, heading, cells, |value| match value {
            Value::Boolean(value) => Some(*value),
            _ => None,
        }),
        Type::Date => flat::<Int32Type, W>(group, heading, cells, |value| match value {
            Value::Date(day) => Some((*day - date(1970, 1, 1)).get_days()),
            _ => None,
        }),
        Type::Timestamp => flat::<Int64Type, W>(group, heading, cells, |value| match value {
            Value::Timestamp(at) => Some(at.as_microsecond()),
            _ => None,
        }),
        Type::Texts => lists(group, cells),
    }
}

fn flat<T: DataType, W: std::io::Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    heading: &Heading,
    cells: &[&Value],
    value: impl Fn(&Value) -> Option<T::T>,
) -> Result<()> {
    let cells: Vec<Option<T::T>> = cells.iter().map(|cell| value(cell)).collect();
    let levels: Vec<i16> = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
    let values: Vec<T::T> = cells.into_iter().flatten().collect();
    let Some(mut writer) = group.next_column()? else { return Ok(()) };
    writer.typed::<T>().write_batch(&values, (!heading.required).then_some(&levels), None)?;
    writer.close()
}

/// Lists have two levels: whether there is an element, and whether it follows another one of the same row.
fn lists<W: std::io::Write + Send>(group: &mut SerializedRowGroupWriter<'_, W>, cells: &[&Value]) -> Result<()> {
    let (mut values, mut defined, mut repeated) = (Vec::new(), Vec::new(), Vec::new());
    for cell in cells {
        let texts = if let Value::Texts(texts) = cell { texts.as_slice() } else { &[] };
        if texts.is_empty() {
            defined.push(0);
            repeated.push(0);
        }
        for (at, text) in texts.iter().enumerate() {
            values.push(ByteArray::from(text.as_str()));
            defined.push(1);
            repeated.push(i16::from(at > 0));
        }
    }
    let Some(mut writer) = group.next_column()? else { return Ok(()) };
    writer.typed::<ByteArrayType>().write_batch(&values, Some(&defined), Some(&repeated))?;
    writer.close()
}
