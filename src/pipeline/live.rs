//! A repository while somebody writes in it: a changed file is read and checked alone, and at once; what its change
//! means to other files is looked at when there is time. Once settled, the findings are those of [`super::check`], which
//! is not asked here to compare with an earlier revision.

use super::Checked;
use crate::{
    config::{self, Config},
    diag::{Diagnostic, Level},
    lint::{self, Scope, Text},
    model::{
        corpus::{Content, Corpus},
        deploys::Deploys,
    },
    parse, site,
    snapshot::{File, RelPath, Snapshot},
    theme::overrides,
};
use rayon::prelude::*;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

type ByPath = BTreeMap<RelPath, Vec<Diagnostic>>;

/// Everything that was read, and what was found in each file.
#[derive(Debug)]
pub struct Live {
    snapshot: Snapshot,
    config: Config,
    /// `site.toml` has errors.
    is_broken: bool,
    corpus: Corpus,
    /// Of `site.toml`, of the table of deployments, and of the walk through the folders.
    base: ByPath,
    /// Of reading each file.
    read: ByPath,
    /// Of the rules over one file.
    rules: ByPath,
    /// Of the rules over all files.
    over: ByPath,
    stale: Stale,
}

/// What is still to be looked at.
#[derive(Debug, Default)]
struct Stale {
    /// `site.toml` as it is now, while the files were read with an older one.
    config: Option<Config>,
    reread: BTreeSet<RelPath>,
    /// Other files may see a difference.
    all: bool,
    recheck: BTreeSet<RelPath>,
    over: bool,
}

/// What comes from files that every other file is read with.
struct Base {
    config: Config,
    findings: ByPath,
    is_broken: bool,
    deploys: Option<Arc<Deploys>>,
}

impl Base {
    fn of(snapshot: &Snapshot) -> Self {
        let (config, mut findings) = config::parse(snapshot.files.get(&Config::path()));
        let is_broken = findings.iter().any(|finding| finding.level == Level::Error);
        findings.extend(parse::of_snapshot(snapshot, &config));
        findings.extend(overrides::findings(snapshot, &config));
        let (deploys, found) = parse::deploys::deploys(snapshot, &config);
        findings.extend(found);
        Self { config, findings: lint::by_path(findings.into_iter()), is_broken, deploys: deploys.map(Arc::new) }
    }
}

impl Live {
    #[must_use]
    pub fn new(snapshot: Snapshot) -> Self {
        let Base { config, findings: base, is_broken, deploys } = Base::of(&snapshot);
        let (mut corpus, read) = parse::corpus(&snapshot, &config);
        corpus.deploys = deploys;
        let read = lint::by_path(read.into_iter());
        let stale = Stale { all: true, over: true, ..Stale::default() };
        let (rules, over) = (ByPath::new(), ByPath::new());
        let mut live = Self { snapshot, config, is_broken, corpus, base, read, rules, over, stale };
        live.settle(usize::MAX);
        live
    }

    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    #[must_use]
    pub fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    #[must_use]
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// A file as text, where it is text.
    #[must_use]
    pub fn text(&self, path: &RelPath) -> Option<&str> {
        std::str::from_utf8(&self.snapshot.files.get(path)?.bytes).ok()
    }

    fn scope(&self) -> Scope<'_> {
        Scope { config: &self.config, corpus: &self.corpus, today: self.snapshot.today, before: &[] }
    }

    /// A file is now this, or no longer there. Its own findings are right when this returns, except those that
    /// compare files.
    pub fn change(&mut self, path: &RelPath, file: Option<File>) {
        let old = match file {
            Some(file) => self.snapshot.files.insert(path.clone(), file),
            None => self.snapshot.files.remove(path),
        };
        let walked = self.snapshot.findings.len();
        self.snapshot.findings.retain(|finding| finding.path != *path);
        let of_theme = self.config.theme_dir.as_deref().is_some_and(|folder| path.as_str().starts_with(folder));
        let of_deploys = self.config.deploys.as_ref().is_some_and(|deploys| deploys.value == path.as_str());
        if *path == Config::path() || of_theme || of_deploys || walked != self.snapshot.findings.len() {
            self.reconfigure();
        }
        let new = self.snapshot.files.get(path).map(|file| file.bytes.clone()).unwrap_or_default();
        if let Some(over) = self.over.get_mut(path) {
            shift(over, &old.map(|file| file.bytes).unwrap_or_default(), &new);
        }
        let before = self.corpus.outline(path);
        self.read_again(path);
        self.check_again(path);
        self.stale.all |= before != self.corpus.outline(path);
        self.stale.over = true;
    }

    /// Reads `site.toml` again; what it changes in other files waits.
    fn reconfigure(&mut self) {
        let Base { config, findings, is_broken, deploys } = Base::of(&self.snapshot);
        (self.base, self.is_broken, self.corpus.deploys) = (findings, is_broken, deploys);
        self.stale.config = Some(config);
    }

    fn read_again(&mut self, path: &RelPath) {
        let Some(file) = self.snapshot.files.get(path) else {
            self.corpus.remove(path);
            self.read.remove(path);
            return;
        };
        let (content, found) = parse::file_of(path, &file.bytes, &self.config);
        self.take(path, content, found);
    }

    fn take(&mut self, path: &RelPath, content: Content, found: Vec<Diagnostic>) {
        let bytes = self.snapshot.files.get(path).map_or(0, |file| file.bytes.len() as u64);
        self.corpus.put(path, bytes, content);
        let file = self.snapshot.files.get(path);
        self.corpus.note_mistaken(path, file.is_some_and(|file| site::is_mistaken(path, &file.bytes)));
        self.read.insert(path.clone(), found);
    }

    fn check_again(&mut self, path: &RelPath) {
        if self.snapshot.files.contains_key(path) {
            let found = self.scope().file(path, self.text_of(path));
            self.rules.insert(path.clone(), found);
        } else {
            self.rules.remove(path);
        }
    }

    fn text_of<'s>(&'s self, path: &'s RelPath) -> Option<Text<'s>> {
        let text = self.text(path).filter(|_| Text::is_at(path))?;
        Some(Text { path, text })
    }

    fn paths(&self, are: impl Fn(&RelPath) -> bool) -> BTreeSet<RelPath> {
        self.snapshot.files.keys().filter(|path| are(path)).cloned().collect()
    }

    /// Whether all findings are what they would be after reading everything anew.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        let Stale { config, reread, all, recheck, over } = &self.stale;
        config.is_none() && reread.is_empty() && !all && recheck.is_empty() && !over
    }

    /// Looks at no more than `files` other files that a change may concern. True when nothing is left to look at.
    pub fn settle(&mut self, files: usize) -> bool {
        if let Some(config) = self.stale.config.take() {
            self.config = config;
            self.stale.reread = self.paths(|path| path.as_str().ends_with(".md"));
            self.stale.all = true;
        }
        let reread = some_of(&mut self.stale.reread, files);
        self.stale.all |= !reread.is_empty();
        let (snapshot, config) = (&self.snapshot, &self.config);
        let read = reread.into_par_iter().filter_map(|path| {
            let (content, found) = parse::file_of(&path, &snapshot.files.get(&path)?.bytes, config);
            Some((path, content, found))
        });
        for (path, content, found) in read.collect::<Vec<_>>() {
            self.take(&path, content, found);
        }
        if !self.stale.reread.is_empty() {
            return false;
        }
        if std::mem::take(&mut self.stale.all) {
            self.stale.recheck = self.paths(Text::is_at);
        }
        let recheck = some_of(&mut self.stale.recheck, files);
        let live = &*self;
        let rules = recheck.into_par_iter().filter(|path| live.snapshot.files.contains_key(path)).map(|path| {
            let found = live.scope().file(&path, live.text_of(&path));
            (path, found)
        });
        let rules: Vec<_> = rules.collect();
        self.rules.extend(rules);
        if !self.stale.recheck.is_empty() {
            return false;
        }
        if std::mem::take(&mut self.stale.over) {
            self.over = lint::by_path(self.scope().corpus().into_iter());
        }
        true
    }

    /// What is to be told of a file.
    #[must_use]
    pub fn findings(&self, path: &RelPath) -> Vec<Diagnostic> {
        let raw = [&self.base, &self.read, &self.rules, &self.over].into_iter().filter_map(|found| found.get(path));
        let raw: Vec<Diagnostic> = raw.flatten().cloned().collect();
        let mut told = lint::finish(&self.config, self.text_of(path), raw);
        for finding in &mut told {
            lint::mask(finding, |path| self.secrets(path));
        }
        told
    }

    /// All of it, as [`super::check`] gives it.
    #[must_use]
    pub fn checked(&self) -> Checked {
        Checked {
            config: self.config.clone(),
            corpus: self.corpus.clone(),
            diagnostics: self.all_findings(),
            config_broken: self.is_broken,
            secrets: self.rules.values().flat_map(|found| lint::secrets_in(found)).collect(),
        }
    }

    fn secrets(&self, path: &RelPath) -> Vec<&str> {
        let (Some(rules), Some(text)) = (self.rules.get(path), self.text(path)) else { return Vec::new() };
        lint::secrets_in(rules).filter_map(|span| text.get(span.range())).collect()
    }

    /// Everything that is to be told, as [`super::check`] would sort it.
    #[must_use]
    pub fn all_findings(&self) -> Vec<Diagnostic> {
        let parts = [&self.base, &self.read, &self.rules, &self.over];
        let paths: BTreeSet<&RelPath> = parts.into_iter().flat_map(BTreeMap::keys).collect();
        let paths: Vec<&RelPath> = paths.into_iter().collect();
        paths.into_par_iter().flat_map_iter(|path| self.findings(path)).collect()
    }
}

fn some_of(paths: &mut BTreeSet<RelPath>, count: usize) -> Vec<RelPath> {
    std::iter::from_fn(|| paths.pop_first()).take(count).collect()
}

/// Moves findings with the text that they point to; those in the changed part go until they are found again.
fn shift(findings: &mut Vec<Diagnostic>, old: &[u8], new: &[u8]) {
    let same_start = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - same_start;
    let same_end = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let (changed_end, moved_end) = (old.len() - same_end, new.len() - same_end);
    let moved = |at: u32| u32::try_from(at as usize - changed_end + moved_end).unwrap_or(u32::MAX);
    findings.retain_mut(|finding| {
        let span = &mut finding.labels[0].span;
        let after = span.start as usize >= changed_end;
        if after {
            (span.start, span.end) = (moved(span.start), moved(span.end));
        }
        after || span.end as usize <= same_start
    });
}
