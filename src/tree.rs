//! A document tree with a span for every key and value, and a tolerant reader of it.
//!
//! YAML front matter (`parse/yaml.rs`) and `site.toml` (`config/`) both become a [`Node`]; one [`Reader`]
//! turns nodes into typed values and notes every mistake at its own place, never stopping at the first.

use crate::{
    diag::{Diagnostic, reader},
    snapshot::{Span, Spanned},
};

#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    pub value: Value,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    /// A plain or quoted string. Dates and times are strings too: they are ours to read.
    Text(String),
    List(Vec<Node>),
    /// In the order written; duplicates were reported and all but the first dropped.
    Map(Vec<(Spanned<String>, Node)>),
}

impl Node {
    /// What it is, in words for a message.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "nothing",
            Value::Bool(_) => "true or false",
            Value::Int(_) => "a whole number",
            Value::Float(_) => "a number",
            Value::Text(_) => "text",
            Value::List(_) => "a list",
            Value::Map(_) => "a mapping",
        }
    }

    /// Whether two trees hold the same keys and values, wherever they stand.
    #[must_use]
    pub fn says_same(&self, other: &Self) -> bool {
        match (&self.value, &other.value) {
            (Value::List(a), Value::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.says_same(b)),
            (Value::Map(a), Value::Map(b)) => {
                let mut pairs = a.iter().zip(b);
                a.len() == b.len() && pairs.all(|((a, x), (b, y))| a.value == b.value && x.says_same(y))
            }
            (a, b) => a == b,
        }
    }

    /// True for `null`, `""`, `~` and a key without a value: written, but says nothing.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match &self.value {
            Value::Null => true,
            Value::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }
}

/// Collects findings while a tree is read.
#[derive(Debug, Default)]
pub struct Reader {
    pub diagnostics: Vec<Diagnostic>,
}

impl Reader {
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn wrong_type<T>(&mut self, node: &Node, wanted: &str) -> Option<T> {
        self.push(
            Diagnostic::new(reader::WRONG_TYPE, &node.span, format!("expected {wanted}, found {}", node.kind()))
                .label(format!("this is {}", node.kind())),
        );
        None
    }

    /// Text. Numbers and booleans written without quotes count as the text they were written as only in YAML's view,
    /// so they are refused here with advice to quote them.
    pub fn text(&mut self, node: &Node) -> Option<Spanned<String>> {
        match &node.value {
            Value::Text(text) => Some(Spanned { value: text.clone(), span: node.span.clone() }),
            Value::Int(n) => Some(Spanned { value: n.to_string(), span: node.span.clone() }),
            Value::Bool(_) | Value::Float(_) => {
                self.push(
                    Diagnostic::new(reader::WRONG_TYPE, &node.span, format!("expected text, found {}", node.kind()))
                        .help("put quotes around it to keep it as text"),
                );
                None
            }
            _ => self.wrong_type(node, "text"),
        }
    }

    pub fn bool(&mut self, node: &Node) -> Option<bool> {
        match node.value {
            Value::Bool(value) => Some(value),
            _ => self.wrong_type(node, "true or false"),
        }
    }

    /// A whole number that is not negative. `50_000` is read too.
    pub fn count(&mut self, node: &Node) -> Option<u64> {
        let number = match &node.value {
            Value::Int(n) => Some(*n),
            Value::Text(text) => text.replace('_', "").parse().ok(),
            _ => None,
        };
        match number.and_then(|n| u64::try_from(n).ok()) {
            Some(n) => Some(n),
            None if number.is_some_and(|n| n < 0) => {
                let message = "expected zero or more, found a number below zero";
                self.push(Diagnostic::new(reader::WRONG_TYPE, &node.span, message));
                None
            }
            None => self.wrong_type(node, "a whole number, zero or more"),
        }
    }

    pub fn number(&mut self, node: &Node) -> Option<f64> {
        match node.value {
            #[expect(clippy::cast_precision_loss, reason = "counts in reports are far below 2^53")]
            Value::Int(n) => Some(n as f64),
            Value::Float(x) if x.is_finite() => Some(x),
            _ => self.wrong_type(node, "a number"),
        }
    }

    pub fn list<'n>(&mut self, node: &'n Node) -> &'n [Node] {
        match &node.value {
            Value::List(items) => items,
            Value::Null => &[],
            _ => {
                self.wrong_type::<()>(node, "a list");
                &[]
            }
        }
    }

    /// A list of texts; a single text counts as a list of one.
    pub fn texts(&mut self, node: &Node) -> Vec<Spanned<String>> {
        match &node.value {
            Value::Text(text) => vec![Spanned { value: text.clone(), span: node.span.clone() }],
            _ => self.list(node).iter().filter_map(|item| self.text(item)).collect(),
        }
    }

    /// The fields of a mapping. Call [`Fields::finish`] when all known keys were taken.
    pub fn fields<'n>(&mut self, node: &'n Node) -> Option<Fields<'n>> {
        match &node.value {
            Value::Map(entries) => Some(Fields { entries, taken: vec![false; entries.len()], known: Vec::new() }),
            _ => self.wrong_type(node, "a mapping of keys to values"),
        }
    }

    /// One of a closed list of words. Case, `_` and spaces for `-` are accepted with a finding and a fix.
    pub fn choice<T: Copy>(&mut self, node: &Node, what: &str, options: &[(&'static str, T)]) -> Option<Spanned<T>> {
        let text = self.text(node)?;
        let canonical = text.value.trim().to_lowercase().replace(['_', ' '], "-");
        let found = options.iter().find(|(word, _)| *word == canonical);
        let Some(&(word, value)) = found else {
            let words: Vec<&str> = options.iter().map(|(word, _)| *word).collect();
            let mut finding =
                Diagnostic::new(reader::UNKNOWN_VALUE, &node.span, format!("`{}` is not a known {what}", text.value));
            finding = match closest(&canonical, words.iter().copied()) {
                Some(word) => finding.help(format!("did you mean `{word}`? known: {}", words.join(", "))).guess(
                    format!("write `{word}`"),
                    &node.span,
                    word,
                ),
                None => finding.help(format!("known: {}", words.join(", "))),
            };
            self.push(finding);
            return None;
        };
        if text.value != word {
            let mut finding =
                Diagnostic::new(reader::UNKNOWN_VALUE, &node.span, format!("`{}` is read as `{word}`", text.value))
                    .help(format!("write it as `{word}`"))
                    .fix(format!("write `{word}`"), &node.span, word);
            finding.level = crate::diag::Level::Warning;
            self.push(finding);
        }
        Some(Spanned { value, span: text.span })
    }
}

/// The entries of one mapping, taken key by key.
#[derive(Debug)]
pub struct Fields<'n> {
    entries: &'n [(Spanned<String>, Node)],
    taken: Vec<bool>,
    known: Vec<&'static str>,
}

impl<'n> Fields<'n> {
    /// The value of a key; `None` when it is absent or blank (`start: ""` says nothing).
    pub fn take(&mut self, key: &'static str) -> Option<&'n Node> {
        self.known.push(key);
        let index = self.entries.iter().position(|(name, _)| name.value == key)?;
        self.taken[index] = true;
        let node = &self.entries[index].1;
        (!node.is_blank()).then_some(node)
    }

    /// Where a key stands, whatever its value is.
    #[must_use]
    pub fn key(&self, key: &str) -> Option<&'n Span> {
        self.entries.iter().find(|(name, _)| name.value == key).map(|(name, _)| &name.span)
    }

    /// The value of a key that must be there; says so at `owner` otherwise.
    pub fn require(&mut self, reader: &mut Reader, key: &'static str, owner: &Span) -> Option<&'n Node> {
        let node = self.take(key);
        if node.is_none() {
            let place = self.key(key).unwrap_or(owner);
            let sign = if place.path.as_str().ends_with(".toml") { " =" } else { ":" };
            reader.push(
                Diagnostic::new(reader::MISSING_FIELD, place, format!("`{key}` is missing"))
                    .help(format!("add `{key}{sign} …` here; `afterword explain AW107` lists what is required")),
            );
        }
        node
    }

    /// What is left over, as (key, value): for mappings whose keys are names, such as `[services.x]`.
    pub fn rest(&mut self) -> Vec<(&'n Spanned<String>, &'n Node)> {
        let rest = self.entries.iter().zip(&self.taken).filter(|(_, taken)| !**taken);
        let rest: Vec<_> = rest.map(|((key, node), _)| (key, node)).collect();
        self.taken.fill(true);
        rest
    }

    /// Reports every key that nobody asked for, with the closest known one.
    pub fn finish(self, reader: &mut Reader) {
        let mut written: Vec<&str> = self.entries.iter().map(|(key, _)| key.value.as_str()).collect();
        for ((key, _), taken) in self.entries.iter().zip(&self.taken) {
            if *taken {
                continue;
            }
            let finding = Diagnostic::new(reader::UNKNOWN_KEY, &key.span, format!("unknown key `{}`", key.value));
            let near = closest(&key.value.to_lowercase().replace('-', "_"), self.known.iter().copied());
            reader.push(match near {
                Some(word) if written.contains(&word) => {
                    finding.help(format!("`{word}` is here too; keep one of them"))
                }
                Some(word) => {
                    written.push(word);
                    finding.help(format!("did you mean `{word}`?")).fix(format!("write `{word}`"), &key.span, word)
                }
                None => finding.help(format!("known keys here: {}", self.known.join(", "))),
            });
        }
    }
}

/// The closest of `words` to `typed`, if it is close enough to be a slip: at most a third of its letters away.
pub fn closest<'w>(typed: &str, words: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let typed = Typed::new(&typed.to_lowercase());
    let limit = (typed.length / 3).max(1);
    words
        .into_iter()
        .filter(|word| word.chars().take(MAX_LETTERS).count().abs_diff(typed.length.min(MAX_LETTERS)) <= limit)
        .map(|word| (typed.distance(word.chars().flat_map(char::to_lowercase)), word))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, word)| word)
}

/// Only so many letters of a word are compared: the bits of a machine word.
const MAX_LETTERS: usize = 64;

/// A word prepared for being compared with thousands: for each letter, the places where it stands.
struct Typed {
    length: usize,
    ascii: [u64; 128],
    others: Vec<(char, u64)>,
}

impl Typed {
    fn new(word: &str) -> Self {
        let mut typed = Self { length: word.chars().count(), ascii: [0; 128], others: Vec::new() };
        for (place, letter) in word.chars().take(MAX_LETTERS).enumerate() {
            match typed.ascii.get_mut(letter as usize) {
                Some(places) => *places |= 1 << place,
                None => typed.others.push((letter, 1 << place)),
            }
        }
        typed
    }

    fn places(&self, letter: char) -> u64 {
        let others = || self.others.iter().filter(|(other, _)| *other == letter).map(|(_, place)| place).sum();
        self.ascii.get(letter as usize).copied().unwrap_or_else(others)
    }

    /// Edits (insert, delete, replace, swap of neighbours) to another word, optimal string alignment; a column of the
    /// table at a time, one bit for each row (Hyyrö 2003).
    fn distance(&self, word: impl Iterator<Item = char>) -> usize {
        let rows = self.length.min(MAX_LETTERS);
        if rows == 0 {
            return word.take(MAX_LETTERS).count();
        }
        let last = 1_u64 << (rows - 1);
        let (mut more, mut less, mut same, mut before) = (u64::MAX, 0_u64, 0_u64, 0_u64);
        let mut distance = rows;
        for letter in word.take(MAX_LETTERS) {
            let here = self.places(letter);
            let swapped = ((!same & here) << 1) & before;
            same = ((here & more).wrapping_add(more) ^ more) | here | less | swapped;
            let up = less | !(same | more);
            let down = same & more;
            distance = distance + usize::from(up & last != 0) - usize::from(down & last != 0);
            let up = (up << 1) | 1;
            more = (down << 1) | !(same | up);
            less = up & same;
            before = here;
        }
        distance
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The table as textbooks have it.
    fn by_table(a: &str, b: &str) -> usize {
        let a: Vec<char> = a.chars().take(MAX_LETTERS).collect();
        let b: Vec<char> = b.chars().take(MAX_LETTERS).collect();
        let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
        for (i, row) in rows.iter_mut().enumerate() {
            row[0] = i;
        }
        rows[0] = (0..=b.len()).collect();
        for i in 1..=a.len() {
            for j in 1..=b.len() {
                let replace = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let mut best = replace.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    best = best.min(rows[i - 2][j - 2] + 1);
                }
                rows[i][j] = best;
            }
        }
        rows[a.len()][b.len()]
    }

    proptest! {
        #[test]
        fn distances_are_those_of_the_table(a in "[abcé]{0,12}|[ab🔥]{55,70}", b in "[abcé]{0,12}|[ab🔥]{55,70}") {
            prop_assert_eq!(Typed::new(&a).distance(b.chars()), by_table(&a, &b));
        }
    }
}
