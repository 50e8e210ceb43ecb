//! What a result shows of a report, and the words that excerpts and phrases are taken from: one file per report.

use super::{code, document::Document};
use crate::{
    config::Config,
    model::{Kind, Report, Status},
    pages::{self, format},
};
use jiff::civil::Date;

/// `[id, title, date, date in words, severity, its class, what it is beside a finished incident, services, address, parts]`;
/// the parts are a list of `id of a heading, heading, words`.
pub(super) fn of(config: &Config, report: &Report, date: Date, document: &Document) -> String {
    let severity = config.severity(&report.severity.value).map_or(&report.severity.value, |known| &known.id.value);
    let class = format!("sev-{}", (config.severity_rank(&report.severity.value) + 1).min(5));
    let head = [
        &report.id.value,
        &report.title.value,
        &date.to_string(),
        &format::date(date),
        severity,
        &class,
        note(report),
        &document.services.join(", "),
        &pages::incident_url(report),
    ];
    let mut out = String::from("[");
    for text in head {
        code::literal(&mut out, text);
        out.push(',');
    }
    let parts = document.parts.iter().flat_map(|part| [part.id.as_str(), part.heading.as_str(), part.text.as_str()]);
    code::literals(&mut out, parts);
    out.push(']');
    out
}

fn note(report: &Report) -> &'static str {
    match (report.kind, report.status) {
        (_, Status::Draft) => "draft",
        (Kind::Incident, _) if report.is_open() => "open",
        (Kind::Incident, _) => "",
        (kind, _) => kind.word(),
    }
}
