//! The repository that a theme is looked at with: every kind of page, much on it or nothing, and texts that do not mean well.

use crate::snapshot::{File, History, RelPath, Snapshot};
use jiff::civil::{Date, date};
use std::collections::BTreeMap;

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../themes/sample/", $name)))),+]
    };
}

/// As the folder `themes/sample` has them, by name.
const FILES: &[(&str, &str)] = files!(
    "data/deploys.csv",
    "reports/2024/2024-02-11-search-slow.md",
    "reports/2024/2024-03-04-checkout-errors.md",
    "reports/2024/2024-04-02-near-miss.md",
    "reports/2024/2024-05-20-hostile.md",
    "reports/2024/2024-06-01-broken.md",
    "reports/2024/graph.svg",
    "reports/_digests/2024-03.md",
    "reports/_patterns/capacity.md",
    "reports/_patterns/expiry.md",
    "site.toml",
);

/// The day on which the sample is looked at.
pub const TODAY: Date = date(2024, 7, 1);

/// Which sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sample {
    /// All reports, in the language of this tag.
    Full(&'static str),
    /// A site before its first report.
    Empty,
    /// So many reports that lists have several pages.
    Many,
}

/// Every sample that a theme has to show well.
pub const ALL: &[Sample] = &[Sample::Full("en"), Sample::Full("de"), Sample::Empty, Sample::Many];

/// The files of a sample, with a theme's, if there is one: its folder, and its files by their whole path.
#[must_use]
pub fn snapshot(sample: Sample, theme: Option<(&str, &[(RelPath, File)])>) -> Snapshot {
    let mut files = BTreeMap::new();
    let (lang, has_reports) = match sample {
        Sample::Full(lang) => (lang, true),
        Sample::Empty => ("en", false),
        Sample::Many => ("en", true),
    };
    for (name, text) in FILES.iter().filter(|(name, _)| has_reports || !name.starts_with("reports/")) {
        let Some(path) = RelPath::new(name) else { continue };
        let text =
            if *name == "site.toml" { head(lang, theme.map(|(folder, _)| folder)) + text } else { (*text).to_owned() };
        files.insert(path, File { bytes: text.into_bytes().into() });
    }
    if sample == Sample::Many {
        files.extend(copies());
    }
    if let Some((_, own)) = theme {
        files.extend(own.iter().cloned());
    }
    Snapshot { files, history: History::default(), today: TODAY, findings: Vec::new(), before: BTreeMap::new() }
}

/// The first report again, on 108 other days.
fn copies() -> impl Iterator<Item = (RelPath, File)> {
    let days = (1..=12).flat_map(|month| (1..=9).map(move |day| format!("2023-{month:02}-{day:02}")));
    let first = FILES.iter().find(|(name, _)| name.ends_with(".md"));
    days.filter_map(move |day| {
        let (name, text) = first?;
        let path = RelPath::new(&name.replace("2024-02-11", &day))?;
        Some((path, File { bytes: text.replace("2024-02-11", &day).into_bytes().into() }))
    })
}

fn head(lang: &str, theme: Option<&str>) -> String {
    let theme = theme.map_or_else(String::new, |folder| format!("theme = {folder:?}\n"));
    format!("lang = \"{lang}\"\n{theme}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_folder_is_inside() {
        let mut on_disk = Vec::new();
        let mut open = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/sample")];
        let root = open[0].clone();
        while let Some(folder) = open.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
                if entry.path().is_dir() {
                    open.push(entry.path());
                } else {
                    on_disk.push(entry.path().strip_prefix(&root).expect("below").to_string_lossy().into_owned());
                }
            }
        }
        on_disk.sort();
        assert_eq!(FILES.iter().map(|(name, _)| *name).collect::<Vec<_>>(), on_disk);
    }
}
