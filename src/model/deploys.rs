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

    /// How many of one service went out from one day to before another; of `""` those that name none.
    #[must_use]
    pub fn count_of(&self, service: &str, first: Date, end: Date) -> u64 {
        self.days.range(first..end).filter_map(|(_, services)| services.get(service)).sum()
    }

    /// The covered days on which services are told apart: those from the first that names any.
    #[must_use]
    pub fn covered_by_service(&self, first: Date, end: Date) -> Option<(Date, Date)> {
        let names = |services: &BTreeMap<String, u64>| services.keys().any(|service| !service.is_empty());
        let (begin, _) = self.days.iter().find(|(_, services)| names(services))?;
        self.covered(first.max(*begin), end)
    }
}
