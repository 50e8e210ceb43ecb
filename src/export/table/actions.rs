//! The table of action items. Its owners are teams or roles, as written.

use super::{
    Column, Definition, Row, Type, Value, date, headings, numbered, of_report, of_year, optional, required, rows_of,
    text, texts,
};
use crate::{
    analyze::followup,
    config::Config,
    model::{Action, ActionStatus, Category, DelayReason, DelayResponse, Horizon, Purpose, Report},
};

pub(super) const ACTIONS: Definition = Definition {
    name: "actions",
    meaning: "One row per action item.",
    key: &["report_id", "number"],
    headings: || headings(OF_ACTIONS),
    rows: |config, corpus, _| rows_of(OF_ACTIONS, config, corpus, |report| &report.actions),
};

/// One item.
pub(super) fn row(config: &Config, report: &Report, item: &Action, number: usize) -> Vec<Value> {
    let row = Row { config, report, item, number };
    OF_ACTIONS.iter().map(|column| (column.value)(&row)).collect()
}

const OF_ACTIONS: &[Column<Action>] = &[
    of_report(),
    of_year(),
    numbered(),
    Column {
        heading: required("action_id", Type::Text, "Id within the report"),
        value: |row| text(Some(&row.item.id.value)),
    },
    Column {
        heading: required("title", Type::Text, "What is to be done"),
        value: |row| text(Some(&row.item.title.value)),
    },
    Column {
        heading: optional("owner", Type::Text, "The team or role that answers for it, as written"),
        value: |row| text(row.item.owner.as_ref().map(|owner| owner.value.as_str())),
    },
    Column {
        heading: required("teams", Type::Texts, "Ids of teams: the owner's, else those of the report"),
        value: |row| Value::Texts(followup::teams(row.config, row.report, row.item)),
    },
    Column {
        heading: required(
            "standing",
            Type::Text,
            "open, ended, or unknown where nobody recorded a status, an owner or a date",
        ),
        value: |row| text(Some(followup::standing(row.item).word())),
    },
    Column {
        heading: optional("status", Type::Text, "open, in-progress, blocked, done or dropped"),
        value: |row| text(row.item.status.as_ref().map(|status| ActionStatus::word(status.value))),
    },
    Column { heading: optional("created_on", Type::Date, "When it was promised"), value: |row| date(row.item.created) },
    Column {
        heading: optional("due_on", Type::Date, "By when"),
        value: |row| date(row.item.due.as_ref().map(|due| due.value)),
    },
    Column {
        heading: optional("done_on", Type::Date, "The last of deployed, tested and documented, of items that are done"),
        value: |row| date(followup::done_on(row.item)),
    },
    Column { heading: optional("deployed_on", Type::Date, "Deployed"), value: |row| date(row.item.done.deployed) },
    Column { heading: optional("tested_on", Type::Date, "Tested"), value: |row| date(row.item.done.tested) },
    Column {
        heading: optional("documented_on", Type::Date, "Documented"),
        value: |row| date(row.item.done.documented),
    },
    Column {
        heading: optional("kind", Type::Text, "prevent, mitigate, detect, process or investigate"),
        value: |row| text(row.item.kind.map(Purpose::word)),
    },
    Column {
        heading: optional("horizon", Type::Text, "quick or long-term"),
        value: |row| text(row.item.horizon.map(Horizon::word)),
    },
    Column {
        heading: optional("category", Type::Text, "technical-fix, process, communication or tooling"),
        value: |row| text(row.item.category.map(Category::word)),
    },
    Column { heading: optional("priority", Type::Text, "As written"), value: |row| text(row.item.priority.as_deref()) },
    Column {
        heading: optional("tracker", Type::Text, "Where it is followed"),
        value: |row| text(row.item.tracker.as_deref()),
    },
    Column {
        heading: optional("verify", Type::Text, "How one sees that it is done"),
        value: |row| text(row.item.verify.as_deref()),
    },
    Column {
        heading: required("addresses", Type::Texts, "Ids of the factors that it is against"),
        value: |row| texts(&row.item.addresses),
    },
    Column {
        heading: optional("delay_reason", Type::Text, "Why it is late"),
        value: |row| text(row.item.delay_reason.as_ref().map(|reason| DelayReason::word(reason.value))),
    },
    Column {
        heading: optional("delay_response", Type::Text, "clarify, reallocate or escalate"),
        value: |row| text(row.item.delay_response.map(DelayResponse::word)),
    },
    Column {
        heading: optional("dropped_reason", Type::Text, "Why it was dropped"),
        value: |row| text(row.item.dropped_reason.as_deref()),
    },
];
