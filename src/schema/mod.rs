//! The fields of front matter and of `site.toml`, as tables: for editors (JSON Schema, the language server) and for people.
//!
//! The reader is the judge of what is right; `tests/it/schema.rs` holds the tables to it: it asks the reader for the keys
//! of every mapping, and reads every example.

pub mod json;
pub mod page;
mod report;
mod site;

pub use report::{PATTERN, REPORT};
pub use site::SITE;

/// A key, what it means and what it holds.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub key: &'static str,
    pub value: Value,
    pub required: bool,
    /// A value as it is written in YAML, or in TOML for `site.toml`; empty where its own fields have examples.
    pub example: &'static str,
    /// Markdown: meaning, unit, what it gives to the site.
    pub doc: &'static str,
}

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub enum Value {
    Text,
    Bool,
    /// A whole number, zero or more.
    Count,
    Number,
    /// From 0 to 1.
    Share,
    /// Text or a number, shown as written.
    Figure,
    /// A time with its offset, or a day.
    Moment,
    Day,
    /// `2 h 5 min`.
    Duration,
    /// A name from a catalog.
    Name(Catalog),
    /// One of a closed list of words: the list that the reader uses.
    Choice(fn() -> Vec<&'static str>),
    List(&'static Value),
    /// A list; one alone needs no brackets.
    OneOrMany(&'static Value),
    /// Two numbers, from and to.
    Range,
    Map(&'static [Field]),
    /// A mapping whose keys are names that the author chooses.
    Named(&'static Value),
    /// The short form and the long form.
    Either(&'static Value, &'static Value),
}

/// Where a name is defined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Catalog {
    Severity,
    Service,
    Team,
    /// A page in `_patterns/`.
    Factor,
    /// Another report's id.
    Incident,
}

impl Catalog {
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Severity => "a severity of `site.toml`",
            Self::Service => "a service of `site.toml`",
            Self::Team => "a team of `site.toml`",
            Self::Factor => "a factor with a page in `_patterns/`",
            Self::Incident => "the id of another report",
        }
    }
}

const fn field(key: &'static str, value: Value, example: &'static str, doc: &'static str) -> Field {
    Field { key, value, required: false, example, doc }
}

const fn required(key: &'static str, value: Value, example: &'static str, doc: &'static str) -> Field {
    Field { key, value, required: true, example, doc }
}

impl Value {
    /// The fields within: of a mapping, of the mappings of a list, of the long form.
    #[must_use]
    pub fn fields(self) -> Option<&'static [Field]> {
        match self {
            Self::Map(fields) => Some(fields),
            Self::List(inner) | Self::OneOrMany(inner) | Self::Named(inner) => inner.fields(),
            Self::Either(short, long) => long.fields().or_else(|| short.fields()),
            _ => None,
        }
    }

    /// The words of a closed list.
    #[must_use]
    pub fn words(self) -> Vec<&'static str> {
        match self {
            Self::Bool => vec!["true", "false"],
            Self::Choice(words) => words(),
            Self::List(inner) | Self::OneOrMany(inner) => inner.words(),
            Self::Either(short, long) => [short.words(), long.words()].concat(),
            _ => Vec::new(),
        }
    }

    /// What to write, in words.
    #[must_use]
    pub fn phrase(self) -> String {
        match self {
            Self::Text => "text".to_owned(),
            Self::Bool => "`true` or `false`".to_owned(),
            Self::Count => "a whole number".to_owned(),
            Self::Number => "a number".to_owned(),
            Self::Share => "a number from 0 to 1".to_owned(),
            Self::Figure => "a number or text".to_owned(),
            Self::Moment => "a time with its offset, or a day".to_owned(),
            Self::Day => "a day".to_owned(),
            Self::Duration => "a duration".to_owned(),
            Self::Range => "two numbers, from and to".to_owned(),
            Self::Name(catalog) => catalog.word().to_owned(),
            Self::Choice(words) => format!("one of `{}`", words().join("`, `")),
            Self::List(inner) => format!("a list: {}", inner.phrase()),
            Self::OneOrMany(inner) => format!("one or a list: {}", inner.phrase()),
            Self::Map(_) => "fields".to_owned(),
            Self::Named(inner) => format!("names, each with {}", inner.phrase()),
            Self::Either(short, long) => format!("{}, or {}", short.phrase(), long.phrase()),
        }
    }
}

/// The fields of the mapping that a path of keys leads to, through lists and named tables.
#[must_use]
pub fn within(fields: &'static [Field], keys: &[&str]) -> Option<&'static [Field]> {
    let Some((first, rest)) = keys.split_first() else { return Some(fields) };
    let value = fields.iter().find(|field| field.key == *first)?.value;
    let rest = match value {
        Value::Named(_) => rest.split_first()?.1,
        _ => rest,
    };
    within(value.fields()?, rest)
}

/// The field that a path of keys leads to; for a name that the author chose, the field that holds the names.
#[must_use]
pub fn at(fields: &'static [Field], keys: &[&str]) -> Option<&'static Field> {
    let (last, above) = keys.split_last()?;
    match within(fields, above) {
        Some(inner) => inner.iter().find(|field| field.key == *last),
        None => at(fields, above).filter(|field| matches!(field.value, Value::Named(_))),
    }
}
