//! All reports of a repository, and what else it holds.

use super::{DigestNote, Pattern, Prose, Report, Visibility, deploys::Deploys};
use crate::snapshot::{RelPath, Spanned};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Everything that parsed. Reports stand in the order of their paths.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    pub reports: Vec<Arc<Report>>,
    /// Id → the reports that have it; the first is meant.
    ids: Arc<BTreeMap<String, BTreeSet<RelPath>>>,
    pub patterns: BTreeMap<String, Arc<Pattern>>,
    /// Pages about factors that have a page already: they are not published.
    pub repeated_patterns: BTreeMap<RelPath, Arc<Pattern>>,
    pub digest_notes: BTreeMap<String, Arc<DigestNote>>,
    pub deploys: Option<Arc<Deploys>>,
    /// Every file in the repository's content and its bytes, for links and images.
    pub paths: Arc<BTreeMap<RelPath, u64>>,
    /// Folders that could not be read: nothing is to be said of what they hold.
    pub unread: Arc<BTreeSet<RelPath>>,
    /// Those beside reports that do not begin as files of their names do.
    pub mistaken: Arc<BTreeSet<RelPath>>,
    /// Reports that could not be read to the end: known to exist, not analyzed.
    pub broken: BTreeMap<RelPath, Broken>,
}

/// What a file turned out to be.
#[derive(Clone, Debug)]
pub enum Content {
    Report(Arc<Report>),
    Broken(Broken),
    Pattern(Arc<Pattern>),
    Note(Arc<DigestNote>),
    /// Neither: an image, a README, a pattern that cannot be read.
    Other,
}

/// What other files can see of a file: while this stays the same, their findings do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    there: bool,
    broken: bool,
    /// Of a report: its id and when it began.
    report: Option<(String, jiff::Timestamp)>,
    /// Of a pattern: its id, its other names and where they stand.
    pattern: Option<(String, Vec<Spanned<String>>)>,
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
        let mut ids: BTreeMap<String, BTreeSet<RelPath>> = BTreeMap::new();
        for report in &reports {
            ids.entry(report.id.value.clone()).or_default().insert(report.path.clone());
        }
        Self { reports, ids: Arc::new(ids), ..self }
    }

    #[must_use]
    pub fn by_id(&self, id: &str) -> Option<&Arc<Report>> {
        self.by_path(self.ids.get(id)?.first()?)
    }

    /// Every report that rules can look at: the sound ones, then what could be read of the others.
    #[must_use]
    pub fn readable(&self) -> Vec<&Report> {
        let drafts = self.broken.values().filter_map(|broken| broken.draft.as_ref());
        self.reports.iter().chain(drafts).map(AsRef::as_ref).collect()
    }

    #[must_use]
    pub fn by_path(&self, path: &RelPath) -> Option<&Arc<Report>> {
        self.reports.binary_search_by(|report| report.path.cmp(path)).ok().map(|index| &self.reports[index])
    }

    /// Puts what a file turned out to be in the place of what it was. Costs little, however many reports there are.
    pub fn put(&mut self, path: &RelPath, bytes: u64, content: Content) {
        self.remove(path);
        Arc::make_mut(&mut self.paths).insert(path.clone(), bytes);
        match content {
            Content::Report(report) => {
                Arc::make_mut(&mut self.ids).entry(report.id.value.clone()).or_default().insert(path.clone());
                let place = self.reports.partition_point(|other| other.path < *path);
                self.reports.insert(place, report);
            }
            Content::Broken(broken) => drop(self.broken.insert(path.clone(), broken)),
            Content::Pattern(pattern) => self.put_pattern(pattern),
            Content::Note(note) => drop(self.digest_notes.insert(note.period.clone(), note)),
            Content::Other => {}
        }
    }

    /// Says whether a file is something else than its name tells.
    pub fn note_mistaken(&mut self, path: &RelPath, is_mistaken: bool) {
        if is_mistaken {
            Arc::make_mut(&mut self.mistaken).insert(path.clone());
        } else if self.mistaken.contains(path) {
            Arc::make_mut(&mut self.mistaken).remove(path);
        }
    }

    /// Takes a file out.
    pub fn remove(&mut self, path: &RelPath) {
        Arc::make_mut(&mut self.paths).remove(path);
        self.note_mistaken(path, false);
        self.broken.remove(path);
        if let Ok(place) = self.reports.binary_search_by(|report| report.path.cmp(path)) {
            let report = self.reports.remove(place);
            let ids = Arc::make_mut(&mut self.ids);
            if let Some(paths) = ids.get_mut(&report.id.value) {
                paths.remove(path);
                if paths.is_empty() {
                    ids.remove(&report.id.value);
                }
            }
        }
        self.repeated_patterns.remove(path);
        if self.pattern_at(path).is_some() {
            self.patterns.remove(path.stem());
            self.promote(path.stem());
        }
        if self.note_at(path).is_some() {
            self.digest_notes.remove(path.stem());
        }
    }

    /// Of two pages about one factor, the first in the order of their places is published.
    fn put_pattern(&mut self, pattern: Arc<Pattern>) {
        let order = |pattern: &Pattern| (pattern.place, pattern.path.clone());
        let taken = self.patterns.get(&pattern.id);
        let later = match taken {
            Some(first) if order(first) < order(&pattern) => pattern,
            _ => match self.patterns.insert(pattern.id.clone(), pattern) {
                Some(before) => before,
                None => return,
            },
        };
        self.repeated_patterns.insert(later.path.clone(), later);
    }

    /// The next page about a factor takes the place of one that went.
    pub(super) fn promote(&mut self, id: &str) {
        let others = self.repeated_patterns.values().filter(|pattern| pattern.id == id);
        let next = others.min_by_key(|pattern| (pattern.place, pattern.path.clone())).cloned();
        if let Some(next) = next {
            self.repeated_patterns.remove(&next.path);
            self.patterns.insert(next.id.clone(), next);
        }
    }

    /// The pattern that a file defines; its id is the name of the file.
    #[must_use]
    pub fn pattern_at(&self, path: &RelPath) -> Option<&Arc<Pattern>> {
        self.patterns.get(path.stem()).filter(|pattern| pattern.path == *path)
    }

    /// Every page about a factor, by its file.
    pub fn all_patterns(&self) -> impl Iterator<Item = (&RelPath, &Arc<Pattern>)> {
        self.patterns.values().map(|pattern| (&pattern.path, pattern)).chain(&self.repeated_patterns)
    }

    fn note_at(&self, path: &RelPath) -> Option<&Arc<DigestNote>> {
        self.digest_notes.get(path.stem()).filter(|note| note.path == *path)
    }

    /// The report of a file, or what could be read of it.
    #[must_use]
    pub fn readable_at(&self, path: &RelPath) -> Option<&Report> {
        let draft = || self.broken.get(path).and_then(|broken| broken.draft.as_ref());
        self.by_path(path).or_else(draft).map(AsRef::as_ref)
    }

    /// The text that people wrote in a file.
    #[must_use]
    pub fn prose_at(&self, path: &RelPath) -> Option<Prose<'_>> {
        if let Some(r) = self.readable_at(path) {
            Some(Prose { path: &r.path, body: &r.body, body_at: r.body_at })
        } else if let Some(p) = self.pattern_at(path) {
            Some(Prose { path: &p.path, body: &p.body, body_at: p.body_at })
        } else {
            self.note_at(path).map(|n| Prose { path: &n.path, body: &n.body, body_at: n.body_at })
        }
    }

    /// Whether what people wrote in a file becomes a page that can show files: a report, or a pattern.
    #[must_use]
    pub fn is_published(&self, path: &RelPath) -> bool {
        self.readable_at(path).is_some() || self.pattern_at(path).is_some()
    }

    /// Every file that rules look into as a report, a pattern or a note.
    pub fn written(&self) -> impl Iterator<Item = &RelPath> {
        let patterns = self.patterns.values().map(|pattern| &pattern.path);
        let notes = self.digest_notes.values().map(|note| &note.path);
        self.reports.iter().map(|report| &report.path).chain(self.broken.keys()).chain(patterns).chain(notes)
    }

    #[must_use]
    pub fn outline(&self, path: &RelPath) -> Outline {
        let report = self.by_path(path).map(|report| (report.id.value.clone(), report.times.started.value.sort_key()));
        let pattern = self.pattern_at(path).map(|pattern| (pattern.id.clone(), pattern.aliases.clone()));
        let (there, broken) = (self.paths.contains_key(path), self.broken.contains_key(path));
        Outline { there, broken, report, pattern }
    }
}
