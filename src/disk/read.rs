//! Walks the repository once and reads every file once. Links are never followed.

use super::history;
use crate::{
    config::{self, Config, Limits},
    snapshot::{File, ReadFinding, ReadFindingKind, RelPath, Snapshot},
};
use anyhow::Context;
use jiff::civil::Date;
use rayon::prelude::*;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};
use walkdir::{DirEntry, WalkDir};

type Found = Result<(RelPath, File), ReadFinding>;

/// Reads `site.toml`, the folder of reports and the user's theme, with the limits that `site.toml` sets.
///
/// # Errors
/// The root is not a folder, or `site.toml` is there and cannot be read. Everything else is a finding.
pub fn read(root: &Path, today: Date) -> anyhow::Result<Snapshot> {
    anyhow::ensure!(root.is_dir(), "{} is not a folder", root.display());
    let mut files = BTreeMap::new();
    let site_toml = root.join("site.toml");
    if site_toml.is_file() {
        let bytes = fs::read(&site_toml).with_context(|| format!("cannot read {}", site_toml.display()))?;
        files.insert(Config::path(), File { bytes: bytes.into() });
    }
    let (config, _) = config::parse(files.get(&Config::path()));
    let mut findings = Vec::new();
    for folder in [Some(&config.reports_dir), config.theme_dir.as_ref()].into_iter().flatten() {
        let (paths, mut refused) = walk(root, folder, &config.limits);
        let read: Vec<Found> = paths.into_par_iter().map(|(rel, path)| read_one(rel, &path, &config.limits)).collect();
        for found in read {
            match found {
                Ok((path, file)) => {
                    files.insert(path, file);
                }
                Err(finding) => refused.push(finding),
            }
        }
        findings.append(&mut refused);
    }
    Ok(Snapshot { files, history: history::read(root, &config.reports_dir), today, findings })
}

/// The regular files below a folder of the root, in byte order, and what was refused.
fn walk(root: &Path, folder: &str, limits: &Limits) -> (Vec<(RelPath, PathBuf)>, Vec<ReadFinding>) {
    let (mut paths, mut refused) = (Vec::new(), Vec::new());
    let Some(top) = RelPath::new(folder) else { return (paths, refused) };
    let start = root.join(top.as_str());
    if !start.exists() {
        return (paths, refused);
    }
    let visible = |entry: &DirEntry| entry.depth() == 0 || !is_ignored(&entry.file_name().to_string_lossy());
    for entry in WalkDir::new(&start).sort_by_file_name().max_depth(32).into_iter().filter_entry(visible) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let why = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                let path = error.path().and_then(|path| relative(root, path)).unwrap_or_else(|| top.clone());
                refused.push(ReadFinding { path, kind: ReadFindingKind::Unreadable { why } });
                continue;
            }
        };
        let kind = entry.file_type();
        let Some(path) = relative(root, entry.path()) else {
            let path = relative(root, entry.path().parent().unwrap_or(root)).unwrap_or_else(|| top.clone());
            refused.push(ReadFinding { path, kind: ReadFindingKind::BadName });
            continue;
        };
        if kind.is_symlink() {
            refused.push(ReadFinding { path, kind: ReadFindingKind::Symlink });
        } else if kind.is_dir() {
            if path.as_str().ends_with(".md") {
                refused.push(ReadFinding { path, kind: ReadFindingKind::NotAFile });
            }
        } else if !kind.is_file() {
            refused.push(ReadFinding { path, kind: ReadFindingKind::NotAFile });
        } else if paths.len() >= limits.files {
            refused.push(ReadFinding { path, kind: ReadFindingKind::TooManyFiles { limit: limits.files } });
            break;
        } else {
            paths.push((path, entry.into_path()));
        }
    }
    (paths, refused)
}

fn read_one(rel: RelPath, path: &Path, limits: &Limits) -> Found {
    let refuse = |kind| ReadFinding { path: rel.clone(), kind };
    let io = |error: std::io::Error| refuse(ReadFindingKind::Unreadable { why: error.to_string() });
    let bytes = fs::metadata(path).map_err(io)?.len();
    if bytes > limits.file_bytes && rel.as_str().ends_with(".md") {
        return Err(refuse(ReadFindingKind::TooLarge { bytes, limit: limits.file_bytes }));
    }
    let bytes = fs::read(path).map_err(io)?;
    Ok((rel, File { bytes: bytes.into() }))
}

fn relative(root: &Path, path: &Path) -> Option<RelPath> {
    RelPath::new(path.strip_prefix(root).ok()?.to_str()?)
}

/// Hidden files and what editors leave beside a file.
fn is_ignored(name: &str) -> bool {
    name.starts_with('.') || name.ends_with('~') || name.ends_with(".swp") || name.starts_with('#')
}
