//! Error budgets: how much of what an objective allows was used.
//!
//! An objective of 99.9 % over 30 days allows 43.2 minutes of full loss; a minute in which half was lost uses half a
//! minute. More than all of it is told as more than 100 %, never as a negative rest.

use super::{downtime, lost, toll::is_about};
use crate::{config::Config, model::Report};
use jiff::{civil::Date, tz::TimeZone};
use std::sync::Arc;

/// The budget of one service over a period.
#[derive(Clone, Debug)]
pub struct Budget {
    pub service: String,
    /// Above 0 and below 1, as in `0.999`.
    pub objective: f64,
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
}

/// The seconds of full loss that an objective allows over days.
#[must_use]
pub fn allowed(objective: f64, days: f64) -> f64 {
    (1.0 - objective) * days * 86_400.0
}

/// The objective of a service: that of `site.toml`, else the one that the newest of the reports states.
#[must_use]
pub fn objective(config: &Config, service: &str, reports: &[Arc<Report>]) -> Option<f64> {
    let stated = |report: &Arc<Report>| {
        let mut slo = report.impact.slo.iter();
        slo.find(|slo| config.service(&slo.service.value).is_some_and(|known| known.id.value == service))
            .map(|slo| slo.objective)
    };
    config.services.get(service)?.objective.or_else(|| reports.iter().find_map(stated))
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
        #[expect(clippy::cast_precision_loss, reason = "seconds of a period are far below 2^53")]
        allowed: (1.0 - objective) * (end_second - first_second) as f64,
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
}
