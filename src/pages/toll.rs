//! What incidents took, in words: customer-minutes, cost and hours of people, each with its reports.

use super::{Input, evidence::Sums};
use crate::{
    analyze::{
        Group,
        budget::{self, Budget},
        toll::{self, Revenue, Toll},
    },
    model::Report,
    snapshot::RelPath,
    words::Words,
};
use serde::Serialize;
use std::{
    collections::{BTreeSet, HashSet},
    sync::Arc,
};

/// A row of the table of amounts. `id` is the anchor of its reports, `about` that of its definition.
#[derive(Serialize)]
pub(super) struct Amount {
    pub id: String,
    pub about: &'static str,
    pub title: String,
    pub value: String,
    pub note: String,
    pub n: usize,
    pub left_out: usize,
}

/// Customers times minutes, from seconds.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative, and casts saturate")]
pub(super) fn customer_minutes(words: &Words, seconds: f64) -> String {
    words.count((seconds / 60.0).round() as u64)
}

/// Minutes to one decimal place.
pub(super) fn minutes(words: &Words, seconds: f64) -> String {
    words.decimals(seconds / 60.0, 1)
}

/// The rows that have something in them.
pub(super) fn of(input: &Input<'_>, group: &Group) -> Vec<Amount> {
    let words = input.words;
    let toll = &group.toll;
    let customers = (!toll.customers.used.is_empty()).then(|| Amount {
        id: "customer-minutes".to_owned(),
        about: "customer-minutes",
        title: words.term("toll", "customer-minutes").into_owned(),
        value: customer_minutes(words, toll.customers.total),
        note: if toll.estimated { words.text("toll.estimated").to_owned() } else { String::new() },
        n: toll.customers.used.len(),
        left_out: toll.customers.left_out.len(),
    });
    let work = (!toll.work.used.is_empty()).then(|| Amount {
        id: "work".to_owned(),
        about: "work",
        title: words.term("toll", "work").into_owned(),
        value: words.decimals(toll.work.total, 1),
        note: String::new(),
        n: toll.work.used.len(),
        left_out: toll.work.left_out.len(),
    });
    customers.into_iter().chain(work).chain(costs(words, toll)).collect()
}

fn costs<'a>(words: &'a Words, toll: &'a Toll) -> impl Iterator<Item = Amount> + 'a {
    toll.cost.iter().map(|(currency, cost)| {
        let money = |amount: f64| words.rounded_money(amount, currency);
        let (revenue, work) = (money(cost.revenue), money(cost.work));
        Amount {
            id: format!("cost-{}", currency.to_lowercase()),
            about: "cost",
            title: words.say("toll.cost_in", &[("currency", currency.into())]),
            value: money(cost.total()),
            note: words.say("toll.parts", &[("revenue", (&revenue).into()), ("work", (&work).into())]),
            n: cost.used.len(),
            left_out: toll.without_cost.len(),
        }
    })
}

/// The reports behind each amount.
pub(super) fn behind<'g>(words: &'g Words, group: &'g Group) -> Vec<Sums<'g>> {
    let toll = &group.toll;
    let customers = Sums {
        id: "customer-minutes".to_owned(),
        title: words.term("toll", "customer-minutes").into_owned(),
        used: &toll.customers.used,
        value: Box::new(|seconds| customer_minutes(words, seconds)),
        left_out: (toll::NO_CUSTOMERS, &toll.customers.left_out),
    };
    let work = Sums {
        id: "work".to_owned(),
        title: words.term("toll", "work").into_owned(),
        used: &toll.work.used,
        value: Box::new(|hours| words.decimals(hours, 1)),
        left_out: (toll::NO_EFFORT, &toll.work.left_out),
    };
    let costs = toll.cost.iter().map(|(currency, cost)| Sums {
        id: format!("cost-{}", currency.to_lowercase()),
        title: words.say("toll.cost_in", &[("currency", currency.into())]),
        used: &cost.used,
        value: Box::new(|amount| words.rounded_money(amount, currency)),
        left_out: (toll::NO_COST, &toll.without_cost),
    });
    [customers, work].into_iter().chain(costs).filter(|sums| !sums.used.is_empty()).collect()
}

/// What a report lost in revenue, as the formula with its inputs: `47 min × 1,250.00 EUR = 58,750.00 EUR`.
pub(super) fn formula(words: &Words, revenue: &Revenue) -> String {
    let Revenue { currency, seconds, per_minute, .. } = revenue;
    let (minutes, rate) = (minutes(words, *seconds), words.money(*per_minute, currency));
    let amount = words.rounded_money(revenue.amount(), currency);
    let values = [("minutes", (&minutes).into()), ("rate", (&rate).into()), ("amount", (&amount).into())];
    words.say("toll.formula", &values)
}

/// The share of a budget and what it is of: `108.8 % (47 of 43.2 min)`.
pub(super) fn told_of_budget(words: &Words, used: f64, allowed: f64) -> String {
    let share = words.percent(((used / allowed) * 1000.0).round() / 1000.0);
    let (used, allowed) = (minutes(words, used), minutes(words, allowed));
    let values = [("share", (&share).into()), ("used", (&used).into()), ("allowed", (&allowed).into())];
    words.say("budget.told", &values)
}

/// The budgets that a report drew on: service, days and how much, in the order of services.
pub(super) fn budgets_of(input: &Input<'_>, report: &Report) -> Vec<(String, u64, String)> {
    let config = input.config;
    let stated = report
        .impact
        .slo
        .iter()
        .map(|slo| (config.service_id(&slo.service.value).to_owned(), slo.objective, slo.window_days));
    let stated: Vec<(String, f64, u64)> = stated.collect();
    let named: BTreeSet<&String> = stated.iter().map(|(service, ..)| service).collect();
    let known = crate::analyze::services_of(config, report).into_iter().filter(|id| !named.contains(id));
    let known = known.filter_map(|id| Some((id.clone(), config.services.get(&id)?.objective?, budget::WINDOW_DAYS)));
    let known: Vec<_> = known.collect();
    #[expect(clippy::cast_precision_loss, reason = "days of a budget")]
    let told = |(service, objective, days): (String, f64, u64)| {
        let used = budget::used_by(config, report, &service)?;
        let allowed = budget::allowed(objective, days as f64);
        Some((service, days, told_of_budget(input.words, used, allowed)))
    };
    stated.into_iter().chain(known).filter_map(told).collect()
}

/// The budgets of the services that matter most over a period: those of the highest tier that any has, in the order of
/// their names.
pub(super) fn budgets_in(
    input: &Input<'_>,
    group: &Group,
    days: (jiff::civil::Date, jiff::civil::Date),
) -> Vec<Budget> {
    let config = input.config;
    let with = config.services.iter().filter_map(|(id, service)| {
        let reports = input.analysis.by_service.get(id).map_or(&[][..], |group| &group.reports);
        Some((id, service.tier, budget::objective(config, id, reports)?))
    });
    let with: Vec<_> = with.collect();
    let highest = with.iter().filter_map(|(_, tier, _)| *tier).min();
    let own: HashSet<&RelPath> = group.reports.iter().map(|report| &report.path).collect();
    let felt = group.impact.used.iter().map(|(report, _)| report).filter(|felt| !own.contains(&felt.path));
    let reports: Vec<Arc<Report>> = group.reports.iter().chain(felt).cloned().collect();
    let critical = with.into_iter().filter(|(_, tier, _)| highest.is_none() || *tier == highest);
    critical
        .map(|(id, _, objective)| budget::of(config, (id, objective.share), &reports, days, &config.time_zone))
        .collect()
}
