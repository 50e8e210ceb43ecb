//! How long something was under impact: the union of windows, so that no minute is counted twice.

use crate::model::{Report, time::When};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use std::sync::Arc;

/// Seconds under impact within a period, and what they come from.
#[derive(Clone, Debug, Default)]
pub struct Impact {
    /// Whole seconds of the union of all windows.
    pub seconds: i64,
    /// Of these, seconds in which something was wholly down: windows of degree 1.
    pub down: i64,
    /// Reports with a window in the period, in the group's order, with the seconds of their own union.
    pub used: Vec<(Arc<Report>, i64)>,
    /// Reports that began in the period and know no window to the minute.
    pub left_out: Vec<Arc<Report>>,
}

/// Why a report adds nothing.
pub const NO_WINDOW: &str = "no impact known to the minute";

/// A half-open span of seconds since the epoch.
type Window = (i64, i64);

/// A stretch in which a report states impact.
#[derive(Clone, Copy, Debug)]
pub(super) struct Felt<'r> {
    pub from: i64,
    pub to: i64,
    /// The share that was lost; `None` where nobody says.
    pub degree: Option<f64>,
    /// How many customers felt it.
    pub customers: Option<u64>,
    /// The service that it is about, as written; all of the report's where none is named.
    pub service: Option<&'r str>,
}

impl Felt<'_> {
    /// Whether something was wholly down.
    fn is_down(&self) -> bool {
        self.degree.is_some_and(|degree| degree >= 1.0)
    }

    /// The part of it from one second to before another; `None` where nothing is left.
    pub(super) fn clipped(self, first: i64, end: i64) -> Option<Self> {
        let clipped = Self { from: self.from.max(first), to: self.to.min(end), ..self };
        (clipped.from < clipped.to).then_some(clipped)
    }

    const fn span(&self) -> Window {
        (self.from, self.to)
    }
}

/// The windows that a report lists, else one from the start to its mitigation or resolution, of which nobody says how
/// much was lost.
pub(super) fn windows(report: &Report) -> Vec<Felt<'_>> {
    let second = |when: When| when.instant().map(Timestamp::as_second);
    let listed = report.impact_windows.iter().filter_map(|window| {
        let (from, to) = (second(window.from.value)?, second(window.to.value)?);
        let service = window.service.as_ref().map(|service| service.value.as_str());
        let felt = Felt { from, to, degree: Some(window.degree), customers: window.customers, service };
        (from < to).then_some(felt)
    });
    let listed: Vec<_> = listed.collect();
    if !listed.is_empty() {
        return listed;
    }
    let times = &report.times;
    let end = times.mitigated.as_ref().or(times.resolved.as_ref()).and_then(|end| second(end.value));
    let whole = second(times.started.value).zip(end).filter(|(from, to)| from < to);
    let felt = |(from, to)| Felt { from, to, degree: None, customers: None, service: None };
    whole.map(felt).into_iter().collect()
}

/// The seconds at which a period begins and ends in a zone.
pub(super) fn seconds(first: Date, end: Date, zone: &TimeZone) -> Window {
    let edge = |day: Date| day.to_zoned(zone.clone()).map_or(0, |at| at.timestamp().as_second());
    (edge(first), edge(end))
}

/// The length of the union of windows; those that touch are one.
fn union(mut windows: Vec<Window>) -> i64 {
    windows.sort_unstable();
    let (mut seconds, mut reached) = (0, i64::MIN);
    for (from, to) in windows {
        seconds += (to - from.max(reached)).max(0);
        reached = reached.max(to);
    }
    seconds
}

/// The impact of reports from the first day to before the end, in a zone: minutes are clipped at both, so that the
/// months of a year add up to the year.
#[must_use]
pub fn within(reports: &[Arc<Report>], first: Date, end: Date, zone: &TimeZone) -> Impact {
    let (first_second, end_second) = seconds(first, end, zone);
    let mut impact = Impact::default();
    let (mut all, mut down) = (Vec::new(), Vec::new());
    for report in reports {
        let stated = windows(report);
        let own: Vec<Felt<'_>> = stated.iter().filter_map(|felt| felt.clipped(first_second, end_second)).collect();
        let day = report.times.started.value.date(zone);
        if stated.is_empty() && first <= day && day < end {
            impact.left_out.push(report.clone());
        }
        if own.is_empty() {
            continue;
        }
        down.extend(own.iter().filter(|felt| felt.is_down()).map(Felt::span));
        let own: Vec<Window> = own.iter().map(Felt::span).collect();
        all.extend_from_slice(&own);
        impact.used.push((report.clone(), union(own)));
    }
    (impact.seconds, impact.down) = (union(all), union(down));
    impact
}

/// The first and the last day of the windows of a report, in a zone.
#[must_use]
pub fn days(report: &Report, zone: &TimeZone) -> Option<(Date, Date)> {
    let windows = windows(report);
    let (first, last) = (windows.iter().map(|felt| felt.from).min()?, windows.iter().map(|felt| felt.to).max()?);
    let day = |second: i64| Timestamp::from_second(second).ok().map(|at| at.to_zoned(zone.clone()).date());
    day(first).zip(day(last))
}

/// All time that reports can tell of.
pub(super) const EVER: (Date, Date) = (Date::constant(1900, 1, 1), Date::constant(9000, 1, 1));

/// The union of the windows of one report in seconds; `None` where no window is known.
#[must_use]
pub fn of_report(report: &Report) -> Option<i64> {
    let windows = windows(report);
    (!windows.is_empty()).then(|| union(windows.iter().map(Felt::span).collect()))
}

/// The union of the windows of one report in which something was wholly down, in seconds; `None` where no window says how
/// much was lost.
#[must_use]
pub fn down_of_report(report: &Report) -> Option<i64> {
    let windows = windows(report);
    let told: Vec<&Felt<'_>> = windows.iter().filter(|felt| felt.degree.is_some()).collect();
    (!told.is_empty()).then(|| union(told.iter().filter(|felt| felt.is_down()).map(|felt| felt.span()).collect()))
}

/// The impact of reports over all time.
#[must_use]
pub fn ever(reports: &[Arc<Report>]) -> Impact {
    within(reports, EVER.0, EVER.1, &TimeZone::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn windows_that_overlap_or_touch_count_once() {
        assert_eq!(union(vec![(0, 30), (20, 50), (50, 60), (90, 100)]), 70);
        assert_eq!(union(vec![(0, 100), (10, 20), (30, 130)]), 130);
        assert_eq!(union(Vec::new()), 0);
    }

    proptest! {
        /// Cut anywhere, the parts add up to the whole.
        #[test]
        fn parts_add_up(windows in prop::collection::vec((0_i64..1000, 1_i64..300), 0..20), cuts in prop::collection::vec(0_i64..1300, 0..5)) {
            let windows: Vec<Window> = windows.into_iter().map(|(from, length)| (from, from + length)).collect();
            let mut cuts: Vec<i64> = cuts.into_iter().chain([i64::MIN / 2, i64::MAX / 2]).collect();
            cuts.sort_unstable();
            let part = |from: i64, to: i64| {
                union(windows.iter().map(|(a, b)| ((*a).max(from), (*b).min(to))).filter(|(a, b)| a < b).collect())
            };
            let parts: i64 = cuts.windows(2).map(|pair| part(pair[0], pair[1])).sum();
            prop_assert_eq!(parts, union(windows.clone()));
        }
    }
}
