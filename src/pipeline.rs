//! The stages in order: the only module that knows them all.

use crate::{
    analyze::{self, Analysis},
    config::{self, Config},
    diag::Diagnostic,
    export, lint,
    model::corpus::Corpus,
    pages, parse, render,
    site::Site,
    snapshot::Snapshot,
    theme::Theme,
};

/// What checking found: everything that could be read, and every finding.
#[derive(Debug)]
pub struct Checked {
    pub config: Config,
    pub corpus: Corpus,
    /// Sorted by path, offset and code; levels already set by `site.toml`.
    pub diagnostics: Vec<Diagnostic>,
    /// `site.toml` has errors: nothing can be published from it.
    pub config_broken: bool,
}

/// Reads the configuration and all reports, and applies every rule.
#[must_use]
pub fn check(snapshot: &Snapshot) -> Checked {
    let (config, mut findings) = config::parse(snapshot.files.get(&Config::path()));
    let config_broken = findings.iter().any(|finding| finding.level == crate::diag::Level::Error);
    let (corpus, read) = parse::corpus(snapshot, &config);
    findings.extend(read);
    let diagnostics = lint::run(&config, &corpus, snapshot.today, findings);
    Checked { config, corpus, diagnostics, config_broken }
}

/// Computes the numbers of a checked corpus.
#[must_use]
pub fn analyze(snapshot: &Snapshot, checked: &Checked) -> Analysis {
    analyze::analyze(&checked.config, &checked.corpus, snapshot.today)
}

/// Makes the whole site from what was checked. Whether findings forbid it is the caller's decision.
///
/// # Errors
/// A template of the user's theme that does not compile or render, or two pages on one path.
pub fn build(snapshot: &Snapshot, checked: &Checked) -> anyhow::Result<Site> {
    let Checked { config, corpus, diagnostics, .. } = checked;
    let theme = Theme::load(snapshot, config)?;
    let analysis = analyze(snapshot, checked);
    let mut plan = pages::plan(config, corpus, &analysis, &snapshot.history, diagnostics);
    plan.extend(export::files(config, corpus, &analysis));
    plan.extend(render::assets(snapshot, corpus));
    render::render(plan, &theme, config)
}
