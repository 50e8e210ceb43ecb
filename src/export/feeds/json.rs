//! JSON Feed 1.1. It is written where the address of the site is known: its addresses are absolute.

use super::Feed;
use crate::pages::{plain, subject::Directory};
use serde_json::{Value, json};

pub(super) fn feed(directory: &Directory<'_>, feed: &Feed<'_>, file: &str) -> String {
    let address = |of: &str| feed.link(directory, &format!("{}{of}", feed.folder));
    let items = feed.entries.iter().map(|entry| {
        let mut item = json!({
            "id": entry.id,
            "url": feed.link(directory, &entry.address),
            "title": entry.title,
            "summary": entry.facts,
            "content_html": entry.html(),
            "date_published": entry.published.to_string(),
            "date_modified": entry.updated.to_string(),
        });
        if !entry.tags.is_empty() {
            item["tags"] = json!(entry.tags);
        }
        item
    });
    let mut document = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": address("index.html"),
        "feed_url": address(file),
        "language": directory.config.lang,
        "authors": [{"name": plain::line(&directory.config.title)}],
        "items": items.collect::<Vec<Value>>(),
    });
    if !feed.about.is_empty() {
        document["description"] = json!(plain::line(&feed.about));
    }
    format!("{document:#}\n")
}
