//! What customers felt: the most severe incidents of a period, a line each.

use super::sheet::{self, Layout, Part};
use crate::{
    analyze::Group,
    model::Report,
    pages::{Input, line::Line},
};
use std::sync::Arc;

/// Lines on the first sheet.
const LINES: usize = 5;

pub(super) fn of(input: &Input<'_>, group: &Group, page: &str) -> Part {
    let mut felt: Vec<&Arc<Report>> = group.reports.iter().collect();
    felt.sort_by_key(|report| input.config.severity_rank(&report.severity.value));
    let more = felt.len().saturating_sub(LINES);
    let listed = format!("{page}#reports");
    let note = [("n", more.into()), ("url", (&listed).into())];
    Part {
        id: "felt",
        heading: input.words.text("digest.felt").to_owned(),
        layout: Layout::Incidents,
        entries: felt.into_iter().take(LINES).map(|report| sheet::incident(input, report)).collect(),
        editor: None,
        empty: Line::plain(input.words.text("digest.felt_none")),
        note: if more > 0 { Line::say(input.words, "digest.felt_more", &note) } else { Line::default() },
    }
}
