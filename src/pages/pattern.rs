//! Patterns: one page per contributing factor, and the overview.

use super::{
    Input, format, group,
    views::{self, Link},
};
use crate::{analyze, site::Page};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct Overview {
    title: &'static str,
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

pub(super) fn url(id: &str) -> String {
    format!("patterns/{}/index.html", format::slug(id))
}

/// A factor by its id.
pub(super) fn link(input: &Input<'_>, id: &str) -> Link {
    let text = input.corpus.patterns.get(id).map_or_else(|| format::words(id), |pattern| pattern.title.value.clone());
    let known = input.analysis.by_factor.contains_key(id) || input.corpus.patterns.contains_key(id);
    Link { text, url: if known { url(id) } else { String::new() } }
}

pub(super) fn overview(input: &Input<'_>) -> Vec<Page> {
    let mut groups: BTreeMap<String, Vec<Line>> = BTreeMap::new();
    for (id, group) in &input.analysis.by_factor {
        let pattern = input.corpus.patterns.get(id);
        let name = pattern.map(|pattern| pattern.group.clone()).filter(|group| !group.is_empty());
        let Link { text, url } = link(input, id);
        let (services, teams) = touched(input, group);
        groups.entry(name.unwrap_or_else(|| "other".to_owned())).or_default().push(Line {
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
        Section { name: format::words(&name), patterns }
    });
    let view = Overview { title: "Patterns", groups: groups.collect() };
    input.page("patterns/index.html", "patterns.html", "patterns", &view).into_iter().collect()
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

pub(super) fn pages(input: &Input<'_>) -> Vec<Page> {
    let page = |(id, group): (&String, &analyze::Group)| {
        let pattern = input.corpus.patterns.get(id);
        let address = url(id);
        let (services, teams) = touched(input, group);
        let related = pattern.map_or(&[][..], |pattern| &pattern.related);
        let mut facts = vec![
            group::Fact {
                name: "Services touched",
                links: services.iter().map(|id| group::service_link(input, id)).collect(),
            },
            group::Fact { name: "Teams touched", links: teams.iter().map(|id| group::team_link(input, id)).collect() },
            group::Fact { name: "Related patterns", links: related.iter().map(|id| link(input, &id.value)).collect() },
        ];
        facts.retain(|fact| !fact.links.is_empty());
        let view = group::View {
            title: link(input, id).text,
            kind: "pattern",
            about: pattern.map_or(String::new(), |pattern| pattern.summary.clone()),
            facts,
            count: group.reports.len(),
            by_severity: views::by_severity(input, group),
            rows: views::rows(input, group),
            measured: views::measures(group),
            repeating: views::factors(input, group, 2).into_iter().filter(|other| other.url != address).collect(),
            body: pattern.map(|pattern| input.markdown(&pattern.body, Some(&pattern.path), &address)),
        };
        input.page(&address, "group.html", "patterns", &view)
    };
    input.analysis.by_factor.iter().filter_map(page).collect()
}
