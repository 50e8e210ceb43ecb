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
    /// The covered days: the first, and the one after the last.
    pub first: Date,
    pub end: Date,
    /// Incidents that began on covered days and that a deployment or a change of configuration set off.
    pub failed: Vec<Arc<Report>>,
    /// Wilson's interval of failed of all at 95 %; `None` where more failed than were counted.
    pub interval: Option<(f64, f64)>,
}

impl Deployments {
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
    let count = deploys.count(first, end);
    let is_covered = |report: &&Arc<Report>| {
        let day = report.times.started.value.date(&config.time_zone);
        first <= day && day < end && is_after_change(report) == Some(true)
    };
    let failed: Vec<Arc<Report>> = reports.iter().filter(is_covered).cloned().collect();
    let all = usize::try_from(count).unwrap_or(usize::MAX);
    let interval = (failed.len() <= all).then(|| share::wilson(failed.len(), all, CONFIDENCE)).flatten();
    Some(Deployments { count, first, end, failed, interval })
}
