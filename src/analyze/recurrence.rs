//! When something recurred: first and latest, the gaps between, and whether it is new, continuing or quiet. Dates
//! only; nothing here says that anything changed.

use super::{Group, period::Period};
use crate::{model::Report, stats::quantile};
use jiff::{ToSpan, civil::Date, tz::TimeZone};
use std::{collections::BTreeMap, sync::Arc};

/// Where a pattern stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Seen for the first time within twelve months.
    New,
    /// Seen within twelve months, and before.
    Continuing,
    /// Not seen for twelve months.
    Quiet,
}

impl Standing {
    /// In the order they are told.
    pub const ALL: [Self; 3] = [Self::New, Self::Continuing, Self::Quiet];

    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Continuing => "continuing",
            Self::Quiet => "quiet",
        }
    }
}

/// Days between consecutive incidents.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gaps {
    pub n: usize,
    pub shortest: i64,
    /// Type 7, as all quantiles here.
    pub median: f64,
    pub longest: i64,
}

/// The days on which incidents of a group began, the newest first.
#[must_use]
pub fn dates(group: &Group, zone: &TimeZone) -> Vec<Date> {
    dates_of(group.reports.iter(), zone)
}

/// The days on which reports began, the newest first.
#[must_use]
pub fn dates_of<'r>(reports: impl Iterator<Item = &'r Arc<Report>>, zone: &TimeZone) -> Vec<Date> {
    let mut dates: Vec<Date> = reports.map(|report| report.times.started.value.date(zone)).collect();
    dates.sort_unstable_by(|a, b| b.cmp(a));
    dates
}

/// From dates, newest first; `None` without any. Dates after `today` count as recent.
#[must_use]
pub fn standing(dates: &[Date], today: Date) -> Option<Standing> {
    let (latest, first) = (*dates.first()?, *dates.last()?);
    let year_ago = today.saturating_sub(1.year());
    Some(match (first > year_ago, latest > year_ago) {
        (true, _) => Standing::New,
        (false, true) => Standing::Continuing,
        (false, false) => Standing::Quiet,
    })
}

/// As a digest of a period tells it: what is seen in it for the first time or again, and what became quiet in the
/// twelve months before its end. `None` for what concerns the period in none of these ways. Dates are newest first.
#[must_use]
pub fn standing_in(dates: &[Date], period: Period) -> Option<Standing> {
    let (first, end) = (period.first(), period.end());
    let known = &dates[dates.partition_point(|date| *date >= end)..];
    let (latest, earliest) = (*known.first()?, *known.last()?);
    if latest >= first {
        return Some(if earliest >= first { Standing::New } else { Standing::Continuing });
    }
    let (one, two) = (end.saturating_sub(1.year()), end.saturating_sub(2.years()));
    (latest < one && latest >= two).then_some(Standing::Quiet)
}

/// The gaps between dates that stand newest first; `None` for fewer than two.
#[must_use]
pub fn gaps(dates: &[Date]) -> Option<Gaps> {
    let mut gaps: Vec<i64> = dates
        .windows(2)
        .filter_map(|pair| pair[0].since(pair[1]).ok())
        .map(|span| i64::from(span.get_days()))
        .collect();
    gaps.sort_unstable();
    let median = quantile::type7(&gaps, 0.5)?;
    Some(Gaps { n: gaps.len(), shortest: *gaps.first()?, median, longest: *gaps.last()? })
}

/// Counts by calendar year from the first to the latest with any, years without included.
#[must_use]
pub fn by_year(dates: &[Date]) -> BTreeMap<i16, usize> {
    let (Some(latest), Some(first)) = (dates.first(), dates.last()) else { return BTreeMap::new() };
    let mut years: BTreeMap<i16, usize> = (first.year()..=latest.year()).map(|year| (year, 0)).collect();
    for date in dates {
        *years.entry(date.year()).or_default() += 1;
    }
    years
}

/// Counts of the twelve calendar months that end with today's, oldest first.
#[must_use]
pub fn last_months(dates: &[Date], today: Date) -> [usize; 12] {
    let mut counts = [0; 12];
    for date in dates {
        let months = i32::from(today.year() - date.year()) * 12 + i32::from(today.month() - date.month());
        if let Ok(ago) = usize::try_from(months)
            && ago < 12
        {
            counts[11 - ago] += 1;
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn new_continuing_and_quiet_are_told_by_dates() {
        let today = date(2026, 1, 15);
        assert_eq!(standing(&[date(2025, 1, 16)], today), Some(Standing::New));
        assert_eq!(standing(&[date(2025, 1, 15)], today), Some(Standing::Quiet));
        assert_eq!(standing(&[date(2025, 6, 1), date(2020, 1, 1)], today), Some(Standing::Continuing));
        assert_eq!(standing(&[], today), None);
    }

    #[test]
    fn a_digest_sees_no_later_incidents() {
        let quarter = Period::Quarter { year: 2024, quarter: 2 };
        let told = |dates: &[Date]| standing_in(dates, quarter);
        assert_eq!(told(&[date(2025, 1, 1)]), None);
        assert_eq!(told(&[date(2025, 1, 1), date(2024, 4, 1)]), Some(Standing::New));
        assert_eq!(told(&[date(2024, 6, 30), date(2024, 3, 31)]), Some(Standing::Continuing));
        // Seen in the twelve months before the end, but not in the period: neither.
        assert_eq!(told(&[date(2023, 7, 1)]), None);
        assert_eq!(told(&[date(2023, 6, 30)]), Some(Standing::Quiet));
        // Quiet for longer: told by earlier digests.
        assert_eq!(told(&[date(2022, 6, 30)]), None);
    }

    #[test]
    fn gaps_and_counts() {
        let dates = [date(2024, 3, 1), date(2024, 2, 1), date(2024, 1, 31), date(2022, 12, 31)];
        assert_eq!(gaps(&dates), Some(Gaps { n: 3, shortest: 1, median: 29.0, longest: 396 }));
        assert_eq!(gaps(&dates[..1]), None);
        assert_eq!(by_year(&dates).into_iter().collect::<Vec<_>>(), [(2022, 1), (2023, 0), (2024, 3)]);
        let months = last_months(&dates, date(2024, 3, 31));
        assert_eq!((months[11], months[10], months[9], months.iter().sum::<usize>()), (1, 1, 1, 3));
    }
}
