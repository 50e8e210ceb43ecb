//! Services and teams: their overviews, and what their pages have in common.

use super::{
    Input,
    actions::{self, Open},
    evidence::{self, Evidence},
    figures::{self, Calendar},
    format,
    impact::{self, Impact},
    toll::{self, Amount},
    views::{self, Counted, Link, Measure, Row, Severity},
};
use crate::{
    analyze::{Group, recurrence},
    markup::Html,
};
use serde::Serialize;

mod helped;
pub(super) use helped::{Helped, of as helped};
mod service;
mod team;

pub(super) use service::pages as services;
pub(super) use team::pages as teams;

/// What the pages of services, teams and patterns share.
#[derive(Serialize)]
pub(super) struct Shared {
    pub title: String,
    pub count: usize,
    pub by_severity: Vec<Severity>,
    pub latest: Option<Dated>,
    pub rows: Vec<Row>,
    pub more: Option<Link>,
    pub measured: Vec<Measure>,
    pub impact: Option<Impact>,
    pub toll: Vec<Amount>,
    /// The page with the reports of each number.
    pub behind: String,
    pub repeating: Vec<Counted>,
    pub evidence: Option<Evidence>,
}

/// A report with its day.
#[derive(Serialize)]
pub(super) struct Dated {
    pub text: String,
    pub url: String,
    pub date: String,
}

#[derive(Serialize)]
struct Overview {
    title: String,
    about: String,
    /// What is said of each beside its incidents.
    owned: bool,
    tiered: bool,
    groups: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    text: String,
    url: String,
    about: String,
    owner: Option<Link>,
    tier: Option<u64>,
    count: usize,
    by_severity: Vec<Severity>,
    months: Html,
    lately: usize,
    latest: Option<Dated>,
}

pub(super) fn service_url(id: &str) -> String {
    format!("services/{}/index.html", format::slug(id))
}

pub(super) fn team_url(id: &str) -> String {
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
    let (months, lately) = figures::months(input, &recurrence::dates(group, &input.config.time_zone));
    Line {
        about,
        owner: None,
        tier: None,
        count: group.reports.len(),
        by_severity: views::by_severity(input, group, &link.url),
        months,
        lately,
        latest: latest(input, group),
        text: link.text,
        url: link.url,
    }
}

fn latest(input: &Input<'_>, group: &Group) -> Option<Dated> {
    let report = group.reports.first()?;
    let Link { text, url } = views::link(report);
    Some(Dated { text, url, date: input.words.date(report.times.started.value.date(&input.config.time_zone)) })
}

/// What the page of a group shows in any case. `link` is its own address.
pub(super) fn shared(input: &Input<'_>, link: &Link, group: &Group) -> Shared {
    Shared {
        title: link.text.clone(),
        count: group.reports.len(),
        by_severity: views::by_severity(input, group, &link.url),
        latest: latest(input, group),
        rows: views::rows(input, group),
        more: evidence::more(input, &link.url, group),
        measured: views::measures(input, group, &link.url),
        impact: impact::of(input, group, &link.url),
        toll: toll::of(input, group),
        behind: evidence::url(&link.url, group),
        repeating: views::factors(input, group, &link.url),
        evidence: evidence::inline(input, group, &link.url),
    }
}
