//! Digests: one page per month, quarter and year that has incidents.

use super::{
    Input,
    evidence::{self, Evidence},
    format,
    views::{self, Counted, Link, Measure, Row, Severity},
};
use crate::{
    analyze::{Group, period::Period},
    markup::Html,
};
use rayon::prelude::*;
use serde::Serialize;

#[derive(Serialize)]
struct View {
    title: String,
    lead: String,
    /// The factor named most often, where one is named in more than one report.
    first: Option<Counted>,
    days: String,
    unfinished: bool,
    count: usize,
    by_severity: Vec<Severity>,
    rows: Vec<Row>,
    more: Option<Link>,
    evidence: Option<Evidence>,
    measured: Vec<Measure>,
    repeating: Vec<Counted>,
    note: Option<Html>,
    previous: Option<Link>,
    next: Option<Link>,
}

#[derive(Serialize)]
struct Overview {
    title: &'static str,
    groups: Vec<Section>,
}

#[derive(Serialize)]
struct Section {
    name: &'static str,
    periods: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    text: String,
    url: String,
    count: usize,
    by_severity: Vec<Severity>,
}

pub(super) fn url(period: Period) -> String {
    format!("digests/{period}/index.html")
}

pub(super) fn link(period: Period) -> Link {
    Link { text: period.title(), url: url(period) }
}

const fn kind(period: Period) -> &'static str {
    match period {
        Period::Month { .. } => "Months",
        Period::Quarter { .. } => "Quarters",
        Period::Year { .. } => "Years",
    }
}

pub(super) fn overview(input: &Input<'_>) {
    let groups = ["Years", "Quarters", "Months"].map(|name| Section {
        name,
        periods: input
            .analysis
            .by_period
            .iter()
            .filter(|(period, _)| kind(*period) == name)
            .map(|(period, group)| {
                let Link { text, url } = link(*period);
                let by_severity = views::by_severity(input, group, &url);
                Line { text, url, count: group.reports.len(), by_severity }
            })
            .collect(),
    });
    let view = Overview { title: "Digests", groups: groups.into() };
    input.page("digests/index.html", "digests.html", "digests", &view);
}

pub(super) fn pages(input: &Input<'_>) {
    let periods = &input.analysis.by_period;
    let same_kind = |at: usize, other: Option<usize>| {
        let other = periods.get(other?)?.0;
        (kind(other) == kind(periods[at].0)).then(|| link(other))
    };
    let page = |(at, (period, group)): (usize, &(Period, Group))| {
        let address = url(*period);
        let repeating = views::factors(input, group, &address);
        let note = input.corpus.digest_notes.get(&period.to_string());
        let last = period.end().yesterday().unwrap_or(period.end());
        let view = View {
            title: period.title(),
            lead: lead(group, &repeating),
            first: repeating.first().cloned(),
            days: format::days(period.first(), last),
            unfinished: period.end() > input.analysis.today,
            count: group.reports.len(),
            by_severity: views::by_severity(input, group, &address),
            rows: views::rows(input, group),
            more: evidence::more(&address, group),
            evidence: evidence::inline(input, group, &address),
            measured: views::measures(group, &address),
            repeating,
            note: note.map(|note| input.markdown(&note.body, Some(&note.path), &address)),
            previous: same_kind(at, Some(at + 1)),
            next: same_kind(at, at.checked_sub(1)),
        };
        input.page(&address, "digest.html", "digests", &view);
        evidence::pages(input, &period.title(), &address, "digests", group);
    };
    periods.par_iter().enumerate().for_each(page);
}

/// One or two sentences that claim no more than the counts carry.
fn lead(group: &Group, repeating: &[Counted]) -> String {
    let counts = group.by_severity.iter().filter(|(_, count)| *count > 0);
    let severities: Vec<String> = counts.map(|(id, count)| format!("{count} {id}")).collect();
    let mut lead = format!("{}: {}.", format::plural(group.reports.len(), "incident"), severities.join(", "));
    if repeating.is_empty() && group.reports.len() > 1 {
        lead.push_str(" No factor was named in more than one report.");
    }
    lead
}
