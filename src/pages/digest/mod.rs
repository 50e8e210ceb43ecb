//! Digests: one page per month, quarter and year that has incidents. What is read first fits on one sheet (`front`);
//! the rest is appendix.

use super::{
    Input, actions,
    evidence::{self, Evidence},
    views::{self, Link, Measure, Row, Severity},
};
use crate::{
    analyze::{Group, period::Period},
    markup::Html,
    words::Words,
};
use front::Front;
use rayon::prelude::*;
use serde::Serialize;

mod decisions;
mod front;
mod overview;

pub(super) use overview::pages as overview;

#[derive(Serialize)]
struct View {
    title: String,
    /// For search engines and feeds.
    description: String,
    days: String,
    unfinished: bool,
    count: usize,
    by_severity: Vec<Severity>,
    front: Front,
    rows: Vec<Row>,
    more: Option<Link>,
    evidence: Option<Evidence>,
    measured: Vec<Measure>,
    repeating: Vec<views::Counted>,
    /// Action items that were due in the period.
    due: Vec<actions::Item>,
    due_count: usize,
    note: Option<Html>,
    within_hours: u64,
    previous: Option<Link>,
    next: Option<Link>,
}

/// Due items that a digest lists.
const DUE: usize = 60;

pub(super) fn url(period: Period) -> String {
    format!("digests/{period}/index.html")
}

pub(super) fn link(input: &Input<'_>, period: Period) -> Link {
    Link { text: title(input.words, period), url: url(period) }
}

pub(super) fn title(words: &Words, period: Period) -> String {
    match period {
        Period::Month { year, month } => words.month(year, month),
        Period::Quarter { year, quarter } => words.quarter(year, quarter),
        Period::Year { year } => year.to_string(),
    }
}

pub(super) fn pages(input: &Input<'_>) {
    let periods = &input.analysis.by_period;
    let dates = front::dates(input);
    let due = actions::by_due(input);
    let kind = |period: Period| std::mem::discriminant(&period);
    let same_kind = |at: usize, other: Option<usize>| {
        let other = periods.get(other?)?.0;
        (kind(other) == kind(periods[at].0)).then(|| link(input, other))
    };
    let page = |(at, (period, group)): (usize, &(Period, Group))| {
        let address = url(*period);
        let note = input.corpus.digest_notes.get(&period.to_string());
        let last = period.end().yesterday().unwrap_or(period.end());
        let due = actions::due_in(&due, period.first(), period.end().min(input.analysis.today));
        let front = front::of(input, *period, group, &address, &dates, due);
        let title = title(input.words, *period);
        let view = View {
            description: input.words.say("head.digest", &[("title", (&title).into()), ("lead", (&front.lead).into())]),
            title: title.clone(),
            days: input.words.days(period.first(), last),
            unfinished: period.end() > input.analysis.today,
            count: group.reports.len(),
            by_severity: views::by_severity(input, group, &address),
            front,
            rows: views::rows(input, group),
            more: evidence::more(input, &address, group),
            evidence: evidence::inline(input, group, &address),
            measured: views::measures(input, group, &address),
            repeating: views::factors(input, group, &address),
            due_count: due.len(),
            due: due.iter().take(DUE).map(|due| due.item(input)).collect(),
            note: note.map(|note| input.markdown(&note.body, Some(&note.path), &address)),
            within_hours: input.config.review.within_hours,
            previous: same_kind(at, Some(at + 1)),
            next: same_kind(at, at.checked_sub(1)),
        };
        input.page(&address, "digest.html", "digests", &view);
        evidence::pages(input, &title, &address, "digests", group);
    };
    periods.par_iter().enumerate().for_each(page);
}
