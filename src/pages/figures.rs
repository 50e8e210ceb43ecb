//! Figures that pages of services, teams, patterns and digests share: the year calendar, stacked rails, columns.

use super::{
    Input, root_of,
    views::{self, Link, Severity},
};
use crate::{
    analyze::{Group, recurrence},
    charts::{self, Cell, calendar, columns, months, rails},
    markup::Html,
    model::Report,
    words::Words,
};
use jiff::civil::Weekday;
use serde::Serialize;
use std::{collections::BTreeMap, sync::Arc};

/// Years of incidents, the newest first.
#[derive(Serialize)]
pub(super) struct Calendar {
    years: Vec<Year>,
    severities: Vec<Severity>,
    several: bool,
    twin: Html,
    /// Incidents of years that are not drawn.
    earlier: usize,
}

#[derive(Serialize)]
struct Year {
    name: String,
    count: usize,
    halves: Vec<Html>,
}

/// Incidents below each other, aligned at detection.
#[derive(Serialize)]
pub(super) struct Stack {
    axis: Html,
    rows: Vec<Rail>,
    /// Incidents whose times are known well enough, and all.
    usable: usize,
    total: usize,
}

#[derive(Serialize)]
struct Rail {
    link: Link,
    date: String,
    severity: Severity,
    svg: Html,
    unnoticed: String,
    mitigated: Option<String>,
    resolved: Option<String>,
}

/// Counts per year as columns, with their table.
#[derive(Serialize)]
pub(super) struct Years {
    svg: Html,
    twin: Html,
    n: usize,
}

/// Years that a calendar shows.
const YEARS: usize = 3;
/// Days with incidents that a calendar shows; at least one year is drawn.
const DAYS: usize = 240;
/// Rails of a stack.
const RAILS: usize = 12;
/// Columns of a chart.
const COLUMNS: usize = 14;

const MARKS: [&str; 5] = ["mark sev-1", "mark sev-2", "mark sev-3", "mark sev-4", "mark sev-5"];

/// The calendar of a group whose page is at `page`.
pub(super) fn calendar(input: &Input<'_>, group: &Group, page: &str) -> Option<Calendar> {
    let mut by_year: BTreeMap<i16, Vec<&Arc<Report>>> = BTreeMap::new();
    for report in &*group.reports {
        by_year.entry(report.times.started.value.date(&input.config.time_zone).year()).or_default().push(report);
    }
    let root = root_of(page);
    let words = input.words;
    let months: [&str; 12] = std::array::from_fn(|month| words.month_short(i8::try_from(month).unwrap_or(0) + 1));
    let weekdays = Weekday::Monday.cycle_forward().take(7).map(|day| words.weekday_short(day)).collect::<Vec<_>>();
    let names = calendar::Names { months: &months, weekdays: &weekdays };
    let (mut years, mut rows, mut shown, mut drawn, mut several) = (Vec::new(), Vec::new(), 0, 0, false);
    for (year, reports) in by_year.iter().rev().take(YEARS) {
        let days = days(input, reports, &root);
        if drawn > 0 && drawn + days.len() > DAYS {
            break;
        }
        (drawn, shown) = (drawn + days.len(), shown + reports.len());
        several |= days.iter().any(|day| day.many);
        let about = words.counted("charts.calendar_about", reports.len());
        let title = words.say("charts.calendar_title", &[("year", (&year.to_string()).into())]);
        let halves = calendar::halves("calendar", *year, &days, names, &title, &about);
        let halves = halves.iter().map(charts::Drawing::svg).collect();
        years.push(Year { name: year.to_string(), count: reports.len(), halves });
        rows.extend(reports.iter().map(|report| line(input, report, &root)));
    }
    let head = ["list.date", "list.severity", "list.incident"].map(|key| (words.text(key), false));
    (!years.is_empty()).then(|| Calendar {
        twin: charts::twin(words.text("charts.calendar_twin"), words.text("charts.calendar_caption"), &head, &rows),
        severities: input.config.severities.iter().map(|known| views::severity(input, &known.id.value)).collect(),
        earlier: group.reports.len() - shown,
        several,
        years,
    })
}

fn line(input: &Input<'_>, report: &Report, root: &str) -> Vec<Cell> {
    let Link { text, url } = views::link(report);
    let date = report.times.started.value.date(&input.config.time_zone);
    let severity = views::severity(input, &report.severity.value).id;
    vec![Cell::text(input.words.date(date)), Cell::text(severity), Cell::link(text, format!("{root}{url}"))]
}

/// One mark a day: that of the most severe incident.
fn days(input: &Input<'_>, reports: &[&Arc<Report>], root: &str) -> Vec<calendar::Day> {
    let mut by_day: BTreeMap<jiff::civil::Date, Vec<&Arc<Report>>> = BTreeMap::new();
    for report in reports {
        by_day.entry(report.times.started.value.date(&input.config.time_zone)).or_default().push(report);
    }
    let rank = |report: &Report| input.config.severity_rank(&report.severity.value);
    let day = |(date, reports): (_, Vec<&Arc<Report>>)| {
        let worst = reports.iter().min_by_key(|report| rank(report))?;
        let Link { text, url } = views::link(worst);
        let severity = views::severity(input, &worst.severity.value).id;
        let date_said = input.words.date(date);
        let values = [
            ("date", (&date_said).into()),
            ("severity", (&severity).into()),
            ("title", (&text).into()),
            ("n", (reports.len() - 1).into()),
        ];
        let key = if reports.len() > 1 { "charts.day_more" } else { "charts.day" };
        Some(calendar::Day {
            date,
            rank: rank(worst),
            class: MARKS[rank(worst).min(4)],
            url: format!("{root}{url}"),
            says: input.words.say(key, &values),
            many: reports.len() > 1,
        })
    };
    by_day.into_iter().filter_map(day).collect()
}

/// Seconds from detection, where start, detection and an end are known to the second.
fn phases(report: &Report) -> Option<rails::Phases> {
    let times = &report.times;
    let detected = times.detected.as_ref()?.value;
    let since = |when: &Option<crate::snapshot::Spanned<_>>| detected.seconds_to(when.as_ref()?.value);
    let (mitigated, resolved) = (since(&times.mitigated), since(&times.resolved));
    let started = detected.seconds_to(times.started.value)?.min(0);
    (mitigated.is_some() || resolved.is_some()).then_some(rails::Phases { started, mitigated, resolved })
}

/// The newest incidents of a group whose times are known, aligned at detection.
pub(super) fn stack(input: &Input<'_>, group: &Group) -> Option<Stack> {
    let known: Vec<(&Arc<Report>, rails::Phases)> =
        group.reports.iter().filter_map(|report| Some((report, phases(report)?))).collect();
    let shown = &known[..known.len().min(RAILS)];
    if shown.is_empty() {
        return None;
    }
    let scale = rails::Scale::of(&shown.iter().map(|(_, phases)| *phases).collect::<Vec<_>>());
    let words = input.words;
    let about = words.counted("charts.rails_about", shown.len());
    let says = |seconds: i64| match seconds {
        0 => words.term("milestone", "detected").into_owned(),
        seconds => format!("{}{}", if seconds < 0 { "−" } else { "+" }, brief(words, seconds.abs())),
    };
    let axis = scale.axis("rails", words.text("charts.rails_title"), &about, &says).svg();
    let rows = shown.iter().map(|(report, phases)| Rail {
        link: views::link(report),
        date: input.words.date(report.times.started.value.date(&input.config.time_zone)),
        severity: views::severity(input, &report.severity.value),
        svg: scale.rail(*phases),
        unnoticed: if phases.started == 0 {
            words.text("incident.at_once").to_owned()
        } else {
            brief(words, -phases.started)
        },
        mitigated: phases.mitigated.map(|seconds| brief(words, seconds)),
        resolved: phases.resolved.map(|seconds| brief(words, seconds)),
    });
    Some(Stack { axis, rows: rows.collect(), usable: known.len(), total: group.reports.len() })
}

/// A duration in one unit where it is long: `14 min`, `3 h 5 min`, `3 d`.
fn brief(words: &Words, seconds: i64) -> String {
    match seconds {
        // Whole days: a duration of ten days or more is told without hours.
        86_400.. => words.days_only((seconds + 43_200) / 86_400),
        _ => words.duration(seconds),
    }
}

/// Counts by year from the dates of a group, newest first. `what` is the text that names what is counted.
pub(super) fn years(input: &Input<'_>, dates: &[jiff::civil::Date], what: &str) -> Option<Years> {
    let by_year = recurrence::by_year(dates);
    if by_year.len() < 2 {
        return None;
    }
    let (words, title) = (input.words, input.words.text(what));
    let short = by_year.len() > 8;
    let drawn: Vec<columns::Column> = by_year
        .iter()
        .skip(by_year.len().saturating_sub(COLUMNS))
        .map(|(year, count)| columns::Column {
            short: if short { format!("’{:02}", year.rem_euclid(100)) } else { year.to_string() },
            says: words.say("charts.in_year", &[("year", (&year.to_string()).into()), ("n", (*count).into())]),
            count: *count,
            unfinished: *year == input.analysis.today.year(),
        })
        .collect();
    let about = words.counted("charts.years_about", dates.len());
    let rows: Vec<Vec<Cell>> = by_year
        .iter()
        .map(|(year, count)| vec![Cell::text(year.to_string()), Cell::number(count.to_string())])
        .collect();
    let head = [(words.text("charts.year"), false), (words.text("groups.incidents"), true)];
    Some(Years {
        svg: columns::draw("years", title, &about, &drawn).svg(),
        twin: charts::twin(words.text("charts.years_twin"), title, &head, &rows),
        n: dates.len(),
    })
}

/// The last twelve months of a group in the space of a word, with their sum.
pub(super) fn months(input: &Input<'_>, dates: &[jiff::civil::Date]) -> (Html, usize) {
    let counts = recurrence::last_months(dates, input.analysis.today);
    (months::draw(&counts), counts.iter().sum())
}
