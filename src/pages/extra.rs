//! The page for addresses that lead nowhere, and the list of reports that could not be read.

use super::{Input, views::Link};
use serde::Serialize;

#[derive(Serialize)]
struct NotFound {
    title: String,
    latest: Vec<Link>,
}

#[derive(Serialize)]
struct NotPublished {
    title: String,
    files: Vec<File>,
}

#[derive(Serialize)]
struct File {
    path: String,
    findings: Vec<String>,
}

pub(super) fn not_found(input: &Input<'_>) {
    let latest = input.newest.iter().take(5).map(|report| super::views::link(report));
    let view = NotFound { title: input.words.text("missing.title").to_owned(), latest: latest.collect() };
    input.page(super::NOT_FOUND, "404.html", "", &view);
}

pub(super) fn not_published(input: &Input<'_>) {
    if input.corpus.broken.is_empty() {
        return;
    }
    let files = input.corpus.broken.keys().map(|path| File {
        path: path.to_string(),
        findings: input
            .findings
            .iter()
            .filter(|finding| finding.path() == path)
            .map(|finding| format!("{}: {}", finding.rule.code, finding.message))
            .collect(),
    });
    let view = NotPublished { title: input.words.text("unpublished.title").to_owned(), files: files.collect() };
    input.page("not-published/index.html", "not-published.html", "", &view);
}
