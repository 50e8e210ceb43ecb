//! Tables as CSV (RFC 4180): every cell quoted, lines end in CRLF, lists joined by `; `.
//!
//! Spreadsheets read a cell that begins with `=`, `+`, `-` or `@` as a formula, also when it is quoted. A guarded text that
//! begins so, with a control character or with a space before one of them gets an apostrophe in front (OWASP, CSV
//! injection); so does one that begins with an apostrophe, so that taking one away always gives the text back.

use super::{Table, Value};

pub(super) fn render(table: &Table, guarded: bool) -> String {
    let names: Vec<Value> = table.headings.iter().map(|heading| Value::Text(heading.name.to_owned())).collect();
    let mut out = line(&names, guarded);
    for row in &table.rows {
        out.push_str(&line(row, guarded));
    }
    out
}

/// One line with its end.
#[must_use]
pub fn line(cells: &[Value], guarded: bool) -> String {
    let cells: Vec<String> = cells.iter().map(|value| cell(value, guarded)).collect();
    cells.join(",") + "\r\n"
}

fn cell(value: &Value, guarded: bool) -> String {
    let text = match value {
        Value::Null => String::new(),
        Value::Text(text) => guard(text, guarded),
        Value::Texts(texts) => guard(&texts.join("; "), guarded),
        Value::Integer(number) => number.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Boolean(value) => value.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Timestamp(at) => at.to_string(),
    };
    format!("\"{}\"", text.replace('"', "\"\""))
}

fn guard(text: &str, guarded: bool) -> String {
    let text = text.replace('\0', "");
    let is_space = |c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}';
    let first = text.chars().next();
    let acts = |c: char| "=+-@＝＋－＠|%".contains(c);
    let begins = text.trim_start_matches(is_space).chars().next().is_some_and(acts);
    let risky = begins || first.is_some_and(|c| c == '\'' || c.is_control());
    if guarded && risky { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAYLOADS: [&str; 14] = [
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(1;1)",
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        " =1+1",
        "\u{a0}=1+1",
        "\u{feff}=1+1",
        "＝1+1",
        "=HYPERLINK(\"https://example.com\",\"open\")",
        "=cmd|' /C calc'!A0",
        "'=1+1",
    ];

    /// A reader as RFC 4180 describes one.
    fn read(line: &str) -> Vec<String> {
        let line = line.strip_suffix("\r\n").expect("the end of a line");
        let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
        let mut characters = line.chars().peekable();
        while let Some(c) = characters.next() {
            match c {
                '"' if quoted && characters.next_if_eq(&'"').is_some() => cell.push('"'),
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(std::mem::take(&mut cell)),
                c => cell.push(c),
            }
        }
        assert!(!quoted, "{line}");
        cells.push(cell);
        cells
    }

    #[test]
    fn no_cell_begins_like_a_formula_and_every_text_comes_back() {
        for payload in PAYLOADS {
            let cells = read(&line(&[Value::Text(payload.to_owned())], true));
            assert_eq!(cells[0].strip_prefix('\''), Some(payload));
            assert_eq!(read(&line(&[Value::Text(payload.to_owned())], false))[0], payload);
            assert!(read(&line(&[Value::Texts(vec![payload.to_owned()])], true))[0].starts_with('\''));
        }
        assert_eq!(line(&[Value::Text("Renew it".into()), Value::Integer(-3)], true), "\"Renew it\",\"-3\"\r\n");
    }
}
