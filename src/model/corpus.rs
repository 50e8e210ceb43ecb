//! All reports of a repository, and what else it holds.

use super::{DigestNote, Pattern, Prose, Report, Visibility};
use crate::snapshot::RelPath;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Everything that parsed. Reports stand in the order of their paths.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    pub reports: Vec<Arc<Report>>,
    /// Id → place in `reports`; the first of two with the same id.
    ids: BTreeMap<String, usize>,
    pub patterns: BTreeMap<String, Arc<Pattern>>,
    pub digest_notes: BTreeMap<String, Arc<DigestNote>>,
    /// Every path in the repository's content, for links and images.
    pub paths: BTreeSet<RelPath>,
    /// Reports that could not be read to the end: known to exist, not analyzed.
    pub broken: BTreeMap<RelPath, Broken>,
}

/// A report that is not sound.
#[derive(Clone, Debug)]
pub struct Broken {
    /// Restricted where the file does not say so readably.
    pub visibility: Visibility,
    /// What could be read, with stand-ins for what is required: rules look at it, nothing else does.
    pub draft: Option<Arc<Report>>,
}

impl Corpus {
    /// The same with these reports, which stand in the order of their paths.
    #[must_use]
    pub fn with_reports(self, reports: Vec<Arc<Report>>) -> Self {
        let mut ids = BTreeMap::new();
        for (place, report) in reports.iter().enumerate() {
            ids.entry(report.id.value.clone()).or_insert(place);
        }
        Self { reports, ids, ..self }
    }

    #[must_use]
    pub fn by_id(&self, id: &str) -> Option<&Arc<Report>> {
        self.reports.get(*self.ids.get(id)?)
    }

    /// Every report that rules can look at: the sound ones, then what could be read of the others.
    #[must_use]
    pub fn readable(&self) -> Vec<&Report> {
        let drafts = self.broken.values().filter_map(|broken| broken.draft.as_ref());
        self.reports.iter().chain(drafts).map(AsRef::as_ref).collect()
    }

    /// Every text that people wrote.
    #[must_use]
    pub fn prose(&self) -> Vec<Prose<'_>> {
        let reports = self.readable().into_iter().map(|r| Prose { path: &r.path, body: &r.body, body_at: r.body_at });
        let patterns = self.patterns.values().map(|p| Prose { path: &p.path, body: &p.body, body_at: p.body_at });
        let notes = self.digest_notes.values().map(|n| Prose { path: &n.path, body: &n.body, body_at: n.body_at });
        reports.chain(patterns).chain(notes).collect()
    }

    #[must_use]
    pub fn by_path(&self, path: &RelPath) -> Option<&Arc<Report>> {
        self.reports.binary_search_by(|report| report.path.cmp(path)).ok().map(|index| &self.reports[index])
    }
}
