//! The page of one report.

use super::{
    Input, actions, brief, format, group, incident_url, narrative, pattern, phases, rail, record, recurrence, related,
    views::{self, Link, Segment, Severity},
};
use crate::{
    analyze,
    markup::{self, Html},
    model::{FactorRole, Report},
    words::Words,
};
use rayon::prelude::*;
use serde::Serialize;

#[derive(Serialize)]
struct View {
    id: String,
    title: String,
    lang: Option<String>,
    /// Of the author's words, which may be in another language than the site.
    dir: &'static str,
    severity: Severity,
    status: String,
    kind: Option<String>,
    days: String,
    teams: Vec<Link>,
    services: Vec<Link>,
    regions: Vec<String>,
    tags: Vec<String>,
    facts: Vec<Fact>,
    bar: Vec<Segment>,
    /// Entries of the timeline on the bar, in thousandths of it.
    ticks: Vec<i64>,
    from: String,
    to: Option<String>,
    rail: Option<Html>,
    again: Vec<recurrence::Recurrence>,
    times: Vec<Time>,
    trigger: Option<String>,
    trigger_note: Option<String>,
    detected_by: Option<String>,
    factors: Vec<FactorLine>,
    recovery: Vec<Step>,
    /// The body tells of the response itself, so that the steps are for those who want the record.
    told: bool,
    lessons: Vec<Lesson>,
    record: Vec<record::Group>,
    global: bool,
    functions: Vec<String>,
    context: Vec<String>,
    body: Html,
    sections: Vec<Link>,
    related: Vec<related::Related>,
    sources: Vec<Source>,
    first_change: Option<String>,
    last_change: Option<String>,
    changes: u32,
    json: &'static str,
    brief: String,
    /// Where the file can be changed.
    edit: Option<String>,
    newer: Option<Link>,
    older: Option<Link>,
}

#[derive(Serialize)]
pub(super) struct Fact {
    name: String,
    value: String,
    known: bool,
}

impl Fact {
    /// A number rather than a sentence.
    pub(super) fn is_short(&self) -> bool {
        self.value.chars().count() <= 32
    }
}

#[derive(Serialize)]
struct Time {
    name: String,
    datetime: String,
    text: String,
}

#[derive(Serialize)]
pub(super) struct FactorLine {
    text: String,
    url: String,
    count: usize,
    role: Option<String>,
    note: Option<String>,
}

impl FactorLine {
    /// At most so wide, without its note.
    pub(super) fn cut(self, most: usize) -> Self {
        Self { text: brief::cut(&self.text, most), note: None, ..self }
    }
}

#[derive(Serialize)]
struct Lesson {
    text: String,
    category: Option<String>,
}

#[derive(Serialize)]
struct Step {
    action: String,
    mode: Option<String>,
    outcome: Option<String>,
    note: Option<String>,
}

/// `url` is empty where the address is not one that may be linked.
#[derive(Serialize)]
struct Source {
    title: String,
    url: String,
}

pub(super) fn pages(input: &Input<'_>) {
    let page = |(at, report): (usize, &std::sync::Arc<Report>)| {
        if !input.wants_report(report) {
            return;
        }
        let url = incident_url(report);
        let neighbor = |index: Option<usize>| input.newest.get(index?).map(|report| views::link(report));
        let mut view = view(input, report);
        view.newer = neighbor(at.checked_sub(1));
        view.older = neighbor(Some(at + 1));
        input.page(&url, "incident.html", "incidents", &view);
    };
    input.newest.par_iter().enumerate().for_each(page);
}

fn view(input: &Input<'_>, report: &Report) -> View {
    let (times, words) = (&report.times, input.words);
    let zone = &input.config.time_zone;
    let first = times.started.value.date(zone);
    let last = times.resolved.as_ref().or(times.mitigated.as_ref()).map_or(first, |end| end.value.date(zone));
    let term = |table: &str, word: &'static str| words.term(table, word).into_owned();
    let history = input.history.files.get(&report.path);
    let (body, sections) = narrative::body(input, report, &incident_url(report));
    View {
        id: report.id.value.clone(),
        title: report.title.value.clone(),
        lang: report.lang.clone(),
        dir: report.lang.as_deref().map_or("auto", crate::words::direction),
        severity: views::severity(input, &report.severity.value),
        status: term("status", report.status.word()),
        kind: (report.kind != crate::model::Kind::Incident).then(|| term("kind", report.kind.word())),
        days: words.days(first, last),
        teams: analyze::teams_of(input.config, report).iter().map(|id| group::team_link(input, id)).collect(),
        services: views::services(input, report),
        regions: report.scope.regions.clone(),
        tags: report.tags.iter().map(|tag| tag.value.clone()).collect(),
        facts: facts(words, report),
        bar: views::bar(words, report),
        ticks: ticks(report),
        from: words.when(times.started.value),
        to: times.resolved.as_ref().or(times.mitigated.as_ref()).map(|end| words.when(end.value)),
        rail: rail::of(input, report),
        again: recurrence::of(input, report),
        times: milestones(words, report),
        trigger: report.trigger.as_ref().map(|trigger| term("trigger", trigger.kind.value.word())),
        trigger_note: report.trigger.as_ref().and_then(|trigger| trigger.note.clone()),
        detected_by: report.detected_by.map(|by| term("detected_by", by.word())),
        factors: factors(input, report),
        recovery: recovery(words, report),
        told: report.section("response").is_some_and(|section| !section.empty),
        lessons: lessons(words, report),
        record: record::of(input, report, &incident_url(report)),
        global: report.scope.global == Some(true),
        functions: report.scope.business_functions.clone(),
        context: report.scope.context.iter().map(|context| term("context", context.word())).collect(),
        body,
        sections,
        related: related::of(input, report),
        sources: sources(report),
        first_change: history.map(|history| words.date(format::day(history.first_change))),
        last_change: history.map(|history| words.date(format::day(history.last_change))),
        changes: history.map_or(0, |history| history.changes),
        json: "index.json",
        brief: brief_url(report),
        edit: edit(input, report),
        newer: None,
        older: None,
    }
}

/// The address of the one-page brief.
pub(super) fn brief_url(report: &Report) -> String {
    ["incidents/", &format::slug(&report.id.value), "/brief/index.html"].concat()
}

/// Where the file can be changed: as its source says; else as the site says, unless it lies in another repository.
fn edit(input: &Input<'_>, report: &Report) -> Option<String> {
    let path = &report.path;
    let source = input.config.source_of(path);
    let (address, below) = match source.and_then(|source| Some((source.edit_url.as_ref()?, &source.path.value))) {
        Some((address, folder)) => (address, path.below(folder.as_str())?),
        None if input.history.checkout_of(path).is_some() => return None,
        None => (input.config.edit_url.as_ref()?, path.as_str()),
    };
    let parts: Vec<String> = below.split('/').map(encoded).collect();
    Some(address.replace("{path}", &parts.join("/")))
}

/// A part of a path as it stands in an address.
fn encoded(part: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    part.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

fn ticks(report: &Report) -> Vec<i64> {
    let total = phases::of(report).last().map_or(0, |last| last.to);
    let start = report.times.started.value;
    let entries = report.timeline.entries.iter().filter_map(|entry| start.seconds_to(entry.at));
    let mut ticks: Vec<i64> =
        entries.filter(|at| (0..=total).contains(at) && total > 0).map(|at| at * 1000 / total).collect();
    ticks.sort_unstable();
    ticks.dedup();
    ticks
}

const DETECTED: &str = "incident.facts_detected";
const RESOLVED: &str = "incident.facts_resolved";

/// The strip under the title.
pub(super) fn facts(words: &Words, report: &Report) -> Vec<Fact> {
    let times = &report.times;
    let after = |name: &'static str, end: &Option<crate::snapshot::Spanned<crate::model::time::When>>| {
        let seconds = end.as_ref().map(|end| times.started.value.seconds_to(end.value));
        let text = |key| words.text(key).to_owned();
        let (value, known) = match seconds {
            Some(Some(seconds)) if seconds <= 0 && name == DETECTED => (text("incident.at_once"), true),
            Some(Some(seconds)) => (words.duration(seconds), true),
            Some(None) => (text("incident.only_day"), false),
            None if name == RESOLVED && report.is_open() => (text("incident.still_open"), false),
            None => (text("incident.not_recorded"), false),
        };
        Fact { name: words.text(name).to_owned(), value, known }
    };
    let felt = felt(words, report);
    vec![
        after(DETECTED, &times.detected),
        after("incident.facts_mitigated", &times.mitigated),
        after(RESOLVED, &times.resolved),
        Fact {
            name: words.text("incident.facts_felt").to_owned(),
            known: felt.is_some(),
            value: felt.unwrap_or_else(|| words.text("incident.not_recorded").to_owned()),
        },
    ]
}

fn felt(words: &Words, report: &Report) -> Option<String> {
    let impact = &report.impact;
    let customers = impact.customers.map(|count| words.say("count.customers", &[("n", count.into())]));
    let share = impact.customer_share.map(|share| words.percent(share));
    let share = share.map(|share| words.say("incident.share_of_customers", &[("share", (&share).into())]));
    let requests = impact.requests_failed.map(|count| words.say("count.failed_requests", &[("n", count.into())]));
    customers.or(share).or(requests).or_else(|| impact.summary.as_ref().map(|summary| summary.value.clone()))
}

fn milestones(words: &Words, report: &Report) -> Vec<Time> {
    let update = report.times.first_external_update.iter().map(|when| ("first_external_update", when));
    let times = report.times.in_order().into_iter().chain(update).map(|(name, when)| Time {
        name: words.term("milestone", name.trim_end_matches("_at")).into_owned(),
        datetime: format::machine(when.value),
        text: words.when(when.value),
    });
    times.collect()
}

pub(super) fn factors(input: &Input<'_>, report: &Report) -> Vec<FactorLine> {
    let lines = report.factors.iter().map(|factor| {
        let Link { text, url } = pattern::link(input, &factor.id.value);
        let count = input.analysis.by_factor.get(&factor.id.value).map_or(0, |group| group.reports.len());
        let role = (factor.role != FactorRole::Contributor)
            .then(|| input.words.term("factor_role", factor.role.word()).into_owned());
        FactorLine { text, url, count, role, note: factor.note.clone() }
    });
    lines.collect()
}

fn lessons(words: &Words, report: &Report) -> Vec<Lesson> {
    let lessons = report.lessons.iter().map(|lesson| Lesson {
        text: lesson.text.value.clone(),
        category: lesson.category.map(|category| words.term("category", category.word()).into_owned()),
    });
    lessons.collect()
}

fn recovery(words: &Words, report: &Report) -> Vec<Step> {
    let steps = report.recovery.iter().map(|step| Step {
        action: step.action.clone(),
        mode: step.mode.map(|mode| words.term("mode", mode.word()).into_owned()),
        outcome: step.outcome.map(|outcome| words.term("outcome", outcome.word()).into_owned()),
        note: step.note.clone(),
    });
    steps.collect()
}

/// The sources that the body does not link itself.
fn sources(report: &Report) -> Vec<Source> {
    let sources = report.sources.iter().filter(|source| !report.body.contains(&source.url.value)).map(|source| {
        Source { title: source.title.clone(), url: markup::external(&source.url.value).unwrap_or_default() }
    });
    sources.collect()
}

/// A column of the table of action items: its heading, and its cell where there is something in it.
type Column = (&'static str, fn(&Words, &actions::Item) -> Option<String>);

const COLUMNS: &[Column] = &[
    ("actions.for", |_, item| item.kind.clone()),
    ("actions.owner", |_, item| item.owner.clone()),
    ("actions.due", |_, item| item.due.clone()),
    ("actions.status", |words, item| {
        let late = || words.say("actions.late", &[("status", (&item.status).into())]);
        item.has_status().then(|| if item.overdue { late() } else { item.status.clone() })
    }),
];

/// Action items as a table for the body; columns in which nobody wrote anything are left out.
pub(super) fn action_table(input: &Input<'_>, report: &Report, root: &str) -> Html {
    let words = input.words;
    let text = |key| markup::escape(words.text(key));
    if let Some(reason) = report.no_action_reason.as_ref().filter(|_| report.actions.is_empty()) {
        let said = words.say("actions.none_because", &[("reason", reason.into())]);
        return Html(format!("<p>{}</p>\n", markup::escape(&said)));
    }
    let items = actions::of(input, report);
    let columns: Vec<&Column> =
        COLUMNS.iter().filter(|(_, cell)| items.iter().any(|item| cell(words, item).is_some())).collect();
    let mut out = format!(
        "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{}\"><table class=\"actions\"><thead><tr>\
         <th scope=\"col\">{}</th><th scope=\"col\">{}</th>",
        text("actions.title"),
        text("actions.id"),
        text("actions.action"),
    );
    out.extend(columns.iter().map(|(name, _)| format!("<th scope=\"col\">{}</th>", text(name))));
    out.push_str("</tr></thead><tbody>\n");
    for (item, action) in items.iter().zip(&report.actions) {
        let (id, title) = (markup::escape(&item.id), markup::escape(&item.title));
        out.push_str(&format!("<tr><td>{id}</td><td>{title}{}</td>", details(&actions::details(input, action, root))));
        let cell = |cell: Option<String>| markup::escape(&cell.unwrap_or_else(|| "–".to_owned()));
        out.extend(columns.iter().map(|(_, of)| format!("<td class=\"short\">{}</td>", cell(of(words, item)))));
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table></div>\n");
    Html(out)
}

fn details(lines: &[Html]) -> String {
    lines.iter().map(|Html(line)| format!("<br><span class=\"small\">{line}</span>")).collect()
}
