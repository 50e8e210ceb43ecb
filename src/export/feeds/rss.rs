//! RSS 2.0 with the self link of Atom. It is written where the address of the site is known: RSS has no relative links.

use super::{Entry, Feed};
use crate::{
    export::xml::{line, text},
    pages::subject::Directory,
};
use jiff::{Timestamp, fmt::rfc2822::DateTimePrinter};

pub(super) fn feed(directory: &Directory<'_>, feed: &Feed<'_>, file: &str) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\">\n<channel>\n",
    );
    line(&mut out, "title", &feed.title);
    let address = |of: &str| feed.link(directory, &format!("{}{of}", feed.folder));
    line(&mut out, "link", &address("index.html"));
    let about = if feed.about.is_empty() { &feed.title } else { &feed.about };
    line(&mut out, "description", about);
    line(&mut out, "language", &directory.config.lang);
    if !feed.entries.is_empty() {
        line(&mut out, "lastBuildDate", &date(feed.updated()));
    }
    out.push_str(&format!(
        "<atom:link rel=\"self\" type=\"application/rss+xml\" href=\"{}\"/>\n",
        text(&address(file))
    ));
    for one in &feed.entries {
        entry(directory, feed, one, &mut out);
    }
    out.push_str("</channel>\n</rss>\n");
    out
}

fn entry(directory: &Directory<'_>, feed: &Feed<'_>, entry: &Entry, out: &mut String) {
    out.push_str("<item>\n");
    line(out, "title", &entry.title);
    line(out, "link", &feed.link(directory, &entry.address));
    out.push_str(&format!("<guid isPermaLink=\"false\">{}</guid>\n", text(&entry.id)));
    line(out, "pubDate", &date(entry.published));
    for tag in &entry.tags {
        line(out, "category", tag);
    }
    line(out, "description", &entry.html());
    out.push_str("</item>\n");
}

/// `Thu, 28 Oct 2021 20:37:00 GMT`: RFC 822 with the four digits of RFC 1123. Years before 0 cannot be said.
fn date(at: Timestamp) -> String {
    let printer = DateTimePrinter::new();
    printer.timestamp_to_rfc9110_string(&at).unwrap_or_else(|_| "Thu, 01 Jan 1970 00:00:00 GMT".to_owned())
}
