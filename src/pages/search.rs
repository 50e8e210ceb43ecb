//! The page of search results. Without JavaScript it leads to the lists.

use super::Input;
use serde::Serialize;

#[derive(Serialize)]
struct View {
    title: &'static str,
    /// For the example of narrowing by severity.
    severity: String,
    /// For the examples of narrowing by time.
    year: i16,
}

pub(super) fn pages(input: &Input<'_>) {
    let severity = input.config.severities.first().map_or_else(String::new, |severity| severity.id.value.clone());
    let newest = input.newest.first().map(|report| report.times.started.value.date(&input.config.time_zone));
    let view = View { title: "Search", severity, year: newest.unwrap_or(input.analysis.today).year() };
    input.page("search/index.html", "search.html", "search", &view);
}
