//! Findings: what somebody wrote that does not hold, where, and how to mend it.
//!
//! One data type; one file per output format. Only `human` knows the renderer library.

use crate::snapshot::{RelPath, Span};

pub mod azure;
pub mod baseline;
pub mod checkstyle;
pub mod concise;
pub mod fingerprint;
pub mod fix;
pub mod github;
pub mod gitlab;
pub mod human;
pub mod json;
pub mod jsonl;
pub mod junit;
pub mod lines;
pub mod rdjson;
pub mod reader;
pub mod sanitize;
pub mod sarif;
pub mod statistics;
pub mod step_summary;
pub mod theme;
pub mod xml;

/// How much a finding weighs. Ordered: `Error` is the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Info,
    Warning,
    Error,
}

impl Level {
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// What identifies a rule: its code, its name (reads well after "allow"), its level where nothing else is configured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RuleId {
    pub code: &'static str,
    pub name: &'static str,
    pub level: Level,
}

/// A place in a file and what is to be said of it (may be empty).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    pub span: Span,
    pub text: String,
}

/// Replaces the bytes of `span`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    pub span: Span,
    pub replacement: String,
}

/// Whether a fix can change what the report says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Safety {
    /// Says the same in the form that is wanted: `--fix` applies it.
    Safe,
    /// Probably what was meant: `--unsafe-fixes` applies it too.
    Unsafe,
}

/// Edits that together mend the finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    pub title: String,
    pub safety: Safety,
    /// In the order of the file; they do not overlap.
    pub edits: Vec<Edit>,
}

/// One finding. The first label is the primary one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub rule: RuleId,
    pub level: Level,
    /// One short phrase, lower case, no full stop, naming the thing.
    pub message: String,
    pub labels: Vec<Label>,
    pub help: Option<String>,
    pub fix: Option<Fix>,
}

impl Diagnostic {
    #[must_use]
    pub fn new(rule: RuleId, span: &Span, message: impl Into<String>) -> Self {
        Self {
            rule,
            level: rule.level,
            message: message.into(),
            labels: vec![Label { span: span.clone(), text: String::new() }],
            help: None,
            fix: None,
        }
    }

    /// Text beside the primary place.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.labels[0].text = text.into();
        self
    }

    /// A second place: the first use, the line of `site.toml`.
    #[must_use]
    pub fn also(mut self, span: &Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span: span.clone(), text: text.into() });
        self
    }

    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// A fix of one edit that does not change what the report says.
    #[must_use]
    pub fn fix(self, title: impl Into<String>, span: &Span, replacement: impl Into<String>) -> Self {
        self.fix_with(title, Safety::Safe, vec![Edit { span: span.clone(), replacement: replacement.into() }])
    }

    /// A fix of one edit that is probably what was meant.
    #[must_use]
    pub fn guess(self, title: impl Into<String>, span: &Span, replacement: impl Into<String>) -> Self {
        self.fix_with(title, Safety::Unsafe, vec![Edit { span: span.clone(), replacement: replacement.into() }])
    }

    #[must_use]
    pub fn fix_with(mut self, title: impl Into<String>, safety: Safety, edits: Vec<Edit>) -> Self {
        self.fix = Some(Fix { title: title.into(), safety, edits });
        self
    }

    /// Places beside the primary one.
    #[must_use]
    pub fn others(&self) -> &[Label] {
        &self.labels[1..]
    }

    #[must_use]
    pub fn primary(&self) -> &Span {
        &self.labels[0].span
    }

    #[must_use]
    pub fn path(&self) -> &RelPath {
        &self.primary().path
    }
}

/// `1 finding`, `2 findings`: for logs, without marks between thousands.
#[must_use]
pub fn plural(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}

/// Sorts findings the way they are always shown: by path, offset, code, message; exact repeats once.
pub fn sort(findings: &mut Vec<Diagnostic>) {
    findings.sort_by(|a, b| (a.primary(), a.rule.code, &a.message).cmp(&(b.primary(), b.rule.code, &b.message)));
    findings.dedup();
}
