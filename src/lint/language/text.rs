//! The sentences of a report, with their places. Evidence is blanked out: quotations, code, what links lead to.

use crate::{
    lint::bytes,
    model::{
        Report,
        marks::{Kind, Marks},
    },
    parse::walk::{Walk, walk},
    snapshot::{RelPath, Span, Spanned},
};
use std::{borrow::Cow, ops::Range};

/// A part of a report, as far as language rules tell them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Summary,
    Impact,
    Timeline,
    Factors,
    Response,
    Lessons,
    Action,
    Other,
}

impl Part {
    /// The part that a section with this canonical name is.
    #[must_use]
    pub fn of_section(name: Option<&str>) -> Self {
        match name {
            Some("summary") => Self::Summary,
            Some("impact") => Self::Impact,
            Some("timeline") => Self::Timeline,
            Some("contributing-factors" | "trigger") => Self::Factors,
            Some("response" | "detection") => Self::Response,
            Some("lessons" | "went-well" | "difficult" | "lucky") => Self::Lessons,
            Some("actions") => Self::Action,
            _ => Self::Other,
        }
    }
}

/// A paragraph, an item, a cell or a field.
#[derive(Debug)]
pub struct Block {
    pub part: Part,
    /// What is read as prose.
    pub text: String,
    /// Where pieces of `text` begin: in it, and in the file.
    pieces: Vec<(usize, usize)>,
}

impl Block {
    fn new(part: Part) -> Self {
        Self { part, text: String::new(), pieces: Vec::new() }
    }

    fn push(&mut self, text: &str, at: usize) {
        self.pieces.push((self.text.len(), at));
        self.text.push_str(text);
    }

    /// Hands over what was pushed, if it says anything, and begins anew.
    fn finish(&mut self, hand: &mut impl FnMut(&Self)) {
        if !self.text.trim_start().is_empty() {
            if let Cow::Owned(plain) = without_quotations(&self.text) {
                self.text = plain;
            }
            hand(self);
        }
        self.text.clear();
        self.pieces.clear();
    }

    /// The sentence around an offset.
    pub(super) fn sentence(&self, at: usize) -> Range<usize> {
        let bytes = self.text.as_bytes();
        let ends =
            |n: usize| matches!(bytes[n], b'.' | b'!' | b'?') && bytes.get(n + 1).is_none_or(u8::is_ascii_whitespace);
        let start = (0..at).rev().find(|n| ends(*n)).map_or(0, |n| n + 1);
        let end = (at..bytes.len()).find(|n| ends(*n)).map_or(bytes.len(), |n| n + 1);
        start..end
    }

    /// Where a range of the text stands in the file.
    pub(super) fn span(&self, path: &RelPath, range: Range<usize>) -> Span {
        let place = |at: usize| {
            let piece = self.pieces.iter().rev().find(|(start, _)| *start <= at);
            piece.map_or(0, |(start, source)| source + at - start)
        };
        let start = place(range.start);
        Span::new(path, start..place(range.end.saturating_sub(1)).max(start) + 1)
    }
}

/// Hands over everything in a report that is prose of its writers.
pub(super) fn each(report: &Report, mut hand: impl FnMut(&Block)) {
    let part = |at: usize| {
        let section = report.sections.iter().rev().find(|section| section.content.start <= at);
        Part::of_section(section.and_then(|section| section.name))
    };
    of_marks(&report.body, &report.marks, report.body_at, 0..report.body.len(), part, &mut hand);
    report.actions.iter().for_each(|action| hand(&of_field(Part::Action, &action.title)));
    hand(&of_field(Part::Summary, &report.title));
}

/// Hands over the summary or another part that sections make; of the body, only these are read.
pub(super) fn of_part(report: &Report, part: Part, mut hand: impl FnMut(&Block)) {
    for section in report.sections.iter().filter(|section| Part::of_section(section.name) == part) {
        of_marks(&report.body, &report.marks, report.body_at, section.content.clone(), |_| part, &mut hand);
    }
    if part == Part::Summary {
        hand(&of_field(part, &report.title));
    }
}

fn of_field(part: Part, text: &Spanned<String>) -> Block {
    let quoted = text.span.range().len() == text.value.len() + 2;
    let mut block = Block::new(part);
    block.push(&without_quotations(&text.value), text.span.start as usize + usize::from(quoted));
    block
}

/// Hands over the prose of a Markdown text that begins at `at` in its file.
pub(super) fn of_markdown(markdown: &str, at: usize, part: Part, mut hand: impl FnMut(&Block)) {
    let Walk { marks, .. } = walk(markdown);
    of_marks(markdown, &marks, at, 0..markdown.len(), |_| part, &mut hand);
}

/// Hands over the prose of a range of a body that begins at `at` in its file.
fn of_marks(
    body: &str,
    marks: &Marks,
    at: usize,
    range: Range<usize>,
    part: impl Fn(usize) -> Part,
    hand: &mut impl FnMut(&Block),
) {
    let mut block = Block::new(Part::Other);
    let (mut evidence, mut heading) = (0_usize, false);
    for mark in marks.all.iter().filter(|mark| range.contains(&(mark.start as usize))) {
        let start = mark.start as usize;
        match mark.kind {
            Kind::EvidenceStart => evidence += 1,
            Kind::EvidenceEnd => evidence = evidence.saturating_sub(1),
            Kind::HeadingStart => heading = true,
            Kind::HeadingEnd => heading = false,
            Kind::Edge => {
                block.finish(hand);
                block.part = part(start);
            }
            Kind::Text | Kind::Decoded(_) if evidence == 0 && !heading => {
                block.push(marks.text(body, *mark), at + start);
            }
            Kind::Code(length) if !heading => block.push(&"_".repeat(length as usize), at + start + 1),
            Kind::Break => block.push(" ", at + start),
            _ => {}
        }
    }
    block.finish(hand);
}

/// What stands between double quotation marks becomes as many underscores: it is somebody's words, not the report's.
fn without_quotations(text: &str) -> Cow<'_, str> {
    // The first bytes of the three marks: bytes are compared faster than characters.
    if !bytes::any(text.as_bytes(), |byte| matches!(byte, b'"' | 0xe2 | 0xc2)) {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(['"', '“', '«']) {
        let open = rest[start..].chars().next().unwrap_or('"');
        let close = match open {
            '“' => '”',
            '«' => '»',
            other => other,
        };
        let inner = start + open.len_utf8();
        let Some(length) = rest[inner..].find(close) else { break };
        plain.push_str(&rest[..start]);
        let end = inner + length + close.len_utf8();
        plain.extend(std::iter::repeat_n('_', end - start));
        rest = &rest[end..];
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}
