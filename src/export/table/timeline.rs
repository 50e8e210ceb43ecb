//! The table of timelines.

use super::{
    Column, Definition, Type, Value, headings, numbered, of_report, of_year, optional, required, rows_of, text,
};
use crate::model::{
    timeline::{Entry, Precision},
    words::{Audience, EventKind},
};

pub(super) const TIMELINE: Definition = Definition {
    name: "timeline",
    meaning: "One row per entry of a timeline, in the order written.",
    key: &["report_id", "number"],
    headings: || headings(OF_ENTRIES),
    rows: |config, corpus, _| rows_of(OF_ENTRIES, config, corpus, |report| &report.timeline.entries),
};

const fn precision(precision: Precision) -> &'static str {
    match precision {
        Precision::Exact => "exact",
        Precision::Approximate => "approximate",
        Precision::Day => "day",
    }
}

const OF_ENTRIES: &[Column<Entry>] = &[
    of_report(),
    of_year(),
    numbered(),
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
