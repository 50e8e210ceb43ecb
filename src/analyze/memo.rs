//! What was computed of groups of reports, kept while they hold the same reports.

use super::{Analysis, Group, felt_in, period::Period, similar};
use crate::{config::Config, model::Report};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

/// What an analysis leaves for the next one.
#[derive(Debug, Default)]
pub struct Memo {
    pub(super) similar: similar::Memo,
    last: Mutex<Option<(Config, Arc<Analysis>)>>,
}

/// The analysis before, where it was made with the same configuration.
#[derive(Default)]
pub(super) struct Kept {
    last: Option<Arc<Analysis>>,
    periods: BTreeMap<Period, usize>,
    felt: BTreeMap<Period, Vec<Arc<Report>>>,
}

/// Groups of one kind.
pub(super) type Set = fn(&Analysis) -> &BTreeMap<String, Group>;

impl Memo {
    pub(super) fn kept(&self, config: &Config) -> Kept {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let Some((_, last)) = last.as_ref().filter(|(made_with, _)| made_with == config) else {
            return Kept::default();
        };
        let periods = last.by_period.iter().enumerate().map(|(at, (period, _))| (*period, at)).collect();
        Kept { periods, felt: felt_in(config, &last.overall.reports), last: Some(last.clone()) }
    }

    pub(super) fn keep(&self, config: &Config, analysis: &Arc<Analysis>) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        *last = Some((config.clone(), analysis.clone()));
    }
}

impl Kept {
    /// A group that holds the same reports still.
    pub(super) fn group(&self, set: Set, id: &str, reports: &[Arc<Report>]) -> Option<Group> {
        let group = set(self.last.as_ref()?).get(id)?;
        same(&group.reports, reports).then(|| group.clone())
    }

    /// A period with the same reports, and that the same reports were felt in.
    pub(super) fn period(&self, period: Period, reports: &[Arc<Report>], felt: &[Arc<Report>]) -> Option<Group> {
        let (_, group) = &self.last.as_ref()?.by_period[*self.periods.get(&period)?];
        let was_felt = self.felt.get(&period).map_or(&[][..], Vec::as_slice);
        (same(&group.reports, reports) && same(was_felt, felt)).then(|| group.clone())
    }
}

/// The very same reports: one that was read again is another.
fn same(a: &[Arc<Report>], b: &[Arc<Report>]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| Arc::ptr_eq(a, b))
}
