//! The tables of reports, of their factors, and of what was measured of each.

use super::{
    Column, Definition, Row, Type, Value, boolean, cells, count, headings, losses, moment, numbered, of_report,
    of_year, optional, report_id, required, rows_of, text, texts, year,
};
use crate::{
    analyze::{
        self, downtime,
        metrics::{self, Metric},
    },
    config::Config,
    model::{DetectedBy, Factor, Report},
    pages::incident_url,
};

pub(super) const REPORTS: Definition = Definition {
    name: "reports",
    meaning: "One row per report.",
    key: &["report_id"],
    headings: || headings(OF_REPORTS),
    rows: |config, corpus, _| {
        let rows = corpus.reports.iter().map(|report| Row { config, report, item: &**report, number: 1 });
        cells(OF_REPORTS, rows)
    },
};

pub(super) const FACTORS: Definition = Definition {
    name: "factors",
    meaning: "One row per contributing factor of a report, as written.",
    key: &["report_id", "number"],
    headings: || headings(OF_FACTORS),
    rows: |config, corpus, _| rows_of(OF_FACTORS, config, corpus, |report| &report.factors),
};

pub(super) const MEASURES: Definition = Definition {
    name: "measures",
    meaning: "One row per report and metric, also where there is no value: then `left_out` says why.",
    key: &["report_id", "measure"],
    headings: || headings(OF_MEASURES),
    rows: |config, corpus, _| rows_of(OF_MEASURES, config, corpus, |_| metrics::ALL),
};

/// Some cells of a report.
pub(super) fn cells_of<'a>(
    config: &'a Config,
    report: &'a Report,
    names: &'a [&str],
) -> impl Iterator<Item = (&'static str, Value)> + 'a {
    let row = Row { config, report, item: report, number: 1 };
    let named = OF_REPORTS.iter().filter(|column| names.contains(&column.heading.name));
    named.map(move |column| (column.heading.name, (column.value)(&row)))
}

type Reports = Column<Report>;

const OF_REPORTS: &[Reports] = &[
    Column { heading: required("report_id", Type::Text, "The address of the report on the site"), value: report_id },
    Column {
        heading: required("year", Type::Integer, "In which the incident began, in the time zone of the site"),
        value: year,
    },
    Column {
        heading: required("url", Type::Text, "Address from the root of the site"),
        value: |row| Value::Text(incident_url(row.report)),
    },
    Column {
        heading: required("path", Type::Text, "The file in the repository"),
        value: |row| Value::Text(row.report.path.as_str().to_owned()),
    },
    Column {
        heading: required("title", Type::Text, "Title"),
        value: |row| Value::Text(row.report.title.value.clone()),
    },
    Column {
        heading: required("type", Type::Text, "incident, near-miss, game-day, maintenance or external"),
        value: |row| text(Some(row.report.kind.word())),
    },
    Column {
        heading: required("severity", Type::Text, "Id of the severity in site.toml"),
        value: |row| {
            let written = &row.report.severity.value;
            text(Some(row.config.severity(written).map_or(written, |severity| &severity.id.value)))
        },
    },
    Column {
        heading: required("status", Type::Text, "draft, in-review, reviewed or closed"),
        value: |row| text(Some(row.report.status.word())),
    },
    Column {
        heading: required(
            "counted",
            Type::Boolean,
            "Whether it enters the numbers of the site: incidents that are no drafts",
        ),
        value: |row| Value::Boolean(analyze::is_counted(row.report)),
    },
    Column {
        heading: required("started_on", Type::Date, "The day on which impact began, in the time zone of the site"),
        value: |row| Value::Date(row.report.times.started.value.date(&row.config.time_zone)),
    },
    Column {
        heading: optional(
            "started_at",
            Type::Timestamp,
            "When impact began; empty where only the day is known, as for all times",
        ),
        value: |row| moment(Some(&row.report.times.started)),
    },
    Column {
        heading: optional("detected_at", Type::Timestamp, "When somebody or something noticed"),
        value: |row| moment(row.report.times.detected.as_ref()),
    },
    Column {
        heading: optional("acknowledged_at", Type::Timestamp, "When somebody took it on"),
        value: |row| moment(row.report.times.acknowledged.as_ref()),
    },
    Column {
        heading: optional("declared_at", Type::Timestamp, "When it was called an incident"),
        value: |row| moment(row.report.times.declared.as_ref()),
    },
    Column {
        heading: optional("mitigated_at", Type::Timestamp, "When customers no longer felt it"),
        value: |row| moment(row.report.times.mitigated.as_ref()),
    },
    Column {
        heading: optional("resolved_at", Type::Timestamp, "When it was over"),
        value: |row| moment(row.report.times.resolved.as_ref()),
    },
    Column {
        heading: optional("first_external_update_at", Type::Timestamp, "When customers were first told"),
        value: |row| moment(row.report.times.first_external_update.as_ref()),
    },
    Column {
        heading: required("services", Type::Texts, "Ids of services, sorted"),
        value: |row| Value::Texts(analyze::services_of(row.config, row.report)),
    },
    Column {
        heading: required("teams", Type::Texts, "Ids of teams: those named, else those that own the services; sorted"),
        value: |row| Value::Texts(analyze::teams_of(row.config, row.report)),
    },
    Column {
        heading: required("regions", Type::Texts, "Regions"),
        value: |row| Value::Texts(row.report.scope.regions.clone()),
    },
    Column { heading: required("tags", Type::Texts, "Tags"), value: |row| texts(&row.report.tags) },
    Column {
        heading: optional("detected_by", Type::Text, "Who or what noticed first"),
        value: |row| text(row.report.detected_by.map(DetectedBy::word)),
    },
    Column {
        heading: optional("trigger_kind", Type::Text, "What set it off"),
        value: |row| text(row.report.trigger.as_ref().map(|trigger| trigger.kind.value.word())),
    },
    Column {
        heading: optional("customers", Type::Integer, "Customers affected"),
        value: |row| count(row.report.impact.customers),
    },
    Column {
        heading: optional("customer_share", Type::Number, "Share of customers affected, 0 to 1"),
        value: |row| row.report.impact.customer_share.map_or(Value::Null, Value::Number),
    },
    Column {
        heading: optional("impact_seconds", Type::Integer, "Seconds under impact: the union of all windows"),
        value: |row| downtime::of_report(row.report).map_or(Value::Null, Value::Integer),
    },
    Column {
        heading: optional(
            "down_seconds",
            Type::Integer,
            "Of these, seconds in which something was wholly down, where a window says how much was lost",
        ),
        value: |row| downtime::down_of_report(row.report).map_or(Value::Null, Value::Integer),
    },
    Column {
        heading: optional(
            "customer_minutes",
            Type::Number,
            "Customers times minutes of each window; of windows of one service that overlap the larger number counts",
        ),
        value: |row| losses::customer_minutes(row.config, row.report),
    },
    Column {
        heading: optional("requests_failed", Type::Integer, "Requests that failed"),
        value: |row| count(row.report.impact.requests_failed),
    },
    Column {
        heading: optional("support_tickets", Type::Integer, "Tickets that customers opened"),
        value: |row| count(row.report.impact.support_tickets),
    },
    Column {
        heading: required("estimated", Type::Texts, "Which of these numbers are estimates"),
        value: |row| Value::Texts(row.report.impact.estimated.iter().map(|name| (*name).to_owned()).collect()),
    },
    Column {
        heading: optional("data_loss", Type::Boolean, "Whether data were lost"),
        value: |row| boolean(row.report.impact.data_loss),
    },
    Column {
        heading: optional("security", Type::Boolean, "Whether it concerned security"),
        value: |row| boolean(row.report.impact.security),
    },
    Column {
        heading: optional("people_hours", Type::Number, "Hours of all people together"),
        value: |row| row.report.toll.people_hours().map_or(Value::Null, Value::Number),
    },
    Column {
        heading: required("recurrence_of", Type::Texts, "Ids of reports of which this is a repetition"),
        value: |row| texts(&row.report.recurrence_of),
    },
    Column {
        heading: optional("review_held_at", Type::Timestamp, "When the review was held"),
        value: |row| moment(row.report.review.held_at.as_ref()),
    },
    Column {
        heading: optional("source", Type::Text, "Name of the source in site.toml; empty for the site's own reports"),
        value: |row| text(row.config.source_of(&row.report.path).map(|source| source.name.value.as_str())),
    },
];

const OF_FACTORS: &[Column<Factor>] = &[
    of_report(),
    of_year(),
    numbered(),
    Column {
        heading: required("factor", Type::Text, "Id of the factor: the name of its pattern page"),
        value: |row| text(Some(&row.item.id.value)),
    },
    Column {
        heading: required("role", Type::Text, "contributor, mitigator or risk"),
        value: |row| text(Some(row.item.role.word())),
    },
    Column {
        heading: optional("note", Type::Text, "How it took part, in Markdown"),
        value: |row| text(row.item.note.as_deref()),
    },
];

const OF_MEASURES: &[Column<Metric>] = &[
    of_report(),
    of_year(),
    Column {
        heading: required("measure", Type::Text, "Id of the metric: time-to-detect, time-to-mitigate, time-to-resolve"),
        value: |row| text(Some(row.item.id)),
    },
    Column {
        heading: optional("seconds", Type::Integer, "The duration, from the beginning of impact"),
        value: |row| row.item.of(row.report).map_or(Value::Null, Value::Integer),
    },
    Column {
        heading: optional("left_out", Type::Text, "Why there is no duration"),
        value: |row| text(row.item.of(row.report).err()),
    },
];
