//! What the tables of fields say of a place.

use super::beside;
use crate::{
    config::Config,
    pipeline::live::Live,
    schema::{self, Field, PATTERN, REPORT, SITE},
    snapshot::RelPath,
};
use std::ops::Range;

fn of_file(live: &Live, path: &RelPath) -> &'static [Field] {
    match path {
        path if *path == Config::path() => SITE,
        path if live.config().is_pattern(path) => PATTERN,
        _ => REPORT,
    }
}

/// The field that `keys` lead to.
#[must_use]
pub fn field(live: &Live, path: &RelPath, keys: &[&str]) -> Option<&'static Field> {
    schema::at(of_file(live, path), keys)
}

/// The fields that may stand in the mapping that `keys` lead to, and do not yet. `word` is where one is written.
#[must_use]
pub fn open(live: &Live, path: &RelPath, keys: &[&str], word: &Range<usize>) -> Vec<&'static Field> {
    let (Some(fields), Some(text)) = (schema::within(of_file(live, path), keys), live.text(path)) else {
        return Vec::new();
    };
    let taken = beside::keys(path, text, word);
    fields.iter().filter(|field| !taken.iter().any(|key| key == field.key)).collect()
}

/// A field in Markdown.
#[must_use]
pub fn describe(field: &Field) -> String {
    let required = if field.required { " · required" } else { "" };
    let example =
        if field.example.is_empty() { String::new() } else { format!("\n\nFor example `{}`.", field.example) };
    format!("**`{}`**{required}\n\n{}\n\nHolds {}.{example}", field.key, field.doc, field.value.phrase())
}
