//! Views that several kinds of pages share: a report as a line, phases drawn to scale, a measured metric.

use super::{Input, evidence, format, group, incident_url, pattern, phases};
use crate::{
    analyze::{self, Group, metrics},
    markup::Html,
    model::{Kind, Report, Status},
    words::Words,
};
use serde::Serialize;
use std::{collections::BTreeMap, sync::Arc};

/// A chart, its data as a table, and what may be said of it.
#[derive(Serialize)]
pub(super) struct Chart {
    pub svg: Html,
    pub twin: Html,
    pub note: String,
}

/// Words and where they lead; `url` is from the root of the site.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Link {
    pub text: String,
    pub url: String,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Severity {
    pub id: String,
    pub name: String,
    pub class: String,
    pub count: usize,
    /// The reports behind `count`; empty where there is no count.
    pub url: String,
}

/// One phase in a drawing 1000 units wide.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Segment {
    pub class: &'static str,
    pub label: String,
    pub x: i64,
    pub width: i64,
}

/// A report as one line of a list.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Row {
    pub url: String,
    pub title: String,
    pub date: String,
    pub datetime: String,
    pub severity: Severity,
    /// Only where it is not an incident, or a draft, or still open.
    pub note: Option<String>,
    pub services: Vec<Link>,
    pub duration: Option<String>,
    pub bar: Vec<Segment>,
    pub factors: usize,
    /// Set where a year begins, in lists that are divided by years.
    pub year: Option<String>,
}

/// A metric over a group, with everything behind it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Measure {
    pub id: &'static str,
    pub title: String,
    pub n: usize,
    pub median: Option<String>,
    pub interval: Option<String>,
    pub p90: Option<String>,
    /// The duration, and the report that had it.
    pub largest: Option<Link>,
    pub left_out_count: usize,
    /// The page with the reports of each number.
    pub behind: String,
}

/// Something that reports share, and how many do.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Counted {
    pub text: String,
    pub url: String,
    pub count: usize,
    /// The reports behind `count`.
    pub behind: String,
}

pub(super) fn link(report: &Report) -> Link {
    Link { text: report.title.value.clone(), url: incident_url(report) }
}

pub(super) fn severity(input: &Input<'_>, written: &str) -> Severity {
    let rank = input.config.severity_rank(written);
    let known = input.config.severity(written);
    Severity {
        id: known.map_or_else(|| written.to_owned(), |severity| severity.id.value.clone()),
        name: known.map_or_else(|| written.to_owned(), |severity| severity.name.clone()),
        class: format!("sev-{}", (rank + 1).min(5)),
        count: 0,
        url: String::new(),
    }
}

pub(super) fn row(input: &Input<'_>, report: &Report) -> Row {
    let started = report.times.started.value;
    Row {
        url: incident_url(report),
        title: report.title.value.clone(),
        date: input.words.date(started.date(&input.config.time_zone)),
        datetime: format::machine(started),
        severity: severity(input, &report.severity.value),
        note: note(input.words, report),
        services: services(input, report),
        duration: duration(input.words, report),
        bar: bar(input.words, report),
        factors: analyze::factors_of(report).len(),
        year: None,
    }
}

/// The year it began, in the zone of the site.
pub(super) fn year(input: &Input<'_>, report: &Report) -> String {
    report.times.started.value.date(&input.config.time_zone).year().to_string()
}

fn note(words: &Words, report: &Report) -> Option<String> {
    let note = match (report.kind, report.status) {
        (_, Status::Draft) => words.term("status", Status::Draft.word()),
        (Kind::Incident, _) if report.is_open() => words.term("status", "open"),
        (Kind::Incident, _) => return None,
        (kind, _) => words.term("kind", kind.word()),
    };
    Some(note.into_owned())
}

pub(super) fn services(input: &Input<'_>, report: &Report) -> Vec<Link> {
    analyze::services_of(input.config, report).iter().map(|id| group::service_link(input, id)).collect()
}

/// From the start to the end of the work, else to the end of the impact.
pub(super) fn duration(words: &Words, report: &Report) -> Option<String> {
    seconds(report).map(|seconds| words.duration(seconds))
}

/// The same in seconds.
pub(super) fn seconds(report: &Report) -> Option<i64> {
    let times = &report.times;
    let end = times.resolved.as_ref().or(times.mitigated.as_ref())?;
    times.started.value.seconds_to(end.value).filter(|seconds| *seconds >= 0)
}

/// The phases between the milestones that are known to the second, drawn to scale.
pub(super) fn bar(words: &Words, report: &Report) -> Vec<Segment> {
    let phases = phases::of(report);
    let total = phases.last().map_or(1, |last| last.to);
    let segment = |phase: &phases::Phase| {
        let (x, end) = (phase.from * 1000 / total, phase.to * 1000 / total);
        Segment { class: phase.class, label: phase.said(words), x, width: (end - x).max(2) }
    };
    phases.iter().map(segment).collect()
}

/// The metrics of a group; `page` is its address.
pub(super) fn measures(input: &Input<'_>, group: &Group, page: &str) -> Vec<Measure> {
    let behind = evidence::url(page, group);
    told(input, group).map(|measured| measure(input.words, measured, &behind)).collect()
}

/// Whether a group is all incidents.
pub(super) fn is_overall(input: &Input<'_>, group: &Group) -> bool {
    std::ptr::eq(group, &raw const input.analysis.overall)
}

/// What is told of a group: of all incidents every metric, of others those that say something.
pub(super) fn told<'g>(input: &Input<'_>, group: &'g Group) -> impl Iterator<Item = &'g metrics::Measured> + use<'g> {
    let overall = is_overall(input, group);
    group.measured.iter().filter(move |measured| overall || measured.is_told())
}

fn measure(words: &Words, measured: &metrics::Measured, behind: &str) -> Measure {
    let largest = measured.used.iter().max_by_key(|(_, seconds)| *seconds);
    Measure {
        id: measured.id,
        title: words.term("metric", measured.id).into_owned(),
        n: measured.used.len(),
        median: measured.median.map(|seconds| words.rounded(seconds)),
        interval: measured.interval.map(|(low, high)| between(words, &words.duration(low), &words.duration(high))),
        p90: measured.p90.map(|seconds| words.rounded(seconds)),
        largest: largest.map(|(report, seconds)| Link { text: words.duration(*seconds), url: incident_url(report) }),
        left_out_count: measured.left_out.iter().map(|(_, reports)| reports.len()).sum(),
        behind: behind.to_owned(),
    }
}

/// `13 min to 2 h`
pub(super) fn between(words: &Words, from: &str, to: &str) -> String {
    words.say("measures.from_to", &[("from", from.into()), ("to", to.into())])
}

/// Counts by severity, zeros left out; `page` is the address of the group.
pub(super) fn by_severity(input: &Input<'_>, group: &Group, page: &str) -> Vec<Severity> {
    let behind = evidence::url(page, group);
    let counts = group.by_severity.iter().filter(|(_, count)| *count > 0);
    let counts = counts.map(|(id, count)| Severity {
        count: *count,
        url: format!("{behind}#severity-{}", format::slug(id)),
        ..severity(input, id)
    });
    counts.collect()
}

/// The newest reports of a group.
pub(super) fn rows(input: &Input<'_>, group: &Group) -> Vec<Row> {
    group.reports.iter().take(evidence::INLINE).map(|report| row(input, report)).collect()
}

/// The reports of each factor in a group, each once.
pub(super) fn by_factor(group: &Group) -> BTreeMap<&str, Vec<&Arc<Report>>> {
    let mut by_id = BTreeMap::<&str, Vec<&Arc<Report>>>::new();
    for report in &*group.reports {
        for id in analyze::factors_of(report) {
            by_id.entry(id).or_default().push(report);
        }
    }
    by_id
}

/// Factors of a group, the most frequent first, from two reports on; `page` is the address of the group.
pub(super) fn factors(input: &Input<'_>, group: &Group, page: &str) -> Vec<Counted> {
    let behind = evidence::url(page, group);
    let mut counted: Vec<Counted> = by_factor(group)
        .into_iter()
        .filter(|(_, reports)| reports.len() > 1)
        .map(|(id, reports)| {
            let Link { text, url } = pattern::link(input, id);
            Counted { text, url, count: reports.len(), behind: format!("{behind}#factor-{}", format::slug(id)) }
        })
        .collect();
    counted.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.text.cmp(&b.text)));
    counted
}
