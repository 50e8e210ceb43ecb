//! The overview of patterns: where factors meet services, and each factor with its dates.

use super::{Input, Link, behind, by_service, figures, format, group, link, root_of};
use crate::{
    analyze::{Group, recurrence},
    charts::{self, Cell, matrix},
    markup::Html,
    model::Report,
};
use serde::Serialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

#[derive(Serialize)]
struct Overview {
    title: &'static str,
    count: usize,
    matrix: Option<Matrix>,
    standings: Vec<Counted>,
    groups: Vec<Section>,
    /// The year at which the small columns begin.
    since: Option<i16>,
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
    standing: &'static str,
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
    standing: Option<&'static str>,
}

/// Rows and columns of the matrix.
const ROWS: usize = 30;
const COLUMNS: usize = 15;
/// Years of the small columns.
const YEARS: i16 = 12;
const PATH: &str = "patterns/index.html";

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
        groups.entry(name.unwrap_or_else(|| "other".to_owned())).or_default().push(line);
    }
    let standings = recurrence::Standing::ALL.map(|standing| Counted {
        standing: standing.word(),
        count: groups.values().flatten().filter(|line| line.standing == Some(standing.word())).count(),
    });
    let groups = groups.into_iter().map(|(name, mut patterns)| {
        patterns.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.text.cmp(&b.text)));
        Section { name: format::sentence(&name), patterns }
    });
    let view = Overview {
        title: "Patterns",
        count: input.analysis.by_factor.len(),
        matrix: drawn(input),
        standings: standings.into(),
        groups: groups.collect(),
        since,
    };
    input.page(PATH, "patterns.html", "patterns", &view);
}

fn line(input: &Input<'_>, id: &str, group: &Group, dates: &[jiff::civil::Date], since: i16) -> Line {
    let Link { text, url } = link(input, id);
    let by_year = recurrence::by_year(dates);
    let today = input.analysis.today;
    let counts: Vec<usize> =
        (since..=today.year()).map(|year| by_year.get(&year).copied().unwrap_or(0)).collect();
    Line {
        text,
        url,
        summary: input.corpus.patterns.get(id).map_or(String::new(), |pattern| pattern.summary.clone()),
        count: group.reports.len(),
        years: charts::months::draw(&counts),
        first: dates.last().map(|date| format::date(*date)),
        latest: dates.first().map(|date| format::date(*date)),
        standing: recurrence::standing(dates, today).map(recurrence::Standing::word),
    }
}

/// The most frequent factors and services, and their meetings.
fn drawn(input: &Input<'_>) -> Option<Matrix> {
    let mut factors: Vec<(&String, &Group)> =
        input.analysis.by_factor.iter().filter(|(_, group)| !group.reports.is_empty()).collect();
    factors.sort_by(|a, b| b.1.reports.len().cmp(&a.1.reports.len()).then_with(|| a.0.cmp(b.0)));
    let by_factor: Vec<(&String, BTreeMap<String, Vec<&Arc<Report>>>)> =
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
            let count = format::plural(reports.len(), "incident");
            let says = format!("{}, {}: {count}", rows[row].text, columns[column].text);
            meetings.push(matrix::Meeting { row, column, count: reports.len(), url, says });
        }
    }
    let about = format!(
        "{} by {}, the most frequent first. The area of a square is the number of incidents; the largest is {}.",
        format::plural(rows.len(), "factor"),
        format::plural(columns.len(), "service"),
        meetings.iter().map(|meeting| meeting.count).max().unwrap_or(0)
    );
    Some(Matrix {
        svg: matrix::draw("matrix", "Factors by service", &about, &rows, &columns, &meetings).svg(),
        twin: twin(&rows, &columns, &meetings),
        factors: rows.len(),
        services: columns.len(),
        factors_left: all_factors - rows.len(),
        services_left: all_services - columns.len(),
    })
}

fn twin(rows: &[matrix::Line], columns: &[matrix::Line], meetings: &[matrix::Meeting]) -> Html {
    let mut head = vec![("Factor", false), ("All", true)];
    head.extend(columns.iter().map(|column| (column.text.as_str(), true)));
    let mut cells: Vec<Vec<Cell>> = rows
        .iter()
        .map(|row| {
            let mut cells = vec![Cell::link(&row.text, &row.url), Cell::count(row.total, format!("{}#reports", row.url))];
            cells.resize(columns.len() + 2, Cell::default());
            cells
        })
        .collect();
    for meeting in meetings {
        cells[meeting.row][meeting.column + 2] = Cell::count(meeting.count, &meeting.url);
    }
    charts::twin("The squares as a table", "Incidents by factor and service", &head, &cells)
}
