//! Services and teams: their reports, their numbers, what repeats.

use super::{
    Input, format,
    views::{self, Counted, Link, Measure, Row, Severity},
};
use crate::{analyze::Group, markup::Html, site::Page};
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
    pub measured: Vec<Measure>,
    pub repeating: Vec<Counted>,
    pub body: Option<Html>,
}

#[derive(Serialize)]
pub(super) struct Fact {
    pub name: &'static str,
    pub links: Vec<Link>,
}

#[derive(Serialize)]
struct Overview {
    title: &'static str,
    about: &'static str,
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
        text: link.text,
        url: link.url,
        about,
        count: group.reports.len(),
        by_severity: views::by_severity(input, group),
        latest: group.reports.first().map(|report| views::link(report)),
    }
}

fn view(input: &Input<'_>, kind: &'static str, title: String, about: String, facts: Vec<Fact>, group: &Group) -> View {
    View {
        title,
        kind,
        about,
        facts,
        count: group.reports.len(),
        by_severity: views::by_severity(input, group),
        rows: views::rows(input, group),
        measured: views::measures(group),
        repeating: views::factors(input, group, 2),
        body: None,
    }
}

pub(super) fn services(input: &Input<'_>) -> Vec<Page> {
    let about = |id: &str| input.config.services.get(id).map_or(String::new(), |service| service.about.clone());
    let mut pages = Vec::new();
    let mut lines = Vec::new();
    for (id, group) in &input.analysis.by_service {
        let link = service_link(input, id);
        let team = input.config.services.get(id).and_then(|service| service.team.as_ref());
        let mut facts = Vec::new();
        if let Some(team) = team {
            facts.push(Fact { name: "Team", links: vec![team_link(input, &team.value)] });
        }
        if let Some(tier) = input.config.services.get(id).and_then(|service| service.tier) {
            facts.push(Fact { name: "Tier", links: vec![Link { text: tier.to_string(), url: String::new() }] });
        }
        let view = view(input, "service", link.text.clone(), about(id), facts, group);
        pages.extend(input.page(&service_url(id), "group.html", "services", &view));
        lines.push(line(input, link, about(id), group));
    }
    let overview =
        Overview { title: "Services", about: "Incidents by the service they concern.", groups: by_count(lines) };
    pages.extend(input.page("services/index.html", "groups.html", "services", &overview));
    pages
}

pub(super) fn teams(input: &Input<'_>) -> Vec<Page> {
    let about = |id: &str| input.config.teams.get(id).map_or(String::new(), |team| team.about.clone());
    let mut pages = Vec::new();
    let mut lines = Vec::new();
    for (id, group) in &input.analysis.by_team {
        let link = team_link(input, id);
        let owned = input
            .config
            .services
            .values()
            .filter(|service| service.team.as_ref().is_some_and(|team| team.value == *id));
        let owned: Vec<Link> = owned.map(|service| service_link(input, &service.id.value)).collect();
        let facts = if owned.is_empty() { Vec::new() } else { vec![Fact { name: "Services", links: owned }] };
        let view = view(input, "team", link.text.clone(), about(id), facts, group);
        pages.extend(input.page(&team_url(id), "group.html", "teams", &view));
        lines.push(line(input, link, about(id), group));
    }
    let overview = Overview {
        title: "Teams",
        about: "Incidents by the team whose services they concern.",
        groups: by_name(lines),
    };
    pages.extend(input.page("teams/index.html", "groups.html", "teams", &overview));
    pages
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
