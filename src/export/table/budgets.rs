//! The table of rolling error budgets: what services used of them by the day of the export.

use super::{Definition, Heading, Type, Value, count, losses::rounded, optional, required};
use crate::{
    analyze::{
        self,
        budget::{self, Budget},
    },
    config::Config,
    model::corpus::Corpus,
};
use jiff::civil::Date;

pub(super) const BUDGETS: Definition = Definition {
    name: "budgets",
    meaning: "One row per service with an objective and span that ends with the day of the export: the window of the objective, and the last days of it. Incidents that are no drafts count.",
    key: &["service", "days"],
    headings: || OF_BUDGETS.iter().map(|(heading, _)| *heading).collect(),
    rows,
};

/// A span at the end of the window of a service.
struct Span {
    budget: Budget,
    days: u64,
    window_days: u64,
    /// Of the budget of the window.
    share: f64,
    burn_rate: Option<f64>,
}

fn rows(config: &Config, corpus: &Corpus, today: Date) -> Vec<Vec<Value>> {
    let counted = analyze::counted(corpus);
    let of_service = |service: &String| {
        let own = counted.iter().filter(|report| analyze::is_of_service(config, report, service));
        let own: Vec<_> = own.cloned().collect();
        let objective = budget::objective(config, service, &own)?;
        let rolling = budget::rolling(config, (service, objective), &own, today, &config.time_zone);
        let shares = (rolling.window.share(), rolling.short_share());
        let span = |budget: Budget, days: u64, share: f64| {
            let burn_rate = budget.burn_rate(today, &config.time_zone);
            Span { budget, days, window_days: objective.days, share, burn_rate }
        };
        let mut spans = vec![span(rolling.window, objective.days, shares.0)];
        if objective.days > budget::SHORT_DAYS {
            spans.push(span(rolling.short, budget::SHORT_DAYS, shares.1));
        }
        Some(spans)
    };
    let spans = config.services.keys().filter_map(of_service).flatten();
    spans.map(|span| OF_BUDGETS.iter().map(|(_, value)| value(&span)).collect()).collect()
}

type Column = (Heading, fn(&Span) -> Value);

const OF_BUDGETS: &[Column] = &[
    (required("service", Type::Text, "Id of the service"), |span| Value::Text(span.budget.service.clone())),
    (required("year", Type::Integer, "The year of the last day"), |span| Value::Integer(i64::from(last(span).year()))),
    (required("days", Type::Integer, "Days of the span"), |span| count(Some(span.days))),
    (required("first_on", Type::Date, "Its first day, in the time zone of the site"), |span| {
        Value::Date(span.budget.days.0)
    }),
    (required("last_on", Type::Date, "Its last day: that of the export, as a whole day"), |span| {
        Value::Date(last(span))
    }),
    (required("objective", Type::Number, "The share of good service that is promised, as 0.999"), |span| {
        Value::Number(span.budget.objective)
    }),
    (required("window_days", Type::Integer, "Days over which the objective counts"), |span| {
        count(Some(span.window_days))
    }),
    (
        required("allowed_seconds", Type::Number, "Seconds of full loss that the objective allows over the span"),
        |span| Value::Number(rounded(span.budget.allowed, 3)),
    ),
    (
        required(
            "lost_seconds",
            Type::Number,
            "Seconds of impact, each weighted by the share that was lost; of windows that overlap the worst counts",
        ),
        |span| Value::Number(rounded(span.budget.used, 3)),
    ),
    (required("window_share", Type::Number, "Lost, of what the objective allows over window_days"), |span| {
        Value::Number(rounded(span.share, 6))
    }),
    (
        optional(
            "burn_rate",
            Type::Number,
            "The share of the span that was lost, by the share that the objective allows: 1 uses the budget up when its window ends",
        ),
        |span| span.burn_rate.map_or(Value::Null, |rate| Value::Number(rounded(rate, 6))),
    ),
    (required("reports", Type::Integer, "Reports that it comes from"), |span| {
        count(Some(span.budget.reports.len() as u64))
    }),
    (required("left_out", Type::Integer, "Reports that began in the span and know no impact to the minute"), |span| {
        count(Some(span.budget.left_out.len() as u64))
    }),
];

fn last(span: &Span) -> Date {
    let end = span.budget.days.1;
    end.yesterday().unwrap_or(end)
}
