//! Walks the repository once and reads every file once. Links are never followed.

use super::{
    beneath, history,
    seen::{self, Seen, Stamp},
};
use crate::{
    config::{self, Config, Limits, Source},
    parse::search_tests,
    snapshot::{File, ReadFinding, ReadFindingKind, RelPath, Snapshot},
};
use anyhow::Context;
use jiff::civil::Date;
use rayon::prelude::*;
use std::{
    collections::BTreeMap,
    fs::{self, Metadata},
    io::{ErrorKind, Read},
    path::{Path, PathBuf},
};
use walkdir::{DirEntry, WalkDir};

/// Deeper folders are reported, not read.
const MAX_DEPTH: usize = 32;
/// A file beside a report may be this much larger than a report: screenshots, logs.
const ASSET_FACTOR: u64 = 32;

type Found = Result<(RelPath, File), ReadFinding>;

/// Reads `site.toml`, the folders of reports and the user's theme, with the limits that `site.toml` sets.
///
/// # Errors
/// The root is not a folder, or `site.toml` is there and cannot be read. Everything else is a finding.
pub fn read(root: &Path, today: Date) -> anyhow::Result<Snapshot> {
    read_again(root, today, &mut Seen::default())
}

/// The same, without reading what is still as it was seen.
///
/// # Errors
/// As [`read`].
pub fn read_again(root: &Path, today: Date, before: &mut Seen) -> anyhow::Result<Snapshot> {
    let start = seen::now();
    anyhow::ensure!(root.is_dir(), "{} is not a folder", root.display());
    let (mut files, mut findings) = (BTreeMap::new(), Vec::new());
    match site_toml(root)? {
        Some(Ok((path, file))) => {
            files.insert(path, file);
        }
        Some(Err(finding)) => findings.push(finding),
        None => {}
    }
    let (config, _) = config::parse(files.get(&Config::path()));
    for path in beside(&config) {
        match alone(root, path, &config.limits) {
            Some(Ok((path, file))) => drop(files.insert(path, file)),
            Some(Err(finding)) => findings.push(finding),
            None => {}
        }
    }
    findings.extend(
        config
            .sources
            .iter()
            .filter(|source| is_absent(root, source))
            .map(|source| ReadFinding { path: source.path.value.clone(), kind: ReadFindingKind::NoSource }),
    );
    let mut kept = Vec::new();
    let walks = [walk(root, config.reports_folders(), &config.limits)];
    let theme = config.theme_dir.as_deref().map(|folder| walk(root, [folder], &config.limits));
    let mut walks: Vec<(Vec<Looked>, Vec<ReadFinding>)> = walks.into_iter().chain(theme).map(looked_at).collect();
    if let Some(finding) = too_much(walks.iter().flat_map(|(files, _)| files), &config.limits) {
        findings.push(finding);
        for (files, _) in &mut walks {
            files.clear();
        }
    }
    for (paths, mut refused) in walks {
        let one = |file: Looked| stamped(file, &config.limits, before);
        let read: Vec<Result<(RelPath, Stamp, File), ReadFinding>> = paths.into_par_iter().map(one).collect();
        for found in read {
            match found {
                Ok((path, stamp, file)) => {
                    files.insert(path.clone(), file.clone());
                    kept.push((path, stamp, file));
                }
                Err(finding) => refused.push(finding),
            }
        }
        findings.append(&mut refused);
    }
    before.keep(kept, start);
    let history = history::read(root, &config, before);
    Ok(Snapshot { files, history, today, findings, before: BTreeMap::new() })
}

/// A file that a walk found, and what the file system says of it.
struct Looked {
    rel: RelPath,
    path: PathBuf,
    metadata: Option<Metadata>,
}

fn looked_at((paths, refused): Walked) -> (Vec<Looked>, Vec<ReadFinding>) {
    let one = |(rel, path): (RelPath, PathBuf)| Looked { metadata: fs::symlink_metadata(&path).ok(), rel, path };
    (paths.into_par_iter().map(one).collect(), refused)
}

/// The file with which all have more bytes than they may together. What is too large alone is not read and does not count.
fn too_much<'w>(files: impl Iterator<Item = &'w Looked>, limits: &Limits) -> Option<ReadFinding> {
    let mut sum = 0_u64;
    for Looked { rel, metadata, .. } in files {
        let bytes = metadata.as_ref().map_or(0, Metadata::len);
        sum = sum.saturating_add(if bytes > limit_of(rel, limits) { 0 } else { bytes });
        if sum > limits.total_bytes {
            return Some(ReadFinding {
                path: rel.clone(),
                kind: ReadFindingKind::TooMuch { limit: limits.total_bytes },
            });
        }
    }
    None
}

/// A file as it was seen, or read now.
fn stamped(file: Looked, limits: &Limits, seen: &Seen) -> Result<(RelPath, Stamp, File), ReadFinding> {
    let Looked { rel, path, metadata } = file;
    if let Some(metadata) = metadata
        && metadata.len() <= limit_of(&rel, limits)
        && let Some(file) = seen.still(&rel, &metadata)
    {
        return Ok((rel, Stamp::of(&metadata), file));
    }
    open_and_read(rel, &path, limits)
}

/// Reads the files of a theme that lies anywhere, by their names in its folder.
///
/// # Errors
/// The folder is none, or a file in it cannot be read.
pub fn theme(folder: &Path) -> anyhow::Result<Vec<(RelPath, File)>> {
    anyhow::ensure!(folder.is_dir(), "{} is not a folder", folder.display());
    let folder = folder.canonicalize().with_context(|| format!("cannot read {}", folder.display()))?;
    let (root, name) = (folder.parent(), folder.file_name().and_then(|name| name.to_str()));
    let (Some(root), Some(name)) = (root, name) else { anyhow::bail!("{} is no folder of a theme", folder.display()) };
    let limits = config::defaults::LIMITS;
    let (paths, refused) = walk(root, [name], &limits);
    let mut files = Vec::new();
    let read = paths.into_iter().map(|(rel, path)| read_one(rel, &path, &limits));
    for found in refused.into_iter().map(Err).chain(read) {
        let (path, file) =
            found.map_err(|refused| anyhow::anyhow!("cannot read {}: {:?}", refused.path, refused.kind))?;
        let below = path.as_str().strip_prefix(name).and_then(|rest| RelPath::new(rest.trim_start_matches('/')));
        files.extend(below.map(|path| (path, file)));
    }
    Ok(files)
}

/// Reads one file again as [`read`] would: `None` when it would not be read, or is not there.
#[must_use]
pub fn one(root: &Path, path: &RelPath, config: &Config) -> Option<Result<File, ReadFinding>> {
    let alone = *path == Config::path() || beside(config).contains(path);
    let ours = alone
        || config.among_reports(path).is_some()
        || config.theme_dir.as_deref().is_some_and(|folder| path.below(folder).is_some());
    let visible =
        path.as_str().split('/').all(|part| !is_ignored(part)) && path.as_str().split('/').count() <= MAX_DEPTH;
    let full = root.join(path.as_str());
    let is_file = fs::symlink_metadata(&full).is_ok_and(|metadata| !metadata.is_dir());
    if !ours || !visible || !is_file || RelPath::new(path.parent()).is_some_and(|folder| is_linked(root, &folder)) {
        return None;
    }
    Some(read_one(path.clone(), &full, &config.limits).map(|(_, file)| file))
}

/// Files that are read by their names, wherever they are.
fn beside(config: &Config) -> Vec<RelPath> {
    let deploys = config.deploys.as_ref().and_then(|path| RelPath::new(&path.value));
    [search_tests::path()].into_iter().chain(deploys).collect()
}

/// A file read by its name, held to the same rules as every file.
fn alone(root: &Path, path: RelPath, limits: &Limits) -> Option<Found> {
    let full = root.join(path.as_str());
    if RelPath::new(path.parent()).is_some_and(|folder| is_linked(root, &folder)) {
        return Some(Err(ReadFinding { path, kind: ReadFindingKind::Symlink }));
    }
    let kind = fs::symlink_metadata(&full).ok()?.file_type();
    if kind.is_symlink() {
        return Some(Err(ReadFinding { path, kind: ReadFindingKind::Symlink }));
    }
    if !kind.is_file() {
        return Some(Err(ReadFinding { path, kind: ReadFindingKind::NotAFile }));
    }
    Some(read_one(path, &full, limits))
}

/// `site.toml`, held to the same rules as every file.
fn site_toml(root: &Path) -> anyhow::Result<Option<Found>> {
    let (path, full) = (Config::path(), root.join("site.toml"));
    let kind = match fs::symlink_metadata(&full) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        metadata => metadata.with_context(|| format!("cannot read {}", full.display()))?.file_type(),
    };
    if kind.is_symlink() {
        return Ok(Some(Err(ReadFinding { path, kind: ReadFindingKind::Symlink })));
    }
    if !kind.is_file() {
        return Ok(Some(Err(ReadFinding { path, kind: ReadFindingKind::NotAFile })));
    }
    match read_one(path, &full, &config::defaults::LIMITS) {
        Err(ReadFinding { kind: ReadFindingKind::Unreadable { why }, .. }) => {
            anyhow::bail!("cannot read {}: {why}", full.display())
        }
        found => Ok(Some(found)),
    }
}

/// Whether a folder, or one that it lies in, is a link: it could lead out of the repository.
fn is_linked(root: &Path, folder: &RelPath) -> bool {
    let mut path = root.to_owned();
    folder.as_str().split('/').any(|part| {
        path.push(part);
        path.is_symlink()
    })
}

/// Whether the folder of a source is not there, or has nothing in it, as that of a submodule before it is fetched.
fn is_absent(root: &Path, source: &Source) -> bool {
    let folder = &source.path.value;
    let has_something = || fs::read_dir(root.join(folder.as_str())).is_ok_and(|mut entries| entries.next().is_some());
    !is_linked(root, folder) && !has_something()
}

/// What a walk found: regular files, and what was refused.
type Walked = (Vec<(RelPath, PathBuf)>, Vec<ReadFinding>);

/// The regular files below folders of the root, each in byte order, and what was refused. All folders share the limits.
fn walk<'f>(root: &Path, folders: impl IntoIterator<Item = &'f str>, limits: &Limits) -> Walked {
    let mut walked = (Vec::new(), Vec::new());
    for top in folders.into_iter().filter_map(RelPath::new) {
        if is_linked(root, &top) {
            walked.1.push(ReadFinding { path: top, kind: ReadFindingKind::Symlink });
        } else if root.join(top.as_str()).exists() && !walk_one(root, &top, limits, &mut walked) {
            break;
        }
    }
    walked
}

/// Adds the files of a folder. False where there are more than the limit allows.
fn walk_one(root: &Path, top: &RelPath, limits: &Limits, (paths, refused): &mut Walked) -> bool {
    let start = root.join(top.as_str());
    let visible = |entry: &DirEntry| entry.depth() == 0 || !is_ignored(&entry.file_name().to_string_lossy());
    for entry in WalkDir::new(&start).sort_by_file_name().max_depth(MAX_DEPTH).into_iter().filter_entry(visible) {
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
            } else if entry.depth() == MAX_DEPTH {
                let why = format!("folders lie more than {MAX_DEPTH} deep");
                refused.push(ReadFinding { path, kind: ReadFindingKind::Unreadable { why } });
            }
        } else if !kind.is_file() {
            refused.push(ReadFinding { path, kind: ReadFindingKind::NotAFile });
        } else if paths.len() >= limits.files {
            refused.push(ReadFinding { path, kind: ReadFindingKind::TooManyFiles { limit: limits.files } });
            return false;
        } else {
            paths.push((path, entry.into_path()));
        }
    }
    true
}

/// Reads one file, and no more of it than the limit even if it grows or is swapped for something else meanwhile.
fn read_one(rel: RelPath, path: &Path, limits: &Limits) -> Found {
    open_and_read(rel, path, limits).map(|(path, _, file)| (path, file))
}

/// The bytes that a file may have.
fn limit_of(path: &RelPath, limits: &Limits) -> u64 {
    let is_text = path.as_str().ends_with(".md") || *path == Config::path();
    if is_text { limits.file_bytes } else { limits.file_bytes.saturating_mul(ASSET_FACTOR) }
}

fn open_and_read(rel: RelPath, path: &Path, limits: &Limits) -> Result<(RelPath, Stamp, File), ReadFinding> {
    let refuse = |kind| ReadFinding { path: rel.clone(), kind };
    let io = |error: std::io::Error| refuse(ReadFindingKind::Unreadable { why: error.to_string() });
    let limit = limit_of(&rel, limits);
    let file = beneath::open_file(&rel, path).map_err(io)?;
    let metadata = file.metadata().map_err(io)?;
    if !metadata.is_file() {
        return Err(refuse(ReadFindingKind::NotAFile));
    }
    if metadata.len() > limit {
        return Err(refuse(ReadFindingKind::TooLarge { bytes: metadata.len(), limit }));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(io)?;
    if bytes.len() as u64 > limit {
        return Err(refuse(ReadFindingKind::TooLarge { bytes: bytes.len() as u64, limit }));
    }
    Ok((rel, Stamp::of(&metadata), File { bytes: bytes.into() }))
}

/// `None` where the name is not UTF-8, or holds a `\` that would be read as a separator.
fn relative(root: &Path, path: &Path) -> Option<RelPath> {
    let path = path.strip_prefix(root).ok()?.to_str()?;
    RelPath::new(path).filter(|found| found.as_str() == path)
}

/// Hidden files and what editors leave beside a file.
fn is_ignored(name: &str) -> bool {
    name.starts_with('.')
        || name.ends_with('~')
        || name.ends_with(".swp")
        || name.ends_with(".swo")
        || name.ends_with(".tmp")
        || name.starts_with('#')
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::{ffi::OsStrExt, fs::symlink};

    #[test]
    fn what_is_odd_is_a_finding_and_nothing_blocks() {
        let root = std::env::temp_dir().join(format!("afterword-read-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        let reports = root.join("reports");
        fs::create_dir_all(reports.join("folder.md")).expect("a folder");
        fs::write(root.join("site.toml"), "title = \"T\"\n[limits]\nfile_bytes = 4096\n").expect("written");
        for (name, size) in [("ok.md", 5), ("large.md", 5000), ("shot.png", 5000), (".hidden.md", 1), ("ok.md~", 1)] {
            fs::write(reports.join(name), vec![b'x'; size]).expect("written");
        }
        fs::write(reports.join(std::ffi::OsStr::from_bytes(b"bad\xff.md")), "x").expect("written");
        fs::write(reports.join("back\\slash.md"), "x").expect("written");
        symlink("/etc/passwd", reports.join("link.md")).expect("a link");
        let fifo = std::process::Command::new("mkfifo").arg(reports.join("pipe.md")).status();
        assert!(fifo.is_ok_and(|status| status.success()));
        let snapshot = read(&root, jiff::civil::date(2024, 3, 1)).expect("read");
        let files: Vec<&str> = snapshot.files.keys().map(RelPath::as_str).collect();
        assert_eq!(files, ["reports/ok.md", "reports/shot.png", "site.toml"]);
        let mut found: Vec<_> =
            snapshot.findings.iter().map(|finding| (finding.path.as_str(), finding.kind.clone())).collect();
        found.sort_by_key(|(path, _)| *path);
        assert_eq!(
            found,
            [
                ("reports", ReadFindingKind::BadName),
                ("reports", ReadFindingKind::BadName),
                ("reports/folder.md", ReadFindingKind::NotAFile),
                ("reports/large.md", ReadFindingKind::TooLarge { bytes: 5000, limit: 4096 }),
                ("reports/link.md", ReadFindingKind::Symlink),
                ("reports/pipe.md", ReadFindingKind::NotAFile),
            ]
        );
        fs::rename(&reports, root.join("elsewhere")).expect("renamed");
        symlink("elsewhere", &reports).expect("a link");
        let snapshot = read(&root, jiff::civil::date(2024, 3, 1)).expect("read");
        assert_eq!((snapshot.files.len(), snapshot.findings.len()), (1, 1));
        let _ = fs::remove_dir_all(root);
    }
}
