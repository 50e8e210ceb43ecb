//! What the tables of fields say of a key.

use crate::{
    config::Config,
    pipeline::live::Live,
    schema::{self, Field, PATTERN, REPORT, SITE},
    snapshot::RelPath,
};

/// The field that `key` is in the mapping that `keys` lead to.
#[must_use]
pub fn field(live: &Live, path: &RelPath, keys: &[String], key: &str) -> Option<&'static Field> {
    let patterns = format!("{}/_patterns", live.config().reports_dir);
    let fields = match path {
        path if *path == Config::path() => SITE,
        path if path.parent() == patterns => PATTERN,
        _ => REPORT,
    };
    let keys: Vec<&str> = keys.iter().map(String::as_str).chain([key]).collect();
    schema::at(fields, &keys)
}

/// A field in Markdown.
#[must_use]
pub fn describe(field: &Field) -> String {
    let required = if field.required { " · required" } else { "" };
    let example =
        if field.example.is_empty() { String::new() } else { format!("\n\nFor example `{}`.", field.example) };
    format!("**`{}`**{required}\n\n{}\n\nHolds {}.{example}", field.key, field.doc, field.value.phrase())
}
