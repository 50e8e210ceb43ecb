//! What improved and what did not: sentences that compare, each behind its gate, and good catches.

use super::sheet::{Compared, Entry, Layout, Part};
use crate::{
    analyze::{
        Group,
        comparison::{Comparison, Days, Sides, Subject, Verdict},
        period::Period,
    },
    model::{Kind, Outcome, Report},
    pages::{
        Input, group, incident_url,
        line::Line,
        metrics, pattern,
        views::{self, Link},
    },
    words::Words,
};
use std::sync::Arc;

/// Sentences that say "fell" or "rose" on the first sheet.
const SENTENCES: usize = 3;

pub(super) fn compared(input: &Input<'_>, days: &Days<'_>, period: Period) -> Vec<Compared> {
    days.compare(period).iter().map(|one| told_of(input, one)).collect()
}

pub(super) fn of(input: &Input<'_>, period: Period, group: &Group, compared: &[Compared]) -> Part {
    let claims: Vec<&Compared> = compared.iter().filter(|one| one.verdict != Verdict::Undetected).collect();
    // That of all incidents stands first, and is always told.
    let overall = compared.first().filter(|one| one.verdict == Verdict::Undetected);
    let sentences = overall.into_iter().chain(claims.iter().copied().take(SENTENCES)).map(|one| one.sentence.clone());
    let lines = sentences.chain(catches(input, period, group));
    Part {
        id: "changes",
        heading: input.words.text("digest.changes").to_owned(),
        layout: Layout::Plain,
        entries: lines.map(|line| Entry { lines: vec![line], ..Entry::default() }).collect(),
        editor: None,
        empty: Line::plain(input.words.text("digest.changes_none")),
        note: note(input.words, period, compared.len(), claims.len()),
    }
}

/// How many comparisons there were, and what that means for those that are told.
fn note(words: &Words, period: Period, all: usize, claims: usize) -> Line {
    if all == 0 {
        return Line::default();
    }
    let (count, url) = (words.counted("digest.comparisons", all), format!("{}#compared", super::url(period)));
    let values = [("comparisons", (&count).into()), ("n", claims.into()), ("url", (&url).into())];
    Line::say(words, "digest.comparisons_note", &values)
}

fn name(input: &Input<'_>, subject: Subject<'_>) -> Line {
    let link = |key, link: Link| Line::link(input.words.say(key, &[("name", (&link.text).into())]), link.url);
    match subject {
        Subject::Incidents => Line::plain(input.words.text("groups.incidents")),
        Subject::Severe => {
            let ids: Vec<&str> = input.config.severities.iter().take(2).map(|one| one.id.value.as_str()).collect();
            Line::say(input.words, "digest.severe", &[("severities", (&ids.join(", ")).into())])
        }
        Subject::Service(id) => link("digest.of_service", group::service_link(input, id)),
        Subject::Factor(id) => link("digest.with_factor", pattern::link(input, id)),
        Subject::Duration(id) => {
            let title = input.words.term("metric", id).into_owned();
            Line::link(title, format!("{}#about-{id}", metrics::PATH))
        }
    }
}

/// `0.21 to 0.73`
pub(super) fn interval(words: &Words, interval: Option<(f64, f64)>) -> String {
    let Some((low, high)) = interval else { return "–".to_owned() };
    views::between(words, &words.decimals(low, 2), &words.decimals(high, 2))
}

pub(super) fn told_of(input: &Input<'_>, comparison: &Comparison<'_>) -> Compared {
    let words = input.words;
    let (now, before) = match &comparison.sides {
        Sides::Rates { now, before, .. } => {
            let said = |rate: &crate::stats::rate::Rate| {
                let days = words.number(rate.exposure);
                words.say("digest.in_days", &[("n", rate.events.into()), ("days", (&days).into())])
            };
            (said(now), said(before))
        }
        Sides::Durations { now, before, .. } => {
            let said = |(n, median): &(usize, f64)| {
                let median = words.rounded(*median);
                words.say("digest.median_and_n", &[("median", (&median).into()), ("n", (*n).into())])
            };
            (said(now), said(before))
        }
    };
    let verdict = comparison.verdict();
    let (ratio, interval) = (comparison.sides.ratio(), comparison.sides.interval());
    let name = name(input, comparison.subject);
    let sentence = sentence(words, comparison, &name, [&now, &before]);
    let (p, q) = (comparison.sides.p(), comparison.q);
    Compared { name, now, before, ratio, interval, p, q, verdict, sentence }
}

fn sentence(words: &Words, comparison: &Comparison<'_>, name: &Line, [now, before]: [&String; 2]) -> Line {
    let key = match (&comparison.sides, comparison.verdict()) {
        (Sides::Rates { .. }, Verdict::Fell) => "digest.rate_fell",
        (Sides::Rates { .. }, Verdict::Rose) => "digest.rate_rose",
        (Sides::Durations { .. }, Verdict::Fell) => "digest.duration_fell",
        (Sides::Durations { .. }, Verdict::Rose) => "digest.duration_rose",
        (_, Verdict::Undetected) => "digest.undetected",
    };
    let ratio = words.decimals(comparison.sides.ratio(), 2);
    let interval = interval(words, comparison.sides.interval());
    let url = name.0.first().map_or("", |run| run.url.as_str());
    let said = name.text();
    let values = [
        ("name", (&said).into()),
        ("url", url.into()),
        ("now", now.into()),
        ("before", before.into()),
        ("ratio", (&ratio).into()),
        ("interval", (&interval).into()),
    ];
    Line::say(words, key, &values)
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
    let worked =
        |report: &&Arc<Report>| report.self_healing.iter().any(|healing| healing.outcome == Some(Outcome::Worked));
    let healed = group.reports.iter().filter(worked);
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
