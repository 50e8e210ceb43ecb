//! The tables as a page for people: `docs/schema.md`.

use super::{Field, PATTERN, REPORT, SITE, Value};
use std::fmt::Write;

const HEAD: &str = "# Fields

What may stand in the front matter of a report, in that of a pattern page, and in `site.toml`. This page is written from the same tables as
`afterword schema`, which prints them as JSON Schema for editors. Fields in **bold** are required. A key without a value says nothing.

- **A time** has its offset: `2024-03-01T14:05:00Z`, `2024-03-01 14:05+01:00`. A day alone (`2024-03-01`) says that the hour is not known.
- **Text** that looks like something else (`yes`, `1.10`) wants quotes.
- **Words of a list** are in small letters with hyphens; other spellings are read, and `check --fix` mends them.
";

/// The whole page.
#[must_use]
pub fn render() -> String {
    let mut page = HEAD.to_owned();
    for (title, about, fields) in [
        ("A report", "`reports/**/*.md`, except pages whose folder begins with `_`.", REPORT),
        ("A pattern page", "`reports/_patterns/*.md`; the file's name is the factor's id.", PATTERN),
        ("site.toml", "At the root of the repository. Everything has a default.", SITE),
    ] {
        let _ = write!(page, "\n## {title}\n\n{about}\n\n");
        table(&mut page, fields);
        within(&mut page, "", fields);
    }
    page
}

fn table(page: &mut String, fields: &[Field]) {
    page.push_str("| field | holds | meaning | example |\n| --- | --- | --- | --- |\n");
    for field in fields {
        let key = if field.required { format!("**`{}`**", field.key) } else { format!("`{}`", field.key) };
        let example = if field.example.is_empty() { String::new() } else { format!("`{}`", field.example) };
        let _ = writeln!(page, "| {key} | {} | {} | {example} |", cell(&field.value.phrase()), cell(field.doc));
    }
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// The mappings within, each with a heading and a table of its own.
fn within(page: &mut String, path: &str, fields: &[Field]) {
    for field in fields {
        let Some(inner) = field.value.fields() else { continue };
        let path = match field.value {
            Value::Named(_) => format!("{path}{}.<name>", field.key),
            _ => format!("{path}{}", field.key),
        };
        let _ = write!(page, "\n### `{path}`\n\n{}\n\n", field.doc);
        table(page, inner);
        within(page, &format!("{path}."), inner);
    }
}
