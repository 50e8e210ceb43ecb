//! One text of the interface: its plural forms, cut into words, placeholders, links and code.

use super::plural::{Category, Rule};

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Words(String),
    /// `{name}`
    Hole(String),
    /// `[` of `[words](name)`: the address is the value called `name`.
    Link(String),
    EndLink,
    /// A backtick that opens, and the one that closes.
    Code,
    EndCode,
}

/// What a placeholder is filled with.
#[derive(Clone, Copy, Debug)]
pub enum Value<'v> {
    /// Grouped as the locale has it, and the number that a plural goes by.
    Count(u64),
    /// With the decimal mark of the locale, as short as it can be said.
    Number(f64),
    Text(&'v str),
}

impl From<u64> for Value<'_> {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

impl From<u32> for Value<'_> {
    fn from(count: u32) -> Self {
        Self::Count(u64::from(count))
    }
}

impl From<usize> for Value<'_> {
    fn from(count: usize) -> Self {
        Self::Count(count as u64)
    }
}

impl From<f64> for Value<'_> {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl<'v> From<&'v str> for Value<'v> {
    fn from(text: &'v str) -> Self {
        Self::Text(text)
    }
}

impl<'v> From<&'v String> for Value<'v> {
    fn from(text: &'v String) -> Self {
        Self::Text(text)
    }
}

/// A text as its file has it.
#[derive(Clone, Debug)]
pub struct Text {
    /// The words as they were written, held together; of a plural, the form `other`.
    written: String,
    other: Vec<Piece>,
    /// The other plural forms, few or none.
    forms: Vec<(Category, Vec<Piece>)>,
}

impl Text {
    #[must_use]
    pub fn plain(written: &str) -> Self {
        Self::plural(written, &[])
    }

    /// With plural forms; `other` is among them in every language.
    #[must_use]
    pub fn plural(other: &str, forms: &[(Category, &str)]) -> Self {
        let forms = forms.iter().map(|(category, written)| (*category, pieces(written))).collect();
        Self { written: held(other), other: pieces(other), forms }
    }

    /// As it was written, but for spaces at which no line ends.
    #[must_use]
    pub fn written(&self) -> &str {
        &self.written
    }

    /// Whether it says the same whatever the page: no placeholder, link, code or plural.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.forms.is_empty() && self.other.iter().all(|piece| matches!(piece, Piece::Words(_)))
    }

    /// The form for a number; without one, the only form.
    #[must_use]
    pub fn form(&self, rule: Rule, n: Option<u64>) -> &[Piece] {
        let Some(n) = n.filter(|_| !self.forms.is_empty()) else { return &self.other };
        let wanted = rule(n);
        self.forms.iter().find(|(category, _)| *category == wanted).map_or(&self.other, |(_, pieces)| pieces)
    }

    /// The names that its forms ask for, each once.
    #[must_use]
    pub fn asked(&self) -> Vec<&str> {
        let all = self.forms.iter().flat_map(|(_, pieces)| pieces).chain(&self.other);
        let mut names: Vec<&str> = all
            .filter_map(|piece| match piece {
                Piece::Hole(name) | Piece::Link(name) => Some(name.as_str()),
                _ => None,
            })
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The plural forms beside `other`.
    pub fn categories(&self) -> impl Iterator<Item = Category> {
        self.forms.iter().map(|(category, _)| *category)
    }
}

/// No line ends between a number and its percent sign.
fn held(written: &str) -> String {
    written.replace(" %", "\u{a0}%")
}

/// Cuts a text into its parts. What looks like the beginning of one and is none stays as it is.
#[must_use]
pub fn pieces(written: &str) -> Vec<Piece> {
    let mut out = Vec::new();
    cut(&held(written), &mut out);
    out
}

fn cut(mut rest: &str, out: &mut Vec<Piece>) {
    let mut words = String::new();
    while let Some(at) = rest.find(['{', '[', '`']) {
        words.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some((found, after)) = special(rest) else {
            words.push_str(&rest[..1]);
            rest = &rest[1..];
            continue;
        };
        flush(&mut words, out);
        out.extend(found);
        rest = after;
    }
    words.push_str(rest);
    flush(&mut words, out);
}

fn flush(words: &mut String, out: &mut Vec<Piece>) {
    if !words.is_empty() {
        out.push(Piece::Words(std::mem::take(words)));
    }
}

/// What begins here, and what comes after it.
fn special(rest: &str) -> Option<(Vec<Piece>, &str)> {
    let named = |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if let Some(inner) = rest.strip_prefix('{') {
        let (name, after) = inner.split_once('}')?;
        return named(name).then(|| (vec![Piece::Hole(name.to_owned())], after));
    }
    let mut found = Vec::new();
    if let Some(inner) = rest.strip_prefix('`') {
        let (code, after) = inner.split_once('`')?;
        found.push(Piece::Code);
        found.push(Piece::Words(code.to_owned()));
        found.push(Piece::EndCode);
        return Some((found, after));
    }
    let (words, after) = rest.strip_prefix('[')?.split_once("](")?;
    let (name, after) = after.split_once(')')?;
    if !named(name) {
        return None;
    }
    found.push(Piece::Link(name.to_owned()));
    cut(words, &mut found);
    found.push(Piece::EndLink);
    Some((found, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_text() {
        let words = |text: &str| Piece::Words(text.to_owned());
        assert_eq!(
            pieces("{n} of [all {m}](list) with `x {y}`, { z"),
            [
                Piece::Hole("n".into()),
                words(" of "),
                Piece::Link("list".into()),
                words("all "),
                Piece::Hole("m".into()),
                Piece::EndLink,
                words(" with "),
                Piece::Code,
                words("x {y}"),
                Piece::EndCode,
                words(", { z"),
            ]
        );
    }

    #[test]
    fn a_plural_takes_the_form_of_its_number() {
        let text = Text::plural("{n} reports", &[(Category::One, "{n} report")]);
        let rule = super::super::plural::rule("de");
        assert_eq!(text.form(rule, Some(1)), pieces("{n} report"));
        assert_eq!(text.form(rule, Some(0)), pieces("{n} reports"));
        assert_eq!(text.asked(), ["n"]);
        assert!(!text.is_plain() && Text::plain("Reports").is_plain());
    }
}
