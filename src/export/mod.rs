//! Files for machines: JSON of each report and of all, tables, feeds, calendars, and what hosts and search engines read.

use crate::{
    analyze::Analysis,
    pages::{self, subject::Directory},
    site::{Body, Page},
    snapshot::RelPath,
};
use rayon::prelude::*;
use std::collections::BTreeSet;

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
    sink(raw(json::schema::OF_ONE, json::schema::of_one()));
    sink(raw(json::schema::OF_ALL, json::schema::of_all()));
    for (address, text) in table::published(directory.config, directory.corpus, analysis.today) {
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

/// Hands to `sink` what is told about the site as a whole, to its host and to search engines. `paths` are all other files.
pub fn about(directory: &Directory<'_>, paths: &BTreeSet<RelPath>, sink: &(dyn Fn(Page) + Sync)) {
    for (address, text) in crawlers::files(directory, paths) {
        sink(raw(&address, text));
    }
    sink(raw("_headers", headers::file(directory, paths)));
}

fn raw(path: &str, text: String) -> Page {
    let path = RelPath::new(path).expect("addresses are made of slugs");
    Page { path, body: Body::Raw(text.into_bytes().into()) }
}
