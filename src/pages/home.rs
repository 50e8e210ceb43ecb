//! The home page, for a reader who comes each morning: what happened lately, what repeats, what is overdue.

use super::{
    Html, Input, actions, digest, list, metrics,
    views::{self, Counted, Link, Row, Severity},
};
use crate::{
    analyze::period::Period,
    config::Tier,
    model::{Kind, Report},
};
use jiff::civil::Date;
use serde::Serialize;
use std::sync::Arc;

#[derive(Serialize)]
struct View {
    title: String,
    about: String,
    lately: Vec<Line>,
    high: Option<High>,
    near_misses: Vec<Line>,
    near_miss_count: usize,
    /// The list of all near misses.
    near_miss_url: String,
    repeating: Vec<Repeating>,
    pattern_count: usize,
    due: Vec<Overdue>,
    due_count: usize,
    action_count: usize,
    digest: Option<Digest>,
    digests: Vec<Link>,
}

/// A report in a short column.
#[derive(Serialize)]
struct Line {
    date: String,
    #[serde(flatten)]
    row: Row,
}

/// The last incident of a severity that asks for a full review.
#[derive(Serialize)]
struct High {
    severity: Severity,
    date: String,
    ago: String,
    open: bool,
    report: Link,
}

#[derive(Serialize)]
struct Repeating {
    text: String,
    url: String,
    count: usize,
    /// The reports behind `count`.
    behind: String,
    /// How many of them began in the last twelve months.
    recent: usize,
    last: String,
}

#[derive(Serialize)]
struct Overdue {
    title: String,
    due: String,
    late: String,
    report: Link,
}

#[derive(Serialize)]
struct Digest {
    title: String,
    url: String,
    /// Its first paragraph.
    lead: Html,
}

const LINES: usize = 5;

pub(super) fn pages(input: &Input<'_>) {
    let due = actions::overdue(input);
    let is_near_miss = |report: &&Arc<Report>| report.kind == Kind::NearMiss;
    let near_misses: Vec<&Arc<Report>> = input.newest.iter().filter(is_near_miss).collect();
    let view = View {
        title: String::new(),
        about: input.config.description.clone(),
        lately: input
            .newest
            .iter()
            .filter(|report| !is_near_miss(report))
            .take(LINES)
            .map(|r| line(input, r))
            .collect(),
        high: high(input),
        near_miss_count: near_misses.len(),
        near_miss_url: match near_misses.len() {
            all if all == input.newest.len() => list::ALL.to_owned(),
            _ => list::url_of("kind", Kind::NearMiss.word()),
        },
        near_misses: near_misses.into_iter().take(2).map(|report| line(input, report)).collect(),
        repeating: repeating(input),
        pattern_count: input.corpus.patterns.len(),
        due_count: due.len(),
        due: due.into_iter().take(LINES).map(|item| overdue(input, item)).collect(),
        action_count: input.newest.iter().map(|report| report.actions.len()).sum(),
        digest: newest_digest(input),
        digests: newest_periods(input).into_iter().map(|period| digest::link(input, period)).collect(),
    };
    input.page("index.html", "home.html", "home", &view);
}

fn day(input: &Input<'_>, report: &Report) -> Date {
    report.times.started.value.date(&input.config.time_zone)
}

fn line(input: &Input<'_>, report: &Report) -> Line {
    Line { date: input.words.date(day(input, report)), row: views::row(input, report) }
}

/// Said with its date and without praise: a long time without one says little.
fn high(input: &Input<'_>) -> Option<High> {
    let high = |report: &&Arc<Report>| input.config.tier(&report.severity.value) == Tier::High;
    let report = input.analysis.overall.reports.iter().find(high)?;
    let began = day(input, report);
    Some(High {
        severity: views::severity(input, &report.severity.value),
        date: input.words.date(began),
        ago: input.words.ago(began, input.analysis.today),
        open: report.is_open(),
        report: views::link(report),
    })
}

/// Factors named in more than one report: those of the last twelve months first. Over all reports the evidence of a
/// factor is its own page.
fn repeating(input: &Input<'_>) -> Vec<Repeating> {
    let overall = &input.analysis.overall;
    let year_ago = input.analysis.today.saturating_sub(jiff::Span::new().years(1));
    let by_factor = views::by_factor(overall);
    let by_page: std::collections::BTreeMap<String, &Vec<&Arc<Report>>> =
        by_factor.iter().map(|(id, reports)| (super::pattern::link(input, id).url, reports)).collect();
    let mut repeating: Vec<Repeating> = views::factors(input, overall, metrics::PATH)
        .into_iter()
        .filter_map(|Counted { text, url, count, .. }| {
            let reports = by_page.get(&url)?;
            let recent = reports.iter().filter(|report| day(input, report) > year_ago).count();
            let last = reports.first().map_or_else(String::new, |report| input.words.date(day(input, report)));
            Some(Repeating { behind: format!("{url}#reports"), text, url, count, recent, last })
        })
        .collect();
    repeating.sort_by(|a, b| (b.recent, b.count, &a.text).cmp(&(a.recent, a.count, &b.text)));
    repeating.truncate(LINES);
    repeating
}

fn overdue(input: &Input<'_>, item: actions::Item) -> Overdue {
    let late = item.due_date.map_or_else(String::new, |due| input.words.span(due, input.analysis.today));
    Overdue { title: item.title, due: item.due.unwrap_or_default(), late, report: item.report }
}

/// The newest month, quarter and year.
fn newest_periods(input: &Input<'_>) -> Vec<Period> {
    let kinds: [fn(&Period) -> bool; 3] = [
        |period| matches!(period, Period::Month { .. }),
        |period| matches!(period, Period::Quarter { .. }),
        |period| matches!(period, Period::Year { .. }),
    ];
    let periods = input.analysis.by_period.iter().map(|(period, _)| *period);
    kinds.iter().filter_map(|kind| periods.clone().filter(kind).max_by_key(|period| period.first())).collect()
}

/// The newest with words of an editor, else the newest that is over, else the newest of all. Of those that end on one
/// day, the longest.
fn newest_digest(input: &Input<'_>) -> Option<Digest> {
    let note = |period: Period| input.corpus.digest_notes.get(&period.to_string());
    let all = || input.analysis.by_period.iter().map(|(period, _)| *period);
    let newest = |fits: &dyn Fn(&Period) -> bool| all().filter(fits).max_by_key(|period| (period.end(), *period));
    let period = newest(&|period| note(*period).is_some())
        .or_else(|| newest(&|period| period.end() <= input.analysis.today))
        .or_else(|| all().max_by_key(|period| period.first()))?;
    let (_, group) = input.analysis.by_period.iter().find(|(known, _)| *known == period)?;
    let Link { text, url } = digest::link(input, period);
    let lead = digest::lead(input, period, group).html("index.html");
    Some(Digest { title: text, url, lead })
}
