//! What a report records beside its story: small tables of impact, changes, evidence, work and the review.

use super::{Input, format, root_of};
use crate::{
    markup::{self, Env},
    model::{
        Report,
        record::{Evidence, ImpactWindow, MeasuredImpact},
        time::When,
        words,
    },
    snapshot::Spanned,
};
use serde::Serialize;

/// A table with a heading.
#[derive(Serialize)]
pub(super) struct Group {
    title: &'static str,
    rows: Vec<Row>,
}

/// `url` is empty where there is nothing to follow.
#[derive(Serialize)]
struct Row {
    name: String,
    text: String,
    url: String,
}

/// Collects rows and leaves out what is not recorded.
struct Rows<'e> {
    env: &'e Env<'e>,
    rows: Vec<Row>,
}

impl Rows<'_> {
    fn add(&mut self, name: impl Into<String>, text: Option<String>) {
        if let Some(text) = text {
            self.rows.push(Row { name: name.into(), text, url: String::new() });
        }
    }

    fn time(&mut self, name: &str, when: Option<&Spanned<When>>) {
        self.add(name, when.map(|when| format::when(when.value)));
    }

    /// Words that lead somewhere, where that is an address that may be linked.
    fn link(&mut self, name: impl Into<String>, text: &str, address: &str) {
        let url = markup::address(address, self.env).unwrap_or_default();
        self.rows.push(Row { name: name.into(), text: text.to_owned(), url });
    }

    fn group(self, title: &'static str) -> Option<Group> {
        (!self.rows.is_empty()).then_some(Group { title, rows: self.rows })
    }
}

/// All tables that have something in them.
pub(super) fn of(input: &Input<'_>, report: &Report, page: &str) -> Vec<Group> {
    let root = root_of(page);
    let env = Env { root: &root, file: Some(&report.path), targets: &input.targets };
    let tables = [impact, response, changes, evidence, work, review, document];
    tables.iter().filter_map(|table| table(report, Rows { env: &env, rows: Vec::new() })).collect()
}

fn impact(report: &Report, mut rows: Rows<'_>) -> Option<Group> {
    let impact = &report.impact;
    let about = |key: &str, text: String| {
        if impact.estimated.contains(&key) { format!("about {text} (estimate)") } else { text }
    };
    let count = |key: &'static str, number: Option<u64>| number.map(|number| about(key, format::count(number)));
    let told = |yes: Option<bool>| yes.map(|yes| if yes { "yes" } else { "no" }.to_owned());
    rows.add("Customers affected", count("customers", impact.customers));
    rows.add("Share of customers", impact.customer_share.map(|share| about("customer_share", format::percent(share))));
    rows.add("Failed requests", count("requests_failed", impact.requests_failed));
    rows.add("Support tickets", count("support_tickets", impact.support_tickets));
    rows.add("Data was lost", told(impact.data_loss));
    rows.add("Security was affected", told(impact.security));
    for slo in &impact.slo {
        let objective = format!("{} over {} days", format::percent(slo.objective), slo.window_days);
        rows.add(format!("Objective of {}", slo.service.value), Some(objective));
    }
    for window in &report.impact_windows {
        rows.add(span_of_window(window), Some(told_of_window(window)));
    }
    for (name, value) in impact.figures.iter().filter(|(_, value)| !report.body.contains(value.as_str())) {
        rows.add(name, Some(value.clone()));
    }
    rows.group("Impact in figures")
}

fn span_of_window(window: &ImpactWindow) -> String {
    format!("{} to {}", format::when(window.from.value), format::when(window.to.value))
}

fn told_of_window(window: &ImpactWindow) -> String {
    let degree =
        if window.degree < 1.0 { format!("{} lost", format::percent(window.degree)) } else { "all lost".to_owned() };
    let customers = window.customers.map(|customers| format!("{} customers", format::count(customers)));
    let service = window.service.as_ref().map(|service| service.value.clone());
    [Some(degree), customers, service].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn response(report: &Report, mut rows: Rows<'_>) -> Option<Group> {
    if let Some(runbook) = &report.runbook {
        let existed = match runbook.existed {
            words::Presence::Yes => "there was one",
            words::Presence::Partial => "there was one for a part",
            words::Presence::No => "there was none",
            words::Presence::NotApplicable => "not applicable",
        };
        let used = match runbook.used {
            Some(true) => ", and it was used",
            Some(false) => ", and it was not used",
            None => "",
        };
        let text = format!("{existed}{used}");
        match &runbook.url {
            Some(url) => rows.link("Runbook", &text, &url.value),
            None => rows.add("Runbook", Some(text)),
        }
    }
    for step in &report.self_healing {
        let at = step.at.as_ref().map(|at| format::when(at.value));
        let outcome = step.outcome.map(|outcome| format::words(outcome.word()));
        let told: Vec<String> = [outcome, at].into_iter().flatten().collect();
        let told = if told.is_empty() { "ran".to_owned() } else { told.join(", ") };
        rows.add(format!("Automatic {}", format::words(step.kind.word())), Some(told));
    }
    rows.add("More automation would help", report.automation_opportunity.clone());
    rows.group("Runbook and automation")
}

fn changes(report: &Report, mut rows: Rows<'_>) -> Option<Group> {
    for deploy in &report.deploys {
        let kind = deploy.kind.map(|kind| kind.word().to_owned());
        let service = deploy.service.as_ref().map(|service| service.value.clone());
        let at = deploy.at.as_ref().map(|at| format::when(at.value));
        let told: Vec<String> = [kind, service, at].into_iter().flatten().collect();
        rows.add(deploy.id.value.clone(), Some(told.join(", ")));
    }
    rows.group("Changes around the incident")
}

fn evidence(report: &Report, mut rows: Rows<'_>) -> Option<Group> {
    for item in &report.evidence {
        let kind = format::words(item.kind.word());
        let text = told_of_evidence(item);
        match item.url.as_ref().or(item.file.as_ref()) {
            Some(address) => rows.link(kind, &text, &address.value),
            None => rows.add(kind, Some(text)),
        }
    }
    rows.group("Evidence")
}

fn told_of_evidence(item: &Evidence) -> String {
    let unit = item.unit.as_ref().map_or_else(String::new, |unit| format!(" {unit}"));
    let value = |name: &str, value: &Option<String>| value.as_ref().map(|value| format!("{value}{unit} {name}"));
    let values = &item.values;
    let values = [value("before", &values.before), value("during", &values.during), value("after", &values.after)];
    let values: Vec<String> = values.into_iter().flatten().collect();
    let mut text = item.name.value.clone();
    if !values.is_empty() {
        text = format!("{text}: {}", values.join(", "));
    }
    match &item.alt {
        Some(alt) => format!("{text} ({alt})"),
        None => text,
    }
}

fn work(report: &Report, mut rows: Rows<'_>) -> Option<Group> {
    let toll = &report.toll;
    for effort in &toll.effort {
        let people = if effort.people == 1 { "1 person".to_owned() } else { format!("{} people", effort.people) };
        rows.add(effort.role.clone(), Some(format!("{people}, {} h each", effort.hours)));
    }
    if toll.effort.len() > 1 {
        rows.add("All together", toll.people_hours().map(|hours| format!("{hours} person-hours")));
    }
    rows.add("Pages outside working hours", toll.off_hours_pages.map(format::count));
    rows.add("Work that was delayed", (!toll.delayed_projects.is_empty()).then(|| toll.delayed_projects.join(", ")));
    rows.add(
        "Revenue per minute (average, input of an estimate)",
        toll.cost.as_ref().map(|cost| {
            format!(
                "{}.{:02} {}",
                format::count(cost.revenue_per_minute / 100),
                cost.revenue_per_minute % 100,
                cost.currency.value
            )
        }),
    );
    rows.group("Work and cost")
}

fn review(report: &Report, mut rows: Rows<'_>) -> Option<Group> {
    let review = &report.review;
    rows.add("Required", review.required.map(|yes| if yes { "yes" } else { "no" }.to_owned()));
    rows.add("Waived", review.waived_reason.clone());
    rows.time("Materials sent", review.materials_sent_at.as_ref());
    rows.time("Held", review.held_at.as_ref());
    rows.add("Length", review.duration_min.map(|minutes| format!("{minutes} min")));
    rows.add("Facilitated by", review.facilitator.as_ref().map(|role| role.value.clone()));
    rows.add("Notes by", review.note_taker.as_ref().map(|role| role.value.clone()));
    rows.add("Took part", participants(&review.participants));
    for session in &review.sessions {
        let team = session.team.as_ref().map(|team| team.value.clone());
        let told: Vec<String> = [team, participants(&session.participants)].into_iter().flatten().collect();
        rows.add(format!("Session of {}", format::when(session.held_at.value)), Some(told.join(": ")));
    }
    rows.add("Agenda", review.agenda.clone());
    rows.time("Briefing of leadership", review.briefing_at.as_ref());
    rows.group("Review")
}

fn participants(participants: &[crate::model::record::Participant]) -> Option<String> {
    let told = participants.iter().map(|participant| match &participant.area {
        Some(area) => format!("{} ({area})", participant.role),
        None => participant.role.clone(),
    });
    (!participants.is_empty()).then(|| told.collect::<Vec<_>>().join(", "))
}

fn document(report: &Report, mut rows: Rows<'_>) -> Option<Group> {
    let publication = &report.publication;
    rows.add("Owner", publication.owner.as_ref().map(|owner| owner.value.clone()));
    rows.time("Drafted", publication.drafted_at.as_ref());
    rows.time("Published", publication.published_at.as_ref());
    rows.add("Meant for", publication.audience.map(|audience| audience.word().to_owned()));
    rows.group("This document")
}

/// A measured change as a sentence that claims nothing.
pub(super) fn measured(impact: &MeasuredImpact) -> String {
    let n = |n: Option<u64>| n.map_or_else(String::new, |n| format!(" (n = {n})"));
    let window = impact.window.as_ref().map_or_else(String::new, |window| format!(", {window}"));
    let MeasuredImpact { metric, before, after, n_before, n_after, .. } = impact;
    format!("{metric}: {before}{} before, {after}{} after{window}", n(*n_before), n(*n_after))
}
