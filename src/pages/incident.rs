//! The page of one report.

use super::{
    Input, actions, format, group, incident_url, narrative, pattern, record, related,
    views::{self, Link, Segment, Severity},
};
use crate::{
    analyze,
    markup::{self, Html},
    model::{FactorRole, Report},
};
use rayon::prelude::*;
use serde::Serialize;

#[derive(Serialize)]
struct View {
    title: String,
    lang: Option<String>,
    severity: Severity,
    status: String,
    kind: Option<&'static str>,
    days: String,
    teams: Vec<Link>,
    services: Vec<Link>,
    regions: Vec<String>,
    tags: Vec<String>,
    facts: Vec<Fact>,
    bar: Vec<Segment>,
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
    newer: Option<Link>,
    older: Option<Link>,
}

#[derive(Serialize)]
struct Fact {
    name: &'static str,
    value: String,
    known: bool,
}

#[derive(Serialize)]
struct Time {
    name: String,
    datetime: String,
    text: String,
}

#[derive(Serialize)]
struct FactorLine {
    text: String,
    url: String,
    count: usize,
    role: Option<&'static str>,
    note: Option<String>,
}

#[derive(Serialize)]
struct Lesson {
    text: String,
    category: Option<String>,
}

#[derive(Serialize)]
struct Step {
    action: String,
    mode: Option<&'static str>,
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
        let neighbor = |index: Option<usize>| input.newest.get(index?).map(|report| views::link(report));
        let mut view = view(input, report);
        view.newer = neighbor(at.checked_sub(1));
        view.older = neighbor(Some(at + 1));
        input.page(&incident_url(report), "incident.html", "incidents", &view);
    };
    input.newest.par_iter().enumerate().for_each(page);
}

fn view(input: &Input<'_>, report: &Report) -> View {
    let times = &report.times;
    let zone = &input.config.time_zone;
    let first = times.started.value.date(zone);
    let last = times.resolved.as_ref().or(times.mitigated.as_ref()).map_or(first, |end| end.value.date(zone));
    let history = input.history.files.get(&report.path);
    let (body, sections) = narrative::body(input, report, &incident_url(report));
    View {
        title: report.title.value.clone(),
        lang: report.lang.clone(),
        severity: views::severity(input, &report.severity.value),
        status: format::words(report.status.word()),
        kind: (report.kind != crate::model::Kind::Incident).then(|| report.kind.word()),
        days: format::days(first, last),
        teams: analyze::teams_of(input.config, report).iter().map(|id| group::team_link(input, id)).collect(),
        services: views::services(input, report),
        regions: report.scope.regions.clone(),
        tags: report.tags.iter().map(|tag| tag.value.clone()).collect(),
        facts: facts(report),
        bar: views::bar(report),
        times: milestones(report),
        trigger: report.trigger.as_ref().map(|trigger| format::words(trigger.kind.value.word())),
        trigger_note: report.trigger.as_ref().and_then(|trigger| trigger.note.clone()),
        detected_by: report.detected_by.map(|by| format::words(by.word())),
        factors: factors(input, report),
        recovery: recovery(report),
        told: report.section("response").is_some_and(|section| !section.empty),
        lessons: lessons(report),
        record: record::of(input, report, &incident_url(report)),
        global: report.scope.global == Some(true),
        functions: report.scope.business_functions.clone(),
        context: report.scope.context.iter().map(|context| format::words(context.word())).collect(),
        body,
        sections,
        related: related::of(input, report),
        sources: sources(report),
        first_change: history.map(|history| format::date(format::day(history.first_change))),
        last_change: history.map(|history| format::date(format::day(history.last_change))),
        changes: history.map_or(0, |history| history.changes),
        json: "index.json",
        newer: None,
        older: None,
    }
}

/// The strip under the title.
fn facts(report: &Report) -> Vec<Fact> {
    let times = &report.times;
    let after = |name, end: &Option<crate::snapshot::Spanned<crate::model::time::When>>| {
        let seconds = end.as_ref().map(|end| times.started.value.seconds_to(end.value));
        let (value, known) = match seconds {
            Some(Some(seconds)) if seconds <= 0 && name == "Detected after" => ("at once".to_owned(), true),
            Some(Some(seconds)) => (format::duration(seconds), true),
            Some(None) => ("only the day is known".to_owned(), false),
            None if name == "Resolved after" && report.is_open() => ("still open".to_owned(), false),
            None => ("not recorded".to_owned(), false),
        };
        Fact { name, value, known }
    };
    let felt = felt(report);
    vec![
        after("Detected after", &times.detected),
        after("Mitigated after", &times.mitigated),
        after("Resolved after", &times.resolved),
        Fact { name: "Who felt it", known: felt.is_some(), value: felt.unwrap_or_else(|| "not recorded".to_owned()) },
    ]
}

fn felt(report: &Report) -> Option<String> {
    let impact = &report.impact;
    let customers = impact.customers.map(|count| format!("{} customers", format::count(count)));
    let share = impact.customer_share.map(|share| format!("{} of customers", format::percent(share)));
    let requests = impact.requests_failed.map(|count| format!("{} failed requests", format::count(count)));
    customers.or(share).or(requests).or_else(|| impact.summary.as_ref().map(|summary| summary.value.clone()))
}

fn milestones(report: &Report) -> Vec<Time> {
    let update = report.times.first_external_update.iter().map(|when| ("first external update", when));
    let times = report.times.in_order().into_iter().chain(update).map(|(name, when)| Time {
        name: name.trim_end_matches("_at").to_owned(),
        datetime: format::machine(when.value),
        text: format::when(when.value),
    });
    times.collect()
}

fn factors(input: &Input<'_>, report: &Report) -> Vec<FactorLine> {
    let lines = report.factors.iter().map(|factor| {
        let Link { text, url } = pattern::link(input, &factor.id.value);
        let count = input.analysis.by_factor.get(&factor.id.value).map_or(0, |group| group.reports.len());
        let role = (factor.role != FactorRole::Contributor).then(|| factor.role.word());
        FactorLine { text, url, count, role, note: factor.note.clone() }
    });
    lines.collect()
}

fn lessons(report: &Report) -> Vec<Lesson> {
    let lessons = report.lessons.iter().map(|lesson| Lesson {
        text: lesson.text.value.clone(),
        category: lesson.category.map(|category| format::words(category.word())),
    });
    lessons.collect()
}

fn recovery(report: &Report) -> Vec<Step> {
    let steps = report.recovery.iter().map(|step| Step {
        action: step.action.clone(),
        mode: step.mode.map(crate::model::Mode::word),
        outcome: step.outcome.map(|outcome| format::words(outcome.word())),
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
type Column = (&'static str, fn(&actions::Item) -> Option<String>);

const COLUMNS: &[Column] = &[
    ("For", |item| item.kind.clone()),
    ("Owner", |item| item.owner.clone()),
    ("Due", |item| item.due.clone()),
    ("Status", |item| {
        let late = if item.overdue { ", past its date" } else { "" };
        item.has_status().then(|| format!("{}{late}", item.status))
    }),
];

/// Action items as a table for the body; columns in which nobody wrote anything are left out.
pub(super) fn action_table(input: &Input<'_>, report: &Report) -> Html {
    if let Some(reason) = report.no_action_reason.as_ref().filter(|_| report.actions.is_empty()) {
        return Html(format!("<p>No action items: {}</p>\n", markup::escape(reason)));
    }
    let items = actions::of(input, report);
    let columns: Vec<&Column> =
        COLUMNS.iter().filter(|(_, cell)| items.iter().any(|item| cell(item).is_some())).collect();
    let mut out = String::from(
        "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Action items\"><table class=\"actions\"><thead><tr>\
         <th scope=\"col\">Id</th><th scope=\"col\">Action</th>",
    );
    out.extend(columns.iter().map(|(name, _)| format!("<th scope=\"col\">{name}</th>")));
    out.push_str("</tr></thead><tbody>\n");
    for (item, action) in items.iter().zip(&report.actions) {
        let (id, title) = (markup::escape(&item.id), markup::escape(&item.title));
        out.push_str(&format!("<tr><td>{id}</td><td>{title}{}</td>", details(&actions::details(action))));
        let cell = |cell: Option<String>| markup::escape(&cell.unwrap_or_else(|| "–".to_owned()));
        out.extend(columns.iter().map(|(_, of)| format!("<td>{}</td>", cell(of(item)))));
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table></div>\n");
    Html(out)
}

fn details(lines: &[String]) -> String {
    lines.iter().map(|line| format!("<br><span class=\"small\">{}</span>", markup::escape(line))).collect()
}
