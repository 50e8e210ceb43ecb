//! The writer: one Markdown event at a time, every tag spelled out here.

use super::{
    Env, LIMIT, code, escape, escape_into,
    link::{self, Target},
};
use pulldown_cmark::{Alignment, CodeBlockKind, Event, Tag, TagEnd};
use std::collections::BTreeMap;

pub(super) struct Writer<'e> {
    env: &'e Env<'e>,
    out: String,
    inline_only: bool,
    /// Closing tags of what is open, innermost last: a text that is cut off still closes everything.
    open: Vec<&'static str>,
    heading: Option<(usize, String)>,
    ids: Ids,
    code: Option<(String, String)>,
    /// Destination, title, words of the image that is open, and images within it.
    image: Option<(String, String, String, usize)>,
    links: usize,
    html_block: bool,
    table: (Vec<Alignment>, usize, bool),
    /// What stands over the next table, and how many tables stand under it already.
    above: (String, usize),
    footnotes: BTreeMap<String, Footnote>,
}

/// What is known of a footnote by its label.
#[derive(Default)]
struct Footnote {
    number: usize,
    referred_to: bool,
    defined: bool,
}

impl<'e> Writer<'e> {
    pub fn blocks(env: &'e Env<'e>) -> Self {
        Self {
            env,
            out: String::new(),
            inline_only: false,
            open: Vec::new(),
            heading: None,
            ids: Ids::default(),
            code: None,
            image: None,
            links: 0,
            html_block: false,
            table: (Vec::new(), 0, false),
            above: ("Table".to_owned(), 0),
            footnotes: BTreeMap::new(),
        }
    }

    pub fn inline(env: &'e Env<'e>) -> Self {
        Self { inline_only: true, ..Self::blocks(env) }
    }

    pub fn at_top(&self) -> bool {
        self.open.is_empty()
    }

    pub fn raw(&mut self, html: &str) {
        self.out.push_str(html);
    }

    pub fn finish(mut self) -> String {
        if let Some((language, text)) = self.code.take() {
            self.code_block(&language, &text);
        }
        while let Some(closing) = self.open.pop() {
            self.out.push_str(closing);
        }
        self.out
    }

    /// Writes one event; `false` when the text has become too long.
    pub fn event(&mut self, event: Event<'_>) -> bool {
        if self.html_block {
            self.html_block = !matches!(event, Event::End(TagEnd::HtmlBlock));
            return true;
        }
        if self.image.is_some() {
            self.in_image(event);
            return true;
        }
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(code) => {
                self.heading_text(&code);
                self.out.push_str("<code>");
                escape_into(&mut self.out, &code);
                self.out.push_str("</code>");
            }
            Event::SoftBreak => self.out.push(if self.inline_only { ' ' } else { '\n' }),
            Event::HardBreak => self.out.push_str("<br>"),
            Event::Rule if !self.inline_only => self.out.push_str("<hr>\n"),
            Event::FootnoteReference(label) if !self.inline_only => self.footnote_reference(&label),
            Event::TaskListMarker(done) => {
                let checked = if done { " checked" } else { "" };
                self.out.push_str(&format!("<input type=\"checkbox\" disabled{checked}> "));
            }
            _ => {}
        }
        self.out.len() < LIMIT
    }

    fn in_image(&mut self, event: Event<'_>) {
        let Some((_, _, words, depth)) = &mut self.image else { return };
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(&text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            Event::Start(Tag::Image { .. }) => *depth += 1,
            Event::End(TagEnd::Image) if *depth > 0 => *depth -= 1,
            Event::End(TagEnd::Image) => self.end_image(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((_, code)) = &mut self.code {
            code.push_str(text);
            return;
        }
        self.heading_text(text);
        if self.links > 0 {
            escape_into(&mut self.out, text);
            return;
        }
        for (part, address) in link::bare_links(text) {
            match link::external(part) {
                Some(url) if address => {
                    self.out.push_str(&anchor(&url));
                    escape_into(&mut self.out, part);
                    self.out.push_str("</a>");
                }
                _ => escape_into(&mut self.out, part),
            }
        }
    }

    fn heading_text(&mut self, text: &str) {
        if let Some((_, words)) = &mut self.heading {
            words.push_str(text);
        }
    }

    fn push(&mut self, opening: &str, closing: &'static str) {
        self.out.push_str(opening);
        self.open.push(closing);
    }

    fn block(&mut self, opening: &str, closing: &'static str) {
        if self.inline_only {
            self.push("", " ");
        } else {
            self.push(opening, closing);
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => self.block("<p>", "</p>\n"),
            Tag::Heading { level, .. } => {
                const CLOSING: [&str; 6] = ["</h1>\n", "</h2>\n", "</h3>\n", "</h4>\n", "</h5>\n", "</h6>\n"];
                self.heading = Some((self.out.len(), String::new()));
                self.block("", CLOSING[(level as usize - 1).min(5)]);
            }
            Tag::BlockQuote(_) => self.block("<blockquote>\n", "</blockquote>\n"),
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => info.split([' ', ',', '\t']).next().unwrap_or("").to_owned(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.code = Some((language, String::new()));
                self.open.push("");
            }
            Tag::List(Some(1)) => self.block("<ol>\n", "</ol>\n"),
            Tag::List(Some(first)) => self.block(&format!("<ol start=\"{first}\">\n"), "</ol>\n"),
            Tag::List(None) => self.block("<ul>\n", "</ul>\n"),
            Tag::Item => self.block("<li>", "</li>\n"),
            Tag::FootnoteDefinition(label) => {
                let notes = self.env.notes;
                let footnote = self.footnote(&label);
                let (number, again) = (footnote.number, std::mem::replace(&mut footnote.defined, true));
                let id = if again { String::new() } else { format!(" id=\"{notes}fn-{number}\"") };
                let back = format!("<a href=\"#{notes}fnref-{number}\">{number}</a>");
                self.block(
                    &format!("<div class=\"footnote\"{id}><span class=\"fn\">{back}</span><div>"),
                    "</div></div>\n",
                );
            }
            Tag::Table(alignments) => {
                self.table = (alignments, 0, false);
                self.above.1 += 1;
                let number = if self.above.1 > 1 { format!(" {}", self.above.1) } else { String::new() };
                let name = super::escape(&format!("{}{number}", self.above.0));
                self.block(
                    &format!("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{name}\"><table>\n"),
                    "</tbody></table></div>\n",
                );
            }
            Tag::TableHead => {
                self.table.1 = 0;
                self.table.2 = true;
                self.block("<thead><tr>", "</tr></thead><tbody>\n");
            }
            Tag::TableRow => {
                self.table.1 = 0;
                self.block("<tr>", "</tr>\n");
            }
            Tag::TableCell => self.cell(),
            Tag::Emphasis => self.push("<em>", "</em>"),
            Tag::Strong => self.push("<strong>", "</strong>"),
            Tag::Strikethrough => self.push("<del>", "</del>"),
            Tag::Link { dest_url, .. } => self.start_link(&dest_url),
            Tag::Image { dest_url, title, .. } => {
                self.image = Some((dest_url.into_string(), title.into_string(), String::new(), 0));
            }
            Tag::HtmlBlock | Tag::MetadataBlock(_) => self.html_block = true,
            _ => self.open.push(""),
        }
    }

    fn cell(&mut self) {
        let class = match self.table.0.get(self.table.1) {
            Some(Alignment::Right) => " class=\"r\"",
            Some(Alignment::Center) => " class=\"m\"",
            _ => "",
        };
        self.table.1 += 1;
        if self.table.2 {
            self.block(&format!("<th scope=\"col\"{class}>"), "</th>");
        } else {
            self.block(&format!("<td{class}>"), "</td>");
        }
    }

    fn start_link(&mut self, destination: &str) {
        if self.links > 0 {
            return self.push("", "");
        }
        self.links += 1;
        match link::target(destination, self.env) {
            Target::External(url) => self.push(&anchor(&url), "</a>"),
            Target::Inside(url) => self.push(&format!("<a href=\"{}\">", escape(&url)), "</a>"),
            Target::Nowhere => self.push("", ""),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => {
                if let Some((at, words)) = self.heading.take()
                    && !self.inline_only
                {
                    let id = self.ids.unique(&words);
                    self.out.insert_str(at, &format!("<{level} id=\"{id}\">"));
                    self.out.push_str(&super::anchor_of(&id));
                    self.above = (words, 0);
                }
            }
            TagEnd::CodeBlock => {
                if let Some((language, text)) = self.code.take() {
                    self.code_block(&language, &text);
                }
            }
            TagEnd::TableHead => self.table.2 = false,
            TagEnd::Link => self.links = self.links.saturating_sub(1),
            _ => {}
        }
        if let Some(closing) = self.open.pop() {
            self.out.push_str(closing);
        }
    }

    fn code_block(&mut self, language: &str, text: &str) {
        if self.inline_only {
            self.out.push_str("<code>");
            escape_into(&mut self.out, text.trim());
            self.out.push_str("</code> ");
            return;
        }
        self.out.push_str("<pre tabindex=\"0\"><code");
        if code::is_language(language) {
            self.out.push_str(&format!(" class=\"language-{language}\""));
        }
        self.out.push('>');
        code::highlight(&mut self.out, language, text);
        self.out.push_str("</code></pre>\n");
    }

    fn end_image(&mut self) {
        let Some((destination, title, words, _)) = self.image.take() else { return };
        match link::target(&destination, self.env) {
            Target::Inside(url) if !url.starts_with('#') => {
                self.out.push_str(&format!(
                    "<img src=\"{}\" alt=\"{}\" loading=\"lazy\"",
                    escape(&url),
                    escape(&words)
                ));
                if !title.is_empty() {
                    self.out.push_str(&format!(" title=\"{}\"", escape(&title)));
                }
                self.out.push('>');
            }
            _ => {
                self.out.push_str("<span class=\"left-out\">");
                escape_into(&mut self.out, if words.is_empty() { "image" } else { &words });
                self.out.push_str("</span>");
            }
        }
    }

    /// A footnote, with the next number where it was not met before.
    fn footnote(&mut self, label: &str) -> &mut Footnote {
        let number = self.footnotes.len() + 1;
        self.footnotes.entry(label.to_owned()).or_insert(Footnote { number, ..Footnote::default() })
    }

    fn footnote_reference(&mut self, label: &str) {
        let notes = self.env.notes;
        let footnote = self.footnote(label);
        let (number, again) = (footnote.number, std::mem::replace(&mut footnote.referred_to, true));
        let id = if again { String::new() } else { format!(" id=\"{notes}fnref-{number}\"") };
        self.out.push_str(&format!("<sup class=\"fn\"{id}><a href=\"#{notes}fn-{number}\">{number}</a></sup>"));
    }
}

/// The ids of the headings of one text: prefixed, and each once.
#[derive(Default)]
pub(super) struct Ids(BTreeMap<String, usize>);

impl Ids {
    pub fn unique(&mut self, words: &str) -> String {
        let slug = slug(words);
        let mut id = format!("h-{slug}");
        loop {
            let seen = self.0.entry(id.clone()).or_insert(0);
            *seen += 1;
            if *seen == 1 {
                return id;
            }
            id = format!("h-{slug}-{seen}");
        }
    }
}

fn anchor(url: &str) -> String {
    format!("<a href=\"{}\" rel=\"noopener noreferrer\">", escape(url))
}

/// Lower-case letters and digits of any script, with `-` between.
fn slug(words: &str) -> String {
    let mut slug = String::new();
    for c in words.chars().flat_map(char::to_lowercase).take(80) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "section".to_owned() } else { slug.to_owned() }
}
