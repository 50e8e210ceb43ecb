//! A report of ours as text: front matter with every value quoted where it must be, the body, the imported fields.

use crate::tree::{Node, Value};

/// A scalar that reads back as the same text, in our reader and in any other.
pub fn scalar(text: &str) -> String {
    const WORDS: &[&str] = &["null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf"];
    let is_plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '/' | '(' | ')' | '+' | ','))
        && !text.ends_with(' ')
        && !text.contains("  ")
        && !text.contains(", ")
        && !WORDS.contains(&text.to_lowercase().as_str());
    if is_plain && !text.contains(',') {
        return text.to_owned();
    }
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {
                quoted.push_str(&format!("\\u{:04x}", c as u32));
            }
            c if c.is_control() => quoted.push_str(&format!("\\x{:02x}", c as u32)),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{parse::yaml, snapshot::RelPath};

    #[test]
    fn scalars_read_back() {
        let path = RelPath::new("a.md").expect("a path");
        for text in [
            "checkout",
            "a: b",
            "no",
            "Yes",
            "# x",
            "- x",
            "12",
            "1.5",
            "0x1f",
            "~",
            "",
            " a",
            "a ",
            "a, b",
            "[x]",
            "{x}",
            "it's",
            "say \"hi\"",
            "back\\slash",
            "two\nlines",
            "tab\there",
            "\u{7f}\u{85}\u{2028}",
            "é → ü",
            "@x",
            "*x",
            "&x",
            "!x",
            "%x",
            "`x`",
            "2024-03-01",
            "null",
            "x #y",
            "x:",
            "?",
            "a|b",
            "\u{feff}x",
            "…",
        ] {
            let source = format!("key: {}\nlist: [{}]\n", scalar(text), scalar(text));
            let (node, findings) = yaml::parse(&path, &source, 0, yaml::Budget::default());
            assert!(findings.is_empty(), "{source}{findings:?}");
            let Some(Node { value: Value::Map(entries), .. }) = node else { panic!("{source}") };
            assert_eq!(entries[0].1.value, Value::Text(text.to_owned()), "{source}");
            let Value::List(items) = &entries[1].1.value else { panic!("{source}") };
            assert_eq!(items[0].value, Value::Text(text.to_owned()), "{source}");
        }
    }
}
