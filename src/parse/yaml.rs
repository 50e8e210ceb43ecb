//! The only YAML adapter: text → [`Node`], with a byte span for every key and value.
//!
//! Reads the events of the parser that the `serde_yaml` package exports. What a report does not need (anchors,
//! aliases, tags, several documents) is refused with a finding; everything else is reported in one run.

use crate::{
    diag::{Diagnostic, reader},
    snapshot::{RelPath, Span, Spanned},
    tree::{Node, Value},
};
use serde_yaml::granit_parser::{Event, Parser, ScalarStyle, ScanError, Span as Mark};
use std::ops::Range;

/// How much a document may hold.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    pub depth: usize,
    pub nodes: usize,
    pub scalar_bytes: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { depth: 16, nodes: 20_000, scalar_bytes: 256 << 10 }
    }
}

/// Reads one document. `offset` is where `source` begins in the file. `None` when it cannot be read at all.
#[must_use]
pub fn parse(path: &RelPath, source: &str, offset: usize, budget: Budget) -> (Option<Node>, Vec<Diagnostic>) {
    let mut builder = Builder {
        path,
        source,
        offset,
        budget,
        open: Vec::new(),
        root: None,
        findings: Vec::new(),
        nodes: 0,
        bytes: 0,
    };
    for event in Parser::new_from_str(source) {
        match event {
            Ok((event, mark)) => {
                if builder.event(event, &mark).is_none() {
                    return (None, builder.findings);
                }
            }
            Err(error) => {
                builder.syntax(&error);
                return (None, builder.findings);
            }
        }
    }
    let root = builder.root.take().unwrap_or_else(|| Node { value: Value::Null, span: builder.span(0..0) });
    (Some(root), builder.findings)
}

enum Open {
    List { items: Vec<Node>, start: usize },
    Map { entries: Vec<(Spanned<String>, Node)>, key: Option<Spanned<String>>, start: usize },
}

struct Builder<'s> {
    path: &'s RelPath,
    source: &'s str,
    offset: usize,
    budget: Budget,
    open: Vec<Open>,
    root: Option<Node>,
    findings: Vec<Diagnostic>,
    nodes: usize,
    bytes: usize,
}

impl Builder<'_> {
    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.path, range.start + self.offset..range.end + self.offset)
    }

    fn range(&self, mark: &Mark) -> Range<usize> {
        let range = mark.byte_range().unwrap_or(0..0);
        range.start.min(self.source.len())..range.end.min(self.source.len())
    }

    fn refuse(&mut self, at: Range<usize>, what: &str, help: &str) {
        let span = self.span(at);
        self.findings.push(Diagnostic::new(reader::UNSUPPORTED_YAML, &span, format!("{what} are not read")).help(help));
    }

    /// `None` stops reading: a budget is used up.
    fn event(&mut self, event: Event<'_>, mark: &Mark) -> Option<()> {
        let at = self.range(mark);
        match event {
            Event::DocumentStart(..) if self.root.is_some() => {
                self.refuse(at, "several documents", "keep one document; remove the second `---`");
                return None;
            }
            Event::Alias(_) => {
                self.refuse(at.clone(), "aliases", "write the value out again");
                self.count(at.clone(), 0)?;
                self.put(Node { value: Value::Null, span: self.span(at) });
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.properties(&at, anchor != 0, tag.is_some());
                self.count(at.clone(), text.len())?;
                let plain = style == ScalarStyle::Plain && tag.is_none();
                let value = if plain { resolve(&text) } else { Value::Text(text.into_owned()) };
                self.put(Node { value, span: self.span(at) });
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.properties(&at, anchor != 0, tag.is_some());
                self.count(at.clone(), 0)?;
                self.enter(Open::List { items: Vec::new(), start: at.start }, at)?;
            }
            Event::MappingStart(_, anchor, tag) => {
                self.properties(&at, anchor != 0, tag.is_some());
                self.count(at.clone(), 0)?;
                self.enter(Open::Map { entries: Vec::new(), key: None, start: at.start }, at)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.leave(at.end),
            _ => {}
        }
        Some(())
    }

    fn properties(&mut self, at: &Range<usize>, anchor: bool, tag: bool) {
        if anchor {
            self.refuse(at.clone(), "anchors", "remove the `&name`; write the value out where it is needed");
        }
        if tag {
            self.refuse(at.clone(), "tags", "remove the `!tag`; the schema already says what each field is");
        }
    }

    fn count(&mut self, at: Range<usize>, bytes: usize) -> Option<()> {
        self.nodes += 1;
        self.bytes += bytes;
        if self.nodes <= self.budget.nodes && self.bytes <= self.budget.scalar_bytes {
            return Some(());
        }
        self.too_complex(at, "the front matter holds too much")
    }

    fn too_complex(&mut self, at: Range<usize>, message: &str) -> Option<()> {
        let span = self.span(at);
        let help = format!(
            "at most {} levels, {} values and {} bytes of text; move prose into the body",
            self.budget.depth, self.budget.nodes, self.budget.scalar_bytes
        );
        self.findings.push(Diagnostic::new(reader::TOO_COMPLEX, &span, message).help(help));
        None
    }

    fn enter(&mut self, open: Open, at: Range<usize>) -> Option<()> {
        if self.open.len() >= self.budget.depth {
            return self.too_complex(at, "the front matter is nested too deeply");
        }
        self.open.push(open);
        Some(())
    }

    fn leave(&mut self, end: usize) {
        let node = match self.open.pop() {
            Some(Open::List { items, start }) => {
                let end = items.last().map_or(end, |item| end.max(item.span.end as usize - self.offset));
                Node { value: Value::List(items), span: self.span(start..self.trimmed(start, end)) }
            }
            Some(Open::Map { entries, start, .. }) => {
                let start = entries.first().map_or(start, |(key, _)| start.min(key.span.start as usize - self.offset));
                Node { value: Value::Map(entries), span: self.span(start..self.trimmed(start, end)) }
            }
            None => return,
        };
        self.put(node);
    }

    /// Block collections end where the next token begins; their text ends at its last character.
    fn trimmed(&self, start: usize, end: usize) -> usize {
        self.source.get(start..end).map_or(end, |text| start + text.trim_end().len())
    }

    fn put(&mut self, node: Node) {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List { items, .. }) => items.push(node),
            Some(Open::Map { key: key @ None, .. }) => {
                let text = key_text(&node);
                let span = node.span.clone();
                let complex = text.is_none();
                *key = Some(Spanned { value: text.unwrap_or_default(), span });
                if complex {
                    let at = node.span.range();
                    self.refuse(
                        at.start - self.offset..at.end - self.offset,
                        "lists and mappings as keys",
                        "use a word as the key",
                    );
                }
            }
            Some(Open::Map { entries, key, .. }) => {
                let Some(key) = key.take() else { return };
                if let Some((first, _)) = entries.iter().find(|(first, _)| first.value == key.value) {
                    let finding =
                        Diagnostic::new(reader::DUPLICATE_KEY, &key.span, format!("`{}` is written twice", key.value))
                            .also(&first.span, "first written here")
                            .help("keep one of them; the first is used");
                    self.findings.push(finding);
                } else if key.value == "<<" {
                    let at = key.span.range();
                    self.refuse(at.start - self.offset..at.end - self.offset, "merge keys", "write the fields out");
                } else {
                    entries.push((key, node));
                }
            }
        }
    }

    fn syntax(&mut self, error: &ScanError) {
        let at = error.marker().byte_offset().unwrap_or(0).min(self.source.len());
        let end = self.source[at..].chars().next().map_or(at, |c| at + c.len_utf8());
        let span = self.span(at..end);
        let message = error.info().lines().next().unwrap_or("not valid YAML").to_owned();
        self.findings.push(
            Diagnostic::new(reader::INVALID_SYNTAX, &span, message)
                .help("values with `: ` or ` #` need quotes; nested fields need the same indentation, in spaces"),
        );
    }
}

fn key_text(node: &Node) -> Option<String> {
    match &node.value {
        Value::Text(text) => Some(text.clone()),
        Value::Null => Some(String::new()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Int(value) => Some(value.to_string()),
        Value::Float(value) => Some(value.to_string()),
        Value::List(_) | Value::Map(_) => None,
    }
}

/// A plain scalar by the YAML 1.2 core schema, without its surprises: `no` is text, `0755` and `1_000` are text.
fn resolve(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        _ => {}
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let radix =
        |prefix: &str, radix| unsigned.strip_prefix(prefix).and_then(|digits| i64::from_str_radix(digits, radix).ok());
    if let Some(number) = radix("0x", 16).or_else(|| radix("0o", 8)).or_else(|| radix("0b", 2)) {
        return Value::Int(if text.starts_with('-') { -number } else { number });
    }
    let leading_zero = unsigned.len() > 1 && unsigned.starts_with('0') && !unsigned[1..].starts_with(['.', 'e', 'E']);
    let number_like = unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && unsigned.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-'));
    if leading_zero || !number_like {
        return Value::Text(text.to_owned());
    }
    if let Ok(number) = text.parse() {
        return Value::Int(number);
    }
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() && unsigned.contains(['.', 'e', 'E']) => Value::Float(number),
        _ => Value::Text(text.to_owned()),
    }
}
