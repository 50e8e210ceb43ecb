//! Which git repository tells of which folder of reports: a source that was checked out has its own, all else has the one
//! around the root.

use crate::{config::Config, snapshot::RelPath};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// A repository and the folders of reports in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Checkout {
    /// Where it lies below the root; `None` for the one around the root.
    pub at: Option<RelPath>,
    /// From where it lies.
    pub folders: Vec<String>,
}

impl Checkout {
    /// The folder in which git is run.
    pub(super) fn folder(&self, root: &Path) -> PathBuf {
        self.at.as_ref().map_or_else(|| root.to_owned(), |at| root.join(at.as_str()))
    }

    /// A path that git tells, from the root.
    pub(super) fn below_root(&self, path: &str) -> Option<RelPath> {
        match &self.at {
            Some(at) => RelPath::new(&format!("{at}/{path}")),
            None => RelPath::new(path),
        }
    }
}

/// The repository around the root, then those within in the order of their paths.
pub(super) fn of(root: &Path, config: &Config) -> Vec<Checkout> {
    let mut own = Checkout { at: None, folders: vec![config.reports_dir.clone()] };
    let mut within: BTreeMap<RelPath, Vec<String>> = BTreeMap::new();
    for source in &config.sources {
        match around(root, &source.reports) {
            None => own.folders.push(source.reports.as_str().to_owned()),
            Some(at) => {
                let below = source.reports.below(at.as_str()).unwrap_or(".").to_owned();
                within.entry(at).or_default().push(below);
            }
        }
    }
    let within = within.into_iter().map(|(at, folders)| Checkout { at: Some(at), folders });
    [own].into_iter().chain(within).collect()
}

/// The nearest folder below the root that is a repository and holds a folder, or is it. A submodule has a file `.git`.
fn around(root: &Path, folder: &RelPath) -> Option<RelPath> {
    let mut folder = Some(folder.clone());
    while let Some(at) = folder {
        let git = fs::symlink_metadata(root.join(at.as_str()).join(".git"));
        if git.is_ok_and(|found| !found.file_type().is_symlink()) {
            return Some(at);
        }
        folder = RelPath::new(at.parent());
    }
    None
}
