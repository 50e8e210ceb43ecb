//! The first page of a digest: what is read in one breath, a strip of numbers, what customers felt, what repeats,
//! whether promises were kept, and what is to be decided. Counts only: no sentence here compares.

use super::decisions::{self, Decisions};
use crate::{
    analyze::{Group, period::Period, recurrence, review},
    markup,
    model::{DetectedBy, Report},
    pages::{
        Input, actions, evidence, format, incident_url, pattern,
        views::{self, Counted, Link, Segment, Severity},
    },
};
use jiff::civil::Date;
use serde::Serialize;
use std::{collections::BTreeMap, sync::Arc};

/// Days of the incidents of each factor, newest first.
pub(super) type Dates<'i> = BTreeMap<&'i str, Vec<Date>>;

#[derive(Serialize)]
pub(super) struct Front {
    pub(super) lead: String,
    longest: Option<Link>,
    longest_lasted: String,
    first: Option<Counted>,
    /// The editor's first words, where they are short.
    words: Option<String>,
    found: Part,
    mitigated: Option<Mitigated>,
    reviews: Part,
    kept: Kept,
    felt: Vec<Felt>,
    felt_more: usize,
    repeats: Vec<Repeats>,
    decisions: Decisions,
}

/// So many of so many, with the reports behind.
#[derive(Serialize)]
struct Part {
    of: usize,
    n: usize,
    behind: String,
}

#[derive(Serialize)]
struct Kept {
    on_time: usize,
    known: usize,
    undated: usize,
    /// Why the late ones are late, and how many for each reason.
    reasons: Vec<Reason>,
}

#[derive(Serialize)]
struct Reason {
    text: String,
    count: usize,
}

#[derive(Serialize)]
struct Mitigated {
    median: String,
    interval: Option<String>,
    n: usize,
    behind: String,
}

#[derive(Serialize)]
struct Felt {
    title: String,
    url: String,
    date: String,
    severity: Severity,
    bar: Vec<Segment>,
    duration: Option<String>,
}

/// The factors of a standing.
#[derive(Serialize)]
struct Repeats {
    class: &'static str,
    text: String,
    factors: Vec<Counted>,
    more: usize,
}

/// Words of the first paragraph.
const WORDS: usize = 60;
/// Lines on the first page.
const FELT: usize = 6;
const FACTORS: usize = 4;

pub(super) fn dates<'i>(input: &Input<'i>) -> Dates<'i> {
    let factors = input.analysis.by_factor.iter();
    factors.map(|(id, group)| (id.as_str(), recurrence::dates(group, &input.config.time_zone))).collect()
}

pub(super) fn of(
    input: &Input<'_>,
    period: Period,
    group: &Group,
    page: &str,
    dates: &Dates<'_>,
    due: &[actions::Due<'_>],
) -> Front {
    let behind = evidence::url(page, group);
    let (lead, longest, first) =
        (lead(input, group), longest(group), views::factors(input, group, page).into_iter().next());
    let note = input.corpus.digest_notes.get(&period.to_string());
    let words = note.map(|note| markup::text(&note.body).lines().next().unwrap_or("").to_owned());
    let left = WORDS - count(&lead).min(WORDS);
    let words = words.filter(|words| !words.is_empty() && count(words) <= left);
    // The editor's words stand instead of ours.
    let longest = longest.filter(|(report, _)| words.is_none() && count(&report.title.value) + 15 <= left);
    let mut felt: Vec<&Arc<Report>> = group.reports.iter().collect();
    felt.sort_by_key(|report| input.config.severity_rank(&report.severity.value));
    Front {
        lead,
        longest_lasted: longest.map_or(String::new(), |(_, seconds)| input.words.duration(seconds)),
        longest: longest.map(|(report, _)| views::link(report)),
        first: first.filter(|_| words.is_none()),
        words,
        found: found(group, &behind),
        mitigated: mitigated(input, group, page),
        reviews: reviews(input, group, &behind),
        kept: kept(input, due),
        felt_more: felt.len().saturating_sub(FELT),
        felt: felt.into_iter().take(FELT).map(|report| line(input, report)).collect(),
        repeats: repeats(input, period, group, page, dates),
        decisions: decisions::of(input, period, group, page),
    }
}

fn count(text: &str) -> usize {
    text.split_whitespace().count()
}

fn lead(input: &Input<'_>, group: &Group) -> String {
    let counts = group.by_severity.iter().filter(|(_, count)| *count > 0);
    let counts = counts.map(|(id, count)| format!("{} {id}", input.words.count(*count as u64)));
    let severities = counts.collect::<Vec<_>>().join(", ");
    input.words.say("digest.lead", &[("n", group.reports.len().into()), ("severities", (&severities).into())])
}

/// The longest impact, where one is known.
fn longest(group: &Group) -> Option<(&Arc<Report>, i64)> {
    let mitigated = group.measured.iter().find(|measured| measured.id == "time-to-mitigate")?;
    let longest = mitigated.used.iter().filter(|(_, seconds)| *seconds > 0).max_by_key(|(_, seconds)| *seconds)?;
    Some((&longest.0, longest.1))
}

/// Found by machines, of those for which it is recorded.
fn found(group: &Group, behind: &str) -> Part {
    let known: Vec<DetectedBy> = group.reports.iter().filter_map(|report| report.detected_by).collect();
    let machines = known.iter().filter(|by| matches!(by, DetectedBy::Alert | DetectedBy::Synthetic)).count();
    Part { of: machines, n: known.len(), behind: format!("{behind}#{}", evidence::DETECTED) }
}

fn reviews(input: &Input<'_>, group: &Group, behind: &str) -> Part {
    let known: Vec<bool> = group.reports.iter().filter_map(|report| review::on_time(input.config, report)).collect();
    let on_time = known.iter().filter(|on_time| **on_time).count();
    Part { of: on_time, n: known.len(), behind: format!("{behind}#{}", evidence::REVIEWS) }
}

fn mitigated(input: &Input<'_>, group: &Group, page: &str) -> Option<Mitigated> {
    let measure = views::measures(input, group, page).into_iter().find(|measure| measure.id == "time-to-mitigate")?;
    let behind = format!("{}#{}", measure.behind, measure.id);
    Some(Mitigated { median: measure.median?, interval: measure.interval, n: measure.n, behind })
}

fn kept(input: &Input<'_>, due: &[actions::Due<'_>]) -> Kept {
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    for reason in due.iter().filter(|due| due.is_late()).filter_map(|due| due.action.delay_reason.as_ref()) {
        *reasons.entry(input.words.term("delay", reason.value.word()).into_owned()).or_default() += 1;
    }
    let actions::Kept { on_time, known, undated } = actions::kept(due);
    let reasons = reasons.into_iter().map(|(text, count)| Reason { text, count }).collect();
    Kept { on_time, known, undated, reasons }
}

fn line(input: &Input<'_>, report: &Report) -> Felt {
    Felt {
        title: report.title.value.clone(),
        url: incident_url(report),
        date: input.words.date(report.times.started.value.date(&input.config.time_zone)),
        severity: views::severity(input, &report.severity.value),
        bar: views::bar(input.words, report),
        duration: views::duration(input.words, report),
    }
}

fn repeats(input: &Input<'_>, period: Period, group: &Group, page: &str, dates: &Dates<'_>) -> Vec<Repeats> {
    let here = views::by_factor(group);
    let behind = evidence::url(page, group);
    let mut standings: BTreeMap<recurrence::Standing, Vec<Counted>> = BTreeMap::new();
    for (id, dates) in dates {
        let Some(standing) = recurrence::standing_in(dates, period) else { continue };
        let Link { text, url } = pattern::link(input, id);
        let reports = here.get(id).map_or(&[][..], Vec::as_slice);
        let (count, behind) = match reports {
            [] => (dates.iter().filter(|date| **date < period.end()).count(), format!("{url}#reports")),
            [one] => (1, incident_url(one)),
            more => (more.len(), format!("{behind}#factor-{}", format::slug(id))),
        };
        standings.entry(standing).or_default().push(Counted { text, url, count, behind });
    }
    let told = standings.into_iter().map(|(standing, mut factors)| {
        factors.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.text.cmp(&b.text)));
        let more = factors.len().saturating_sub(FACTORS);
        factors.truncate(FACTORS);
        let class = standing.word();
        Repeats { class, text: input.words.term("standing", class).into_owned(), factors, more }
    });
    told.collect()
}
