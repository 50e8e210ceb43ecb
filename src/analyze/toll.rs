//! What incidents took from customers, revenue and people: estimates from what reports and `site.toml` state, each with
//! the reports that it comes from.
//!
//! Formulas: customer-minutes are customers x minutes of each window; revenue is lost minutes x revenue per minute, where
//! a minute in which half was lost is half a minute; work is people x hours x the blended rate of their role.

use super::{
    downtime::{self, Felt},
    lost, services_of,
};
use crate::{config::Config, model::Report};
use jiff::{civil::Date, tz::TimeZone};
use std::{collections::BTreeMap, sync::Arc};

/// Why a report adds no customer-minutes.
pub const NO_CUSTOMERS: &str = "no number of customers, or no impact known to the minute";
/// Why a report adds no work.
pub const NO_EFFORT: &str = "no effort recorded";
/// Why a report adds no cost.
pub const NO_COST: &str = "no revenue per minute and no effort with a rate";

/// What a group of reports took within a period.
#[derive(Clone, Debug, Default)]
pub struct Toll {
    /// Seconds times customers.
    pub customers: Sum,
    /// Whether a number of customers in it is an estimate.
    pub estimated: bool,
    /// Hours of people.
    pub work: Sum,
    /// By currency, in its smallest unit; amounts of two currencies are never added.
    pub cost: BTreeMap<String, Cost>,
    /// Reports that add no cost.
    pub without_cost: Vec<Arc<Report>>,
}

/// A sum over reports, in the group's order.
#[derive(Clone, Debug, Default)]
pub struct Sum {
    pub total: f64,
    pub used: Vec<(Arc<Report>, f64)>,
    pub left_out: Vec<Arc<Report>>,
}

/// Money of one currency, in its smallest unit.
#[derive(Clone, Debug, Default)]
pub struct Cost {
    pub revenue: f64,
    pub work: f64,
    /// Each report with revenue and work together.
    pub used: Vec<(Arc<Report>, f64)>,
}

impl Cost {
    #[must_use]
    pub fn total(&self) -> f64 {
        self.revenue + self.work
    }
}

impl Toll {
    /// `seconds` are customers times seconds.
    fn add_customers(&mut self, report: &Arc<Report>, seconds: Option<f64>) {
        self.estimated |= seconds.is_some() && report.impact.estimated.contains(&"customers");
        self.customers.add(report, seconds);
    }
}

impl Sum {
    fn add(&mut self, report: &Arc<Report>, value: Option<f64>) {
        match value {
            Some(value) => {
                self.total += value;
                self.used.push((report.clone(), value));
            }
            None => self.left_out.push(report.clone()),
        }
    }
}

/// Revenue that one report lost, with the inputs of the formula.
#[derive(Clone, Debug, PartialEq)]
pub struct Revenue {
    pub currency: String,
    /// Seconds, weighted by the share that was lost.
    pub seconds: f64,
    /// In the smallest unit.
    pub per_minute: u64,
    /// The service whose rate it is; `None` where the report states one.
    pub service: Option<String>,
}

impl Revenue {
    /// In the smallest unit of the currency.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "money per minute is far below 2^53")]
    pub fn amount(&self) -> f64 {
        self.seconds / 60.0 * self.per_minute as f64
    }
}

/// What reports took over all time.
#[must_use]
pub fn ever(config: &Config, reports: &[Arc<Report>]) -> Toll {
    within(config, reports, downtime::EVER.0, downtime::EVER.1, &TimeZone::UTC)
}

/// The customer-minutes of reports over all time: each report with all its windows, whatever they are about.
#[must_use]
pub fn customers(config: &Config, reports: &[Arc<Report>]) -> Toll {
    let mut toll = Toll::default();
    for report in reports {
        toll.add_customers(report, customers_of(config, report));
    }
    toll
}

/// What reports took from the first day to before the end, in a zone. Windows are clipped at both; work counts where the
/// incident began.
#[must_use]
pub fn within(config: &Config, reports: &[Arc<Report>], first: Date, end: Date, zone: &TimeZone) -> Toll {
    let span = downtime::seconds(first, end, zone);
    let mut toll = Toll::default();
    for report in reports {
        let day = report.times.started.value.date(zone);
        let began = first <= day && day < end;
        let customers = customer_seconds(config, report, span);
        if customers.is_some() || began {
            toll.add_customers(report, customers);
        }
        if began {
            toll.work.add(report, report.toll.people_hours());
        }
        add_cost(&mut toll, config, report, (span, began));
    }
    toll
}

fn add_cost(toll: &mut Toll, config: &Config, report: &Arc<Report>, (span, began): ((i64, i64), bool)) {
    let mut own: BTreeMap<String, f64> = BTreeMap::new();
    for lost in revenue(config, report, span) {
        let amount = lost.amount();
        toll.cost.entry(lost.currency.clone()).or_default().revenue += amount;
        *own.entry(lost.currency).or_default() += amount;
    }
    if let Some((currency, amount)) = work(config, report).filter(|_| began) {
        toll.cost.entry(currency.clone()).or_default().work += amount;
        *own.entry(currency).or_default() += amount;
    }
    if own.is_empty() && began {
        toll.without_cost.push(report.clone());
    }
    for (currency, amount) in own {
        toll.cost.entry(currency).or_default().used.push((report.clone(), amount));
    }
}

/// Customers times seconds of one report. Overlapping windows of one service count with the larger number; a window
/// without a number has that of the whole report. `None` where no number is known.
#[expect(clippy::cast_precision_loss, reason = "customers are far below 2^53")]
fn customer_seconds(config: &Config, report: &Report, (first, end): (i64, i64)) -> Option<f64> {
    let mut by_service: BTreeMap<&str, Vec<lost::Weighted>> = BTreeMap::new();
    for felt in downtime::windows(report).into_iter().filter_map(|felt| felt.clipped(first, end)) {
        if let Some(customers) = felt.customers.or(report.impact.customers) {
            let service = felt.service.map_or("", |written| config.service_id(written));
            by_service.entry(service).or_default().push((felt.from, felt.to, customers as f64));
        }
    }
    (!by_service.is_empty()).then(|| by_service.values().map(|windows| lost::integral(windows)).sum())
}

/// Whether a window of a report is about a service of it.
pub(super) fn is_about(config: &Config, felt: &Felt<'_>, service: &str) -> bool {
    felt.service.is_none_or(|written| config.service_id(written) == service)
}

/// The revenue that a report lost, with the inputs: at its own rate, else at those of its services.
#[must_use]
pub fn revenue(config: &Config, report: &Report, (first, end): (i64, i64)) -> Vec<Revenue> {
    if report.toll.cost_withheld {
        return Vec::new();
    }
    let felt: Vec<Felt<'_>> =
        downtime::windows(report).into_iter().filter_map(|felt| felt.clipped(first, end)).collect();
    let seconds = |is_part: &dyn Fn(&Felt<'_>) -> bool| {
        lost::integral(&felt.iter().filter(|felt| is_part(felt)).map(lost::by_degree).collect::<Vec<_>>())
    };
    if let Some(cost) = &report.toll.cost {
        let currency = cost.currency.value.clone();
        let own = Revenue { currency, seconds: seconds(&|_| true), per_minute: cost.revenue_per_minute, service: None };
        return Some(own).filter(|own| own.seconds > 0.0).into_iter().collect();
    }
    let of = |id: String| {
        let (per_minute, currency) = (config.services.get(&id)?.revenue_per_minute?, config.cost.currency.clone()?);
        let seconds = seconds(&|felt| is_about(config, felt, &id));
        let own = Revenue { currency, seconds, per_minute, service: Some(id) };
        (seconds > 0.0).then_some(own)
    };
    services_of(config, report).into_iter().filter_map(of).collect()
}

/// What the hours of people are worth at the blended rates of `site.toml`, in the smallest unit of its currency. `None`
/// where no hours or no rate is known.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "people and rates are far below 2^53")]
pub fn work(config: &Config, report: &Report) -> Option<(String, f64)> {
    let policy = Some(&config.cost).filter(|_| !report.toll.cost_withheld)?;
    let currency = policy.currency.clone()?;
    let rated = report.toll.effort.iter().filter_map(|effort| {
        let rate = policy.rates.get(&effort.role).copied().or(policy.hour)?;
        Some(effort.people as f64 * effort.hours * rate as f64)
    });
    let rated: Vec<f64> = rated.collect();
    (!rated.is_empty()).then(|| (currency, rated.iter().sum()))
}

/// Customers times seconds of one report over all time; `None` where no number is known.
#[must_use]
pub fn customers_of(config: &Config, report: &Report) -> Option<f64> {
    customer_seconds(config, report, downtime::seconds(downtime::EVER.0, downtime::EVER.1, &TimeZone::UTC))
}

/// What one report took over all time: revenue with the inputs of its formula, and work.
#[must_use]
pub fn of_report(config: &Config, report: &Report) -> (Vec<Revenue>, Option<(String, f64)>) {
    let span = downtime::seconds(downtime::EVER.0, downtime::EVER.1, &TimeZone::UTC);
    (revenue(config, report, span), work(config, report))
}
