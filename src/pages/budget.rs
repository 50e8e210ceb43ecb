//! Error budgets as tables: of one service over its rolling window and by quarter, and of all critical services over a
//! period.

use super::{
    Input, digest, toll,
    views::{self, Link},
};
use crate::{
    analyze::{
        Group,
        budget::{self, Budget},
        period::Period,
    },
    words::Words,
};
use serde::Serialize;

/// Quarters that the page of a service shows.
const QUARTERS: usize = 8;

#[derive(Serialize)]
pub(super) struct Row {
    name: String,
    /// From the root of the site.
    url: String,
    objective: String,
    allowed: String,
    used: String,
    share: String,
    /// More was used than the objective allows.
    spent: bool,
    /// Over what has passed of the period.
    burn_rate: String,
    n: usize,
    left_out: usize,
}

/// The budget of the days that end with today.
#[derive(Serialize)]
pub(super) struct Rolling {
    /// What the objective allows, and what is left of it.
    told: String,
    /// The window and the shorter span at its end.
    spans: Vec<Span>,
    /// Reports that used some of it, the newest first.
    reports: Vec<Drawn>,
    left_out: Vec<Link>,
}

#[derive(Serialize)]
struct Span {
    name: String,
    used: String,
    /// Of the budget of the window.
    share: String,
    burn_rate: String,
    n: usize,
    left_out: usize,
}

/// A report with what it used.
#[derive(Serialize)]
struct Drawn {
    used: String,
    text: String,
    url: String,
}

fn percent(words: &Words, share: f64) -> String {
    words.percent((share * 1000.0).round() / 1000.0)
}

fn burn_rate(input: &Input<'_>, budget: &Budget) -> String {
    let rate = budget.burn_rate(input.analysis.today, &input.config.time_zone);
    rate.map_or_else(|| "–".to_owned(), |rate| input.words.decimals(rate, 2))
}

fn row(input: &Input<'_>, name: String, url: String, budget: &Budget) -> Row {
    let words = input.words;
    Row {
        name,
        url,
        objective: words.percent(budget.objective),
        allowed: toll::minutes(words, budget.allowed),
        used: toll::minutes(words, budget.used),
        share: percent(words, budget.share()),
        spent: budget.share() > 1.0,
        burn_rate: burn_rate(input, budget),
        n: budget.reports.len(),
        left_out: budget.left_out.len(),
    }
}

/// The budget of a service over the days of its objective that end with today; `None` where no objective is known.
pub(super) fn rolling(input: &Input<'_>, id: &str, group: &Group) -> Option<Rolling> {
    let (config, words) = (input.config, input.words);
    let objective = budget::objective(config, id, &group.reports)?;
    let rolling = budget::rolling(config, (id, objective), &group.reports, input.analysis.today, &config.time_zone);
    let span = |days: u64, budget: &Budget, share: f64| Span {
        name: words.say("budget.last_days", &[("n", days.into())]),
        used: toll::minutes(words, budget.used),
        share: percent(words, share),
        burn_rate: burn_rate(input, budget),
        n: budget.reports.len(),
        left_out: budget.left_out.len(),
    };
    let window = &rolling.window;
    let mut spans = vec![span(objective.days, window, window.share())];
    if objective.days > budget::SHORT_DAYS {
        spans.push(span(budget::SHORT_DAYS, &rolling.short, rolling.short_share()));
    }
    let drawn = window.reports.iter().map(|(report, seconds)| {
        let Link { text, url } = views::link(report);
        Drawn { used: toll::minutes(words, *seconds), text, url }
    });
    Some(Rolling {
        told: told(words, window),
        spans,
        reports: drawn.collect(),
        left_out: window.left_out.iter().map(|report| views::link(report)).collect(),
    })
}

/// What a budget allows over its days, and what of it is left.
fn told(words: &Words, budget: &Budget) -> String {
    let (first, end) = budget.days;
    let days = words.days(first, end.yesterday().unwrap_or(end));
    let (objective, allowed) = (words.percent(budget.objective), toll::minutes(words, budget.allowed));
    let left = toll::minutes(words, budget.allowed - budget.used);
    let values = [
        ("objective", (&objective).into()),
        ("days", (&days).into()),
        ("allowed", (&allowed).into()),
        ("left", (&left).into()),
    ];
    words.say(if budget.share() > 1.0 { "budget.rolling_spent" } else { "budget.rolling_left" }, &values)
}

/// The budget of a service in each of its last quarters, newest first; none where no objective is known.
pub(super) fn of_service(input: &Input<'_>, id: &str, group: &Group) -> Vec<Row> {
    let (config, zone) = (input.config, &input.config.time_zone);
    let Some(objective) = budget::objective(config, id, &group.reports) else { return Vec::new() };
    let quarters = input.analysis.by_period.iter().filter(|(period, _)| matches!(period, Period::Quarter { .. }));
    let one = |(period, _): &(Period, std::sync::Arc<Group>)| {
        let days = (period.first(), period.end());
        let budget = budget::of(config, (id, objective.share), &group.reports, days, zone);
        row(input, digest::title(input.words, *period), digest::url(*period), &budget)
    };
    quarters.take(QUARTERS).map(one).collect()
}

/// The budgets of the critical services over a period.
pub(super) fn of_period(input: &Input<'_>, period: Period, group: &Group) -> Vec<Row> {
    let budgets = toll::budgets_in(input, group, (period.first(), period.end()));
    let one = |budget: &Budget| {
        let link = super::group::service_link(input, &budget.service);
        row(input, link.text, link.url, budget)
    };
    budgets.iter().map(one).collect()
}
