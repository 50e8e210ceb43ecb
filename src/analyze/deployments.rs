//! Deployments, and which share of them led to an incident.

use crate::{
    config::Config,
    model::{Report, deploys::Deploys, words::TriggerKind},
    stats::{CONFIDENCE, share},
};
use jiff::civil::Date;
use std::sync::Arc;

/// What went out over the days that the repository knows of.
#[derive(Clone, Debug)]
pub struct Deployments {
    pub count: u64,
    /// Of one service: deployments of the same days that name no service, among which there may be more of its own.
    pub unnamed: u64,
    /// The covered days: the first, and the one after the last.
    pub first: Date,
    pub end: Date,
    /// Incidents that began on covered days and that a deployment or a change of configuration set off.
    pub failed: Vec<Arc<Report>>,
    /// Wilson's interval of failed of all at 95 %; `None` where more failed than were counted.
    pub interval: Option<(f64, f64)>,
}

impl Deployments {
    fn of((count, unnamed): (u64, u64), (first, end): (Date, Date), failed: Vec<Arc<Report>>) -> Self {
        let all = usize::try_from(count).unwrap_or(usize::MAX);
        let interval = (failed.len() <= all).then(|| share::wilson(failed.len(), all, CONFIDENCE)).flatten();
        Self { count, unnamed, first, end, failed, interval }
    }

    /// Deployments on each covered day.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts of deployments")]
    pub fn per_day(&self) -> f64 {
        self.count as f64 / f64::from((self.end - self.first).get_days().max(1))
    }

    /// The share of deployments that led to an incident (change fail rate).
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts of deployments")]
    pub fn failed_share(&self) -> Option<f64> {
        self.interval.map(|_| self.failed.len() as f64 / self.count as f64)
    }
}

/// Whether a change set an incident off.
#[must_use]
pub fn is_after_change(report: &Report) -> Option<bool> {
    match report.trigger.as_ref()?.kind.value {
        TriggerKind::Unknown => None,
        kind => Some(matches!(kind, TriggerKind::Deploy | TriggerKind::ConfigChange)),
    }
}

/// Deployments from the first day to before the end. `None` where none of these days is covered.
#[must_use]
pub fn within(
    config: &Config,
    deploys: &Deploys,
    reports: &[Arc<Report>],
    first: Date,
    end: Date,
) -> Option<Deployments> {
    let (first, end) = deploys.covered(first, end)?;
    let failed = failed(config, reports, (first, end));
    Some(Deployments::of((deploys.count(first, end), 0), (first, end), failed))
}

/// Deployments of one service from the first day to before the end, and incidents of it that a change set off. `reports`
/// are those of the service. `None` where none of these days tells services apart, or no deployment at all names this one.
#[must_use]
pub fn of_service(
    config: &Config,
    deploys: &Deploys,
    service: &str,
    reports: &[Arc<Report>],
    (first, end): (Date, Date),
) -> Option<Deployments> {
    if deploys.count_of(service, Date::MIN, Date::MAX) == 0 {
        return None;
    }
    let (first, end) = deploys.covered_by_service(first, end)?;
    let mut failed = failed(config, reports, (first, end));
    failed.retain(|report| is_from(config, report, service));
    let counts = (deploys.count_of(service, first, end), deploys.count_of("", first, end));
    Some(Deployments::of(counts, (first, end), failed))
}

/// Whether the change that set an incident off may have been one of a service: the report names it among `deploys`, or
/// names no service there.
fn is_from(config: &Config, report: &Report, service: &str) -> bool {
    let mut named = report.deploys.iter().filter_map(|deploy| deploy.service.as_ref()).peekable();
    named.peek().is_none() || named.any(|named| config.service_id(&named.value) == service)
}

/// Incidents that began within days and that a change set off.
fn failed(config: &Config, reports: &[Arc<Report>], (first, end): (Date, Date)) -> Vec<Arc<Report>> {
    let is_covered = |report: &&Arc<Report>| {
        let day = report.times.started.value.date(&config.time_zone);
        first <= day && day < end && is_after_change(report) == Some(true)
    };
    reports.iter().filter(is_covered).cloned().collect()
}
