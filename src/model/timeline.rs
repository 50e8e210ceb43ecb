//! The timeline of a report, whichever of the four shapes it was written in.

use super::{
    time::When,
    words::{Audience, EventKind},
};
use crate::snapshot::Span;

/// How exactly the time of a row is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    Exact,
    /// Written as `~14:05` or `about 14:05`.
    Approximate,
    Day,
}

#[derive(Clone, Debug)]
pub struct Entry {
    pub at: When,
    pub precision: Precision,
    pub kind: Option<EventKind>,
    /// Markdown.
    pub text: String,
    pub source: Option<String>,
    /// At a decision: what was known then.
    pub known: Option<String>,
    /// At a decision: what could have been chosen.
    pub options: Vec<String>,
    pub audience: Option<Audience>,
    /// The time as written.
    pub span: Span,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    #[default]
    None,
    FrontMatter,
    Table,
    List,
    Lines,
    Headings,
}

#[derive(Clone, Debug, Default)]
pub struct Timeline {
    pub entries: Vec<Entry>,
    pub shape: Shape,
    /// Markdown of the section that became no entry: what stands before the first row.
    pub before: String,
    /// The same for what stands after it: rows that were not understood, closing words.
    pub after: String,
}
