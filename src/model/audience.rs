//! What a build for an audience may hold: reports that are not for it leave no trace.

use super::{
    Impact, Report, Visibility,
    corpus::{Broken, Corpus},
    record::{Publication, Review},
};
use std::{collections::BTreeSet, sync::Arc};

/// A field by its name, and how it is left out of a report.
type Redaction = (&'static str, fn(&mut Report));

/// The fields that `redact:` may name, and what leaving one out means.
pub const REDACTABLE: &[Redaction] = &[
    ("automation_opportunity", |report| report.automation_opportunity = None),
    ("cost", |report| withhold_cost(report)),
    ("delayed_projects", |report| report.toll.delayed_projects.clear()),
    ("deploys", |report| report.deploys.clear()),
    ("effort", |report| report.toll.effort.clear()),
    ("evidence", |report| report.evidence.clear()),
    ("impact", |report| {
        report.impact = Impact::default();
        withhold_customers(report);
    }),
    ("impact.customers", |report| withhold_customers(report)),
    ("impact.customer_share", |report| report.impact.customer_share = None),
    ("impact.figures", |report| report.impact.figures.clear()),
    ("impact.requests_failed", |report| report.impact.requests_failed = None),
    ("impact.support_tickets", |report| report.impact.support_tickets = None),
    ("recovery", |report| report.recovery.clear()),
    ("regions", |report| report.scope.regions.clear()),
    ("report", |report| report.publication = Publication::default()),
    ("review", |report| report.review = Review::default()),
    ("runbook", |report| report.runbook = None),
    ("sources", |report| report.sources.clear()),
    ("tags", |report| report.tags.clear()),
];

fn withhold_cost(report: &mut Report) {
    report.toll.cost = None;
    report.toll.cost_withheld = true;
}

fn withhold_customers(report: &mut Report) {
    report.impact.customers = None;
    report.impact_windows.iter_mut().for_each(|window| window.customers = None);
}

impl Corpus {
    /// The same without what anything cost.
    #[must_use]
    pub fn without_cost(self) -> Self {
        let strip = |report: &Arc<Report>| {
            if report.toll.cost.is_none() {
                return Arc::clone(report);
            }
            let mut report = Report::clone(report);
            withhold_cost(&mut report);
            Arc::new(report)
        };
        let reports = self.reports.iter().map(strip).collect();
        self.with_reports(reports)
    }

    /// What an audience may see: reports up to a visibility, without the fields that they redact and without
    /// references to what is left out. `Restricted` sees everything.
    #[must_use]
    pub fn for_audience(&self, audience: Visibility) -> Self {
        let withheld = |report: &Report| report.visibility > audience;
        let hidden: BTreeSet<&str> =
            self.reports.iter().filter(|report| withheld(report)).map(|report| report.id.value.as_str()).collect();
        let allowed = self.reports.iter().filter(|report| !withheld(report));
        let reports = allowed.map(|report| redacted(report, audience, &hidden)).collect();
        let broken = self.broken.iter().filter(|(_, broken)| broken.visibility <= audience);
        let broken: std::collections::BTreeMap<_, _> = broken
            .map(|(path, broken)| {
                let draft = broken.draft.as_ref().map(|draft| redacted(draft, audience, &hidden));
                (path.clone(), Broken { draft, ..broken.clone() })
            })
            .collect();
        let mut paths = self.paths.clone();
        for report in self.reports.iter().filter(|report| withheld(report)) {
            paths.remove(&report.path);
        }
        for path in self.broken.keys().filter(|path| !broken.contains_key(*path)) {
            paths.remove(path);
        }
        let mut shown = self.clone().with_reports(reports);
        shown.broken = broken;
        shown.paths = paths;
        shown
    }
}

fn redacted(report: &Arc<Report>, audience: Visibility, hidden: &BTreeSet<&str>) -> Arc<Report> {
    let refers = [&report.related, &report.recurrence_of, &report.not_related]
        .into_iter()
        .any(|ids| ids.iter().any(|id| hidden.contains(id.value.as_str())));
    let report = report.outside.as_ref().filter(|_| audience < Visibility::Internal).unwrap_or(report);
    let redacts = audience < Visibility::Restricted && !report.redact.is_empty();
    if !refers && !redacts {
        return Arc::clone(report);
    }
    let mut report = Report::clone(report);
    for ids in [&mut report.related, &mut report.recurrence_of, &mut report.not_related] {
        ids.retain(|id| !hidden.contains(id.value.as_str()));
    }
    if redacts {
        let named: Vec<_> = report.redact.drain(..).collect();
        for (field, redact) in REDACTABLE {
            if named.iter().any(|name| name.value == *field) {
                redact(&mut report);
            }
        }
    }
    Arc::new(report)
}
