//! What a build for an audience may hold: reports that are not for it leave no trace.

use super::{
    Impact, Report, Visibility,
    corpus::{Broken, Corpus},
    record::{Publication, Review},
};
use crate::snapshot::RelPath;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

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

    /// The same without the pattern pages of sources that are not for an audience; others about the same factor take
    /// their place.
    fn without_patterns(mut self, audience: Visibility) -> Self {
        self.repeated_patterns.retain(|_, pattern| pattern.visibility <= audience);
        let hidden: Vec<String> = self
            .patterns
            .values()
            .filter(|pattern| pattern.visibility > audience)
            .map(|pattern| pattern.id.clone())
            .collect();
        for id in hidden {
            self.patterns.remove(&id);
            self.promote(&id);
        }
        self
    }

    /// What an audience may see: reports up to a visibility, without the fields that they redact and without
    /// references to what is left out. `Restricted` sees everything.
    #[must_use]
    pub fn for_audience(mut self, audience: Visibility) -> Self {
        let withheld = |report: &Report| report.visibility > audience;
        let all = std::mem::take(&mut self.reports);
        let (hidden, allowed): (Vec<_>, Vec<_>) = all.into_iter().partition(|report| withheld(report));
        let ids: BTreeSet<&str> = hidden.iter().map(|report| report.id.value.as_str()).collect();
        let reports = allowed.iter().map(|report| redacted(report, audience, &ids)).collect();
        let broken = std::mem::take(&mut self.broken).into_iter();
        let (broken, hidden_too): (BTreeMap<_, _>, BTreeMap<_, _>) =
            broken.partition(|(_, broken)| broken.visibility <= audience);
        let one = |(path, broken): (RelPath, Broken)| {
            let draft = broken.draft.as_ref().map(|draft| redacted(draft, audience, &ids));
            (path, Broken { draft, ..broken })
        };
        self.broken = broken.into_iter().map(one).collect();
        let patterns = self.all_patterns().filter(|(_, pattern)| pattern.visibility > audience);
        let patterns: Vec<RelPath> = patterns.map(|(path, _)| path.clone()).collect();
        if hidden.is_empty() && hidden_too.is_empty() && patterns.is_empty() {
            self.reports = reports;
            return self;
        }
        let paths = Arc::make_mut(&mut self.paths);
        for path in hidden.iter().map(|report| &report.path).chain(hidden_too.keys()).chain(&patterns) {
            paths.remove(path);
        }
        self.without_patterns(audience).with_reports(reports)
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
