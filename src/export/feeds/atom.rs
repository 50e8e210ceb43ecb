//! Atom 1.0 (RFC 4287). Without `base_url` its links are relative to where the feed is, as Atom allows.

use super::{Entry, Feed};
use crate::{
    export::xml::{line, text},
    pages::subject::Directory,
};

pub(super) fn feed(directory: &Directory<'_>, feed: &Feed<'_>, file: &str) -> String {
    let lang = text(&directory.config.lang);
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{lang}\">\n"
    );
    line(&mut out, "title", &feed.title);
    if !feed.about.is_empty() {
        line(&mut out, "subtitle", &feed.about);
    }
    line(&mut out, "id", &feed.id);
    line(&mut out, "updated", &feed.updated().to_string());
    out.push_str(&format!("<author><name>{}</name></author>\n", text(&directory.config.title)));
    let address = |of: &str| text(&feed.link(directory, &format!("{}{of}", feed.folder)));
    out.push_str(&format!("<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n", address(file)));
    out.push_str(&format!("<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n", address("index.html")));
    for one in &feed.entries {
        entry(directory, feed, one, &mut out);
    }
    out.push_str("</feed>\n");
    out
}

fn entry(directory: &Directory<'_>, feed: &Feed<'_>, entry: &Entry, out: &mut String) {
    out.push_str("<entry>\n");
    line(out, "title", &entry.title);
    line(out, "id", &entry.id);
    line(out, "published", &entry.published.to_string());
    line(out, "updated", &entry.updated.to_string());
    let address = text(&feed.link(directory, &entry.address));
    out.push_str(&format!("<link rel=\"alternate\" type=\"text/html\" href=\"{address}\"/>\n"));
    for tag in &entry.tags {
        out.push_str(&format!("<category term=\"{}\"/>\n", text(tag)));
    }
    line(out, "summary", &entry.facts);
    out.push_str(&format!("<content type=\"html\">{}</content>\n", text(&entry.html())));
    out.push_str("</entry>\n");
}
