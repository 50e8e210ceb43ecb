//! The brief of a report: one sheet for those who decide. All that stands on it is bounded, so that it is always one.

use super::{
    Input, actions,
    incident::{self, Fact, FactorLine},
    incident_url,
    views::{self, Link, Segment, Severity},
};
use crate::{
    analyze, markup,
    model::{ActionStatus, DelayResponse, Outcome, Report},
};
use rayon::prelude::*;
use serde::Serialize;

/// So wide at most, in Latin letters: all of it at once fills a sheet of A4 and does not go beyond.
mod most {
    pub(super) const TITLE: usize = 120;
    pub(super) const SUMMARY: usize = 560;
    pub(super) const IMPACT: usize = 200;
    pub(super) const FIGURE: usize = 40;
    pub(super) const NAME: usize = 60;
    pub(super) const STEP: usize = 90;
    pub(super) const ACTION: usize = 90;
    pub(super) const NAMES: usize = 100;
}

#[derive(Serialize)]
struct View {
    title: String,
    headline: String,
    lang: Option<String>,
    report: Link,
    severity: Severity,
    status: String,
    days: String,
    names: String,
    facts: Vec<Fact>,
    bar: Vec<Segment>,
    from: String,
    to: Option<String>,
    summary: String,
    /// The report says more.
    more: bool,
    impact: Option<String>,
    figures: Vec<(String, String)>,
    factors: Vec<FactorLine>,
    more_factors: usize,
    helped: Vec<String>,
    actions: Vec<Action>,
    open: usize,
    total: usize,
    /// Nobody recorded where they stand.
    untold: bool,
    asked: Vec<Action>,
}

#[derive(Serialize)]
struct Action {
    title: String,
    owner: Option<String>,
    due: Option<String>,
    overdue: bool,
    status: Option<String>,
}

pub(super) fn pages(input: &Input<'_>) {
    input.newest.par_iter().for_each(|report| {
        if input.wants_report(report) {
            input.page(&incident::brief_url(report), "brief.html", "incidents", &view(input, report));
        }
    });
}

fn view(input: &Input<'_>, report: &Report) -> View {
    let (times, words, zone) = (&report.times, input.words, &input.config.time_zone);
    let first = times.started.value.date(zone);
    let end = times.resolved.as_ref().or(times.mitigated.as_ref());
    let (summary, more) = sentences(&paragraph(report, "summary"), most::SUMMARY);
    let (actions, open, untold) = open_actions(input, report);
    let factors = incident::factors(input, report).into_iter();
    let services = views::services(input, report).into_iter().map(|service| service.text);
    let teams = analyze::teams_of(input.config, report);
    let teams = teams.iter().map(|id| super::group::team_link(input, id).text);
    let names: Vec<String> = teams.chain(services).collect();
    View {
        title: words.say("brief.title", &[("title", (&report.title.value).into())]),
        headline: cut(&report.title.value, most::TITLE),
        lang: report.lang.clone(),
        report: Link { text: report.title.value.clone(), url: incident_url(report) },
        severity: views::severity(input, &report.severity.value),
        status: words.term("status", report.status.word()).into_owned(),
        days: words.days(first, end.map_or(first, |end| end.value.date(zone))),
        names: cut(&names.join(", "), most::NAMES),
        facts: incident::facts(words, report).into_iter().filter(Fact::is_short).collect(),
        bar: views::bar(words, report),
        from: words.when(times.started.value),
        to: end.map(|end| words.when(end.value)),
        summary,
        more,
        impact: impact(report),
        figures: figures(report),
        more_factors: report.factors.len().saturating_sub(3),
        factors: factors.take(3).map(|factor| factor.cut(most::NAME)).collect(),
        helped: helped(report),
        actions,
        open,
        total: report.actions.len(),
        untold,
        asked: asked(input, report),
    }
}

/// The first paragraph of prose in a section.
fn paragraph(report: &Report, section: &str) -> String {
    let text = report.section_text(section).unwrap_or_default();
    let prose = |part: &&str| {
        let part = part.trim_start();
        !part.is_empty() && !part.starts_with(['|', '#', '-', '*', '>', '<', '`', '!', '1'])
    };
    let first = text.split("\n\n").find(prose).unwrap_or_default();
    // Footnotes stand elsewhere.
    let told = first.split("[^").enumerate().map(|(at, part)| match part.split_once(']') {
        Some((_, rest)) if at > 0 => rest,
        _ => part,
    });
    markup::text(&told.collect::<String>()).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn impact(report: &Report) -> Option<String> {
    let written = report.impact.summary.as_ref().map(|summary| summary.value.clone());
    let told = written.unwrap_or_else(|| paragraph(report, "impact"));
    (!told.is_empty()).then(|| sentences(&told, most::IMPACT).0)
}

fn figures(report: &Report) -> Vec<(String, String)> {
    let figures = report.impact.figures.iter().take(3);
    figures.map(|(name, value)| (cut(name, most::FIGURE), cut(value, most::FIGURE))).collect()
}

/// Steps that ended the incident or helped; where none is recorded, what went well.
fn helped(report: &Report) -> Vec<String> {
    let worked = |outcome| matches!(outcome, Some(Outcome::Worked | Outcome::Partial));
    let steps = report.recovery.iter().filter(|step| worked(step.outcome)).map(|step| cut(&step.action, most::STEP));
    let steps: Vec<String> = steps.take(3).collect();
    if !steps.is_empty() {
        return steps;
    }
    let well = markup::text(report.section_text("went-well").unwrap_or_default());
    let lines = well.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.take(2).map(|line| sentences(line, most::STEP).0).collect()
}

/// The first three that are not done, what is late before what is not; how many there are, and whether nobody said so.
fn open_actions(input: &Input<'_>, report: &Report) -> (Vec<Action>, usize, bool) {
    let items = actions::of(input, report);
    let untold = !items.is_empty() && items.iter().all(|item| !item.has_status());
    let mut open: Vec<actions::Item> =
        items.into_iter().filter(|item| if untold { true } else { item.is_open() }).collect();
    open.sort_by_key(|item| !item.overdue);
    let count = open.len();
    (open.into_iter().take(3).map(action).collect(), count, untold)
}

/// Action items that wait for somebody to decide: blocked, or put to those above.
fn asked(input: &Input<'_>, report: &Report) -> Vec<Action> {
    let waits = |action: &crate::model::Action| {
        action.delay_response == Some(DelayResponse::Escalate)
            || action.status.as_ref().is_some_and(|status| status.value == ActionStatus::Blocked)
    };
    let items = actions::of(input, report).into_iter().zip(&report.actions);
    items.filter(|(_, recorded)| waits(recorded)).take(2).map(|(item, _)| action(item)).collect()
}

fn action(item: actions::Item) -> Action {
    Action {
        title: cut(&item.title, most::ACTION),
        status: item.has_status().then(|| item.status.clone()),
        owner: item.owner.map(|owner| cut(&owner, most::FIGURE)),
        due: item.due,
        overdue: item.overdue,
    }
}

/// A text that is at most so wide, cut between words.
pub(super) fn cut(text: &str, most: usize) -> String {
    let head = head(text, most);
    if head.len() == text.len() {
        return text.to_owned();
    }
    let end = head.rfind(char::is_whitespace).filter(|end| *end * 2 > head.len()).unwrap_or(head.len());
    format!("{}…", head[..end].trim_end_matches([',', ';', ':', '.', ' ']))
}

/// The first sentences of a text, at most so wide, and whether there is more.
fn sentences(text: &str, most: usize) -> (String, bool) {
    let head = head(text, most);
    if head.len() == text.len() {
        return (text.to_owned(), false);
    }
    let ends = head.match_indices(['.', '!', '?', '。']).map(|(at, mark)| at + mark.len());
    let mut ends = ends.filter(|end| text[*end..].starts_with(' ') || head[..*end].ends_with('。'));
    match ends.next_back() {
        Some(end) => (head[..end].to_owned(), true),
        None => (cut(text, most), true),
    }
}

/// The beginning of a text that is at most so wide; letters of Chinese, Japanese and Korean are twice as wide as Latin ones.
fn head(text: &str, most: usize) -> &str {
    let mut wide = 0;
    let end = text.char_indices().find_map(|(at, c)| {
        wide += if c >= '\u{1100}' && !matches!(c, '\u{2000}'..='\u{206f}') { 2 } else { 1 };
        (wide > most).then_some(at)
    });
    end.map_or(text, |end| &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_end_where_a_reader_would_stop() {
        assert_eq!(sentences("One. Two. Three.", 10), ("One. Two.".to_owned(), true));
        assert_eq!(sentences("Short.", 10), ("Short.".to_owned(), false));
        assert_eq!(sentences("Version 1.5 was slow", 12), ("Version 1.5…".to_owned(), true));
        assert_eq!(cut("a word, and more of it", 9), "a word…");
        assert_eq!(cut("unbreakable", 5), "unbre…");
        assert_eq!(cut("日本語の報告書", 6), "日本語…");
    }
}
