//! What was computed of groups of reports, kept while they hold the same reports.

use super::{Analysis, Felt, Group, period::Period, similar};
use crate::{config::Config, model::Report};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

/// What an analysis leaves for the next one.
#[derive(Debug, Default)]
pub struct Memo {
    pub(super) similar: Arc<similar::Memo>,
    last: Mutex<Option<Last>>,
}

/// An analysis, and what it was made with.
#[derive(Clone, Debug)]
struct Last {
    config: Arc<Config>,
    analysis: Arc<Analysis>,
    felt: Arc<Felt>,
}

/// The analysis before, where it was made with the same configuration.
#[derive(Default)]
pub(super) struct Kept {
    last: Option<Last>,
    periods: BTreeMap<Period, usize>,
}

/// Groups of one kind.
pub(super) type Set = fn(&Analysis) -> &BTreeMap<String, Arc<Group>>;

impl Memo {
    pub(super) fn kept(&self, config: &Config) -> Kept {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(last) = last.as_ref().filter(|last| *last.config == *config) else {
            return Kept::default();
        };
        let periods = last.analysis.by_period.iter().enumerate().map(|(at, (period, _))| (*period, at)).collect();
        Kept { periods, last: Some(last.clone()) }
    }

    pub(super) fn keep(&self, config: &Config, analysis: &Arc<Analysis>, felt: Felt) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        *last = Some(Last { config: Arc::new(config.clone()), analysis: analysis.clone(), felt: Arc::new(felt) });
    }
}

impl Kept {
    /// A group that holds the same reports still.
    pub(super) fn group(&self, set: Set, id: &str, reports: &[Arc<Report>]) -> Option<Arc<Group>> {
        let group = set(&self.last.as_ref()?.analysis).get(id)?;
        same(&group.reports, reports).then(|| group.clone())
    }

    /// A period with the same reports, and that the same reports were felt in.
    pub(super) fn period(&self, period: Period, reports: &[Arc<Report>], felt: &[Arc<Report>]) -> Option<Arc<Group>> {
        let last = self.last.as_ref()?;
        let (_, group) = &last.analysis.by_period[*self.periods.get(&period)?];
        let was_felt = last.felt.get(&period).map_or(&[][..], Vec::as_slice);
        (same(&group.reports, reports) && same(was_felt, felt)).then(|| group.clone())
    }
}

/// The very same reports: one that was read again is another.
fn same(a: &[Arc<Report>], b: &[Arc<Report>]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| Arc::ptr_eq(a, b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        analyze::{analyze_again, counted},
        config::defaults,
        model::corpus::Corpus,
        parse,
        snapshot::{File, History, RelPath, Snapshot},
    };
    use jiff::civil::date;

    fn corpus(config: &Config) -> Corpus {
        let report = |service: &str, day: &str| {
            let text = format!(
                "---\ntitle: T\nseverity: sev1\nservices: [{service}]\nstarted_at: {day}T08:00:00Z\nresolved_at: {day}T09:00:00Z\n---\n"
            );
            let path = RelPath::new(&format!("reports/{day}-{service}.md")).expect("a path");
            (path, File { bytes: text.into_bytes().into() })
        };
        let files = [report("shop", "2024-03-01"), report("mail", "2024-05-01")].into();
        let (history, findings, before) = (History::default(), Vec::new(), BTreeMap::new());
        parse::corpus(&Snapshot { files, history, today: date(2024, 6, 1), findings, before }, config).0
    }

    #[test]
    fn groups_are_kept_while_they_hold_the_very_same_reports() {
        let (config, memo) = (defaults::config(), Memo::default());
        let corpus = corpus(&config);
        let analysis = analyze_again(&config, &corpus, date(2024, 6, 1), &memo);
        let mut reports = counted(&corpus);
        let of = |reports: &[Arc<Report>], name: &str| -> Vec<Arc<Report>> {
            reports.iter().filter(|report| report.services[0].value == name).cloned().collect()
        };
        let known = |reports: &[Arc<Report>], name: &str| {
            memo.kept(&config).group(|analysis| &analysis.by_service, name, &of(reports, name)).is_some()
        };
        let may = Period::Month { year: 2024, month: 5 };
        let known_may = |reports: &[Arc<Report>], felt: &[Arc<Report>]| {
            memo.kept(&config).period(may, &of(reports, "mail"), felt).is_some()
        };
        assert_eq!(analysis.by_service.len(), 2);
        assert!(known(&reports, "shop") && known(&reports, "mail") && known_may(&reports, &of(&reports, "mail")));
        assert!(!known_may(&reports, &reports), "another report is felt in it");
        let changed = reports.iter_mut().find(|report| report.services[0].value == "mail").expect("a report");
        *changed = Arc::new(Report::clone(changed));
        assert!(known(&reports, "shop"), "what did not change is kept");
        assert!(!known(&reports, "mail") && !known_may(&reports, &of(&reports, "mail")));
        let other = Config { title: "Other".into(), ..config.clone() };
        assert!(memo.kept(&other).group(|analysis| &analysis.by_service, "shop", &of(&reports, "shop")).is_none());
    }
}
