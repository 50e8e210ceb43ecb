//! How many changes went out, by day and service.

use jiff::civil::Date;
use std::collections::BTreeMap;

/// What a repository knows of its deployments. The days from the first to the last are covered; a day between them that
/// is not there had none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deploys {
    /// By service, `""` where none is named.
    pub days: BTreeMap<Date, BTreeMap<String, u64>>,
}

impl Deploys {
    /// The covered days from one day to before another, as the first and the one after the last.
    #[must_use]
    pub fn covered(&self, first: Date, end: Date) -> Option<(Date, Date)> {
        let (begin, last) = (*self.days.first_key_value()?.0, *self.days.last_key_value()?.0);
        let (first, end) = (first.max(begin), end.min(last.tomorrow().ok()?));
        (first < end).then_some((first, end))
    }

    /// How many went out from one day to before another.
    #[must_use]
    pub fn count(&self, first: Date, end: Date) -> u64 {
        self.days.range(first..end).flat_map(|(_, services)| services.values()).sum()
    }
}
