//! A report as the search sees it: its fields with their weights, and its sections with the ids they have on the page.

use super::signature::signatures;
use crate::{
    analyze,
    config::Config,
    markup::Part,
    model::{Report, corpus::Corpus},
    pages,
};

/// A field of a report, how much a word in it weighs, and how its length counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    pub weight: f32,
    /// How far a long text is marked down, 0 to 1.
    pub b: f32,
    /// Words of a text of ordinary length. A constant, so that a new report changes no other.
    pub usual: f32,
}

const fn field(weight: f32, b: f32, usual: f32) -> Field {
    Field { weight, b, usual }
}

pub(super) const ID: Field = field(8.0, 0.0, 1.0);
pub(super) const TITLE: Field = field(6.0, 0.3, 8.0);
/// Services, patterns, teams, error signatures.
pub(super) const NAME: Field = field(3.0, 0.0, 1.0);
pub(super) const SUMMARY: Field = field(2.0, 0.4, 70.0);
pub(super) const HEADING: Field = field(2.0, 0.3, 20.0);
pub(super) const BODY: Field = field(1.0, 0.6, 700.0);

pub(super) struct Document {
    pub fields: Vec<(Field, String)>,
    pub parts: Vec<Part>,
    pub services: Vec<String>,
}

impl Document {
    pub fn of(config: &Config, corpus: &Corpus, report: &Report) -> Self {
        let parts = pages::parts(report);
        let services = analyze::services_of(config, report);
        let mut fields = vec![(ID, report.id.value.clone()), (TITLE, report.title.value.clone())];
        fields.push((NAME, names(config, corpus, report, &services)));
        let (mut body, mut summary, mut headings, mut code) =
            (String::new(), String::new(), String::new(), String::new());
        let summary_at = report.section("summary").map(|section| section.content.start);
        for part in &parts {
            let is_summary = !part.id.is_empty() && Some(part.range.end) == summary_at;
            line(if is_summary { &mut summary } else { &mut body }, &part.text);
            line(&mut headings, &part.heading);
            code.push_str(&part.code);
        }
        if let Some(impact) = &report.impact.summary {
            line(&mut summary, &impact.value);
        }
        for signature in signatures(&body).into_iter().chain(signatures(&summary)) {
            line(&mut code, signature);
        }
        fields.extend([(NAME, code), (SUMMARY, summary), (HEADING, headings), (BODY, body)]);
        let names = services.iter().map(|id| config.services.get(id).map_or(id.clone(), |s| s.name.clone()));
        Self { fields, services: names.collect(), parts }
    }
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

/// Ids and names of all that a report names.
fn names(config: &Config, corpus: &Corpus, report: &Report, services: &[String]) -> String {
    let mut out = String::new();
    for id in services {
        line(&mut out, id);
        if let Some(service) = config.services.get(id) {
            std::iter::once(&service.name).chain(&service.aliases).for_each(|name| line(&mut out, name));
        }
    }
    for factor in &report.factors {
        line(&mut out, &factor.id.value);
        if let Some(pattern) = corpus.patterns.get(&factor.id.value) {
            line(&mut out, &pattern.title.value);
        }
    }
    for id in analyze::teams_of(config, report) {
        line(&mut out, &id);
        if let Some(team) = config.teams.get(&id) {
            line(&mut out, &team.name);
        }
    }
    line(&mut out, &report.severity.value);
    report.tags.iter().for_each(|tag| line(&mut out, &tag.value));
    report.scope.regions.iter().chain(&report.scope.business_functions).for_each(|name| line(&mut out, name));
    if let Some(trigger) = &report.trigger {
        line(&mut out, trigger.kind.value.word());
    }
    out
}
