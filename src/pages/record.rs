//! What a report records beside its story: small tables of impact, changes, evidence, work and the review.

use super::{Input, root_of, toll};
use crate::{
    analyze,
    markup::{self, Env},
    model::{
        Report,
        record::{Evidence, ImpactWindow, MeasuredImpact},
        time::When,
    },
    snapshot::Spanned,
    words::Words,
};
use serde::Serialize;

/// A table with a heading.
#[derive(Serialize)]
pub(super) struct Group {
    title: String,
    rows: Vec<Row>,
}

/// `url` is empty where there is nothing to follow.
#[derive(Serialize)]
struct Row {
    name: String,
    text: String,
    url: String,
}

/// Collects rows and leaves out what is not recorded. Names are keys of texts, or what the report itself says.
struct Rows<'e> {
    env: &'e Env<'e>,
    input: &'e Input<'e>,
    words: &'e Words,
    found: Vec<Row>,
}

impl Rows<'_> {
    fn named(&mut self, name: impl Into<String>, text: Option<String>) {
        if let Some(text) = text {
            self.found.push(Row { name: name.into(), text, url: String::new() });
        }
    }

    fn add(&mut self, key: &str, text: Option<String>) {
        self.named(self.words.text(key), text);
    }

    fn time(&mut self, key: &str, when: Option<&Spanned<When>>) {
        self.add(key, when.map(|when| self.words.when(when.value)));
    }

    /// Words that lead somewhere, where that is an address that may be linked.
    fn link(&mut self, name: impl Into<String>, text: &str, address: &str) {
        let url = markup::address(address, self.env).unwrap_or_default();
        self.found.push(Row { name: name.into(), text: text.to_owned(), url });
    }

    fn group(self, key: &str) -> Option<Group> {
        (!self.found.is_empty()).then(|| Group { title: self.words.text(key).to_owned(), rows: self.found })
    }
}

/// A text with one placeholder.
fn said(words: &Words, key: &str, name: &str, value: &str) -> String {
    words.say(key, &[(name, value.into())])
}

fn yes_or_no(words: &Words, yes: Option<bool>) -> Option<String> {
    yes.map(|yes| words.text(if yes { "record.yes" } else { "record.no" }).to_owned())
}

/// All tables that have something in them.
pub(super) fn of(input: &Input<'_>, report: &Report, page: &str) -> Vec<Group> {
    let root = root_of(page);
    let env = Env { root: &root, place: Some(input.config.place_of(&report.path)), targets: input.targets, notes: "" };
    let tables = [impact, response, changes, evidence, work, review, document];
    let rows = || Rows { env: &env, input, words: input.words, found: Vec::new() };
    tables.iter().filter_map(|table| table(report, rows())).collect()
}

fn impact(report: &Report, mut rows: Rows<'_>) -> Option<Group> {
    let (impact, words) = (&report.impact, rows.words);
    let about = |key: &str, text: String| {
        if impact.estimated.contains(&key) { said(words, "record.estimate", "value", &text) } else { text }
    };
    let count = |key: &'static str, number: Option<u64>| number.map(|number| about(key, words.count(number)));
    rows.add("record.customers", count("customers", impact.customers));
    let share = impact.customer_share.map(|share| about("customer_share", words.percent(share)));
    rows.add("record.customer_share", share);
    rows.add("record.failed_requests", count("requests_failed", impact.requests_failed));
    rows.add("record.support_tickets", count("support_tickets", impact.support_tickets));
    rows.add("record.data_loss", yes_or_no(words, impact.data_loss));
    rows.add("record.security", yes_or_no(words, impact.security));
    for slo in &impact.slo {
        let (share, days) = (words.percent(slo.objective), slo.window_days.into());
        let objective = words.say("record.objective", &[("share", (&share).into()), ("n", days)]);
        rows.named(said(words, "record.objective_of", "service", &slo.service.value), Some(objective));
    }
    for (service, days, told) in toll::budgets_of(rows.input, report) {
        let name = words.say("budget.of_days", &[("service", (&service).into()), ("n", days.into())]);
        rows.named(name, Some(told));
    }
    let felt = analyze::toll::customers_of(rows.input.config, report);
    rows.named(
        words.term("toll", "customer-minutes"),
        felt.map(|seconds| about("customers", toll::customer_minutes(words, seconds))),
    );
    for window in &report.impact_windows {
        rows.named(span_of_window(words, window), Some(told_of_window(words, window)));
    }
    for (name, value) in impact.figures.iter().filter(|(_, value)| !report.body.contains(value.as_str())) {
        rows.named(name, Some(value.clone()));
    }
    rows.group("record.impact")
}

fn span_of_window(words: &Words, window: &ImpactWindow) -> String {
    let (from, to) = (words.when(window.from.value), words.when(window.to.value));
    words.say("record.from_to", &[("from", (&from).into()), ("to", (&to).into())])
}

fn told_of_window(words: &Words, window: &ImpactWindow) -> String {
    let degree = if window.degree < 1.0 {
        said(words, "record.share_lost", "share", &words.percent(window.degree))
    } else {
        words.text("record.all_lost").to_owned()
    };
    let customers = window.customers.map(|customers| words.say("count.customers", &[("n", customers.into())]));
    let service = window.service.as_ref().map(|service| service.value.clone());
    [Some(degree), customers, service].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn response(report: &Report, mut rows: Rows<'_>) -> Option<Group> {
    let words = rows.words;
    if let Some(runbook) = &report.runbook {
        let existed = words.term("runbook", runbook.existed.word());
        let text = match runbook.used {
            Some(true) => said(words, "record.runbook_used", "existed", &existed),
            Some(false) => said(words, "record.runbook_not_used", "existed", &existed),
            None => existed.into_owned(),
        };
        match &runbook.url {
            Some(url) => rows.link(words.text("record.runbook"), &text, &url.value),
            None => rows.add("record.runbook", Some(text)),
        }
    }
    for step in &report.self_healing {
        let at = step.at.as_ref().map(|at| words.when(at.value));
        let outcome = step.outcome.map(|outcome| words.term("outcome", outcome.word()).into_owned());
        let told: Vec<String> = [outcome, at].into_iter().flatten().collect();
        let told = if told.is_empty() { words.text("record.ran").to_owned() } else { told.join(", ") };
        let kind = words.term("healing", step.kind.word());
        rows.named(said(words, "record.automatic", "kind", &kind), Some(told));
    }
    rows.add("record.automation", report.automation_opportunity.clone());
    rows.group("record.response")
}

fn changes(report: &Report, mut rows: Rows<'_>) -> Option<Group> {
    let words = rows.words;
    for deploy in &report.deploys {
        let kind = deploy.kind.map(|kind| words.term("deploy", kind.word()).into_owned());
        let service = deploy.service.as_ref().map(|service| service.value.clone());
        let at = deploy.at.as_ref().map(|at| words.when(at.value));
        let told: Vec<String> = [kind, service, at].into_iter().flatten().collect();
        rows.named(deploy.id.value.clone(), Some(told.join(", ")));
    }
    rows.group("record.changes")
}

fn evidence(report: &Report, mut rows: Rows<'_>) -> Option<Group> {
    let words = rows.words;
    for item in &report.evidence {
        let kind = words.term("evidence_kind", item.kind.word());
        let text = told_of_evidence(words, item);
        match item.url.as_ref().or(item.file.as_ref()) {
            Some(address) => rows.link(kind, &text, &address.value),
            None => rows.named(kind, Some(text)),
        }
    }
    rows.group("record.evidence")
}

fn told_of_evidence(words: &Words, item: &Evidence) -> String {
    let unit = item.unit.as_ref().map_or_else(String::new, |unit| format!(" {unit}"));
    let value = |key: &str, value: &Option<String>| {
        value.as_ref().map(|value| said(words, key, "value", &format!("{value}{unit}")))
    };
    let values = &item.values;
    let values = [
        value("record.before", &values.before),
        value("record.during", &values.during),
        value("record.after", &values.after),
    ];
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
    let (taken, words) = (&report.toll, rows.words);
    for effort in &taken.effort {
        let people = words.say("count.people", &[("n", effort.people.into())]);
        let values = [("people", (&people).into()), ("hours", effort.hours.into())];
        rows.named(effort.role.clone(), Some(words.say("record.hours_each", &values)));
    }
    if taken.effort.len() > 1 {
        let hours = |hours: f64| words.say("record.person_hours", &[("hours", hours.into())]);
        rows.add("record.together", taken.people_hours().map(hours));
    }
    rows.add("record.off_hours", taken.off_hours_pages.map(|pages| words.count(pages)));
    let delayed = &taken.delayed_projects;
    rows.add("record.delayed", (!delayed.is_empty()).then(|| delayed.join(", ")));
    let (revenue, worth) = analyze::toll::of_report(rows.input.config, report);
    for lost in &revenue {
        let name = match &lost.service {
            Some(service) => said(words, "record.revenue_of", "service", service),
            None => words.text("record.revenue").to_owned(),
        };
        rows.named(name, Some(toll::formula(words, lost)));
    }
    let worth = worth.map(|(currency, amount)| words.rounded_money(amount, &currency));
    rows.add("record.worth", worth);
    rows.group("record.work")
}

fn review(report: &Report, mut rows: Rows<'_>) -> Option<Group> {
    let (review, words) = (&report.review, rows.words);
    rows.add("record.required", yes_or_no(words, review.required));
    rows.add("record.waived", review.waived_reason.clone());
    rows.time("record.materials", review.materials_sent_at.as_ref());
    rows.time("record.held", review.held_at.as_ref());
    rows.add("record.length", review.duration_min.map(|minutes| words.minutes(minutes)));
    rows.add("record.facilitated", review.facilitator.as_ref().map(|role| role.value.clone()));
    rows.add("record.notes", review.note_taker.as_ref().map(|role| role.value.clone()));
    rows.add("record.participants", participants(&review.participants));
    for session in &review.sessions {
        let team = session.team.as_ref().map(|team| team.value.clone());
        let told: Vec<String> = [team, participants(&session.participants)].into_iter().flatten().collect();
        let name = said(words, "record.session", "when", &words.when(session.held_at.value));
        rows.named(name, Some(told.join(": ")));
    }
    rows.add("record.agenda", review.agenda.clone());
    rows.time("record.briefing", review.briefing_at.as_ref());
    rows.group("record.review")
}

fn participants(participants: &[crate::model::record::Participant]) -> Option<String> {
    let told = participants.iter().map(|participant| match &participant.area {
        Some(area) => format!("{} ({area})", participant.role),
        None => participant.role.clone(),
    });
    (!participants.is_empty()).then(|| told.collect::<Vec<_>>().join(", "))
}

fn document(report: &Report, mut rows: Rows<'_>) -> Option<Group> {
    let (publication, words) = (&report.publication, rows.words);
    let source = rows.input.config.source_of(&report.path);
    rows.add("record.source", source.map(|source| source.name.value.clone()));
    rows.add("record.owner", publication.owner.as_ref().map(|owner| owner.value.clone()));
    rows.time("record.drafted", publication.drafted_at.as_ref());
    rows.time("record.published", publication.published_at.as_ref());
    let audience = publication.audience.map(|audience| words.term("audience", audience.word()).into_owned());
    rows.add("record.audience", audience);
    rows.group("record.document")
}

/// A measured change as a sentence that claims nothing.
pub(super) fn measured(words: &Words, impact: &MeasuredImpact) -> String {
    let MeasuredImpact { metric, before, after, n_before, n_after, .. } = impact;
    let with_n = |value: f64, n: Option<u64>| match n {
        Some(n) => words.say("actions.measured_n", &[("value", value.into()), ("n", n.into())]),
        None => words.number(value),
    };
    let (before, after) = (with_n(*before, *n_before), with_n(*after, *n_after));
    let values = [("metric", metric.into()), ("before", (&before).into()), ("after", (&after).into())];
    match &impact.window {
        Some(window) => {
            let [metric, before, after] = values;
            words.say("actions.measured_window", &[metric, before, after, ("window", window.into())])
        }
        None => words.say("actions.measured", &values),
    }
}
