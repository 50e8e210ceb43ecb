//! All reports of a repository, and what else it holds.

use super::{DigestNote, Pattern, Report};
use crate::snapshot::RelPath;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Everything that parsed. Reports stand in the order of their paths.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    pub reports: Vec<Arc<Report>>,
    pub patterns: BTreeMap<String, Arc<Pattern>>,
    pub digest_notes: BTreeMap<String, Arc<DigestNote>>,
    /// Every path in the repository's content, for links and images.
    pub paths: BTreeSet<RelPath>,
    /// Reports that could not be read to the end: known to exist, not analyzed.
    pub broken: BTreeSet<RelPath>,
}

impl Corpus {
    #[must_use]
    pub fn by_id(&self, id: &str) -> Option<&Arc<Report>> {
        self.reports.iter().find(|report| report.id.value == id)
    }

    #[must_use]
    pub fn by_path(&self, path: &RelPath) -> Option<&Arc<Report>> {
        self.reports.binary_search_by(|report| report.path.cmp(path)).ok().map(|index| &self.reports[index])
    }
}
