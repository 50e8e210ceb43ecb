//! Reports that share something with a report, and what they share.

use super::{Input, group, incident_url, pattern};
use crate::{
    analyze::{self, Group},
    model::Report,
};
use serde::Serialize;
use std::sync::Arc;

#[derive(Serialize)]
pub(super) struct Related {
    pub text: String,
    pub url: String,
    pub date: String,
    pub why: String,
}

/// So many reports of a factor or service are looked at: the newest ones.
const LOOKED_AT: usize = 100;
/// What an author names comes before everything that is computed.
const NAMED: u64 = 1_000_000;

/// At most five: those the author names first, then by what is shared, a rare factor counting more than a common one.
/// What the author says is not related is left out.
pub(super) fn of(input: &Input<'_>, report: &Report) -> Vec<Related> {
    const MOST: usize = 5;
    let services = analyze::services_of(input.config, report);
    let mut best: Vec<(u64, &Arc<Report>)> = Vec::with_capacity(MOST + 1);
    for (score, other) in scores(input, report, &services) {
        let before = |(least, last): &(u64, &Arc<Report>)| (*least, &other.id.value) > (score, &last.id.value);
        let place = best.iter().position(|known| !before(known)).unwrap_or(best.len());
        if place < MOST {
            best.insert(place, (score, other));
            best.truncate(MOST);
        }
    }
    let related = best.into_iter().map(|(_, other)| Related {
        text: other.title.value.clone(),
        url: incident_url(other),
        date: input.words.date(other.times.started.value.date(&input.config.time_zone)),
        why: why(input, report, other, &services),
    });
    related.collect()
}

/// Every report that shares something, once, with its score.
fn scores<'i>(input: &'i Input<'_>, report: &Report, services: &[String]) -> Vec<(u64, &'i Arc<Report>)> {
    let mut shares: Vec<(u64, &Arc<Report>)> = Vec::new();
    let named = report.recurrence_of.iter().chain(&report.related);
    shares.extend(named.filter_map(|id| Some((NAMED, input.corpus.by_id(&id.value)?))));
    let mut share = |group: Option<&'i Group>, weight: u64| {
        let reports = group.map_or(&[][..], |group| &group.reports);
        let weight = weight / (reports.len() as u64).max(1);
        shares.extend(reports.iter().take(LOOKED_AT).map(|other| (weight, other)));
    };
    for id in analyze::factors_of(report) {
        share(input.analysis.by_factor.get(id), 1000);
    }
    for id in services {
        share(input.analysis.by_service.get(id), 800);
    }
    let out = |other: &Report| {
        other.id.value == report.id.value || report.not_related.iter().any(|id| id.value == other.id.value)
    };
    shares.retain(|(_, other)| !out(other));
    shares.sort_unstable_by_key(|(_, other)| Arc::as_ptr(other));
    shares.dedup_by(|next, kept| {
        let same = Arc::ptr_eq(next.1, kept.1);
        if same {
            kept.0 += next.0;
        }
        same
    });
    shares
}

/// What two reports share, in words.
fn why(input: &Input<'_>, report: &Report, other: &Report, services: &[String]) -> String {
    let named = |ids: &[crate::snapshot::Spanned<String>]| ids.iter().any(|id| id.value == other.id.value);
    let mut why = Vec::new();
    if named(&report.recurrence_of) {
        why.push(input.words.text("incident.named_earlier").to_owned());
    }
    if named(&report.related) {
        why.push(input.words.text("incident.named_related").to_owned());
    }
    let factors = analyze::factors_of(other);
    let shared = analyze::factors_of(report).into_iter().filter(|id| factors.contains(id));
    why.extend(shared.map(|id| pattern::link(input, id).text));
    let theirs = analyze::services_of(input.config, other);
    let shared = services.iter().filter(|id| theirs.contains(id));
    why.extend(shared.map(|id| group::service_link(input, id).text));
    why.join(" · ")
}
