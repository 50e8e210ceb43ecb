//! Patterns: one page per contributing factor, and the overview.

use super::{
    Input, actions, evidence, figures, format, group, incident_url, over_time, root_of,
    views::{self, Link},
};
use crate::{
    analyze::{self, Group, comparison::Days, pattern::Patterns, period::Period, recurrence},
    markup::Html,
    model::Report,
};
use rayon::prelude::*;
use serde::Serialize;
use std::{collections::BTreeMap, sync::Arc};

mod overview;
mod said;
pub(super) use overview::pages as overview;

#[derive(Serialize)]
struct View {
    summary: String,
    body: Option<Html>,
    /// Described in a file, and where that is expected.
    id: String,
    related: Vec<Link>,
    stack: Option<figures::Stack>,
    years: Option<figures::Years>,
    over_time: Option<views::Chart>,
    helped: group::Helped,
    said: said::Said,
    when: Option<When>,
    services: Vec<Touched>,
    /// The services after the first ones.
    services_more: Vec<Touched>,
    teams: Vec<Link>,
    actions: Actions,
    #[serde(flatten)]
    shared: group::Shared,
}

/// New, continuing or quiet: the class, and the word.
#[derive(Clone, Serialize)]
struct Standing {
    class: &'static str,
    text: String,
}

fn named(input: &Input<'_>, standing: recurrence::Standing) -> Standing {
    let class = standing.word();
    Standing { class, text: input.words.term("standing", class).into_owned() }
}

/// First, latest, and the gaps between.
#[derive(Serialize)]
struct When {
    first: String,
    latest: String,
    standing: Standing,
    gaps: Option<Gaps>,
}

#[derive(Serialize)]
struct Gaps {
    n: usize,
    shortest: String,
    median: String,
    longest: String,
}

/// A service that a factor met, and how often.
#[derive(Serialize)]
struct Touched {
    text: String,
    url: String,
    count: usize,
    behind: String,
}

/// Actions aimed at a factor.
#[derive(Serialize)]
struct Actions {
    items: Vec<actions::Item>,
    count: usize,
    open: usize,
    done: usize,
}

/// Actions that a page lists.
const LISTED: usize = 20;
/// Quarters of the chart of counts.
const QUARTERS: i32 = 20;
/// Services that a page lists before one opens the others.
const SERVICES: usize = 8;

pub(super) fn url(id: &str) -> String {
    format!("patterns/{}/index.html", format::slug(id))
}

/// A factor by its id.
pub(super) fn link(input: &Input<'_>, id: &str) -> Link {
    let text = input.corpus.patterns.get(id).map_or_else(|| format::words(id), |pattern| pattern.title.value.clone());
    let known = input.analysis.by_factor.contains_key(id) || input.corpus.patterns.contains_key(id);
    Link { text, url: if known { url(id) } else { String::new() } }
}

/// Reports by the id of their service.
type ByService<'g> = BTreeMap<String, Vec<&'g Arc<Report>>>;

/// The reports of a factor by service, each service once per report.
fn by_service<'g>(input: &Input<'_>, group: &'g Group) -> ByService<'g> {
    let mut by_service = ByService::new();
    for report in &*group.reports {
        for service in analyze::services_of(input.config, report) {
            by_service.entry(service).or_default().push(report);
        }
    }
    by_service
}

/// The evidence of a factor on a service: the one report, or the list on the page of the service.
fn behind(input: &Input<'_>, factor: &str, service: &str, reports: &[&Arc<Report>]) -> String {
    match (reports, input.analysis.by_service.get(service)) {
        ([one], _) => incident_url(one),
        (_, Some(group)) => {
            let page = group::service_link(input, service).url;
            format!("{}#factor-{}", evidence::url(&page, group), format::slug(factor))
        }
        _ => String::new(),
    }
}

pub(super) fn pages(input: &Input<'_>) {
    let aimed = actions::by_factor(input);
    let days = Days::of(input.config, input.analysis);
    let patterns = Patterns::of(input.config, input.analysis, &days);
    let done = said::done(input);
    let groups: Vec<(&String, &Arc<Group>)> = input.analysis.by_factor.iter().collect();
    groups.par_iter().filter(|(id, _)| input.wants_below(&url(id))).for_each(|(id, group)| {
        let aimed = aimed.get(*id).map_or(&[][..], Vec::as_slice);
        let done = done.get(id.as_str()).map_or(&[][..], Vec::as_slice);
        let said = said::of(input, id, group, &patterns, done, &url(id));
        page(input, id, group, aimed, said);
    });
}

fn page(input: &Input<'_>, id: &str, group: &Group, aimed: &[actions::Item], said: said::Said) {
    let pattern = input.corpus.patterns.get(id);
    let link = link(input, id);
    let dates = recurrence::dates(group, &input.config.time_zone);
    let mut shared = group::shared(input, &link, group);
    shared.repeating.retain(|other| other.url != link.url);
    let mut services = touched(input, id, group);
    let services_more = services.split_off(services.len().min(SERVICES));
    let [_, quarter, _] = Period::containing(input.analysis.today);
    let related = pattern.map_or(&[][..], |pattern| &pattern.related);
    let view = View {
        summary: pattern.map_or(String::new(), |pattern| pattern.summary.clone()),
        body: pattern.map(|pattern| input.markdown(&pattern.body, Some(&pattern.path), &link.url)),
        id: id.to_owned(),
        related: related.iter().map(|id| self::link(input, &id.value)).collect(),
        stack: figures::stack(input, group),
        years: figures::years(input, &dates, "pattern.years"),
        over_time: over_time::of(
            input,
            "quarters",
            input.words.text("pattern.quarters"),
            &dates,
            (quarter, QUARTERS),
            &link.url,
        ),
        helped: group::helped(input, group),
        said,
        when: when(input, &dates),
        services,
        services_more,
        teams: teams(input, group),
        actions: Actions {
            count: aimed.len(),
            open: aimed.iter().filter(|item| item.is_open()).count(),
            done: aimed.iter().filter(|item| item.is_done()).count(),
            items: aimed.iter().take(LISTED).cloned().collect(),
        },
        shared,
    };
    input.page(&link.url, "pattern.html", "patterns", &view);
    evidence::pages(input, &link.text, &link.url, "patterns", group);
}

fn when(input: &Input<'_>, dates: &[jiff::civil::Date]) -> Option<When> {
    let words = input.words;
    let days = |days: i64| words.counted("count.days", usize::try_from(days).unwrap_or(0));
    let gaps = recurrence::gaps(dates).map(|gaps| Gaps {
        n: gaps.n,
        shortest: days(gaps.shortest),
        median: words.say("pattern.days", &[("days", gaps.median.into())]),
        longest: days(gaps.longest),
    });
    Some(When {
        first: words.date(*dates.last()?),
        latest: words.date(*dates.first()?),
        standing: named(input, recurrence::standing(dates, input.analysis.today)?),
        gaps,
    })
}

/// Services by how often the factor met them.
fn touched(input: &Input<'_>, id: &str, group: &Group) -> Vec<Touched> {
    let mut touched: Vec<Touched> = by_service(input, group)
        .into_iter()
        .map(|(service, reports)| {
            let Link { text, url } = group::service_link(input, &service);
            Touched { text, url, count: reports.len(), behind: behind(input, id, &service, &reports) }
        })
        .collect();
    touched.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.text.cmp(&b.text)));
    touched
}

fn teams(input: &Input<'_>, group: &Group) -> Vec<Link> {
    let mut ids: Vec<String> =
        group.reports.iter().flat_map(|report| analyze::teams_of(input.config, report)).collect();
    ids.sort();
    ids.dedup();
    let mut links: Vec<Link> = ids.iter().map(|id| group::team_link(input, id)).collect();
    links.sort_by(|a, b| a.text.cmp(&b.text));
    links
}
