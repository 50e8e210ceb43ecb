//! A report of ours as text: front matter with every value quoted where it must be, the body, the imported fields.

use crate::{
    parse::scalar::scalar,
    tree::{Node, Value},
};

/// A list on one line.
pub fn list(items: &[String]) -> String {
    format!("[{}]", items.iter().map(|item| scalar(item)).collect::<Vec<_>>().join(", "))
}

/// Any value, on one line.
pub fn node(node: &Node) -> String {
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Float(value) => value.to_string(),
        Value::Text(text) if is_date(text) => text.clone(),
        Value::Text(text) => scalar(text),
        Value::List(items) => format!("[{}]", items.iter().map(self::node).collect::<Vec<_>>().join(", ")),
        Value::Map(entries) => {
            let entries = entries.iter().map(|(key, value)| format!("{}: {}", scalar(&key.value), self::node(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

fn is_date(text: &str) -> bool {
    text.len() >= 10 && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b':' | b'T' | b'Z' | b'+'))
}

/// A value as words, for a table: nested keys with dots, items with commas.
pub fn words(node: &Node) -> Vec<(String, String)> {
    match &node.value {
        Value::Map(entries) => {
            let below = |(key, value): &(crate::snapshot::Spanned<String>, Node)| {
                let rows = words(value).into_iter();
                rows.map(|(rest, text)| {
                    (if rest.is_empty() { key.value.clone() } else { format!("{}.{rest}", key.value) }, text)
                })
                .collect::<Vec<_>>()
            };
            entries.iter().flat_map(below).collect()
        }
        Value::List(items) if items.iter().any(|item| matches!(item.value, Value::Map(_) | Value::List(_))) => {
            let numbered = items.iter().enumerate().flat_map(|(n, item)| {
                let rows = words(item).into_iter();
                rows.map(move |(rest, text)| (format!("{}.{rest}", n + 1).trim_end_matches('.').to_owned(), text))
            });
            numbered.collect()
        }
        Value::List(items) => {
            let items = items.iter().flat_map(words).map(|(_, text)| text).collect::<Vec<_>>();
            vec![(String::new(), items.join(", "))]
        }
        Value::Null => vec![(String::new(), String::new())],
        Value::Bool(value) => vec![(String::new(), value.to_string())],
        Value::Int(value) => vec![(String::new(), value.to_string())],
        Value::Float(value) => vec![(String::new(), value.to_string())],
        Value::Text(text) => vec![(String::new(), text.clone())],
    }
}

/// The closing section that holds what has no place in the schema. Empty when there is nothing.
pub fn imported(fields: &[(String, String)], raw: Option<&str>) -> String {
    if fields.is_empty() && raw.is_none() {
        return String::new();
    }
    let mut text = String::from("\n## Imported fields\n");
    let (short, long): (Vec<_>, Vec<_>) = fields.iter().partition(|(_, value)| !value.trim().contains('\n'));
    if !short.is_empty() {
        text.push_str("\n| Field | As written |\n| --- | --- |\n");
        for (key, value) in short {
            text.push_str(&format!("| {} | {} |\n", cell(key), cell(value.trim())));
        }
    }
    for (key, value) in long {
        text.push_str(&format!("\n{}:\n\n{}", cell(key), fenced(value)));
    }
    if let Some(raw) = raw {
        text.push_str(&format!("\nThe front matter as it was written:\n\n{}", fenced(raw)));
    }
    text
}

/// A path as a link has it.
pub fn url(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

fn cell(text: &str) -> String {
    text.replace('\\', "\\\\").replace('|', "\\|").replace('<', "\\<").replace('`', "\\`")
}

fn fenced(text: &str) -> String {
    let mut fence = "```".to_owned();
    while text.contains(&fence) {
        fence.push('`');
    }
    format!("{fence}text\n{}\n{fence}\n", text.trim_end())
}
