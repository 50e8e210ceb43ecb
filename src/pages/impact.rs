//! How long a group was under impact, in words.

use super::{Input, evidence};
use crate::{
    analyze::{Group, period::Period},
    charts::Cell,
    markup::Html,
};
use serde::Serialize;

#[derive(Clone, Debug, Serialize)]
pub(super) struct Impact {
    pub duration: String,
    /// Of it wholly down, where some report says so.
    pub down: Option<String>,
    pub n: usize,
    pub left_out: usize,
    /// The page with the reports of each number.
    pub behind: String,
}

/// `None` where no report knows a window.
pub(super) fn of(input: &Input<'_>, group: &Group, page: &str) -> Option<Impact> {
    let impact = &group.impact;
    (!impact.used.is_empty()).then(|| Impact {
        duration: input.words.duration(impact.seconds),
        down: (impact.down > 0).then(|| input.words.duration(impact.down)),
        n: impact.used.len(),
        left_out: impact.left_out.len(),
        behind: evidence::url(page, group),
    })
}

/// A table of years: incidents, and the time under impact clipped to each. `None` with less than two years.
pub(super) fn by_year(input: &Input<'_>, root: &str) -> Option<Html> {
    let words = input.words;
    let years = input.analysis.by_period.iter().filter(|(period, _)| matches!(period, Period::Year { .. }));
    let rows: Vec<Vec<Cell>> = years
        .map(|(period, group)| {
            let url = format!("{root}{}", super::digest::url(*period));
            vec![
                Cell::link(period.to_string(), url),
                Cell::number(words.count(group.reports.len() as u64)),
                Cell::number(words.duration(group.impact.seconds)),
                Cell::number(words.duration(group.impact.down)),
            ]
        })
        .collect();
    let head = [
        (words.text("charts.year"), false),
        (words.text("groups.incidents"), true),
        (words.text("measures.impact_title"), true),
        (words.text("measures.impact_down_title"), true),
    ];
    let summary = words.text("measures.impact_by_year");
    (rows.len() >= 2).then(|| crate::charts::twin(summary, summary, &head, &rows))
}
