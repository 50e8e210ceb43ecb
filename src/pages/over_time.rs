//! Incidents per month or quarter as a chart: each count with its exact interval, and the limits within which chance
//! alone would keep it.

use super::{Input, digest, root_of, views};
use crate::{
    analyze::period::Period,
    charts::{self, Cell, series},
    markup::Html,
    stats::{
        CONFIDENCE,
        control::{self, Chart},
        rate, trend,
    },
    words::Words,
};
use jiff::{ToSpan, civil::Date};

/// Beyond these no limits are drawn and no chart is worth its place.
const FEWEST: usize = 3;

/// The last periods of a kind that end with one, oldest first; none that begins before the first incident.
fn until(last: Period, count: i32, first: Date) -> Vec<Period> {
    let back = |periods: i32| match last {
        Period::Month { .. } => last.first().saturating_sub(periods.months()),
        Period::Quarter { .. } => last.first().saturating_sub((3 * periods).months()),
        Period::Year { .. } => last.first().saturating_sub(periods.years()),
    };
    let kind = |day: Date| match (last, Period::containing(day)) {
        (Period::Month { .. }, [month, ..]) => month,
        (Period::Quarter { .. }, [_, quarter, _]) => quarter,
        (Period::Year { .. }, [.., year]) => year,
    };
    (0..count).rev().map(|periods| kind(back(periods))).filter(|period| period.end() > first).collect()
}

/// What a digest shows: two years of months, four of quarters, five of quarters for a year.
pub(super) const fn of_digest(period: Period) -> (Period, i32) {
    match period {
        Period::Month { .. } => (period, 24),
        Period::Quarter { .. } => (period, 16),
        Period::Year { year } => (Period::Quarter { year, quarter: 4 }, 20),
    }
}

/// The counts of a group's days, which stand newest first, in the periods that end with `last`. `page` is where the
/// chart stands.
pub(super) fn of(
    input: &Input<'_>,
    id: &str,
    title: &str,
    dates: &[Date],
    (last, count): (Period, i32),
    page: &str,
) -> Option<views::Chart> {
    let begun = input.analysis.overall.reports.last()?.times.started.value.date(&input.config.time_zone);
    // A quarter that has not begun has no digest to lead to.
    let mut periods = until(last, count, begun);
    periods.retain(|period| input.analysis.by_period.iter().any(|(known, _)| known == period));
    if periods.len() < FEWEST || dates.is_empty() {
        return None;
    }
    let within = |period: &Period| {
        let (from, to) = (period.first(), period.end());
        dates.partition_point(|day| *day >= from) - dates.partition_point(|day| *day >= to)
    };
    let days = |period: &Period| f64::from(period.exposure(input.analysis.today).max(1));
    let counted: Vec<(usize, f64)> = periods.iter().map(|period| (within(period), days(period))).collect();
    let (chart, clustered) = limits(&counted);
    let root = root_of(page);
    let points = points(input, &periods, &counted, chart.as_ref(), &root);
    let words = input.words;
    let total: usize = counted.iter().map(|(count, _)| count).sum();
    let signals = points.iter().filter(|point| point.signal).count();
    let about = words.say("charts.series_about", &[("n", total.into()), ("periods", periods.len().into())]);
    let drawing = series::draw(id, title, &about, &points, None);
    Some(views::Chart {
        svg: drawing.svg(),
        twin: table(words, title, &periods, &counted, chart.as_ref()),
        note: note(words, chart.is_some(), clustered, signals),
    })
}

/// Limits from twelve periods on; wider ones where counts cluster more than chance alone would have it.
fn limits(counted: &[(usize, f64)]) -> (Option<Chart>, bool) {
    if counted.len() < control::FEWEST {
        return (None, false);
    }
    let counts: Vec<usize> = counted.iter().map(|(count, _)| *count).collect();
    let clustered = trend::dispersion(&counts).is_some_and(|found| found.p < 0.05);
    let chart = if clustered { control::u_laney(counted) } else { control::u(counted) };
    (chart, clustered)
}

#[expect(clippy::cast_precision_loss, reason = "counts of reports are far below 2^53")]
fn points(
    input: &Input<'_>,
    periods: &[Period],
    counted: &[(usize, f64)],
    chart: Option<&Chart>,
    root: &str,
) -> Vec<series::Point> {
    let rates: Vec<f64> = counted.iter().map(|(count, days)| *count as f64 / days).collect();
    let signals = chart.map(|chart| chart.signals(&rates)).unwrap_or_default();
    let point = |(at, (period, (count, days))): (usize, (&Period, &(usize, f64)))| {
        let link = digest::link(input, *period);
        series::Point {
            short: short(input.words, *period),
            says: format!("{}: {}", link.text, input.words.counted("count.incidents", *count)),
            url: format!("{root}{}", link.url),
            value: *count as f64,
            interval: rate::garwood(*count, CONFIDENCE),
            limits: chart.map(|chart| (chart.limits[at].0 * days, chart.limits[at].1 * days)),
            unfinished: period.end() > input.analysis.today,
            signal: signals.contains(&at),
        }
    };
    periods.iter().zip(counted).enumerate().map(point).collect()
}

/// `Mar ’24`, `Q1 ’24`, `2024`
fn short(words: &Words, period: Period) -> String {
    let year = |year: i16| format!("’{:02}", year.rem_euclid(100));
    match period {
        Period::Month { year: of, month } => format!("{} {}", words.month_short(month), year(of)),
        Period::Quarter { year: of, quarter } => {
            format!("{} {}", words.say("digests.quarter", &[("n", u64::from(quarter.unsigned_abs()).into())]), year(of))
        }
        Period::Year { year } => year.to_string(),
    }
}

fn table(words: &Words, title: &str, periods: &[Period], counted: &[(usize, f64)], chart: Option<&Chart>) -> Html {
    let between = |(low, high): (f64, f64)| views::between(words, &words.decimals(low, 1), &words.decimals(high, 1));
    let rows: Vec<Vec<Cell>> = periods
        .iter()
        .zip(counted)
        .enumerate()
        .map(|(at, (period, (count, days)))| {
            let limits = chart.map(|chart| (chart.limits[at].0 * days, chart.limits[at].1 * days));
            vec![
                Cell::text(digest::title(words, *period)),
                Cell::number(count.to_string()),
                Cell::number(words.decimals(*days, 1)),
                Cell::text(rate::garwood(*count, CONFIDENCE).map(between).unwrap_or_default()),
                Cell::text(limits.map(between).unwrap_or_default()),
            ]
        })
        .collect();
    let head = [
        (words.text("charts.period"), false),
        (words.text("groups.incidents"), true),
        (words.text("charts.days"), true),
        (words.text("measures.interval"), false),
        (words.text("charts.limits"), false),
    ];
    charts::twin(words.text("charts.series_twin"), title, &head, &rows)
}

fn note(words: &Words, limited: bool, clustered: bool, signals: usize) -> String {
    let marks = words.text("charts.series_marks");
    if !limited {
        return format!("{marks} {}", words.text("charts.series_few"));
    }
    let limits = words.text(if clustered { "charts.series_clustered" } else { "charts.series_limits" });
    let found = if signals > 0 {
        words.counted("charts.series_signals", signals)
    } else {
        words.text("charts.series_none").to_owned()
    };
    format!("{marks} {limits} {found}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn periods_end_with_the_last_and_begin_with_the_first_incident() {
        let last = Period::Quarter { year: 2024, quarter: 2 };
        let told: Vec<String> = until(last, 4, date(2023, 8, 3)).iter().map(ToString::to_string).collect();
        assert_eq!(told, ["2023-Q3", "2023-Q4", "2024-Q1", "2024-Q2"]);
        assert_eq!(until(last, 4, date(2024, 4, 1)).len(), 1);
        let month = Period::Month { year: 2024, month: 1 };
        assert_eq!(until(month, 3, date(2000, 1, 1))[0].to_string(), "2023-11");
    }

    #[test]
    fn few_periods_have_no_limits_and_clusters_have_wider_ones() {
        assert!(limits(&[(1, 30.0); 11]).0.is_none());
        assert!(
            !limits(&[
                (2, 30.0),
                (3, 30.0),
                (2, 30.0),
                (1, 30.0),
                (2, 30.0),
                (3, 30.0),
                (2, 30.0),
                (1, 30.0),
                (2, 30.0),
                (3, 30.0),
                (2, 30.0),
                (2, 30.0)
            ])
            .1
        );
        let (chart, clustered) = limits(&[
            (0, 30.0),
            (9, 30.0),
            (0, 30.0),
            (0, 30.0),
            (12, 30.0),
            (0, 30.0),
            (0, 30.0),
            (0, 30.0),
            (8, 30.0),
            (0, 30.0),
            (0, 30.0),
            (7, 30.0),
        ]);
        assert!(clustered && chart.is_some());
    }
}
