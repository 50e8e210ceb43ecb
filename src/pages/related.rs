//! Reports that share something with a report, and what they share.

use super::{Input, format, incident_url, pattern, views};
use crate::{analyze, model::Report};
use serde::Serialize;
use std::{collections::BTreeMap, sync::Arc};

#[derive(Serialize)]
pub(super) struct Related {
    pub text: String,
    pub url: String,
    pub date: String,
    pub why: String,
}

/// At most five: those the author names first, then by what is shared, a rare factor counting more than a common one.
pub(super) fn of<'i>(input: &'i Input<'_>, report: &Report) -> Vec<Related> {
    let mut scores: BTreeMap<&'i str, (u64, Vec<String>, &'i Arc<Report>)> = BTreeMap::new();
    let mut add = |other: &'i Arc<Report>, weight: u64, why: &str| {
        if other.id.value == report.id.value {
            return;
        }
        let entry = scores.entry(other.id.value.as_str()).or_insert_with(|| (0, Vec::new(), other));
        entry.0 += weight;
        if !entry.1.iter().any(|known| known == why) {
            entry.1.push(why.to_owned());
        }
    };
    for (ids, why) in
        [(&report.recurrence_of, "named as an earlier occurrence"), (&report.related, "named in the report")]
    {
        for id in ids {
            if let Some(other) = input.newest.iter().find(|known| known.id.value == id.value) {
                add(other, 1_000_000, why);
            }
        }
    }
    for factor in &report.factors {
        let Some(group) = input.analysis.by_factor.get(&factor.id.value) else { continue };
        let text = pattern::link(input, &factor.id.value).text;
        for other in group.reports.iter().take(200) {
            add(other, 1000 / (group.reports.len() as u64).max(1), &text);
        }
    }
    for service in analyze::services_of(input.config, report) {
        let Some(group) = input.analysis.by_service.get(&service) else { continue };
        let text = super::group::service_link(input, &service).text;
        for other in group.reports.iter().take(200) {
            add(other, 800 / (group.reports.len() as u64).max(1), &text);
        }
    }
    let mut found: Vec<_> = scores.into_values().collect();
    found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.2.id.value.cmp(&b.2.id.value)));
    let related = found.into_iter().take(5).map(|(_, why, other)| Related {
        text: views::link(other).text,
        url: incident_url(other),
        date: format::date(other.times.started.value.date(&input.config.time_zone)),
        why: why.join(" · "),
    });
    related.collect()
}
