//! The table of timelines.

use super::{Column, Definition, Row, Type, Value, cells, count, headings, optional, report_id, required, text, year};
use crate::model::{
    timeline::{Entry, Precision},
    words::{Audience, EventKind},
};

pub(super) const TIMELINE: Definition = Definition {
    name: "timeline",
    meaning: "One row per entry of a timeline, in the order written.",
    key: &["report_id", "number"],
    headings: || headings(OF_ENTRIES),
    rows: |config, corpus| {
        let rows = corpus.reports.iter().flat_map(|report| {
            let numbered = report.timeline.entries.iter().zip(1..);
            numbered.map(move |(item, number)| Row { config, report, item, number })
        });
        cells(OF_ENTRIES, rows)
    },
};

const fn precision(precision: Precision) -> &'static str {
    match precision {
        Precision::Exact => "exact",
        Precision::Approximate => "approximate",
        Precision::Day => "day",
    }
}

const OF_ENTRIES: &[Column<Entry>] = &[
    Column { heading: required("report_id", Type::Text, "The report"), value: report_id },
    Column { heading: required("year", Type::Integer, "The year of the report"), value: year },
    Column {
        heading: required("number", Type::Integer, "From 1, within the report"),
        value: |row| count(Some(row.number as u64)),
    },
    Column {
        heading: required("happened_on", Type::Date, "The day, in the time zone of the site"),
        value: |row| Value::Date(row.item.at.date(&row.config.time_zone)),
    },
    Column {
        heading: optional("happened_at", Type::Timestamp, "The moment; empty where only the day is known"),
        value: |row| row.item.at.instant().map_or(Value::Null, Value::Timestamp),
    },
    Column {
        heading: required("precision", Type::Text, "exact, approximate or day"),
        value: |row| text(Some(precision(row.item.precision))),
    },
    Column {
        heading: optional("kind", Type::Text, "event, detect, decision, action, comms, status or recover"),
        value: |row| text(row.item.kind.map(EventKind::word)),
    },
    Column {
        heading: required("text", Type::Text, "What happened, in Markdown"),
        value: |row| text(Some(&row.item.text)),
    },
    Column {
        heading: optional("source", Type::Text, "Where it is known from"),
        value: |row| text(row.item.source.as_deref()),
    },
    Column {
        heading: optional("known", Type::Text, "At a decision: what was known then"),
        value: |row| text(row.item.known.as_deref()),
    },
    Column {
        heading: required("options", Type::Texts, "At a decision: what could have been chosen"),
        value: |row| Value::Texts(row.item.options.clone()),
    },
    Column {
        heading: optional("audience", Type::Text, "Whom a message was for"),
        value: |row| text(row.item.audience.map(Audience::word)),
    },
];
