//! What incidents took: time under impact and lost service by service, and cost by currency.

use super::{Column, Definition, Row, Type, Value, cells, headings, of_report, of_year, optional, required};
use crate::{
    analyze::{self, budget, toll},
    config::Config,
    model::{Report, corpus::Corpus},
    words::money,
};
use std::collections::BTreeMap;

/// Customers times minutes of one report.
pub(super) fn customer_minutes(config: &Config, report: &Report) -> Value {
    toll::customers_of(config, report).map_or(Value::Null, |seconds| Value::Number(rounded(seconds / 60.0, 2)))
}

/// To so many places: what is computed in seconds has no more that mean anything.
pub(super) fn rounded(value: f64, places: u32) -> f64 {
    let unit = f64::from(10_u32.pow(places));
    (value * unit).round() / unit
}

/// A service that a report concerns.
struct Loss {
    service: String,
    objective: Option<f64>,
    seconds: Option<f64>,
}

pub(super) const LOSSES: Definition = Definition {
    name: "losses",
    meaning: "One row per report and service: what it used of the error budget.",
    key: &["report_id", "service"],
    headings: || headings(OF_LOSSES),
    rows: |config, corpus, _| of_each(OF_LOSSES, config, corpus, losses),
};

fn losses(config: &Config, report: &Report) -> Vec<Loss> {
    let one = |service: String| Loss {
        objective: config.services.get(&service).and_then(|known| known.objective),
        seconds: budget::used_by(config, report, &service),
        service,
    };
    analyze::services_of(config, report).into_iter().map(one).collect()
}

const OF_LOSSES: &[Column<Loss>] = &[
    of_report(),
    of_year(),
    Column {
        heading: required("service", Type::Text, "Id of the service"),
        value: |row| Value::Text(row.item.service.clone()),
    },
    Column {
        heading: optional("objective", Type::Number, "Its objective in site.toml, as 0.999"),
        value: |row| row.item.objective.map_or(Value::Null, Value::Number),
    },
    Column {
        heading: optional(
            "lost_seconds",
            Type::Number,
            "Seconds of impact, each weighted by the share that was lost; of windows that overlap the worst counts",
        ),
        value: |row| row.item.seconds.map_or(Value::Null, |seconds| Value::Number(rounded(seconds, 3))),
    },
];

/// What a report cost in one currency, in whole units of it.
#[derive(Default)]
struct Cost {
    currency: String,
    revenue: f64,
    work: f64,
}

pub(super) const COSTS: Definition = Definition {
    name: "costs",
    meaning: "One row per report and currency, where a cost can be estimated; amounts of two currencies are never added.",
    key: &["report_id", "currency"],
    headings: || headings(OF_COSTS),
    rows: |config, corpus, _| of_each(OF_COSTS, config, corpus, costs),
};

fn costs(config: &Config, report: &Report) -> Vec<Cost> {
    let mut costs: BTreeMap<String, Cost> = BTreeMap::new();
    let whole = |amount: f64, currency: &str| amount / f64::from(10_u32.pow(money::places(currency)));
    let (revenue, work) = toll::of_report(config, report);
    for lost in revenue {
        let amount = whole(lost.amount(), &lost.currency);
        costs.entry(lost.currency).or_default().revenue += amount;
    }
    if let Some((currency, amount)) = work {
        let amount = whole(amount, &currency);
        costs.entry(currency).or_default().work += amount;
    }
    costs.into_iter().map(|(currency, cost)| Cost { currency, ..cost }).collect()
}

const OF_COSTS: &[Column<Cost>] = &[
    of_report(),
    of_year(),
    Column {
        heading: required("currency", Type::Text, "Three letters, as in ISO 4217"),
        value: |row| Value::Text(row.item.currency.clone()),
    },
    Column {
        heading: required("revenue", Type::Number, "Estimate: lost minutes times revenue per minute"),
        value: |row| Value::Number(rounded(row.item.revenue, 3)),
    },
    Column {
        heading: required("work", Type::Number, "Estimate: hours of people times the rate of their role"),
        value: |row| Value::Number(rounded(row.item.work, 3)),
    },
];

/// The rows of what is computed of each report.
fn of_each<T>(
    columns: &[Column<T>],
    config: &Config,
    corpus: &Corpus,
    items: impl Fn(&Config, &Report) -> Vec<T>,
) -> Vec<Vec<Value>> {
    let rows = |report: &Report| {
        let items = items(config, report);
        cells(columns, items.iter().zip(1..).map(|(item, number)| Row { config, report, item, number }))
    };
    corpus.reports.iter().flat_map(|report| rows(report)).collect()
}
