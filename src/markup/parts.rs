//! Markdown → its parts, one per heading, as plain words: what the search of the site finds and shows.

use super::{options, write::Ids};
use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};
use std::ops::Range;

/// A heading and the words below it, up to the next heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// Empty for what stands before the first heading.
    pub heading: String,
    /// The id that the heading has on the page; empty where there is no heading.
    pub id: String,
    /// Bytes of the heading in the Markdown.
    pub range: Range<usize>,
    /// A line per block.
    pub text: String,
    /// What is set as code, a line each.
    pub code: String,
}

/// The parts of a text, without what stands in the dropped ranges. Headings of the fourth level and below open no part.
#[must_use]
pub fn parts(markdown: &str, drop: &[Range<usize>]) -> Vec<Part> {
    let mut walk = Walk { parts: vec![Part::default()], ..Walk::default() };
    for (event, range) in Parser::new_ext(markdown, options()).into_offset_iter() {
        if !drop.iter().any(|dropped| dropped.contains(&range.start)) {
            walk.event(event, range);
        }
    }
    let mut parts = walk.parts;
    for part in &mut parts {
        part.text.truncate(part.text.trim_end().len());
    }
    parts.retain(|part| !part.id.is_empty() || !part.text.is_empty());
    parts
}

/// Between the cells of a row.
const CELL: &str = " · ";

#[derive(Default)]
struct Walk {
    /// The last one is being filled.
    parts: Vec<Part>,
    ids: Ids,
    heading: Option<(HeadingLevel, String, Range<usize>)>,
    images: usize,
    html: bool,
    code: bool,
}

impl Walk {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if self.html {
            self.html = !matches!(event, Event::End(TagEnd::HtmlBlock | TagEnd::MetadataBlock(_)));
            return;
        }
        match event {
            Event::Start(Tag::HtmlBlock | Tag::MetadataBlock(_)) => self.html = true,
            Event::Start(Tag::Heading { level, .. }) => self.heading = Some((level, String::new(), range)),
            Event::Start(Tag::Image { .. }) => self.images += 1,
            Event::Start(Tag::CodeBlock(_)) => self.code = true,
            Event::End(TagEnd::Image) => self.images = self.images.saturating_sub(1),
            Event::End(TagEnd::Heading(_)) => self.end_heading(),
            Event::End(end) => self.end(end),
            Event::Code(text) => {
                self.code_text(&text);
                self.text(&text);
            }
            Event::Text(text) => {
                if self.code {
                    self.code_text(&text);
                }
                self.text(&text);
            }
            Event::SoftBreak | Event::HardBreak => self.space(),
            _ => {}
        }
    }

    fn last(&mut self) -> &mut Part {
        self.parts.last_mut().expect("there is always one")
    }

    fn text(&mut self, text: &str) {
        match &mut self.heading {
            Some((_, words, _)) if self.images == 0 => words.push_str(text),
            Some(_) => {}
            None => self.last().text.push_str(text),
        }
    }

    fn code_text(&mut self, text: &str) {
        let code = &mut self.last().code;
        code.push_str(text);
        code.push('\n');
    }

    fn space(&mut self) {
        match &mut self.heading {
            Some((_, words, _)) => words.push(' '),
            None => self.last().text.push(' '),
        }
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::TableCell => self.last().text.push_str(CELL),
            TagEnd::Paragraph | TagEnd::Item | TagEnd::CodeBlock | TagEnd::TableHead | TagEnd::TableRow => {
                self.code &= end != TagEnd::CodeBlock;
                let text = &mut self.last().text;
                text.truncate(text.trim_end_matches(CELL).len());
                if !text.is_empty() && !text.ends_with('\n') {
                    text.push('\n');
                }
            }
            _ => {}
        }
    }

    fn end_heading(&mut self) {
        let Some((level, words, range)) = self.heading.take() else { return };
        let id = self.ids.unique(&words);
        if level <= HeadingLevel::H3 {
            self.parts.push(Part { heading: words.trim().to_owned(), id, range, ..Part::default() });
        } else {
            let text = &mut self.last().text;
            text.push_str(words.trim());
            text.push('\n');
        }
    }
}
