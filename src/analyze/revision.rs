//! Reports that came after the digest of their period had been issued, and so changed its numbers.

use super::{Group, period::Period};
use crate::{
    model::Report,
    snapshot::{History, RelPath},
};
use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use std::sync::Arc;

/// A digest counts as issued so many days after its period: what is known by then is in it.
pub const ISSUED_AFTER_DAYS: i32 = 10;
/// Reports that came within so many days of the first one were brought along when the repository began.
pub const BEGINNING_DAYS: i32 = 30;

/// When files came into the repository, as far as git tells.
#[derive(Clone, Debug)]
pub struct Arrivals<'a> {
    history: &'a History,
    zone: &'a TimeZone,
    today: Date,
    /// From then on a report that comes is a new one.
    begun: Option<Date>,
}

/// What changed a digest after it was issued.
#[derive(Clone, Debug)]
pub struct Revision {
    /// The first day on which it would have been issued.
    pub issued: Date,
    /// Reports that came later, the latest last, each with its day.
    pub late: Vec<(Arc<Report>, Date)>,
    /// What was known when it was issued.
    pub before: Vec<Arc<Report>>,
}

impl<'a> Arrivals<'a> {
    #[must_use]
    pub fn of<'r>(
        history: &'a History,
        zone: &'a TimeZone,
        today: Date,
        paths: impl Iterator<Item = &'r RelPath>,
    ) -> Self {
        let day = |at: Timestamp| at.to_zoned(zone.clone()).date();
        let first = paths.filter_map(|path| Some(day(history.files.get(path)?.first_change))).min();
        let begun = first.map(|first| first.saturating_add(BEGINNING_DAYS.days()));
        Self { history, zone, today, begun: begun.filter(|_| history.missing_because.is_none()) }
    }

    /// Whether git told anything.
    #[must_use]
    pub fn are_known(&self) -> bool {
        self.begun.is_some()
    }

    fn day(&self, report: &Report) -> Date {
        let known = self.history.files.get(&report.path);
        known.map_or(self.today, |file| file.first_change.to_zoned(self.zone.clone()).date())
    }

    /// What came into a period after its digest was issued; `None` where nothing did, where it has not been issued
    /// yet, and where git does not tell.
    #[must_use]
    pub fn revision(&self, period: Period, group: &Group) -> Option<Revision> {
        let issued = period.end().saturating_add(ISSUED_AFTER_DAYS.days()).max(self.begun?);
        let (late, before): (Vec<_>, Vec<_>) =
            group.reports.iter().map(|report| (report.clone(), self.day(report))).partition(|(_, day)| *day > issued);
        if late.is_empty() || issued > self.today {
            return None;
        }
        let mut late = late;
        late.sort_by(|a, b| (a.1, &a.0.id.value).cmp(&(b.1, &b.0.id.value)));
        Some(Revision { issued, late, before: before.into_iter().map(|(report, _)| report).collect() })
    }
}
