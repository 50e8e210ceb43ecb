//! All digests, by year: the year, its quarters, its months.

use super::{Input, link};
use crate::{
    analyze::{Group, period::Period},
    pages::views::{self, Link, Severity},
};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct Overview {
    title: String,
    years: Vec<Year>,
}

#[derive(Serialize)]
struct Year {
    text: String,
    url: String,
    count: usize,
    by_severity: Vec<Severity>,
    quarters: Vec<Line>,
    months: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    text: String,
    url: String,
    count: usize,
}

pub(in crate::pages) fn pages(input: &Input<'_>) {
    let mut years: BTreeMap<i16, Year> = BTreeMap::new();
    let line = |period: Period, text: String, group: &Group| Line {
        text,
        url: link(input, period).url,
        count: group.reports.len(),
    };
    // Years come last in the order of periods, so they are looked at first.
    let (whole, parts): (Vec<_>, Vec<_>) =
        input.analysis.by_period.iter().partition(|(period, _)| matches!(period, Period::Year { .. }));
    for (period, group) in whole {
        let Link { text, url } = link(input, *period);
        let by_severity = views::by_severity(input, group, &url);
        let (quarters, months) = (Vec::new(), Vec::new());
        let year = Year { text, url, count: group.reports.len(), by_severity, quarters, months };
        years.insert(period.first().year(), year);
    }
    // Within a year, in the order of time.
    for (period, group) in parts.into_iter().rev() {
        let Some(year) = years.get_mut(&period.first().year()) else { continue };
        match *period {
            Period::Quarter { quarter, .. } => {
                let name = input.words.say("digests.quarter", &[("n", u64::from(quarter.unsigned_abs()).into())]);
                year.quarters.push(line(*period, name, group));
            }
            Period::Month { month, .. } => {
                year.months.push(line(*period, input.words.month_name(month).to_owned(), group));
            }
            Period::Year { .. } => {}
        }
    }
    let title = input.words.text("digests.title").to_owned();
    let view = Overview { title, years: years.into_values().rev().collect() };
    input.page("digests/index.html", "digests.html", "digests", &view);
}
