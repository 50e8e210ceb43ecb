//! Patterns: one page per contributing factor, and the overview.

use super::{Input, evidence, format, group, views::Link};
use crate::analyze;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct Overview {
    title: String,
    groups: Vec<Section>,
}

#[derive(Serialize)]
struct Section {
    name: String,
    patterns: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    text: String,
    url: String,
    summary: String,
    count: usize,
    services: usize,
    teams: usize,
}

/// The group of patterns that name none.
const OTHER: &str = "other";

pub(super) fn url(id: &str) -> String {
    format!("patterns/{}/index.html", format::slug(id))
}

/// A factor by its id.
pub(super) fn link(input: &Input<'_>, id: &str) -> Link {
    let text = input.corpus.patterns.get(id).map_or_else(|| format::words(id), |pattern| pattern.title.value.clone());
    let known = input.analysis.by_factor.contains_key(id) || input.corpus.patterns.contains_key(id);
    Link { text, url: if known { url(id) } else { String::new() } }
}

pub(super) fn overview(input: &Input<'_>) {
    let mut groups: BTreeMap<String, Vec<Line>> = BTreeMap::new();
    for (id, group) in &input.analysis.by_factor {
        let pattern = input.corpus.patterns.get(id);
        let name = pattern.map(|pattern| pattern.group.clone()).filter(|group| !group.is_empty());
        let Link { text, url } = link(input, id);
        let (services, teams) = touched(input, group);
        groups.entry(name.unwrap_or_else(|| OTHER.to_owned())).or_default().push(Line {
            text,
            url,
            summary: pattern.map_or(String::new(), |pattern| pattern.summary.clone()),
            count: group.reports.len(),
            services: services.len(),
            teams: teams.len(),
        });
    }
    let groups = groups.into_iter().map(|(name, mut patterns)| {
        patterns.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.text.cmp(&b.text)));
        let name = if name == OTHER { input.words.text("patterns.other").to_owned() } else { format::sentence(&name) };
        Section { name, patterns }
    });
    let view = Overview { title: input.words.text("patterns.title").to_owned(), groups: groups.collect() };
    input.page("patterns/index.html", "patterns.html", "patterns", &view);
}

fn touched(input: &Input<'_>, group: &analyze::Group) -> (Vec<String>, Vec<String>) {
    let unique = |of: fn(&crate::config::Config, &crate::model::Report) -> Vec<String>| {
        let mut ids: Vec<String> = group.reports.iter().flat_map(|report| of(input.config, report)).collect();
        ids.sort();
        ids.dedup();
        ids
    };
    (unique(analyze::services_of), unique(analyze::teams_of))
}

pub(super) fn pages(input: &Input<'_>) {
    let groups: Vec<(&String, &analyze::Group)> = input.analysis.by_factor.iter().collect();
    groups.par_iter().for_each(|(id, group)| {
        let pattern = input.corpus.patterns.get(*id);
        let link = link(input, id);
        let shared = group::view(input, "pattern", &link, group);
        let view = group::View {
            about: pattern.map_or(String::new(), |pattern| pattern.summary.clone()),
            facts: facts(input, id, group),
            repeating: shared.repeating.into_iter().filter(|other| other.url != link.url).collect(),
            body: pattern.map(|pattern| input.markdown(&pattern.body, Some(&pattern.path), &link.url)),
            ..shared
        };
        input.page(&link.url, "group.html", "patterns", &view);
        evidence::pages(input, &link.text, &link.url, "patterns", group);
    });
}

fn facts(input: &Input<'_>, id: &str, group: &analyze::Group) -> Vec<group::Fact> {
    let (services, teams) = touched(input, group);
    let related = input.corpus.patterns.get(id).map_or(&[][..], |pattern| &pattern.related);
    let services = services.iter().map(|id| group::service_link(input, id)).collect();
    let teams = teams.iter().map(|id| group::team_link(input, id)).collect();
    let related = related.iter().map(|id| link(input, &id.value)).collect();
    let facts = [("group.services_touched", services), ("group.teams_touched", teams), ("group.related", related)];
    let facts = facts
        .into_iter()
        .map(|(name, links): (_, Vec<Link>)| group::Fact { name: input.words.text(name).to_owned(), links });
    facts.filter(|fact| !fact.links.is_empty()).collect()
}
