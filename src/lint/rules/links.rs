//! Links, images and raw HTML of a body, with their places. Not a rule; several rules look at them.

use crate::{model::Report, snapshot::Span};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

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
pub fn of(report: &Report) -> Vec<Link> {
    if !report.body.contains(['[', '<', '!']) {
        return Vec::new();
    }
    let mut found: Vec<Link> = Vec::new();
    let mut open_image = None;
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
    for (event, range) in Parser::new_ext(&report.body, options).into_offset_iter() {
        let span = Span::new(&report.path, range.start + report.body_at..range.end + report.body_at);
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                found.push(Link { target: Target::Link(dest_url.into_string()), span });
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                open_image = Some(found.len());
                found.push(Link { target: Target::Image { url: dest_url.into_string(), alt: String::new() }, span });
            }
            Event::End(TagEnd::Image) => open_image = None,
            Event::Text(text) | Event::Code(text) => {
                if let Some(Target::Image { alt, .. }) =
                    open_image.and_then(|at| found.get_mut(at)).map(|link| &mut link.target)
                {
                    alt.push_str(&text);
                }
            }
            Event::Html(text) | Event::InlineHtml(text) if is_markup(&text) => {
                found.push(Link { target: Target::Html, span });
            }
            _ => {}
        }
    }
    found
}

/// Comments say nothing to readers and are no markup.
fn is_markup(html: &str) -> bool {
    let html = html.trim();
    html.starts_with('<') && !html.starts_with("<!--")
}

/// The file part of a link within the repository; `None` for other sites, addresses and places on the same page.
pub fn local(url: &str) -> Option<&str> {
    let scheme = url.split(['/', '?', '#']).next().is_some_and(|head| head.contains(':'));
    if scheme || url.starts_with("//") || url.starts_with('#') {
        return None;
    }
    Some(url.split(['?', '#']).next().unwrap_or(url))
}
