//! What improved and what did not: sentences that compare, each behind its gate, and good catches.

use super::sheet::{Entry, Layout, Part};
use crate::{
    analyze::{Group, period::Period},
    model::{Kind, Outcome, Report},
    pages::{Input, incident_url, line::Line},
};
use std::sync::Arc;

pub(super) fn of(input: &Input<'_>, period: Period, group: &Group, page: &str) -> Part {
    let _ = page;
    let lines = catches(input, period, group);
    Part {
        id: "changes",
        heading: input.words.text("digest.changes").to_owned(),
        layout: Layout::Plain,
        entries: lines.into_iter().map(|line| Entry { lines: vec![line], ..Entry::default() }).collect(),
        editor: None,
        empty: Line::plain(input.words.text("digest.changes_none")),
        note: Line::default(),
    }
}

/// Near misses that were written down, incidents noticed before customers were, and machinery that helped.
fn catches(input: &Input<'_>, period: Period, group: &Group) -> Vec<Line> {
    let zone = &input.config.time_zone;
    let within = |report: &Report| {
        let began = report.times.started.value.date(zone);
        period.first() <= began && began < period.end()
    };
    let near = input.newest.iter().filter(|report| report.kind == Kind::NearMiss && within(report));
    let early = group.reports.iter().filter(|report| report.detected_early);
    let healed =
        |report: &&Arc<Report>| report.self_healing.iter().any(|healing| healing.outcome == Some(Outcome::Worked));
    let healed = group.reports.iter().filter(healed);
    let lines = [
        told(input, "digest.near_misses", &near.collect::<Vec<_>>()),
        told(input, "digest.caught_early", &early.collect::<Vec<_>>()),
        told(input, "digest.healed", &healed.collect::<Vec<_>>()),
    ];
    lines.into_iter().flatten().collect()
}

/// A sentence about reports, with the newest of them.
fn told(input: &Input<'_>, key: &str, reports: &[&Arc<Report>]) -> Option<Line> {
    let first = reports.first()?;
    let (n, url) = (reports.len(), incident_url(first));
    let title = first.title.value.as_str();
    Some(Line::say(input.words, key, &[("n", n.into()), ("title", title.into()), ("url", (&url).into())]))
}
