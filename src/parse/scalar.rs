//! Text → a YAML scalar, quoted where it must be.

/// A scalar that reads back as the same text, in our reader and in any other.
#[must_use]
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        parse::yaml,
        snapshot::RelPath,
        tree::{Node, Value},
    };

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
