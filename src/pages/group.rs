//! Services and teams: their reports, their numbers, what repeats.

use super::{
    Input,
    evidence::{self, Evidence},
    format,
    views::{self, Counted, Link, Measure, Row, Severity},
};
use crate::{analyze::Group, markup::Html};
use rayon::prelude::*;
use serde::Serialize;

/// What `group.html` shows: a service, a team or a pattern.
#[derive(Serialize)]
pub(super) struct View {
    pub title: String,
    pub kind: &'static str,
    pub about: String,
    pub facts: Vec<Fact>,
    pub count: usize,
    pub by_severity: Vec<Severity>,
    pub rows: Vec<Row>,
    pub more: Option<Link>,
    pub measured: Vec<Measure>,
    pub repeating: Vec<Counted>,
    pub evidence: Option<Evidence>,
    pub body: Option<Html>,
}

#[derive(Serialize)]
pub(super) struct Fact {
    pub name: String,
    pub links: Vec<Link>,
}

#[derive(Serialize)]
struct Overview {
    title: String,
    about: String,
    groups: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    text: String,
    url: String,
    about: String,
    count: usize,
    by_severity: Vec<Severity>,
    latest: Option<Link>,
}

fn service_url(id: &str) -> String {
    format!("services/{}/index.html", format::slug(id))
}

fn team_url(id: &str) -> String {
    format!("teams/{}/index.html", format::slug(id))
}

/// A service by its canonical id; a plain word where it has no page.
pub(super) fn service_link(input: &Input<'_>, id: &str) -> Link {
    let text = input.config.services.get(id).map_or_else(|| id.to_owned(), |service| service.name.clone());
    let known = input.analysis.by_service.contains_key(id);
    Link { text, url: if known { service_url(id) } else { String::new() } }
}

/// A team by its id.
pub(super) fn team_link(input: &Input<'_>, id: &str) -> Link {
    let text = input.config.teams.get(id).map_or_else(|| id.to_owned(), |team| team.name.clone());
    let known = input.analysis.by_team.contains_key(id);
    Link { text, url: if known { team_url(id) } else { String::new() } }
}

fn line(input: &Input<'_>, link: Link, about: String, group: &Group) -> Line {
    Line {
        about,
        count: group.reports.len(),
        by_severity: views::by_severity(input, group, &link.url),
        latest: group.reports.first().map(|report| views::link(report)),
        text: link.text,
        url: link.url,
    }
}

/// The page of a group. `link` is its own address.
pub(super) fn view(input: &Input<'_>, kind: &'static str, link: &Link, group: &Group) -> View {
    View {
        title: link.text.clone(),
        kind,
        about: String::new(),
        facts: Vec::new(),
        count: group.reports.len(),
        by_severity: views::by_severity(input, group, &link.url),
        rows: views::rows(input, group),
        more: evidence::more(input, &link.url, group),
        measured: views::measures(input, group, &link.url),
        repeating: views::factors(input, group, &link.url),
        evidence: evidence::inline(input, group, &link.url),
        body: None,
    }
}

pub(super) fn services(input: &Input<'_>) {
    let about = |id: &str| input.config.services.get(id).map_or(String::new(), |service| service.about.clone());
    let groups: Vec<(&String, &Group)> = input.analysis.by_service.iter().collect();
    groups.par_iter().for_each(|(id, group)| {
        let link = service_link(input, id);
        let view =
            View { about: about(id), facts: facts_of_service(input, id), ..view(input, "service", &link, group) };
        input.page(&link.url, "group.html", "services", &view);
        evidence::pages(input, &link.text, &link.url, "services", group);
    });
    let lines = groups.iter().map(|(id, group)| line(input, service_link(input, id), about(id), group)).collect();
    let (title, about) =
        (input.words.text("groups.services").to_owned(), input.words.text("groups.services_lead").to_owned());
    let overview = Overview { title, about, groups: by_count(lines) };
    input.page("services/index.html", "groups.html", "services", &overview);
}

fn facts_of_service(input: &Input<'_>, id: &str) -> Vec<Fact> {
    let service = input.config.services.get(id);
    let team = service.and_then(|service| service.team.as_ref());
    let team = team.map(|team| Fact {
        name: input.words.text("group.owner").to_owned(),
        links: vec![team_link(input, &team.value)],
    });
    let tier = service.and_then(|service| service.tier);
    let tier = tier.map(|tier| Link { text: tier.to_string(), url: String::new() });
    team.into_iter()
        .chain(tier.map(|tier| Fact { name: input.words.text("group.tier").to_owned(), links: vec![tier] }))
        .collect()
}

pub(super) fn teams(input: &Input<'_>) {
    let about = |id: &str| input.config.teams.get(id).map_or(String::new(), |team| team.about.clone());
    let groups: Vec<(&String, &Group)> = input.analysis.by_team.iter().collect();
    groups.par_iter().for_each(|(id, group)| {
        let link = team_link(input, id);
        let view = View { about: about(id), facts: facts_of_team(input, id), ..view(input, "team", &link, group) };
        input.page(&link.url, "group.html", "teams", &view);
        evidence::pages(input, &link.text, &link.url, "teams", group);
    });
    let lines = groups.iter().map(|(id, group)| line(input, team_link(input, id), about(id), group)).collect();
    let (title, about) =
        (input.words.text("groups.teams").to_owned(), input.words.text("groups.teams_lead").to_owned());
    let overview = Overview { title, about, groups: by_name(lines) };
    input.page("teams/index.html", "groups.html", "teams", &overview);
}

fn facts_of_team(input: &Input<'_>, id: &str) -> Vec<Fact> {
    let services = input.config.services.values();
    let owned = services.filter(|service| service.team.as_ref().is_some_and(|team| team.value == id));
    let links: Vec<Link> = owned.map(|service| service_link(input, &service.id.value)).collect();
    if links.is_empty() {
        Vec::new()
    } else {
        vec![Fact { name: input.words.text("group.services").to_owned(), links }]
    }
}

fn by_count(mut lines: Vec<Line>) -> Vec<Line> {
    lines.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.text.cmp(&b.text)));
    lines
}

/// Teams stand in the order of their names: nothing here is a ranking.
fn by_name(mut lines: Vec<Line>) -> Vec<Line> {
    lines.sort_by(|a, b| a.text.cmp(&b.text));
    lines
}
