//! The home page: what happened lately, what repeats, what is overdue.

use super::{
    Input, actions, digest, metrics,
    views::{self, Counted, Link, Row, Severity},
};
use crate::markup;
use serde::Serialize;

#[derive(Serialize)]
struct View {
    title: String,
    about: String,
    incident_count: usize,
    by_severity: Vec<Severity>,
    rows: Vec<Row>,
    repeating: Vec<Counted>,
    due: Vec<actions::Item>,
    due_count: usize,
    digests: Vec<Link>,
    note: Option<String>,
}

pub(super) fn pages(input: &Input<'_>) {
    let overall = &input.analysis.overall;
    let due = actions::overdue(input);
    let newest = input.analysis.by_period.iter().map(|(period, _)| *period);
    let mut periods: Vec<_> = newest.collect();
    periods.sort_by_key(|period| std::cmp::Reverse((period.first(), *period)));
    let note = periods.iter().find_map(|period| input.corpus.digest_notes.get(&period.to_string()));
    let view = View {
        title: String::new(),
        about: input.config.description.clone(),
        incident_count: overall.reports.len(),
        by_severity: views::by_severity(input, overall, metrics::PATH),
        rows: input.newest.iter().take(8).map(|report| views::row(input, report)).collect(),
        repeating: repeating(input),
        due_count: due.len(),
        due: due.into_iter().take(6).collect(),
        digests: periods.into_iter().take(3).map(|period| digest::link(input, period)).collect(),
        note: note.map(|note| markup::text(&note.body).lines().next().unwrap_or("").to_owned()),
    };
    input.page("index.html", "home.html", "home", &view);
}

/// Over all reports the evidence of a factor is its own page.
fn repeating(input: &Input<'_>) -> Vec<Counted> {
    let counted = views::factors(input, &input.analysis.overall, metrics::PATH).into_iter().take(8);
    counted.map(|factor| Counted { behind: format!("{}#reports", factor.url), ..factor }).collect()
}
