//! One walk over the Markdown of a body: its headings, and where its words stand.

use crate::model::marks::{Kind, Marks};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// A heading of a body: its level, its words, the bytes of its lines.
#[derive(Debug)]
pub struct Heading {
    pub level: HeadingLevel,
    pub text: String,
    pub range: Range<usize>,
}

/// What a body holds.
#[derive(Debug, Default)]
pub struct Walk {
    pub headings: Vec<Heading>,
    pub marks: Marks,
}

/// Walks over a body.
#[must_use]
pub fn walk(body: &str) -> Walk {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut walk = Walk::default();
    let mut open: Option<Heading> = None;
    for (event, range) in Parser::new_ext(body, options).into_offset_iter() {
        let marks = &mut walk.marks;
        match event {
            Event::Start(Tag::BlockQuote(_) | Tag::CodeBlock(_)) => marks.push(Kind::EvidenceStart, &range),
            Event::End(TagEnd::BlockQuote(_) | TagEnd::CodeBlock) => marks.push(Kind::EvidenceEnd, &range),
            Event::Start(Tag::Heading { level, .. }) => {
                marks.push(Kind::HeadingStart, &range);
                open = Some(Heading { level, text: String::new(), range });
            }
            Event::End(TagEnd::Heading(_)) => {
                marks.push(Kind::HeadingEnd, &range);
                walk.headings.extend(open.take());
            }
            Event::Start(Tag::Paragraph | Tag::Item | Tag::TableCell)
            | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell) => marks.push(Kind::Edge, &range),
            Event::Text(text) => {
                marks.push_text(body, &text, &range);
                if let Some(heading) = &mut open {
                    heading.text.push_str(&text);
                }
            }
            Event::Code(code) => {
                marks.push(Kind::Code(u32::try_from(code.len()).unwrap_or(0)), &range);
                if let Some(heading) = &mut open {
                    heading.text.push_str(&code);
                }
            }
            Event::SoftBreak | Event::HardBreak => marks.push(Kind::Break, &range),
            _ => {}
        }
    }
    walk
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_where_they_are_written() {
        let body = "## A `b`\n\nOne &amp; *two* `three`.\n\n> quoted\n\n- item\n";
        let Walk { headings, marks } = walk(body);
        assert_eq!(headings[0].text, "A b");
        let words: Vec<&str> = marks
            .all
            .iter()
            .filter(|mark| matches!(mark.kind, Kind::Text | Kind::Decoded(_)))
            .map(|mark| marks.text(body, *mark))
            .collect();
        assert_eq!(words, ["A ", "One ", "&", " ", "two", " ", ".", "quoted", "item"]);
        assert!(marks.all.iter().any(|mark| mark.kind == Kind::Code(5)));
        let count = |kind| marks.all.iter().filter(|mark| mark.kind == kind).count();
        assert_eq!((count(Kind::EvidenceStart), count(Kind::EvidenceEnd), count(Kind::HeadingEnd)), (1, 1, 1));
    }
}
