//! What helped in earlier incidents of a service: steps that worked, and factors that were named as helping.

use super::{Input, Link, views};
use crate::{
    analyze::Group,
    model::{FactorRole, Outcome, Report},
    pages::pattern,
};
use serde::Serialize;
use std::{collections::BTreeMap, sync::Arc};

#[derive(Serialize)]
pub(in crate::pages) struct Helped {
    steps: Vec<Step>,
    /// Steps that worked, also those not listed.
    step_count: usize,
    factors: Vec<Mitigator>,
}

/// A recovery step that worked.
#[derive(Serialize)]
struct Step {
    text: String,
    mode: Option<String>,
    report: Link,
}

#[derive(Serialize)]
struct Mitigator {
    text: String,
    url: String,
    count: usize,
    reports: Vec<Link>,
}

/// Steps that a page lists, the newest first.
const STEPS: usize = 8;
/// Reports that stand beside a factor.
const REPORTS: usize = 3;

pub(in crate::pages) fn of(input: &Input<'_>, group: &Group) -> Helped {
    let worked = |report: &'_ Arc<Report>| {
        let steps = report.recovery.iter().filter(|step| step.outcome == Some(Outcome::Worked));
        let step = |step: &crate::model::Recovery| Step {
            text: step.action.clone(),
            mode: step.mode.map(|mode| input.words.term("mode", mode.word()).into_owned()),
            report: views::link(report),
        };
        steps.map(step).collect::<Vec<_>>()
    };
    let mut by_id: BTreeMap<&str, Vec<&Arc<Report>>> = BTreeMap::new();
    for report in &*group.reports {
        let mitigators = report.factors.iter().filter(|factor| factor.role == FactorRole::Mitigator);
        let mut ids: Vec<&str> = mitigators.map(|factor| factor.id.value.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        for id in ids {
            by_id.entry(id).or_default().push(report);
        }
    }
    let mut factors: Vec<Mitigator> = by_id
        .into_iter()
        .map(|(id, reports)| {
            let Link { text, url } = pattern::link(input, id);
            let links = reports.iter().take(REPORTS).map(|report| views::link(report)).collect();
            Mitigator { text, url, count: reports.len(), reports: links }
        })
        .collect();
    factors.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.text.cmp(&b.text)));
    let mut steps: Vec<Step> = group.reports.iter().flat_map(worked).collect();
    let step_count = steps.len();
    steps.truncate(STEPS);
    Helped { steps, step_count, factors }
}
