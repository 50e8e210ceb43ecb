//! Times as reports know them: to the second, or only to the day.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// A moment of an incident. Where only the day is known, nothing finer is ever computed from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    Instant(Timestamp),
    Day(Date),
}

impl When {
    #[must_use]
    pub const fn instant(self) -> Option<Timestamp> {
        match self {
            Self::Instant(timestamp) => Some(timestamp),
            Self::Day(_) => None,
        }
    }

    /// The calendar day in a zone.
    #[must_use]
    pub fn date(self, zone: &TimeZone) -> Date {
        match self {
            Self::Instant(timestamp) => timestamp.to_zoned(zone.clone()).date(),
            Self::Day(date) => date,
        }
    }

    /// A moment to sort by; a day counts as its beginning in UTC.
    #[must_use]
    pub fn sort_key(self) -> Timestamp {
        match self {
            Self::Instant(timestamp) => timestamp,
            Self::Day(date) => date.to_zoned(TimeZone::UTC).map_or(Timestamp::MIN, |zoned| zoned.timestamp()),
        }
    }

    /// Whether this is certainly after `other`: two days, or a day and an instant, compare by day in UTC.
    #[must_use]
    pub fn is_after(self, other: Self) -> bool {
        match (self, other) {
            (Self::Instant(a), Self::Instant(b)) => a > b,
            _ => self.date(&TimeZone::UTC) > other.date(&TimeZone::UTC),
        }
    }

    /// Seconds from `self` to `later`, when both are known to the second.
    #[must_use]
    pub fn seconds_to(self, later: Self) -> Option<i64> {
        Some(later.instant()?.as_second() - self.instant()?.as_second())
    }
}
