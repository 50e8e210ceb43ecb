//! Links, images and raw HTML of a text, with their places. Found once for all rules that look at them.

use super::bytes;
use crate::{
    config::Config,
    markup::{self, Env},
    model::Prose,
    snapshot::{Place, Span},
};
use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};
use std::{collections::BTreeMap, ops::Range};

/// Something in a body that refers to something else.
pub struct Link {
    pub target: Target,
    pub span: Span,
}

pub enum Target {
    Link(String),
    Image { url: String, alt: String },
    Html,
}

/// All of them, in the order of the text.
pub fn of(prose: Prose<'_>) -> Vec<Link> {
    if !bytes::any(prose.body.as_bytes(), |byte| matches!(byte, b'[' | b'<')) {
        return Vec::new();
    }
    // As in `markup`, so that what is checked is what is shown.
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut found = Found { prose, links: Vec::new(), image: None, block: None };
    for (event, range) in Parser::new_ext(prose.body, options).into_offset_iter() {
        found.event(event, range);
    }
    found.links
}

struct Found<'p> {
    prose: Prose<'p>,
    links: Vec<Link>,
    /// The image that is open, among `links`.
    image: Option<usize>,
    /// The HTML block that is open: its text, and for each piece where it begins there and in the body.
    block: Option<(String, Vec<(usize, usize)>)>,
}

impl Found<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            // An address in angle brackets leads to a mail program.
            Event::Start(Tag::Link { link_type: LinkType::Email, .. }) => {}
            Event::Start(Tag::Link { dest_url, .. }) => self.push(Target::Link(dest_url.into_string()), range),
            Event::Start(Tag::Image { dest_url, .. }) => {
                self.image = Some(self.links.len());
                self.push(Target::Image { url: dest_url.into_string(), alt: String::new() }, range);
            }
            Event::End(TagEnd::Image) => self.image = None,
            Event::Text(text) | Event::Code(text) => self.alt(&text),
            Event::Start(Tag::HtmlBlock) => self.block = Some(Default::default()),
            Event::Html(html) => self.html_line(&html, range.start),
            Event::End(TagEnd::HtmlBlock) => self.html_block(),
            Event::InlineHtml(html) if lost(&html).is_some() => self.push(Target::Html, range),
            _ => {}
        }
    }

    fn push(&mut self, target: Target, range: Range<usize>) {
        let at = self.prose.body_at;
        let span = Span::new(self.prose.path, range.start + at..range.end + at);
        self.links.push(Link { target, span });
    }

    fn alt(&mut self, text: &str) {
        let image = self.image.and_then(|at| self.links.get_mut(at)).map(|link| &mut link.target);
        if let Some(Target::Image { alt, .. }) = image {
            alt.push_str(text);
        }
    }

    fn html_line(&mut self, html: &CowStr<'_>, at: usize) {
        if let Some((text, pieces)) = &mut self.block {
            pieces.push((text.len(), at));
            text.push_str(html);
        }
    }

    /// A block is one finding, at the first thing in it that readers miss.
    fn html_block(&mut self) {
        let Some((text, pieces)) = self.block.take() else { return };
        let Some(at) = lost(&text) else { return };
        let Some((from, in_body)) = pieces.iter().rev().find(|(from, _)| *from <= at) else { return };
        let rest = &text[at..];
        let line = rest.lines().next().unwrap_or("").trim_end().len();
        let length = rest.find('>').filter(|_| rest.starts_with('<')).map_or(line, |end| line.min(end + 1));
        let start = in_body + at - from;
        self.push(Target::Html, start..start + length);
    }
}

/// Where HTML holds something that readers miss: not a comment, not the end of an element that began before.
fn lost(html: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        let rest = html[at..].trim_start();
        at = html.len() - rest.len();
        let end = match rest {
            "" => return None,
            _ if rest.starts_with("<!--") => rest.find("-->").map(|end| end + 3),
            _ if rest.starts_with("</") => rest.find('>').map(|end| end + 1),
            _ => return Some(at),
        };
        at += end?;
    }
}

/// Whether an address is meant to lead to a file of the repository: not another site, not this page.
pub fn is_local(url: &str) -> bool {
    let scheme = url.split(['/', '?', '#']).next().is_some_and(|head| head.contains(':'));
    !scheme && !url.starts_with("//") && !url.starts_with('#')
}

/// What is the matter with a link to a file that is not there, and how to mend it.
pub fn missing(place: Place<'_>, url: &str, config: &Config) -> (&'static str, String) {
    let mut meant = markup::meant(place, url);
    if meant.next().is_some_and(|path| config.among_reports(&path).is_none()) {
        let folder = config.source_of(place.file).map_or(config.reports_dir.as_str(), |source| source.reports.as_str());
        let help = format!("correct the path; the site is made of files in `{folder}`, others are not read");
        return ("is in no folder of reports", help);
    }
    let from = match place.root {
        _ if !url.starts_with('/') => "it is relative to this file".to_owned(),
        "" => "`/` is the root of this repository".to_owned(),
        root => format!("`/` is the folder `{root}`"),
    };
    ("is not in the repository", format!("correct the path; {from}"))
}

/// Whether an address runs something. Browsers skip control characters and spaces in it, so they are skipped here.
pub fn is_unsafe(url: &str) -> bool {
    let plain: String = url.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    let plain = plain.to_lowercase();
    ["javascript:", "data:", "vbscript:"].iter().any(|scheme| plain.starts_with(scheme))
}

/// What `#…` can lead to in a text: the ids that its headings get when it is written.
pub fn anchors(prose: Prose<'_>) -> Vec<String> {
    let env = Env { root: "", place: Some(Place::own(prose.path)), targets: &BTreeMap::new(), notes: "" };
    let html = markup::html(prose.body, &env).0;
    html.split(" id=\"h-").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())).collect()
}
