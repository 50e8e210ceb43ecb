//! A digest in one breath: at most sixty words, the editor's where they fit.

use crate::{
    analyze::{Group, period::Period},
    markup,
    model::Report,
    pages::{Input, line::Line, views},
};
use std::sync::Arc;

/// Words of the first paragraph.
pub(super) const WORDS: usize = 60;

/// The exact upper limit of a count of zero, one-sided 95 %: −ln 0.05 ("rule of three").
const UPPER_OF_NONE: f64 = 3.0;

pub(super) fn of(input: &Input<'_>, period: Period, group: &Group, page: &str) -> Line {
    let mut lead = counts(input, period, group);
    let note = input.corpus.digest_notes.get(&period.to_string());
    let editor = note.map(|note| markup::text(&note.body).lines().next().unwrap_or("").to_owned());
    // The editor's words stand instead of ours.
    if let Some(words) = editor.map(Line::plain).filter(|words| !words.is_empty() && fits(&lead, words)) {
        return lead.then(words);
    }
    for sentence in [longest(input, group), first_factor(input, group, page)].into_iter().flatten() {
        if fits(&lead, &sentence) {
            lead = lead.then(sentence);
        }
    }
    lead
}

fn fits(lead: &Line, more: &Line) -> bool {
    lead.count() + more.count() <= WORDS
}

/// How many incidents, by severity; of none, the most that there may have been of this rate.
fn counts(input: &Input<'_>, period: Period, group: &Group) -> Line {
    let words = input.words;
    let n = group.reports.len();
    if n == 0 {
        let days = u64::from(period.exposure(input.analysis.today).unsigned_abs());
        return Line::say(words, "digest.lead_none", &[("n", days.into()), ("most", UPPER_OF_NONE.into())]);
    }
    let counts = group.by_severity.iter().filter(|(_, count)| *count > 0);
    let counts = counts.map(|(id, count)| format!("{} {id}", words.count(*count as u64)));
    let severities = counts.collect::<Vec<_>>().join(", ");
    Line::say(words, "digest.lead", &[("n", n.into()), ("severities", (&severities).into())])
}

/// The longest impact, where one is known.
fn longest(input: &Input<'_>, group: &Group) -> Option<Line> {
    let mitigated = group.measured.iter().find(|measured| measured.id == "time-to-mitigate")?;
    let known = mitigated.used.iter().filter(|(_, seconds)| *seconds > 0);
    let (report, seconds): &(Arc<Report>, i64) = known.max_by_key(|(_, seconds)| *seconds)?;
    let (lasted, link) = (input.words.duration(*seconds), views::link(report));
    let values = [("duration", (&lasted).into()), ("title", (&link.text).into()), ("url", (&link.url).into())];
    Some(Line::say(input.words, "digest.longest", &values))
}

fn first_factor(input: &Input<'_>, group: &Group, page: &str) -> Option<Line> {
    let first = views::factors(input, group, page).into_iter().next()?;
    let values = [
        ("factor", (&first.text).into()),
        ("n", first.count.into()),
        ("url", (&first.url).into()),
        ("reports", (&first.behind).into()),
    ];
    Some(Line::say(input.words, "digest.first", &values))
}
