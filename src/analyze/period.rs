//! Calendar months, quarters and years.

use jiff::{ToSpan, civil::Date};
use std::fmt;

/// A calendar period. Ordered by kind, then time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    Month { year: i16, month: i8 },
    Quarter { year: i16, quarter: i8 },
    Year { year: i16 },
}

impl Period {
    /// The month, the quarter and the year of a date.
    #[must_use]
    pub fn containing(date: Date) -> [Self; 3] {
        let (year, month) = (date.year(), date.month());
        [Self::Month { year, month }, Self::Quarter { year, quarter: (month - 1) / 3 + 1 }, Self::Year { year }]
    }

    /// The first day.
    #[must_use]
    pub fn first(self) -> Date {
        match self {
            Self::Month { year, month } => Date::new(year, month, 1),
            Self::Quarter { year, quarter } => Date::new(year, quarter * 3 - 2, 1),
            Self::Year { year } => Date::new(year, 1, 1),
        }
        .unwrap_or(Date::MIN)
    }

    /// The first day after it.
    #[must_use]
    pub fn end(self) -> Date {
        let length = match self {
            Self::Month { .. } => 1.month(),
            Self::Quarter { .. } => 3.months(),
            Self::Year { .. } => 1.year(),
        };
        self.first().saturating_add(length)
    }

    /// The first day after what of it has passed, today included.
    #[must_use]
    pub fn passed(self, today: Date) -> Date {
        self.end().min(today.tomorrow().unwrap_or(today)).max(self.first())
    }

    /// Days of it that have passed: its exposure.
    #[must_use]
    pub fn exposure(self, today: Date) -> i32 {
        (self.passed(today) - self.first()).get_days()
    }

    /// Days in it.
    #[must_use]
    pub fn days(self) -> i32 {
        (self.end() - self.first()).get_days()
    }
}

/// Years before the latest day whose periods are told although nothing happened in them.
const YEARS: i16 = 40;

/// All periods from the first of some days until the latest of them or today, whatever is later. None without days.
#[must_use]
pub fn between(days: impl Iterator<Item = Date>, today: Date) -> Vec<Period> {
    let Some((first, last)) = days.fold(None, |range: Option<(Date, Date)>, day| {
        Some(range.map_or((day, day), |(first, last)| (first.min(day), last.max(day))))
    }) else {
        return Vec::new();
    };
    let last = last.max(today);
    let mut day = first.max(last.saturating_sub(YEARS.years())).first_of_month();
    let mut periods = Vec::new();
    while day <= last {
        periods.extend(Period::containing(day));
        match day.checked_add(1.month()) {
            Ok(next) => day = next,
            Err(_) => break,
        }
    }
    periods.sort_unstable();
    periods.dedup();
    periods
}

/// A period by its id, in any case: `2021-10`, `2021-Q4`, `2021`.
impl std::str::FromStr for Period {
    type Err = String;

    fn from_str(id: &str) -> Result<Self, Self::Err> {
        let wrong = || format!("`{id}` is no period: a month is 2021-10, a quarter 2021-Q4, a year 2021");
        let digits = |text: &str, length: usize| {
            (text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse::<i16>().ok())
        };
        let (year, part) = id.split_once('-').map_or((id, None), |(year, part)| (year, Some(part)));
        let year = digits(year, 4).flatten().ok_or_else(wrong)?;
        let small = |text: &str, length: usize, most: i16| {
            let number = digits(text, length).flatten().filter(|number| (1..=most).contains(number))?;
            i8::try_from(number).ok()
        };
        match part.map(|part| (part, part.strip_prefix(['Q', 'q']))) {
            None => Some(Self::Year { year }),
            Some((_, Some(quarter))) => small(quarter, 1, 4).map(|quarter| Self::Quarter { year, quarter }),
            Some((month, None)) => small(month, 2, 12).map(|month| Self::Month { year, month }),
        }
        .ok_or_else(wrong)
    }
}

/// The id used in addresses and file names: `2021-10`, `2021-Q4`, `2021`.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Month { year, month } => write!(f, "{year}-{month:02}"),
            Self::Quarter { year, quarter } => write!(f, "{year}-Q{quarter}"),
            Self::Year { year } => write!(f, "{year}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn ids_are_read_as_they_are_written() {
        for period in Period::containing(date(2021, 10, 3)) {
            assert_eq!(period.to_string().parse(), Ok(period));
        }
        assert_eq!("2021-q4".parse(), Ok(Period::Quarter { year: 2021, quarter: 4 }));
        for wrong in ["", "2021-", "2021-13", "2021-1", "2021-Q5", "2021-Q", "21", "2021-00", "x", "2021-10-1", "-2021"]
        {
            assert!(wrong.parse::<Period>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_has_passed_ends_with_today() {
        let month = Period::Month { year: 2024, month: 2 };
        assert_eq!(
            [(2024, 1, 31), (2024, 2, 1), (2024, 2, 29), (2024, 3, 9)].map(|(y, m, d)| month.exposure(date(y, m, d))),
            [0, 1, 29, 29]
        );
    }

    #[test]
    fn no_period_between_two_days_is_left_out() {
        let days = [date(2023, 11, 30), date(2024, 2, 1)];
        let periods = between(days.into_iter(), date(2024, 3, 1));
        let told: Vec<String> = periods.iter().map(ToString::to_string).collect();
        assert_eq!(told, ["2023-11", "2023-12", "2024-01", "2024-02", "2024-03", "2023-Q4", "2024-Q1", "2023", "2024"]);
        assert_eq!(between(std::iter::empty(), date(2024, 1, 1)), []);
        assert!(between([date(1, 1, 1)].into_iter(), date(2024, 1, 1)).len() < 800, "a slip of the pen is no century");
    }
}
