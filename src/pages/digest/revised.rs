//! What reports that came late changed in a digest: numbers before and after, and the reports.

use crate::{
    analyze::{
        Group, metrics,
        period::Period,
        revision::{self, Arrivals, Revision},
    },
    pages::{
        Input,
        views::{self, Link},
    },
};
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct Revised {
    /// In a sentence.
    lead: String,
    numbers: Vec<Number>,
    reports: Vec<Late>,
}

/// A number as it was issued, and as it is.
#[derive(Serialize)]
struct Number {
    name: String,
    before: String,
    now: String,
}

#[derive(Serialize)]
struct Late {
    added: String,
    report: Link,
}

/// When reports came.
pub(super) fn arrivals<'a>(input: &Input<'a>) -> Arrivals<'a> {
    let paths = input.newest.iter().map(|report| &report.path);
    Arrivals::of(input.history, &input.config.time_zone, input.analysis.today, paths)
}

pub(super) fn of(input: &Input<'_>, arrivals: &Arrivals<'_>, period: Period, group: &Group) -> Option<Revised> {
    let revision = arrivals.revision(period, group)?;
    let words = input.words;
    let issued = words.date(revision.issued);
    let lead = [("n", revision.late.len().into()), ("date", (&issued).into())];
    let late = revision.late.iter().map(|(report, day)| Late { added: words.date(*day), report: views::link(report) });
    Some(Revised {
        lead: words.say("digest.revised_lead", &lead),
        reports: late.collect(),
        numbers: numbers(input, &revision, group),
    })
}

fn numbers(input: &Input<'_>, revision: &Revision, group: &Group) -> Vec<Number> {
    let words = input.words;
    let count = |n: usize| words.count(n as u64);
    let incidents = Number {
        name: words.text("groups.incidents").to_owned(),
        before: count(revision.before.len()),
        now: count(group.reports.len()),
    };
    let medians = metrics::ALL.iter().zip(&*group.measured).filter_map(|(metric, now)| {
        let before = metric.measure(&revision.before).median;
        let said = |median: Option<f64>| median.map_or_else(|| "–".to_owned(), |seconds| words.rounded(seconds));
        let changed = said(before) != said(now.median);
        let title = words.term("metric", metric.id);
        let name = words.say("digest.median_of", &[("metric", (&*title).into())]);
        changed.then(|| Number { name, before: said(before), now: said(now.median) })
    });
    std::iter::once(incidents).chain(medians).collect()
}

/// How it is told whether a digest was revised.
pub(super) fn policy(input: &Input<'_>, arrivals: &Arrivals<'_>) -> String {
    if !arrivals.are_known() {
        return input.words.text("digest.revisions_unknown").to_owned();
    }
    let days = u64::from(revision::ISSUED_AFTER_DAYS.unsigned_abs());
    let beginning = u64::from(revision::BEGINNING_DAYS.unsigned_abs());
    input.words.say("digest.revisions_policy", &[("days", days.into()), ("beginning", beginning.into())])
}
