//! What incidents took in a period beside what they took in the one before: sums with their reports. Nothing here says
//! that one is more than the other, since no test for sums stands behind it.

use super::Link;
use crate::{
    analyze::{Group, period::Period, toll::Sum},
    pages::{Input, evidence, toll},
    words::Words,
};
use serde::Serialize;
use std::collections::BTreeSet;

/// Two periods of one kind, the second the one before the first, and what was summed over both.
#[derive(Clone, Debug)]
pub struct Amounts {
    pub before: Period,
    /// Days of both as far as they have passed, in words.
    days: [String; 2],
    pub rows: Vec<Row>,
}

/// One sum over each of the two.
#[derive(Clone, Debug)]
pub struct Row {
    pub id: String,
    pub name: String,
    /// `seconds`, `customer-minutes`, `person-hours`, or the smallest unit of the currency of this name.
    pub unit: String,
    pub now: Side,
    pub before: Side,
}

/// A sum over the reports of one period.
#[derive(Clone, Debug)]
pub struct Side {
    /// `None` where no report states any of it, although there are reports.
    pub value: Option<f64>,
    told: String,
    /// Reports that it comes from.
    pub n: usize,
    /// Reports that began in the period and state nothing to add.
    pub left_out: usize,
    /// The reports of each, from the root of the site; empty where there are none.
    url: String,
}

/// What can be summed over a group, in the order of the table.
enum Kind<'c> {
    Impact,
    Down,
    Customers,
    Work,
    Cost(&'c String),
}

/// `None` for a period before which none was recorded from its first day on, and where no report of both states anything.
pub(super) fn of(input: &Input<'_>, period: Period, group: &Group) -> Option<Amounts> {
    let first = input.analysis.overall.reports.last()?.times.started.value.date(&input.config.time_zone);
    let kind = std::mem::discriminant(&period);
    let (before, group_before) = input
        .analysis
        .by_period
        .iter()
        .find(|(known, _)| std::mem::discriminant(known) == kind && known.end() == period.first())?;
    if before.first() < first {
        return None;
    }
    let currencies: BTreeSet<&String> = group.toll.cost.keys().chain(group_before.toll.cost.keys()).collect();
    let kinds = [Kind::Impact, Kind::Down, Kind::Customers, Kind::Work].into_iter();
    let rows = kinds.chain(currencies.into_iter().map(Kind::Cost)).map(|kind| {
        let (id, name, unit) = kind.named(input.words);
        let side = |period, group| kind.side(input, period, group, &id);
        Row { now: side(period, group), before: side(*before, group_before), id, name, unit }
    });
    let rows: Vec<Row> = rows.filter(|row| row.now.n + row.before.n > 0).collect();
    let days = [period, *before].map(|period| passed(input, period));
    (!rows.is_empty()).then_some(Amounts { before: *before, days, rows })
}

fn passed(input: &Input<'_>, period: Period) -> String {
    let count = |days: i32| u64::from(days.unsigned_abs());
    let (passed, all) = (period.exposure(input.analysis.today), period.days());
    let values = [("passed", count(passed).into()), ("n", count(all).into())];
    input.words.say(if passed < all { "digest.days_so_far" } else { "count.days" }, &values)
}

impl Kind<'_> {
    /// Id, name and unit.
    fn named(&self, words: &Words) -> (String, String, String) {
        let of_toll = |id: &str, unit: &str| (id.to_owned(), words.term("toll", id).into_owned(), unit.to_owned());
        match self {
            Self::Impact => ("impact".to_owned(), words.text("measures.impact_title").to_owned(), "seconds".to_owned()),
            Self::Down => {
                ("down".to_owned(), words.text("measures.impact_down_title").to_owned(), "seconds".to_owned())
            }
            Self::Customers => of_toll("customer-minutes", "customer-minutes"),
            Self::Work => of_toll("work", "person-hours"),
            Self::Cost(currency) => {
                let name = words.say("toll.cost_in", &[("currency", (*currency).into())]);
                (format!("cost-{}", currency.to_lowercase()), name, (*currency).clone())
            }
        }
    }

    fn side(&self, input: &Input<'_>, period: Period, group: &Group, id: &str) -> Side {
        let words = input.words;
        let (value, n, left_out) = self.sum(group);
        let known = n > 0 || left_out == 0;
        let anchor = if matches!(self, Self::Down) { "impact" } else { id };
        let listed = n > 0 && !group.reports.is_empty();
        Side {
            value: known.then_some(value),
            told: if known { self.told(words, value) } else { "–".to_owned() },
            n,
            left_out,
            url: if listed { format!("{}#{anchor}", evidence::url(&super::url(period), group)) } else { String::new() },
        }
    }

    /// The sum, the reports that it comes from, and those left out.
    #[expect(clippy::cast_precision_loss, reason = "seconds of a period are far below 2^53")]
    fn sum(&self, group: &Group) -> (f64, usize, usize) {
        let of = |sum: &Sum, unit: f64| (sum.total / unit, sum.used.len(), sum.left_out.len());
        let (impact, toll) = (&group.impact, &group.toll);
        match self {
            Self::Impact => (impact.seconds as f64, impact.used.len(), impact.left_out.len()),
            Self::Down => {
                // A report without windows says how long something was felt, and not how much was lost.
                let n = impact.used.iter().filter(|(report, _)| !report.impact_windows.is_empty()).count();
                (impact.down as f64, n, impact.used.len() - n + impact.left_out.len())
            }
            Self::Customers => of(&toll.customers, 60.0),
            Self::Work => of(&toll.work, 1.0),
            Self::Cost(currency) => {
                let cost = toll.cost.get(*currency);
                let (total, n) = cost.map_or((0.0, 0), |cost| (cost.total(), cost.used.len()));
                (total, n, toll.without_cost.len())
            }
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "whole seconds")]
    fn told(&self, words: &Words, value: f64) -> String {
        match self {
            Self::Impact | Self::Down => words.duration(value as i64),
            Self::Customers => toll::customer_minutes(words, value * 60.0),
            Self::Work => words.decimals(value, 1),
            Self::Cost(currency) => words.rounded_money(value, currency),
        }
    }
}

#[derive(Serialize)]
pub(super) struct View {
    before: Link,
    days: [String; 2],
    rows: Vec<RowView>,
}

#[derive(Serialize)]
struct RowView {
    name: String,
    sides: [SideView; 2],
}

#[derive(Serialize)]
struct SideView {
    told: String,
    n: usize,
    left_out: usize,
    url: String,
}

/// As the page lays it out.
pub(super) fn view(input: &Input<'_>, amounts: &Amounts) -> View {
    let side =
        |side: &Side| SideView { told: side.told.clone(), n: side.n, left_out: side.left_out, url: side.url.clone() };
    let row = |row: &Row| RowView { name: row.name.clone(), sides: [side(&row.now), side(&row.before)] };
    View {
        before: super::link(input, amounts.before),
        days: amounts.days.clone(),
        rows: amounts.rows.iter().map(row).collect(),
    }
}
