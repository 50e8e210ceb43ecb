//! The overview of patterns: where factors meet services, and each factor with its dates.

use super::{ByService, Input, Link, Standing, behind, by_service, format, group, link, named, root_of};
use crate::{
    analyze::{Group, recurrence},
    charts::{self, Cell, matrix},
    markup::Html,
};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Serialize)]
struct Overview {
    title: String,
    count: usize,
    matrix: Option<Matrix>,
    standings: Vec<Counted>,
    groups: Vec<Section>,
    /// The year at which the small columns begin.
    since: Option<String>,
}

#[derive(Serialize)]
struct Matrix {
    svg: Html,
    twin: Html,
    /// Drawn, and left out of the drawing.
    factors: usize,
    services: usize,
    factors_left: usize,
    services_left: usize,
}

#[derive(Serialize)]
struct Counted {
    standing: Standing,
    defined: String,
    count: usize,
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
    years: Html,
    first: Option<String>,
    latest: Option<String>,
    standing: Option<Standing>,
}

/// Rows and columns of the matrix.
const ROWS: usize = 30;
const COLUMNS: usize = 15;
/// Years of the small columns.
const YEARS: i16 = 12;
const PATH: &str = "patterns/index.html";

/// The group of patterns that name none.
const OTHER: &str = "other";

pub(in crate::pages) fn pages(input: &Input<'_>) {
    let today = input.analysis.today;
    let dates: BTreeMap<&str, Vec<jiff::civil::Date>> = input
        .analysis
        .by_factor
        .iter()
        .map(|(id, group)| (id.as_str(), recurrence::dates(group, &input.config.time_zone)))
        .collect();
    let first = dates.values().filter_map(|dates| dates.last()).map(|date| date.year()).min();
    let since = first.map(|first| first.max(today.year() - YEARS + 1));
    let mut groups: BTreeMap<String, Vec<Line>> = BTreeMap::new();
    for (id, group) in &input.analysis.by_factor {
        let pattern = input.corpus.patterns.get(id);
        let name = pattern.map(|pattern| pattern.group.clone()).filter(|group| !group.is_empty());
        let line = line(input, id, group, &dates[id.as_str()], since.unwrap_or(today.year()));
        groups.entry(name.unwrap_or_else(|| OTHER.to_owned())).or_default().push(line);
    }
    let standings = recurrence::Standing::ALL.map(|standing| Counted {
        standing: named(input, standing),
        defined: input.words.term("standing_defined", standing.word()).into_owned(),
        count: groups
            .values()
            .flatten()
            .filter(|line| line.standing.as_ref().is_some_and(|known| known.class == standing.word()))
            .count(),
    });
    let groups = groups.into_iter().map(|(name, mut patterns)| {
        patterns.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.text.cmp(&b.text)));
        let name = if name == OTHER { input.words.text("patterns.other").to_owned() } else { format::sentence(&name) };
        Section { name, patterns }
    });
    let view = Overview {
        title: input.words.text("patterns.title").to_owned(),
        count: input.analysis.by_factor.len(),
        matrix: drawn(input),
        standings: standings.into(),
        groups: groups.collect(),
        since: since.map(|year| year.to_string()),
    };
    input.page(PATH, "patterns.html", "patterns", &view);
}

fn line(input: &Input<'_>, id: &str, group: &Group, dates: &[jiff::civil::Date], since: i16) -> Line {
    let Link { text, url } = link(input, id);
    let by_year = recurrence::by_year(dates);
    let today = input.analysis.today;
    let counts: Vec<usize> = (since..=today.year()).map(|year| by_year.get(&year).copied().unwrap_or(0)).collect();
    Line {
        text,
        url,
        summary: input.corpus.patterns.get(id).map_or(String::new(), |pattern| pattern.summary.clone()),
        count: group.reports.len(),
        years: charts::months::draw(&counts),
        first: dates.last().map(|date| input.words.date(*date)),
        latest: dates.first().map(|date| input.words.date(*date)),
        standing: recurrence::standing(dates, today).map(|standing| named(input, standing)),
    }
}

/// The most frequent factors and services, and their meetings.
fn drawn(input: &Input<'_>) -> Option<Matrix> {
    let mut factors: Vec<(&String, &std::sync::Arc<Group>)> =
        input.analysis.by_factor.iter().filter(|(_, group)| !group.reports.is_empty()).collect();
    factors.sort_by(|a, b| b.1.reports.len().cmp(&a.1.reports.len()).then_with(|| a.0.cmp(b.0)));
    let by_factor: Vec<(&String, ByService<'_>)> =
        factors.iter().map(|(id, group)| (*id, by_service(input, group))).collect();
    // A service counts the reports that name a factor at all.
    let mut totals: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (service, reports) in by_factor.iter().flat_map(|(_, services)| services) {
        totals.entry(service).or_default().extend(reports.iter().map(|report| report.id.value.as_str()));
    }
    let mut services: Vec<(&str, usize)> = totals.into_iter().map(|(id, reports)| (id, reports.len())).collect();
    services.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let (all_factors, all_services) = (factors.len(), services.len());
    factors.truncate(ROWS);
    services.truncate(COLUMNS);
    if factors.is_empty() || services.is_empty() {
        return None;
    }
    let root = root_of(PATH);
    let rooted = |url: String| if url.is_empty() { url } else { format!("{root}{url}") };
    let named = |Link { text, url }: Link, total| matrix::Line { text, url: rooted(url), total };
    let rows: Vec<matrix::Line> =
        factors.iter().map(|(id, group)| named(link(input, id), group.reports.len())).collect();
    let columns: Vec<matrix::Line> =
        services.iter().map(|(id, total)| named(group::service_link(input, id), *total)).collect();
    let mut meetings = Vec::new();
    for (row, (factor, by_service)) in by_factor.iter().take(ROWS).enumerate() {
        for (column, (service, _)) in services.iter().enumerate() {
            let Some(reports) = by_service.get(*service) else { continue };
            let url = rooted(behind(input, factor, service, reports));
            let (factor, service) = ((&rows[row].text).into(), (&columns[column].text).into());
            let values = [("factor", factor), ("service", service), ("n", reports.len().into())];
            let says = input.words.say("patterns.square", &values);
            meetings.push(matrix::Meeting { row, column, count: reports.len(), url, says });
        }
    }
    let most = meetings.iter().map(|meeting| meeting.count).max().unwrap_or(0);
    let values = [("factors", rows.len().into()), ("services", columns.len().into()), ("most", most.into())];
    let (title, about) = (input.words.text("patterns.matrix"), input.words.say("patterns.matrix_about", &values));
    Some(Matrix {
        svg: matrix::draw("matrix", title, &about, &rows, &columns, &meetings).svg(),
        twin: twin(input, &rows, &columns, &meetings),
        factors: rows.len(),
        services: columns.len(),
        factors_left: all_factors - rows.len(),
        services_left: all_services - columns.len(),
    })
}

fn twin(input: &Input<'_>, rows: &[matrix::Line], columns: &[matrix::Line], meetings: &[matrix::Meeting]) -> Html {
    let words = input.words;
    let mut head = vec![(words.text("patterns.pattern"), false), (words.text("patterns.all"), true)];
    head.extend(columns.iter().map(|column| (column.text.as_str(), true)));
    let mut cells: Vec<Vec<Cell>> = rows
        .iter()
        .map(|row| {
            let mut cells =
                vec![Cell::link(&row.text, &row.url), Cell::count(row.total, format!("{}#reports", row.url))];
            cells.resize(columns.len() + 2, Cell::default());
            cells
        })
        .collect();
    for meeting in meetings {
        cells[meeting.row][meeting.column + 2] = Cell::count(meeting.count, &meeting.url);
    }
    charts::twin(words.text("patterns.twin"), words.text("patterns.matrix"), &head, &cells)
}
