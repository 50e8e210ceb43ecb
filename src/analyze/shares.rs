//! The table of shares: of the incidents for which something is recorded, how many were so.

use super::{deployments, factors_of, review, services_of};
use crate::{
    config::Config,
    model::{
        DetectedBy, Report,
        words::{Outcome, Presence},
    },
    stats::{CONFIDENCE, share},
};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

/// An incident repeats one of the same service and factor that began so many days before it, or later.
pub const REPEAT_DAYS: i32 = 90;

/// Why a report is in no share.
pub const NOT_RECORDED: &str = "not recorded";
const NOT_ASKED_FOR: &str = "not asked for";
const NO_SERVICE_OR_FACTOR: &str = "no service or no factor is named";

/// A share over incidents. Its name and how it is explained to readers are texts, by its id.
struct Share {
    id: &'static str,
    is_so: fn(&Report, &Context<'_>) -> Result<bool, &'static str>,
}

/// What cannot be read off one report.
struct Context<'a> {
    config: &'a Config,
    /// Ids of reports that repeat an earlier one.
    repeats: HashSet<&'a str>,
}

/// A share over a group of reports, each of them in the group's order.
#[derive(Clone, Debug)]
pub struct Counted {
    pub id: &'static str,
    pub so: Vec<Arc<Report>>,
    pub not_so: Vec<Arc<Report>>,
    /// Wilson's interval at 95 %; `None` where nothing is recorded.
    pub interval: Option<(f64, f64)>,
    /// Why reports could not be used: reason and the reports.
    pub left_out: Vec<(&'static str, Vec<Arc<Report>>)>,
}

impl Counted {
    /// Those for which it is recorded.
    #[must_use]
    pub const fn known(&self) -> usize {
        self.so.len() + self.not_so.len()
    }
}

/// Order is the order on pages.
const ALL: &[Share] = &[
    Share {
        id: "found-by-customers",
        is_so: |report, _| Ok(report.detected_by.ok_or(NOT_RECORDED)? == DetectedBy::Customer),
    },
    Share { id: "after-a-change", is_so: |report, _| deployments::is_after_change(report).ok_or(NOT_RECORDED) },
    Share {
        id: "repeats",
        is_so: |report, context| {
            let named = !report.recurrence_of.is_empty() || context.repeats.contains(report.id.value.as_str());
            let comparable = !report.services.is_empty() && !factors_of(report).is_empty();
            if named || comparable { Ok(named) } else { Err(NO_SERVICE_OR_FACTOR) }
        },
    },
    Share {
        id: "runbook",
        is_so: |report, _| match report.runbook.as_ref().map(|runbook| runbook.existed) {
            None => Err(NOT_RECORDED),
            Some(Presence::NotApplicable) => Err(NOT_ASKED_FOR),
            // A part of one is told apart in the report; here it is none.
            Some(existed) => Ok(existed == Presence::Yes),
        },
    },
    Share {
        id: "self-healing",
        is_so: |report, _| {
            let outcomes: Vec<Outcome> = report.self_healing.iter().filter_map(|healing| healing.outcome).collect();
            if outcomes.is_empty() { Err(NOT_RECORDED) } else { Ok(outcomes.contains(&Outcome::Worked)) }
        },
    },
    Share {
        id: "reviewed-in-time",
        is_so: |report, context| {
            if review::is_required(context.config, report) {
                review::on_time(context.config, report).ok_or(NOT_RECORDED)
            } else {
                Err(NOT_ASKED_FOR)
            }
        },
    },
];

/// The ids of all shares.
pub fn ids() -> impl Iterator<Item = &'static str> {
    ALL.iter().map(|share| share.id)
}

/// All shares over reports, which stand newest first.
#[must_use]
pub fn of(config: &Config, reports: &[Arc<Report>]) -> Vec<Counted> {
    let context = Context { config, repeats: repeats(config, reports) };
    ALL.iter().map(|share| share.count(reports, &context)).collect()
}

impl Share {
    fn count(&self, reports: &[Arc<Report>], context: &Context<'_>) -> Counted {
        let mut counted =
            Counted { id: self.id, so: Vec::new(), not_so: Vec::new(), interval: None, left_out: Vec::new() };
        for report in reports {
            let list = match (self.is_so)(report, context) {
                Ok(true) => &mut counted.so,
                Ok(false) => &mut counted.not_so,
                Err(why) => match counted.left_out.iter().position(|(known, _)| *known == why) {
                    Some(at) => &mut counted.left_out[at].1,
                    None => &mut counted.left_out.push_mut((why, Vec::new())).1,
                },
            };
            list.push(report.clone());
        }
        counted.interval = share::wilson(counted.so.len(), counted.known(), CONFIDENCE);
        counted
    }
}

/// Reports with a service and a factor that an incident of the [`REPEAT_DAYS`] before had too.
fn repeats<'a>(config: &Config, reports: &'a [Arc<Report>]) -> HashSet<&'a str> {
    let mut last = HashMap::new();
    let mut found = HashSet::new();
    for report in reports.iter().rev() {
        let day = report.times.started.value.date(&config.time_zone);
        for service in services_of(config, report) {
            for factor in factors_of(report) {
                let before = last.insert((service.clone(), factor), day);
                if before.is_some_and(|before: jiff::civil::Date| (day - before).get_days() <= REPEAT_DAYS) {
                    found.insert(report.id.value.as_str());
                }
            }
        }
    }
    found
}
