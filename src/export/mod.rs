//! Files for machines: JSON of each report and of all, tables, feeds, calendars, and what hosts and search engines read.

use crate::{
    analyze::Analysis,
    pages::{self, subject::Directory},
    site::{Body, Page, Site},
    snapshot::RelPath,
};
use rayon::prelude::*;

pub mod actions;
mod calendar;
mod crawlers;
pub mod digest;
mod feeds;
mod headers;
mod json;
pub mod pull_request;
mod record;
pub mod table;
mod xml;

/// Hands everything that is made from reports and is not HTML to `sink`, from any thread.
pub fn each(directory: &Directory<'_>, analysis: &Analysis, sink: &(dyn Fn(Page) + Sync)) {
    let newest = pages::newest_first(&directory.corpus.reports);
    let line = |report: &std::sync::Arc<crate::model::Report>| {
        let address = pages::incident_url(report).replace("index.html", "index.json");
        let line = json::fields(directory.config, report).to_string();
        sink(raw(&address, json::one(&line, analysis, report)));
        line
    };
    let lines: Vec<String> = newest.par_iter().map(line).collect();
    sink(raw("reports.json", json::all(directory.config, analysis, &lines)));
    for (address, text) in table::published(directory.config, directory.corpus) {
        sink(raw(address, text));
    }
    feeds::each(directory, sink);
    calendar::each(directory, sink);
}

/// Whether a file is one of [`about`], which need all others.
#[must_use]
pub fn tells_of_all(address: &str) -> bool {
    matches!(address, "_headers" | "robots.txt") || address.starts_with("sitemap")
}

/// Adds what is told about the finished site as a whole: to its host, and to search engines.
pub fn about(directory: &Directory<'_>, site: &mut Site) {
    let mut files = crawlers::files(directory, site);
    files.push(("_headers".to_owned(), headers::file(directory, site)));
    for (address, text) in files {
        let Page { path, body: Body::Raw(bytes) } = raw(&address, text) else { continue };
        site.files.insert(path, bytes);
    }
}

fn raw(path: &str, text: String) -> Page {
    let path = RelPath::new(path).expect("addresses are made of slugs");
    Page { path, body: Body::Raw(text.into_bytes().into()) }
}
