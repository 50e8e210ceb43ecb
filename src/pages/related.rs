//! Incidents like the one of a page, and what they have in common.

use super::{Input, group, incident_url, pattern};
use crate::{analyze::similar::Match, model::Report};
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct Related {
    pub text: String,
    pub url: String,
    pub date: String,
    pub why: String,
}

const MOST: usize = 5;

/// Those the author names first, then the most alike, earlier and later ones.
pub(super) fn of(input: &Input<'_>, report: &Report) -> Vec<Related> {
    let found = input.analysis.similar.like(input.config, report, MOST, |_| true);
    let related = found.into_iter().map(|found| Related {
        text: found.report.title.value.clone(),
        url: incident_url(&found.report),
        date: input.words.date(found.report.times.started.value.date(&input.config.time_zone)),
        why: why(input, report, &found),
    });
    related.collect()
}

/// What two reports share, in words.
fn why(input: &Input<'_>, report: &Report, found: &Match) -> String {
    let is_among = |ids: &[crate::snapshot::Spanned<String>]| ids.iter().any(|id| id.value == found.report.id.value);
    let mut why = Vec::new();
    if is_among(&report.recurrence_of) {
        why.push(input.words.text("incident.named_earlier").to_owned());
    }
    if is_among(&report.related) {
        why.push(input.words.text("incident.named_related").to_owned());
    }
    why.extend(found.factors.iter().map(|id| pattern::link(input, id).text));
    why.extend(found.services.iter().map(|id| group::service_link(input, id).text));
    if !found.words.is_empty() {
        let words = found.words.join(", ");
        why.push(input.words.say("incident.shared_words", &[("words", (&words).into())]));
    }
    why.join(" · ")
}
