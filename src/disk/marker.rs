//! The list of files that says that a folder was written by us.

use super::{io::FileSystem, stage::Files};
use crate::snapshot::RelPath;
use anyhow::Context;
use std::{collections::BTreeSet, io::ErrorKind, path::Path};

/// Holds the list of the site's files as JSON.
pub const MARKER: &str = ".afterword";
/// There while files are replaced one by one: every file that was ours before or is on its way.
pub const JOURNAL: &str = ".afterword-journal";

/// The files of a site as JSON: names may hold any character.
pub fn list(files: &Files) -> String {
    let names: Vec<&str> = files.keys().map(RelPath::as_str).collect();
    serde_json::json!(names).to_string()
}

/// The files in `out` that we wrote, or were about to.
///
/// # Errors
/// A list is there and cannot be read: without it, what is stale would stay for ever.
pub fn ours(fs: &dyn FileSystem, out: &Path) -> anyhow::Result<BTreeSet<RelPath>> {
    let mut ours = BTreeSet::new();
    for path in [MARKER, JOURNAL].map(|name| out.join(name)) {
        let bytes = match fs.read(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            bytes => bytes.with_context(|| format!("cannot read {}", path.display()))?,
        };
        let names = serde_json::from_slice::<Vec<String>>(&bytes).unwrap_or_default();
        ours.extend(names.iter().filter_map(|name| RelPath::new(name)));
    }
    Ok(ours)
}
