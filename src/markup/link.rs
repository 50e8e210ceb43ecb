//! Which links pass, and where they lead.

use super::Env;
use crate::snapshot::{Place, RelPath};
use std::borrow::Cow;

/// What a destination turned out to be.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// `http`, `https`, `mailto`.
    External(String),
    /// An address inside the site, relative to the page.
    Inside(String),
    /// Not published, or not allowed: the words stay, the link goes.
    Nowhere,
}

/// An address with an allowed scheme, cleaned of control characters; `None` for anything else.
#[must_use]
pub fn external(destination: &str) -> Option<String> {
    let cleaned = clean(destination);
    let scheme = scheme(&cleaned)?;
    let passes = ["http", "https", "mailto"].iter().any(|allowed| scheme.eq_ignore_ascii_case(allowed));
    passes.then(|| cleaned.into_owned())
}

pub(super) fn target(destination: &str, env: &Env<'_>) -> Target {
    if let Some(url) = external(destination) {
        return Target::External(url);
    }
    let cleaned = clean(destination);
    if scheme(&cleaned).is_some() {
        return Target::Nowhere;
    }
    if let Some(anchor) = cleaned.strip_prefix('#') {
        return if anchor.is_empty() { Target::Nowhere } else { Target::Inside(format!("#h-{anchor}")) };
    }
    let found = env.place.and_then(|place| local(place, destination));
    let Some((mut paths, anchor)) = found else { return Target::Nowhere };
    match paths.find_map(|path| env.targets.get(&path)) {
        Some(url) if anchor.is_empty() => Target::Inside(format!("{}{url}", env.root)),
        Some(url) => Target::Inside(format!("{}{url}#h-{anchor}", env.root)),
        None => Target::Nowhere,
    }
}

/// The files that a destination can mean, the likeliest first, and its anchor.
pub(super) fn local(place: Place<'_>, destination: &str) -> Option<(impl Iterator<Item = RelPath> + use<>, String)> {
    let cleaned = clean(destination);
    if scheme(&cleaned).is_some() || cleaned.starts_with("//") || cleaned.starts_with('\\') {
        return None;
    }
    let (path, anchor) = cleaned.split_once('#').unwrap_or((&cleaned, ""));
    let path = path.split('?').next().unwrap_or(path);
    if path.is_empty() {
        return None;
    }
    Some((place.resolve(&percent_decoded(path)), anchor.to_owned()))
}

/// Browsers ignore control characters inside a scheme, so they go before anything is decided.
fn clean(destination: &str) -> Cow<'_, str> {
    let ignored =
        |c: char| c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{feff}');
    let destination = destination.trim();
    if destination.contains(ignored) { destination.replace(ignored, "").into() } else { destination.into() }
}

fn scheme(destination: &str) -> Option<&str> {
    let end = destination.find([':', '/', '?', '#'])?;
    (destination.as_bytes()[end] == b':').then(|| destination[..end].trim())
}

fn percent_decoded(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let pair = tail.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(byte) if first == b'%' && byte >= b' ' => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| path.to_owned())
}

/// Parts of a text: plain, or a bare `http(s)` address.
pub(super) fn bare_links(text: &str) -> Vec<(&str, bool)> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(at) = find_address(rest) {
        let (before, from) = rest.split_at(at);
        let end =
            from.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`' | '|')).unwrap_or(from.len());
        let end = trimmed(&from[..end]);
        if !before.is_empty() {
            parts.push((before, false));
        }
        parts.push((&from[..end], from[..end].len() > "https://".len()));
        rest = &from[end..];
    }
    if !rest.is_empty() {
        parts.push((rest, false));
    }
    parts
}

fn find_address(text: &str) -> Option<usize> {
    match (text.find("http://"), text.find("https://")) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// Without the punctuation that ends a sentence, and without a bracket that was opened before the address.
fn trimmed(address: &str) -> usize {
    let mut end = address.len();
    while let Some(last) = address[..end].chars().next_back() {
        let unmatched = last == ')' && !address[..end].contains('(');
        if end > "http://".len()
            && (unmatched || matches!(last, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | ']' | '*' | '_'))
        {
            end -= last.len_utf8();
        } else {
            break;
        }
    }
    end
}
