//! Markdown → HTML that is safe to publish: no raw HTML, an allow-list of link schemes, only attributes of our own.
//!
//! Reports hold pasted logs and text of attackers; what is not known here does not pass.

use crate::snapshot::{Place, RelPath};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, TextMergeWithOffset};
use std::{collections::BTreeMap, ops::Range};

mod code;
mod link;
mod parts;
mod write;

pub use link::external;
pub use parts::{Part, parts};

/// HTML made here, safe to stand in a page as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(transparent)]
pub struct Html(pub String);

/// No page body grows beyond this.
pub const LIMIT: usize = 8 << 20;

/// Where the Markdown stands, and where its links lead.
#[derive(Clone, Debug)]
pub struct Env<'a> {
    /// From the page to the root of the site: `""`, `../../`.
    pub root: &'a str,
    /// Where the Markdown is from, and its links start.
    pub place: Option<Place<'a>>,
    /// Files of the repository that are published, and their address from the root of the site.
    pub targets: &'a BTreeMap<RelPath, String>,
    /// What ids of footnotes begin with: of texts that share a page, each has a beginning of its own.
    pub notes: &'a str,
}

/// Parts of a text to leave out, and HTML of our own to put in. Offsets are bytes of the Markdown.
#[derive(Clone, Debug, Default)]
pub struct Splice {
    pub drop: Vec<Range<usize>>,
    /// In the order of their offsets.
    pub insert: Vec<(usize, Html)>,
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
}

/// A whole text.
#[must_use]
pub fn html(markdown: &str, env: &Env<'_>) -> Html {
    spliced(markdown, env, &Splice::default())
}

/// A whole text with parts exchanged. Reference definitions and footnotes hold across the parts.
#[must_use]
pub fn spliced(markdown: &str, env: &Env<'_>, splice: &Splice) -> Html {
    let events = TextMergeWithOffset::new(Parser::new_ext(markdown, options()).into_offset_iter());
    let mut writer = write::Writer::blocks(env);
    let mut inserts = splice.insert.iter().peekable();
    for (event, range) in events {
        while let Some((_, html)) = inserts.next_if(|(at, _)| *at <= range.start && writer.at_top()) {
            writer.raw(&html.0);
        }
        if splice.drop.iter().any(|dropped| dropped.contains(&range.start)) {
            continue;
        }
        if !writer.event(event) {
            break;
        }
    }
    let mut out = writer.finish();
    for (_, html) in inserts {
        out.push_str(&html.0);
    }
    Html(out)
}

/// One line: emphasis, code and links, without paragraphs, headings or tables.
#[must_use]
pub fn inline(markdown: &str, env: &Env<'_>) -> Html {
    let events = TextMergeWithOffset::new(Parser::new_ext(markdown, options()).into_offset_iter());
    let mut writer = write::Writer::inline(env);
    for (event, _) in events {
        if !writer.event(event) {
            break;
        }
    }
    Html(writer.finish().trim().to_owned())
}

/// How the link begins that stands in every heading and leads to it.
pub const ANCHOR: &str = "<a class=\"anchor\"";

/// A heading with an id of our own; `html` is what it says.
#[must_use]
pub fn heading(level: u8, id: &str, html: &str) -> String {
    format!("<h{level} id=\"{id}\">{html}{}</h{level}>", anchor_of(id))
}

/// It is named by the heading that it stands in, so it needs no word of any language.
fn anchor_of(id: &str) -> String {
    format!("{ANCHOR} href=\"#{id}\" aria-labelledby=\"{id}\"><span aria-hidden=\"true\">#</span></a>")
}

/// The words without any markup, a line per block.
#[must_use]
pub fn text(markdown: &str) -> String {
    let mut out = String::new();
    for event in Parser::new_ext(markdown, options()) {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(&text),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::TableCell) => out.push(' '),
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::Item
                | TagEnd::CodeBlock
                | TagEnd::TableHead
                | TagEnd::TableRow,
            ) if !out.ends_with('\n') => out.push('\n'),
            _ => {}
        }
    }
    out.trim().to_owned()
}

/// The byte ranges of the outermost blocks.
#[must_use]
pub fn blocks(markdown: &str) -> Vec<Range<usize>> {
    let mut depth = 0_usize;
    let mut found = Vec::new();
    for (event, range) in Parser::new_ext(markdown, options()).into_offset_iter() {
        match event {
            Event::Start(_) => {
                if depth == 0 {
                    found.push(range);
                }
                depth += 1;
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    found
}

/// What links and images point at, as written.
#[must_use]
pub fn destinations(markdown: &str) -> Vec<String> {
    Parser::new_ext(markdown, options())
        .filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url.into_string()),
            _ => None,
        })
        .collect()
}

/// The file of the repository that a link means, of those that are there; `None` for anything that leaves it.
#[must_use]
pub fn local(place: Place<'_>, destination: &str, is_there: impl Fn(&RelPath) -> bool) -> Option<RelPath> {
    meant(place, destination).find(is_there)
}

/// The files of the repository that a link can mean, the likeliest first.
pub fn meant(place: Place<'_>, destination: &str) -> impl Iterator<Item = RelPath> + use<> {
    link::local(place, destination).into_iter().flat_map(|(paths, _)| paths)
}

/// Where a destination leads from a page; `None` when it may not be linked, or is not published.
#[must_use]
pub fn address(destination: &str, env: &Env<'_>) -> Option<String> {
    match link::target(destination, env) {
        link::Target::External(url) | link::Target::Inside(url) => Some(url),
        link::Target::Nowhere => None,
    }
}

/// Escapes text for element content and double-quoted attributes.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_into(&mut out, text);
    out
}

/// Appends text so that it is text in HTML and in XML, also between quotation marks.
pub fn escape_into(out: &mut String, text: &str) {
    for (plain, mark) in escaped(text) {
        out.push_str(plain);
        out.push_str(mark);
    }
}

/// The parts of a text that stay as they are, each with what stands for the character after it.
pub fn escaped(text: &str) -> impl Iterator<Item = (&str, &'static str)> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let found = text.bytes().enumerate().find_map(|(at, byte)| Some((at, entity(byte)?)));
        let Some((at, entity)) = found else {
            rest = None;
            return Some((text, ""));
        };
        rest = Some(&text[at + 1..]);
        Some((&text[..at], entity))
    })
}

const fn entity(byte: u8) -> Option<&'static str> {
    match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        b'\'' => Some("&#39;"),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
