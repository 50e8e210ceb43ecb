//! The table of metrics. Pages, exports and digests iterate it.

use crate::{
    model::{Report, time::When},
    stats::quantile,
};
use std::sync::Arc;

/// A duration measured on each report. Its name and how it is explained to readers are texts, by its id.
#[derive(Debug)]
pub struct Metric {
    pub id: &'static str,
    /// Told of every group; any other only where some report of it knows a value.
    always: bool,
    value: fn(&Report) -> Result<i64, &'static str>,
}

/// A metric over a group of reports. Durations are whole seconds.
#[derive(Clone, Debug)]
pub struct Measured {
    pub id: &'static str,
    always: bool,
    /// (report, seconds) of each report that could be used, in the group's order.
    pub used: Vec<(Arc<Report>, i64)>,
    pub median: Option<f64>,
    /// Exact order-statistic interval of the median, at least 95 %; `None` for fewer than six values.
    pub interval: Option<(i64, i64)>,
    /// Only from twenty values on.
    pub p90: Option<f64>,
    pub largest: Option<i64>,
    /// Why reports could not be used: reason and the reports.
    pub left_out: Vec<(&'static str, Vec<Arc<Report>>)>,
}

/// Order is the order on pages.
pub const ALL: &[Metric] = &[
    Metric {
        id: "time-to-detect",
        always: true,
        value: |report| {
            between(report, report.times.detected.as_ref().map(|at| at.value), "no time of detection").map(|s| s.max(0))
        },
    },
    Metric {
        id: "time-to-acknowledge",
        always: false,
        value: |report| {
            let detected = report.times.detected.as_ref().ok_or("no time of detection")?.value;
            let answered = report.times.acknowledged.as_ref().ok_or("no time of acknowledgement")?.value;
            detected.seconds_to(answered).ok_or("only the day is known").and_then(in_order)
        },
    },
    Metric {
        id: "time-to-tell",
        always: false,
        value: |report| {
            let told = report.times.first_external_update.as_ref().map(|at| at.value);
            between(report, told, "no time of an external update").and_then(in_order)
        },
    },
    Metric {
        id: "time-to-mitigate",
        always: true,
        value: |report| between(report, report.times.mitigated.as_ref().map(|at| at.value), "no time of mitigation"),
    },
    Metric {
        id: "time-to-resolve",
        always: true,
        value: |report| {
            between(report, report.times.resolved.as_ref().map(|at| at.value), "not resolved, or no time of resolution")
        },
    },
];

/// A time that lies before what it follows is a slip of the pen.
fn in_order(seconds: i64) -> Result<i64, &'static str> {
    if seconds < 0 { Err("times contradict each other") } else { Ok(seconds) }
}

fn between(report: &Report, end: Option<When>, missing: &'static str) -> Result<i64, &'static str> {
    let end = end.ok_or(missing)?;
    let seconds = report.times.started.value.seconds_to(end).ok_or("only the day is known")?;
    if seconds < 0 && end.instant() < report.times.detected.as_ref().and_then(|at| at.value.instant()) {
        return Err("times contradict each other");
    }
    Ok(seconds)
}

impl Measured {
    /// Whether the page of a group that is not all incidents tells of it.
    #[must_use]
    pub const fn is_told(&self) -> bool {
        self.always || !self.used.is_empty()
    }
}

impl Metric {
    /// The value for one report, in seconds, or why there is none.
    pub fn of(&self, report: &Report) -> Result<i64, &'static str> {
        (self.value)(report)
    }

    #[must_use]
    pub fn measure(&self, reports: &[Arc<Report>]) -> Measured {
        let mut used = Vec::new();
        let mut left_out: Vec<(&'static str, Vec<Arc<Report>>)> = Vec::new();
        for report in reports {
            match self.of(report) {
                Ok(seconds) => used.push((report.clone(), seconds)),
                Err(reason) => match left_out.iter_mut().find(|(known, _)| *known == reason) {
                    Some((_, reports)) => reports.push(report.clone()),
                    None => left_out.push((reason, vec![report.clone()])),
                },
            }
        }
        let mut sorted: Vec<i64> = used.iter().map(|(_, seconds)| *seconds).collect();
        sorted.sort_unstable();
        Measured {
            id: self.id,
            always: self.always,
            median: quantile::type7(&sorted, 0.5),
            interval: quantile::median_interval(&sorted),
            p90: (sorted.len() >= 20).then(|| quantile::type7(&sorted, 0.9)).flatten(),
            largest: sorted.last().copied(),
            used,
            left_out,
        }
    }
}
