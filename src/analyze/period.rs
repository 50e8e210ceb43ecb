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

    /// Days in it.
    #[must_use]
    pub fn days(self) -> i32 {
        (self.end() - self.first()).get_days()
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
