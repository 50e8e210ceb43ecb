//! Views that several kinds of pages share: a report as a line, phases drawn to scale, a measured metric.

use super::{Input, format, group, incident_url, pattern};
use crate::{
    analyze::{self, Group, metrics},
    model::{Kind, Report, Status, time::When},
};
use serde::Serialize;

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
    pub note: Option<&'static str>,
    pub services: Vec<Link>,
    pub duration: Option<String>,
    pub bar: Vec<Segment>,
    pub factors: usize,
}

/// A value with the report it was measured on.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Used {
    pub text: String,
    pub url: String,
    pub value: String,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct LeftOut {
    pub why: &'static str,
    pub reports: Vec<Link>,
}

/// A metric over a group, with everything behind it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Measure {
    pub id: &'static str,
    pub title: &'static str,
    pub n: usize,
    pub median: Option<String>,
    pub interval: Option<String>,
    pub p90: Option<String>,
    pub largest: Option<String>,
    pub used: Vec<Used>,
    pub left_out: Vec<LeftOut>,
    pub left_out_count: usize,
}

/// Something that reports share, and how many do.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Counted {
    pub text: String,
    pub url: String,
    pub count: usize,
    pub reports: Vec<Link>,
}

pub(super) fn link(report: &Report) -> Link {
    Link { text: report.title.value.clone(), url: incident_url(report) }
}

pub(super) fn severity(input: &Input<'_>, written: &str, count: usize) -> Severity {
    let rank = input.config.severity_rank(written);
    let known = input.config.severity(written);
    Severity {
        id: known.map_or_else(|| written.to_owned(), |severity| severity.id.value.clone()),
        name: known.map_or_else(|| written.to_owned(), |severity| severity.name.clone()),
        class: format!("sev-{}", (rank + 1).min(5)),
        count,
    }
}

pub(super) fn row(input: &Input<'_>, report: &Report) -> Row {
    let started = report.times.started.value;
    Row {
        url: incident_url(report),
        title: report.title.value.clone(),
        date: format::date(started.date(&input.config.time_zone)),
        datetime: format::machine(started),
        severity: severity(input, &report.severity.value, 0),
        note: note(report),
        services: services(input, report),
        duration: duration(report),
        bar: bar(report),
        factors: report.factors.len(),
    }
}

fn note(report: &Report) -> Option<&'static str> {
    match (report.kind, report.status) {
        (_, Status::Draft) => Some("draft"),
        (Kind::Incident, _) if report.is_open() => Some("open"),
        (Kind::Incident, _) => None,
        (kind, _) => Some(kind.word()),
    }
}

pub(super) fn services(input: &Input<'_>, report: &Report) -> Vec<Link> {
    analyze::services_of(input.config, report).iter().map(|id| group::service_link(input, id)).collect()
}

/// From the start to the end of the work, else to the end of the impact.
pub(super) fn duration(report: &Report) -> Option<String> {
    let times = &report.times;
    let end = times.resolved.as_ref().or(times.mitigated.as_ref())?;
    times.started.value.seconds_to(end.value).filter(|seconds| *seconds >= 0).map(format::duration)
}

/// The phases between the milestones that are known to the second, drawn to scale.
pub(super) fn bar(report: &Report) -> Vec<Segment> {
    let times = &report.times;
    let start = times.started.value;
    let at = |when: &Option<crate::snapshot::Spanned<When>>| {
        when.as_ref().and_then(|when| start.seconds_to(when.value)).map(|seconds| seconds.max(0))
    };
    let (detected, mitigated, resolved) = (at(&times.detected), at(&times.mitigated), at(&times.resolved));
    let marks = [("unnoticed", detected), ("responding", mitigated), ("recovering", resolved)];
    let total = marks.iter().filter_map(|(_, mark)| *mark).max().unwrap_or(0);
    if total == 0 {
        return Vec::new();
    }
    let mut from = 0;
    let mut segments = Vec::new();
    for (class, mark) in marks {
        let Some(to) = mark else { continue };
        if to > from {
            let (x, end) = (from * 1000 / total, to * 1000 / total);
            let label = format!("{class}: {}", format::duration(to - from));
            segments.push(Segment { class, label, x, width: (end - x).max(2) });
            from = to;
        }
    }
    segments
}

pub(super) fn measures(group: &Group) -> Vec<Measure> {
    group.measured.iter().map(measure).collect()
}

fn measure(measured: &metrics::Measured) -> Measure {
    let used = measured.used.iter().map(|(report, seconds)| {
        let Link { text, url } = link(report);
        Used { text, url, value: format::duration(*seconds) }
    });
    let left_out = measured
        .left_out
        .iter()
        .map(|(why, reports)| LeftOut { why, reports: reports.iter().map(|report| link(report)).collect() });
    Measure {
        id: measured.id,
        title: measured.title,
        n: measured.used.len(),
        median: measured.median.map(format::rounded),
        interval: measured
            .interval
            .map(|(low, high)| format!("{} to {}", format::duration(low), format::duration(high))),
        p90: measured.p90.map(format::rounded),
        largest: measured.largest.map(format::duration),
        used: used.collect(),
        left_out: left_out.collect(),
        left_out_count: measured.left_out.iter().map(|(_, reports)| reports.len()).sum(),
    }
}

pub(super) fn by_severity(input: &Input<'_>, group: &Group) -> Vec<Severity> {
    group.by_severity.iter().filter(|(_, count)| *count > 0).map(|(id, count)| severity(input, id, *count)).collect()
}

pub(super) fn rows(input: &Input<'_>, group: &Group) -> Vec<Row> {
    group.reports.iter().map(|report| row(input, report)).collect()
}

/// Factors of a group, the most frequent first, from `least` reports on.
pub(super) fn factors(input: &Input<'_>, group: &Group, least: usize) -> Vec<Counted> {
    let mut by_id = std::collections::BTreeMap::<&str, Vec<Link>>::new();
    for report in &group.reports {
        let mut ids: Vec<&str> = report.factors.iter().map(|factor| factor.id.value.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        for id in ids {
            by_id.entry(id).or_default().push(link(report));
        }
    }
    let mut counted: Vec<Counted> = by_id
        .into_iter()
        .filter(|(_, reports)| reports.len() >= least)
        .map(|(id, reports)| {
            let Link { text, url } = pattern::link(input, id);
            Counted { text, url, count: reports.len(), reports }
        })
        .collect();
    counted.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.text.cmp(&b.text)));
    counted
}
