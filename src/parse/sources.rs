//! What is wrong with the folder of a source, told where `site.toml` names it.

use crate::{
    config::{Config, Source},
    diag::{Diagnostic, reader},
    snapshot::{History, ReadFinding, ReadFindingKind},
};

/// A folder of a source that was not read, and why.
pub(super) fn refused(finding: &ReadFinding, config: &Config) -> Option<Diagnostic> {
    let is_meant = |source: &&Source| source.path.value == finding.path || source.reports == finding.path;
    let source = config.sources.iter().find(is_meant)?;
    let (name, folder, at) = (&source.name.value, &source.path.value, &source.path.span);
    match finding.kind {
        ReadFindingKind::NoSource => {
            let message = format!("nothing is in `{folder}`, where the source `{name}` is to be");
            let help = format!(
                "fetch it first: `git submodule update --init {folder}`, or in CI a step with actions/checkout and `path: {folder}`"
            );
            Some(Diagnostic::new(reader::MISSING_SOURCE, at, message).help(help))
        }
        ReadFindingKind::Symlink => {
            let message = format!("the way to `{}` is a symbolic link, which is not followed", finding.path);
            let help = "put the folder itself there; links could lead out of the repository";
            Some(Diagnostic::new(reader::SYMLINK, at, message).help(help))
        }
        _ => None,
    }
}

/// Sources in repositories of their own for which git knows no dates.
pub(super) fn undated(history: &History, config: &Config) -> Vec<Diagnostic> {
    let told = |source: &Source| {
        let why = history.checkouts.get(history.checkout_of(&source.reports)?)?.as_ref()?;
        let message = format!("pages of `{}` show no dates of change: {why}", source.name.value);
        Some(Diagnostic::new(reader::NO_GIT_DATES, &source.path.span, message))
    };
    config.sources.iter().filter_map(told).collect()
}
