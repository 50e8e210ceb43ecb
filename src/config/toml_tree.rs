//! TOML → [`Node`], with the span of every key and value, and every syntax error of the file.

use crate::{
    diag::{Diagnostic, reader},
    snapshot::{RelPath, Span, Spanned},
    tree::{Node, Value},
};
use toml::de::{DeTable, DeValue};

/// Reads a document; what could be recovered comes back together with the findings.
#[must_use]
pub fn parse(path: &RelPath, source: &str) -> (Node, Vec<Diagnostic>) {
    let (table, errors) = DeTable::parse_recoverable(source);
    let findings = errors.iter().map(|error| {
        let span = Span::new(path, error.span().unwrap_or(0..0));
        let message = error.message().lines().next().unwrap_or("not valid TOML").to_owned();
        Diagnostic::new(reader::INVALID_SYNTAX, &span, message)
            .help(format!("{} is TOML: `key = \"value\"`, tables in `[brackets]`", path.file_name()))
    });
    (map(path, table.get_ref(), table.span()), findings.collect())
}

fn map(path: &RelPath, table: &DeTable<'_>, at: std::ops::Range<usize>) -> Node {
    let mut entries: Vec<(Spanned<String>, Node)> = table
        .iter()
        .map(|(key, item)| {
            let name = Spanned { value: key.get_ref().to_string(), span: Span::new(path, key.span()) };
            (name, node(path, item.get_ref(), item.span()))
        })
        .collect();
    entries.sort_by_key(|(key, _)| key.span.start);
    Node { value: Value::Map(entries), span: Span::new(path, at) }
}

fn node(path: &RelPath, value: &DeValue<'_>, at: std::ops::Range<usize>) -> Node {
    let value = match value {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or_else(|_| Value::Text(number.as_str().to_owned()), Value::Int),
        DeValue::Float(number) => {
            number.as_str().parse().map_or_else(|_| Value::Text(number.as_str().to_owned()), Value::Float)
        }
        DeValue::Boolean(value) => Value::Bool(*value),
        DeValue::Datetime(value) => Value::Text(value.to_string()),
        DeValue::Array(items) => {
            Value::List(items.iter().map(|item| node(path, item.get_ref(), item.span())).collect())
        }
        DeValue::Table(table) => return map(path, table, at),
    };
    Node { value, span: Span::new(path, at) }
}
