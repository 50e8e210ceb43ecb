//! Snapshots without a disk, and the folders of fixtures.

use afterword::{
    disk,
    site::Site,
    snapshot::{File, History, RelPath, Snapshot},
};
use jiff::civil::{Date, date};
use std::{collections::BTreeMap, fs, path::Path};

/// The date as of which all tests run.
pub const TODAY: Date = date(2026, 11, 23);

/// Files under a folder with an extension (or with any, when it is empty), sorted, with `/`.
pub fn files_under(folder: &str, extension: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of this repository") {
            let path = entry.expect("an entry").path();
            let text = path.to_string_lossy().replace('\\', "/");
            if path.is_dir() {
                open.push(text);
            } else if extension.is_empty() || path.extension().is_some_and(|found| found == extension) {
                found.push(text);
            }
        }
    }
    found.sort();
    found
}

/// A snapshot of files given as text.
pub fn snapshot(files: &[(&str, &str)]) -> Snapshot {
    let files = files.iter().map(|(path, text)| {
        (RelPath::new(path).expect("a path in the repository"), File { bytes: text.as_bytes().into() })
    });
    Snapshot {
        files: files.collect::<BTreeMap<_, _>>(),
        history: History::default(),
        today: TODAY,
        findings: Vec::new(),
        before: BTreeMap::new(),
    }
}

/// A page's HTML.
pub fn page_text<'s>(site: &'s Site, path: &str) -> &'s str {
    let path = RelPath::new(path).expect("a path");
    let bytes = site.files.get(&path).unwrap_or_else(|| panic!("no page {path}"));
    std::str::from_utf8(bytes).expect("pages are UTF-8")
}

/// This repository's own reports, without git facts, so that tests do not depend on the clone.
pub fn own_repository() -> Snapshot {
    let mut snapshot = disk::read(Path::new("."), TODAY).expect("this repository can be read");
    snapshot.history = History::default();
    snapshot
}
