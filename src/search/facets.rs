//! What reports can be narrowed by: for each facet its values, and the reports of each value.

use super::{Out, code};
use crate::{
    analyze,
    config::Config,
    model::{Report, corpus::Corpus},
    pages::format,
};
use jiff::civil::Date;
use std::{collections::BTreeMap, sync::Arc};

pub(super) type Reports = [(Date, Arc<Report>)];
/// Id → name, and the reports that have it.
pub(super) type Values = BTreeMap<String, (String, Vec<u32>)>;

fn collect(reports: &Reports, of: impl Fn(&Report) -> Vec<(String, String)>) -> Values {
    let mut values = Values::new();
    for (number, (_, report)) in (0..).zip(reports) {
        for (id, name) in of(report) {
            let (_, reports) = values.entry(id).or_insert_with(|| (name, Vec::new()));
            if reports.last() != Some(&number) {
                reports.push(number);
            }
        }
    }
    values
}

/// Every facet with its values.
pub(super) fn of(config: &Config, corpus: &Corpus, reports: &Reports) -> [(&'static str, Values); 5] {
    let service = |id: String| {
        let name = config.services.get(&id).map_or_else(|| id.clone(), |service| service.name.clone());
        (id, name)
    };
    let team = |id: String| {
        let name = config.teams.get(&id).map_or_else(|| id.clone(), |team| team.name.clone());
        (id, name)
    };
    let pattern = |id: &str| {
        let name = corpus.patterns.get(id).map_or_else(|| format::words(id), |pattern| pattern.title.value.clone());
        (id.to_owned(), name)
    };
    let severity = |report: &Report| match config.severity(&report.severity.value) {
        Some(known) => vec![(known.id.value.clone(), known.id.value.clone())],
        None => vec![(report.severity.value.clone(), report.severity.value.clone())],
    };
    let status = |report: &Report| {
        let open = report.is_open().then(|| ("open".to_owned(), "open".to_owned()));
        let status = report.status.word();
        open.into_iter().chain([(status.to_owned(), format::words(status))]).collect()
    };
    [
        ("service", collect(reports, |report| analyze::services_of(config, report).into_iter().map(service).collect())),
        ("severity", collect(reports, severity)),
        ("pattern", collect(reports, |report| analyze::factors_of(report).into_iter().map(pattern).collect())),
        ("team", collect(reports, |report| analyze::teams_of(config, report).into_iter().map(team).collect())),
        ("status", collect(reports, status)),
    ]
}

/// Writes one file per facet and returns the members of the manifest: `"service":"1f2e3d4c",…`
pub(super) fn write(config: &Config, corpus: &Corpus, reports: &Reports, out: &Out<'_>) -> String {
    let facets = of(config, corpus, reports);
    let mut members: Vec<String> =
        facets.iter().map(|(name, values)| format!("\"{name}\":\"{}\"", out.hashed("f", &file(values)))).collect();
    members.push(format!("\"days\":\"{}\"", out.hashed("f", &days(reports))));
    members.join(",")
}

/// `[id, name, reports, …]`
fn file(values: &Values) -> String {
    let encoded: Vec<[String; 3]> = values
        .iter()
        .map(|(id, (name, reports))| {
            let mut text = String::new();
            code::ascending(&mut text, reports.iter().copied());
            [id.clone(), name.clone(), text]
        })
        .collect();
    let mut out = String::new();
    code::literals(&mut out, encoded.iter().flatten().map(String::as_str));
    out
}

/// The day of each report after 1970-01-01, as the distance to the one before; 0 for earlier ones.
fn days(reports: &Reports) -> String {
    let (mut out, mut before) = (String::from("\""), 0);
    for (date, _) in reports {
        let days = (*date - jiff::civil::date(1970, 1, 1)).get_days();
        let day = u32::try_from(days).unwrap_or(0);
        code::number(&mut out, day.saturating_sub(before));
        before = day.max(before);
    }
    out.push('"');
    out
}

/// Each year with its first report: `2019,0,2020,14`.
pub(super) fn years(reports: &Reports) -> String {
    let (mut members, mut before) = (Vec::new(), None);
    for (number, (date, _)) in reports.iter().enumerate() {
        if before != Some(date.year()) {
            members.push(format!("{},{number}", date.year()));
            before = Some(date.year());
        }
    }
    members.join(",")
}
