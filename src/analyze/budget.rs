//! Error budgets: how much of what an objective allows was used.
//!
//! An objective of 99.9 % over 30 days allows 43.2 minutes of full loss; a minute in which half was lost uses half a
//! minute. More than all of it is told as more than 100 %, never as a negative rest.
//!
//! Source: *The Site Reliability Workbook*, chapter 5 (rolling window of 30 days, burn rate).

use super::{downtime, lost, toll::is_about};
use crate::{config::Config, model::Report};
use jiff::{ToSpan, civil::Date, tz::TimeZone};
use std::sync::Arc;

/// Days of the rolling window where nobody states others.
pub const WINDOW_DAYS: u64 = 30;

/// Days of the shorter span whose burn rate is told beside that of the window: the longest over which the workbook
/// alerts, and the only one that the precision of days can carry.
pub const SHORT_DAYS: u64 = 3;

/// Days of the longest window that can be stated.
const LONGEST: u64 = 366;

/// What a service promises.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Objective {
    /// The share of good service: above 0 and below 1, as in `0.999`.
    pub share: f64,
    /// The days that it counts over.
    pub days: u64,
}

/// The budget of one service over a period.
#[derive(Clone, Debug)]
pub struct Budget {
    pub service: String,
    /// Above 0 and below 1, as in `0.999`.
    pub objective: f64,
    /// The first day of the period, and the day after its last.
    pub days: (Date, Date),
    /// Seconds of full loss that it allows.
    pub allowed: f64,
    /// Seconds of loss, weighted by the share that was lost.
    pub used: f64,
    /// Reports that used some of it, in their order, with their own seconds.
    pub reports: Vec<(Arc<Report>, f64)>,
    /// Reports of the service that began in the period and know no impact to the minute.
    pub left_out: Vec<Arc<Report>>,
}

impl Budget {
    /// The share that was used; above 1 where the objective was missed.
    #[must_use]
    pub fn share(&self) -> f64 {
        self.used / self.allowed
    }

    /// The burn rate over what has passed of the period on a day of a zone; `None` before it begins.
    #[must_use]
    pub fn burn_rate(&self, today: Date, zone: &TimeZone) -> Option<f64> {
        let (first, end) = self.days;
        let passed = end.min(today.tomorrow().unwrap_or(today));
        (first < passed).then(|| burn_rate(self.used, self.objective, length((first, passed), zone)))
    }
}

/// The budget of one service over the days of its objective that end with today, and over the last [`SHORT_DAYS`] of
/// them. Today counts as a whole day.
#[derive(Clone, Debug)]
pub struct Rolling {
    pub window: Budget,
    pub short: Budget,
}

impl Rolling {
    /// The share of the budget of the window that the shorter span used: burn rate × span / window.
    #[must_use]
    pub fn short_share(&self) -> f64 {
        self.short.used / self.window.allowed
    }
}

/// How many times as fast a budget is used as it would be used evenly: the share of the seconds that was lost, by the
/// share that the objective allows to lose. At 1 the budget of a window is used up when it ends; a burn rate b over a
/// span t uses b · t / window of it.
#[must_use]
pub fn burn_rate(used: f64, objective: f64, seconds: f64) -> f64 {
    used / ((1.0 - objective) * seconds)
}

#[expect(clippy::cast_precision_loss, reason = "seconds of a period are far below 2^53")]
fn length((first, end): (Date, Date), zone: &TimeZone) -> f64 {
    let (first, end) = downtime::seconds(first, end, zone);
    (end - first) as f64
}

/// The seconds of full loss that an objective allows over days.
#[must_use]
pub fn allowed(objective: f64, days: f64) -> f64 {
    (1.0 - objective) * days * 86_400.0
}

/// The objective of a service: that of `site.toml`, else the one that the newest of the reports states.
#[must_use]
pub fn objective(config: &Config, service: &str, reports: &[Arc<Report>]) -> Option<Objective> {
    let stated = |report: &Arc<Report>| {
        let mut slo = report.impact.slo.iter();
        slo.find(|slo| config.service(&slo.service.value).is_some_and(|known| known.id.value == service))
            .map(|slo| Objective { share: slo.objective, days: slo.window_days.clamp(1, LONGEST) })
    };
    let known = config.services.get(service)?.objective;
    known.map(|share| Objective { share, days: WINDOW_DAYS }).or_else(|| reports.iter().find_map(stated))
}

/// The budget of a service over its rolling window that ends with today, in a zone. `reports` are newest first.
#[must_use]
pub fn rolling(
    config: &Config,
    (service, objective): (&str, Objective),
    reports: &[Arc<Report>],
    today: Date,
    zone: &TimeZone,
) -> Rolling {
    let end = today.tomorrow().unwrap_or(today);
    let last = |days: u64| {
        let first = end.saturating_sub(i64::try_from(days).unwrap_or(0).days());
        of(config, (service, objective.share), reports, (first, end), zone)
    };
    Rolling { window: last(objective.days), short: last(SHORT_DAYS.min(objective.days)) }
}

/// The budget of a service from the first day to before the end, in a zone. `reports` are those that reach into it.
#[must_use]
pub fn of(
    config: &Config,
    (service, objective): (&str, f64),
    reports: &[Arc<Report>],
    (first, end): (Date, Date),
    zone: &TimeZone,
) -> Budget {
    let (first_second, end_second) = downtime::seconds(first, end, zone);
    let (mut all, mut used_by, mut left_out) = (Vec::new(), Vec::new(), Vec::new());
    for report in reports.iter().filter(|report| super::is_of_service(config, report, service)) {
        let windows = downtime::windows(report);
        let day = report.times.started.value.date(zone);
        if windows.is_empty() && first <= day && day < end {
            left_out.push(report.clone());
        }
        let about = windows.iter().filter(|felt| is_about(config, felt, service));
        let own: Vec<lost::Weighted> = about
            .filter_map(|felt| felt.clipped(first_second, end_second))
            .map(|felt| lost::by_degree(&felt))
            .collect();
        if !own.is_empty() {
            used_by.push((report.clone(), lost::integral(&own)));
            all.extend(own);
        }
    }
    Budget {
        service: service.to_owned(),
        objective,
        days: (first, end),
        allowed: (1.0 - objective) * length((first, end), zone),
        used: lost::integral(&all),
        reports: used_by,
        left_out,
    }
}

/// The seconds of loss of one report for one service, weighted by the share that was lost.
#[must_use]
pub fn used_by(config: &Config, report: &Report, service: &str) -> Option<f64> {
    let windows = downtime::windows(report);
    let own: Vec<lost::Weighted> =
        windows.iter().filter(|felt| is_about(config, felt, service)).map(lost::by_degree).collect();
    (!own.is_empty()).then(|| lost::integral(&own))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn budgets_as_published() {
        assert!((allowed(0.999, 30.0) / 60.0 - 43.2).abs() < 1e-9);
        assert!((allowed(0.999, 365.0) / 3600.0 - 8.76).abs() < 1e-9);
        assert!((allowed(0.9999, 30.0) / 60.0 - 4.32).abs() < 1e-9);
        // Site Reliability Engineering, appendix D: 66 minutes of an objective of 99.9 % over 30 days.
        assert!((66.0 * 60.0 / allowed(0.999, 30.0) - 1.528).abs() < 1e-3);
    }

    /// The Site Reliability Workbook, chapter 5: burn rates that alert, and how much of 30 days' budget they use.
    #[test]
    fn burn_rates_as_published() {
        for (rate, hours, share) in [(14.4, 1.0, 0.02), (6.0, 6.0, 0.05), (1.0, 72.0, 0.10)] {
            let used = share * allowed(0.999, 30.0);
            assert!((burn_rate(used, 0.999, hours * 3600.0) - rate).abs() < 1e-9, "{rate}");
        }
        // At 14.4 the budget of 30 days lasts 50 hours.
        assert!((burn_rate(allowed(0.999, 30.0), 0.999, 50.0 * 3600.0) - 14.4).abs() < 1e-9);
    }
}
