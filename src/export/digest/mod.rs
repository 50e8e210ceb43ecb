//! A digest outside of the site: as Markdown, plain text, one page of HTML, a mail, or data.
//!
//! All say the same lines ([`Sheet`]); links are full addresses, and left out where the site has none.

use crate::{
    diag::sanitize::sanitize,
    markup::{self, Env, Html},
    pages::{
        digest::sheet::{Editor, Sheet},
        line::Line,
        subject::Directory,
    },
};
use std::collections::BTreeMap;

mod html;
mod json;
mod mail;
mod markdown;
mod text;

pub use mail::Letter;

/// How a digest is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Markdown,
    Text,
    Html,
    Json,
}

/// A digest in a format.
#[must_use]
pub fn render(format: Format, directory: &Directory<'_>, sheet: &Sheet) -> String {
    match format {
        // These are read in terminals and pasted into other systems.
        Format::Markdown => sanitize(&markdown::render(directory, sheet)),
        Format::Text => sanitize(&text::render(directory, sheet)),
        Format::Html => html::render(directory, sheet),
        Format::Json => json::render(directory, sheet),
    }
}

/// A digest as a message: HTML that loads nothing, and the same as text.
#[must_use]
pub fn mail(directory: &Directory<'_>, sheet: &Sheet, letter: &Letter<'_>) -> String {
    let [text, html] = [Format::Text, Format::Html].map(|format| render(format, directory, sheet));
    mail::message(directory, sheet, letter, &text, &html)
}

/// A full address; empty where the site has none.
fn address(directory: &Directory<'_>, url: &str) -> String {
    directory.absolute(url).unwrap_or_default()
}

/// Where the whole digest is, as the last line; `None` where the site has no address.
fn read_all(directory: &Directory<'_>, sheet: &Sheet) -> Option<Line> {
    directory.absolute(&sheet.address)?;
    Some(Line::say(directory.words, "digest.read_all", &[("url", (&sheet.address).into())]))
}

fn editor(directory: &Directory<'_>, words: &Editor) -> Html {
    let (root, targets) = (directory.absolute("").unwrap_or_default(), BTreeMap::new());
    markup::html(&words.markdown, &Env { root: &root, place: None, targets: &targets, notes: "" })
}

/// Over the title: the kind of document, the days, and whether they are over.
fn over(sheet: &Sheet) -> String {
    let parts = [Some(&sheet.over), Some(&sheet.days), sheet.unfinished.as_ref()];
    parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" · ")
}
