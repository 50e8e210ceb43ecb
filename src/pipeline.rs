//! The stages in order: the only module that knows them all.

use crate::{
    analyze::{self, Analysis, period::Period},
    config::{self, Config},
    diag::{self, Diagnostic, Level, Safety},
    export::{self, table},
    lint::{self, Text},
    model::{
        Visibility,
        corpus::{Broken, Corpus},
    },
    pages::{self, digest::sheet::Sheet, subject::Directory},
    parse,
    render::{self, Done},
    search,
    site::{Memory, Page, Shelf, Site},
    snapshot::{File, RelPath, Snapshot, Span},
    theme::{Theme, overrides},
    words::Words,
};
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

pub mod live;
pub mod on_demand;
pub mod theme;
pub mod theme_schema;

/// What checking found: everything that could be read, and every finding.
#[derive(Debug)]
pub struct Checked {
    pub config: Config,
    pub corpus: Corpus,
    /// Sorted by path, offset and code; levels already set by `site.toml`.
    pub diagnostics: Vec<Diagnostic>,
    /// `site.toml` has errors: nothing can be published from it.
    pub config_broken: bool,
    /// Where secrets stand in the files: [`masked`] hides them.
    pub secrets: Vec<Span>,
}

/// The files as they may be shown: secrets are stars, wherever they stand in their file.
#[must_use]
pub fn masked(snapshot: &Snapshot, secrets: &[Span]) -> Snapshot {
    let mut shown = snapshot.clone();
    for secret in secrets {
        let Some(file) = shown.files.get_mut(&secret.path) else { continue };
        let whole = std::str::from_utf8(&snapshot.files[&secret.path].bytes).unwrap_or("");
        let words = whole.get(secret.range()).unwrap_or("");
        if words.is_empty() {
            continue;
        }
        let mut bytes = file.bytes.to_vec();
        for (at, _) in whole.match_indices(words) {
            bytes[at..at + words.len()].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b'*');
        }
        file.bytes = bytes.into();
    }
    shown
}

/// Reads the configuration and all reports, and applies every rule.
#[must_use]
pub fn check(snapshot: &Snapshot) -> Checked {
    let (config, mut findings) = config::parse(snapshot.files.get(&Config::path()));
    let config_broken = findings.iter().any(|finding| finding.level == Level::Error);
    findings.extend(parse::of_snapshot(snapshot, &config));
    findings.extend(overrides::findings(snapshot, &config));
    let (mut corpus, read) = parse::corpus(snapshot, &config);
    findings.extend(read);
    let (deploys, read) = parse::deploys::deploys(snapshot, &config);
    corpus.deploys = deploys.map(Arc::new);
    findings.extend(read);
    let files = snapshot.files.iter().filter(|(path, _)| Text::is_at(path));
    let texts = files.filter_map(|(path, file)| Some(Text { path, text: std::str::from_utf8(&file.bytes).ok()? }));
    let texts: Vec<Text<'_>> = texts.collect();
    let before = parse::before(snapshot, &config);
    let scope = lint::Scope { config: &config, corpus: &corpus, today: snapshot.today, before: &before };
    let lint::Found { findings: diagnostics, secrets } = lint::run(scope, findings, &texts);
    Checked { config, corpus, diagnostics, config_broken, secrets }
}

/// What the search of the site for an audience does not find although `search-tests.yaml` says it must, and what cannot
/// be read there; sorted, with the levels of `site.toml`.
#[must_use]
pub fn check_search(snapshot: &Snapshot, checked: &Checked, audience: Visibility) -> Vec<Diagnostic> {
    let (expectations, mut findings) = parse::search_tests::search_tests(snapshot);
    if !expectations.is_empty() {
        // A theme that cannot be loaded is a finding of its own.
        let theme = Theme::load(snapshot, &checked.config);
        let words = theme.as_ref().map_or_else(|_| Words::english(), |theme| &theme.words);
        let ranking = search::Ranking::new(&checked.config, &published(checked, audience), words);
        findings.extend(search::expectations::unmet(&ranking, &expectations));
    }
    lint::finish(&checked.config, None, findings)
}

/// Mends what can be mended, until nothing more can. Returns what is then on disk, and how many findings were mended in
/// each changed file. A file whose findings would not weigh less is put back, and its rules are tried one by one.
#[must_use]
pub fn fix(snapshot: &Snapshot, safety: Safety) -> (Snapshot, BTreeMap<RelPath, usize>) {
    /// Fixes can uncover one another; a document has fewer layers than this.
    const ROUNDS: usize = 64;
    let mut snapshot = snapshot.clone();
    let mut mended = BTreeMap::new();
    let mut tried: BTreeMap<RelPath, usize> = BTreeMap::new();
    let mut before = check(&snapshot).diagnostics;
    for _ in 0..ROUNDS {
        let chosen = to_try(&before, &mut tried, safety);
        let mut fixed = diag::fix::apply(&chosen, &snapshot, safety);
        if fixed.is_empty() {
            break;
        }
        let mut next = snapshot.clone();
        for (path, file) in &fixed {
            next.files.insert(path.clone(), File { bytes: file.bytes.as_slice().into() });
        }
        let mut after = check(&next).diagnostics;
        let worse: Vec<_> =
            fixed.keys().filter(|path| weight(&after, path) >= weight(&before, path)).cloned().collect();
        for path in &worse {
            next.files.insert(path.clone(), snapshot.files[path].clone());
            fixed.remove(path);
            *tried.entry(path.clone()).or_default() += 1;
        }
        if !worse.is_empty() {
            after = check(&next).diagnostics;
        }
        for (path, file) in fixed {
            tried.remove(&path);
            *mended.entry(path).or_default() += file.fixes;
        }
        (snapshot, before) = (next, after);
    }
    (snapshot, mended)
}

/// What is tried next in each file: first all its fixes together, then those of one rule after the other.
fn to_try(findings: &[Diagnostic], tried: &mut BTreeMap<RelPath, usize>, safety: Safety) -> Vec<Diagnostic> {
    let mut by_file: BTreeMap<&RelPath, Vec<&Diagnostic>> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.fix.as_ref().is_some_and(|fix| fix.safety <= safety)) {
        by_file.entry(finding.path()).or_default().push(finding);
    }
    let mut chosen = Vec::new();
    for (path, found) in by_file {
        let codes: BTreeSet<&str> = found.iter().map(|finding| finding.rule.code).collect();
        let only = match tried.get(path) {
            None => None,
            Some(_) if codes.len() == 1 => continue,
            Some(number) => match codes.iter().nth(number - 1) {
                None => continue,
                code => code.copied(),
            },
        };
        chosen.extend(found.into_iter().filter(|finding| only.is_none_or(|code| finding.rule.code == code)).cloned());
    }
    chosen
}

/// How much is wrong with a file. A section that is not there weighs more than one that waits for its words.
fn weight(findings: &[Diagnostic], path: &RelPath) -> usize {
    let here = findings.iter().filter(|finding| finding.path() == path);
    here.map(|finding| if finding.rule.code == lint::rules::MISSING_SECTION { 2 } else { 1 }).sum()
}

/// A site in memory, and what was left out of it.
#[derive(Debug)]
pub struct Built {
    pub site: Site,
    pub counts: Counts,
}

/// How many reports a site holds, and how many were left out of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Reports on the site.
    pub reports: usize,
    /// Reports with errors; the site lists them.
    pub unsound: usize,
    /// Reports that are not for this audience; nothing of the site tells of them.
    pub withheld: usize,
}

/// The counts of the site for an audience.
#[must_use]
pub fn counts(checked: &Checked, audience: Visibility) -> Counts {
    counted(&checked.corpus, &published(checked, audience))
}

fn counted(all: &Corpus, published: &Corpus) -> Counts {
    let (reports, unsound) = (published.reports.len(), published.broken.len());
    Counts { reports, unsound, withheld: all.reports.len() + all.broken.len() - reports - unsound }
}

/// What a site for an audience is made from: sound reports that it may see.
#[must_use]
pub fn published(checked: &Checked, audience: Visibility) -> Corpus {
    let with_errors: BTreeSet<&RelPath> =
        checked.diagnostics.iter().filter(|found| found.level == Level::Error).map(Diagnostic::path).collect();
    let mut corpus = checked.corpus.clone();
    let (unsound, sound): (Vec<_>, Vec<_>) =
        std::mem::take(&mut corpus.reports).into_iter().partition(|report| with_errors.contains(&report.path));
    if unsound.is_empty() {
        corpus.reports = sound;
    } else {
        for report in unsound {
            let broken = Broken { visibility: report.visibility, draft: None };
            corpus.broken.insert(report.path.clone(), broken);
        }
        corpus = corpus.with_reports(sound);
    }
    let corpus = corpus.for_audience(audience);
    if audience < checked.config.cost.visibility { corpus.without_cost() } else { corpus }
}

/// The findings that may be told to an audience: none that stands in, quotes or names what is withheld from it.
#[must_use]
pub fn told(checked: &Checked, audience: Visibility) -> Vec<Diagnostic> {
    let corpus = &checked.corpus;
    let reports = corpus.reports.iter().map(|report| (&report.path, report.visibility, Some(report)));
    let broken = corpus.broken.iter().map(|(path, broken)| (path, broken.visibility, broken.draft.as_ref()));
    let (mut names, mut paths, mut internal) = (BTreeSet::new(), BTreeSet::new(), BTreeMap::new());
    for (path, visibility, report) in reports.chain(broken) {
        if visibility > audience {
            names.extend([path.stem()].into_iter().chain(report.map(|report| report.id.value.as_str())));
            paths.insert(path);
        } else if let Some(report) = report.filter(|_| audience < Visibility::Internal) {
            internal.insert(path, &report.internal);
        }
    }
    let (hidden, shown): (Vec<_>, Vec<_>) =
        corpus.all_patterns().partition(|(_, pattern)| pattern.visibility > audience);
    for (path, pattern) in hidden {
        paths.insert(path);
        if !shown.iter().any(|(_, other)| other.id == pattern.id) {
            names.insert(pattern.id.as_str());
        }
    }
    let sources: Vec<&Span> = checked
        .config
        .sources
        .iter()
        .filter(|source| source.visibility > audience)
        .map(|source| &source.path.span)
        .collect();
    let withheld = |span: &Span| {
        let touches = |part: &std::ops::Range<usize>| {
            (part.start as u64) < u64::from(span.end.max(span.start + 1)) && part.end as u64 > u64::from(span.start)
        };
        paths.contains(&span.path)
            || sources.contains(&span)
            || internal.get(&span.path).is_some_and(|parts| parts.iter().any(touches))
    };
    let may = |found: &&Diagnostic| {
        let says = found.labels.iter().map(|label| label.text.as_str()).chain([found.message.as_str()]);
        let named = |text: &str| names.iter().any(|name| text.contains(name));
        !found.labels.iter().any(|label| withheld(&label.span)) && !says.chain(found.help.as_deref()).any(named)
    };
    checked.diagnostics.iter().filter(may).cloned().collect()
}

/// Computes the numbers of what is published.
#[must_use]
pub fn analyze(snapshot: &Snapshot, checked: &Checked, audience: Visibility) -> Analysis {
    analyze::analyze(&checked.config.for_audience(audience), &published(checked, audience), snapshot.today)
}

/// Makes the whole site for an audience from what was checked, in memory. Whether findings forbid it is the caller's decision.
///
/// # Errors
/// A template of the user's theme that does not compile or render, or two pages on one path.
pub fn build(snapshot: &Snapshot, checked: &Checked, audience: Visibility) -> anyhow::Result<Built> {
    let memory = Memory::default();
    let counts = fill(&memory, snapshot, checked, audience)?;
    Ok(Built { site: memory.into_site(), counts })
}

/// Puts the whole site for an audience on a shelf, file by file as they are made.
///
/// # Errors
/// As [`build`], and what the shelf says.
pub fn fill(shelf: &dyn Shelf, snapshot: &Snapshot, checked: &Checked, audience: Visibility) -> anyhow::Result<Counts> {
    let corpus = published(checked, audience);
    let theme = Theme::load(snapshot, &checked.config)?;
    let Done { mut faults, .. } = rendered(snapshot, checked, &corpus, audience, &theme, shelf, &|_| {});
    if let Some((_, fault)) = faults.pop_first() {
        return Err(fault);
    }
    Ok(counted(&checked.corpus, &corpus))
}

/// The digest of a period for an audience; `None` where there is no such period yet.
///
/// # Errors
/// The theme's texts cannot be read.
pub fn digest<T>(
    snapshot: &Snapshot,
    checked: &Checked,
    audience: Visibility,
    period: Period,
    write: impl FnOnce(&Directory<'_>, &Sheet) -> T,
) -> anyhow::Result<Option<T>> {
    let (corpus, config) = (published(checked, audience), checked.config.for_audience(audience));
    let theme = Theme::load(snapshot, &checked.config)?;
    let analysis = analyze::analyze(&config, &corpus, snapshot.today);
    let directory = Directory::new(&config, &corpus, &analysis, &snapshot.history, &theme.words, audience);
    Ok(pages::digest_sheet(&directory, &analysis, period).map(|sheet| write(&directory, &sheet)))
}

/// The tables of what an audience may see, as the files of an export, and how many reports they tell of.
pub fn tables(
    snapshot: &Snapshot,
    checked: &Checked,
    audience: Visibility,
    format: table::Format,
) -> (Result<Site, table::Failure>, usize) {
    let corpus = published(checked, audience);
    let config = &checked.config.for_audience(audience);
    let source = table::Source { config, corpus: &corpus, today: snapshot.today, audience };
    (table::write(format, &source), corpus.reports.len())
}

/// Puts every file of the site on a shelf. `seen` is told of each page before it has bytes.
fn rendered(
    snapshot: &Snapshot,
    checked: &Checked,
    corpus: &Corpus,
    audience: Visibility,
    theme: &Theme,
    shelf: &dyn Shelf,
    seen: &(dyn Fn(&Page) + Sync),
) -> Done {
    let config: &Cow<'_, Config> = &checked.config.for_audience(audience);
    let findings = told(checked, audience);
    let analysis = analyze::analyze(config, corpus, snapshot.today);
    let filling = render::Filling::new(render::Renderer::new(theme, config), shelf);
    let accept = |page: Page| {
        seen(&page);
        filling.accept(page);
    };
    let directory = Directory::new(config, corpus, &analysis, &snapshot.history, &theme.words, audience);
    export::each(&directory, &analysis, &accept);
    search::each(config, corpus, &theme.words, &accept);
    pages::each(&directory, &analysis, &findings, &accept);
    render::assets(config, snapshot, corpus).into_iter().for_each(accept);
    filling.add_static_files();
    export::about(&directory, &filling.paths(), &accept);
    filling.outcome()
}
