//! Error budgets as tables: of one service by quarter, and of all critical services over a period.

use super::{Input, digest, toll};
use crate::analyze::{
    Group,
    budget::{self, Budget},
    period::Period,
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
    n: usize,
    left_out: usize,
}

fn row(input: &Input<'_>, name: String, url: String, budget: &Budget) -> Row {
    let words = input.words;
    Row {
        name,
        url,
        objective: words.percent(budget.objective),
        allowed: toll::minutes(words, budget.allowed),
        used: toll::minutes(words, budget.used),
        share: words.percent((budget.share() * 1000.0).round() / 1000.0),
        spent: budget.share() > 1.0,
        n: budget.reports.len(),
        left_out: budget.left_out.len(),
    }
}

/// The budget of a service in each of its last quarters, newest first; none where no objective is known.
pub(super) fn of_service(input: &Input<'_>, id: &str, group: &Group) -> Vec<Row> {
    let (config, zone) = (input.config, &input.config.time_zone);
    let Some(objective) = budget::objective(config, id, &group.reports) else { return Vec::new() };
    let quarters = input.analysis.by_period.iter().filter(|(period, _)| matches!(period, Period::Quarter { .. }));
    let one = |(period, _): &(Period, Group)| {
        let days = (period.first(), period.end());
        let budget = budget::of(config, (id, objective), &group.reports, days, zone);
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
