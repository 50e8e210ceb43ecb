//! A finished site → a folder, whole or not at all.
//!
//! The site is staged beside the output, and `exchange` puts it in place; or it is staged in it, and `journal` replaces
//! file by file.

use super::{
    edit, exchange,
    io::{FileSystem, Kind, Machine},
    journal,
    last_build::Digest,
    lock::{self, Lock, lock},
    marker::{JOURNAL, MARKER, ours},
    stage::{self, Files, Stage},
};
use crate::{
    site::{Shelf, Site},
    snapshot::RelPath,
};
use anyhow::{Context, ensure};
use rayon::prelude::*;
use std::{
    ffi::OsStr,
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
    sync::Arc,
};

/// How the site got there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// There was no site.
    Created,
    /// The whole folder in one step.
    Exchanged,
    /// File by file.
    Replaced,
    /// Everything was there already, and nothing was written.
    Unchanged,
}

#[derive(Clone, Copy, Debug)]
pub struct Published {
    pub mode: Mode,
    pub files: usize,
    pub bytes: u64,
    /// Files that are new or have other bytes than before; the others were left as they were, with their times.
    pub written: usize,
    pub pages: usize,
    /// Of all files and their names.
    pub digest: Digest,
}

impl Published {
    fn of(files: &Files, mode: Mode) -> Self {
        Self {
            mode,
            files: files.len(),
            bytes: files.values().map(|file| file.bytes).sum(),
            written: files.values().filter(|file| !file.kept).count(),
            pages: files.keys().filter(|path| path.as_str().ends_with(".html")).count(),
            digest: stage::digest(files),
        }
    }
}

/// Publishes a site into `out`.
///
/// # Errors
/// `out` holds something that we did not write, another build holds the lock, or the file system refuses; each names the path.
pub fn publish(site: &Site, out: &Path) -> anyhow::Result<Published> {
    publish_on(&Machine, site, out)
}

/// Publishes a site by means of any file system.
///
/// # Errors
/// As [`publish`]. What was in `out` is then still there, byte by byte.
pub fn publish_on(fs: &dyn FileSystem, site: &Site, out: &Path) -> anyhow::Result<Published> {
    let publishing = Publishing::start(fs, out)?;
    site.files.par_iter().try_for_each(|(path, bytes)| publishing.put(path, bytes.clone()))?;
    publishing.finish()
}

/// A site on its way into a folder. Dropped before it is finished, it leaves the folder as it was.
pub struct Publishing<'f> {
    fs: &'f dyn FileSystem,
    out: PathBuf,
    /// Whether the stage lies beside the output, so that folders can be exchanged.
    beside: bool,
    stage: Stage<'f>,
    _lock: Lock<'f>,
}

impl Shelf for Publishing<'_> {
    fn put(&self, path: &RelPath, bytes: Arc<[u8]>) -> anyhow::Result<()> {
        self.stage.put(path, &bytes)
    }
}

impl Drop for Publishing<'_> {
    fn drop(&mut self) {
        self.stage.remove();
    }
}

impl<'f> Publishing<'f> {
    /// Makes ready to take the files of a site for `out`.
    ///
    /// # Errors
    /// `out` holds something that we did not write, or another build holds the lock; each names the path.
    pub fn start(fs: &'f dyn FileSystem, out: &Path) -> anyhow::Result<Self> {
        let out = resolve(out)?;
        let parent = out.parent().context("the output cannot be the root of the file system")?.to_owned();
        let name = out.file_name().context("the output needs a name")?.to_string_lossy().into_owned();
        stage::create_folder(fs, &parent)?;
        let there = matches!(fs.look(&out), Ok((Kind::Folder, _)));
        let (lock, beside) = match lock(fs, &parent.join(format!("{name}.lock")), &out) {
            // A folder that was mounted for us, in one that is not ours.
            Err(error) if there && lock::is_closed(&error) => {
                ours_or_absent(fs, &out)?;
                (lock(fs, &out.join(LOCK), &out)?, false)
            }
            lock => (lock?, !there || same_device(fs, &parent, &out)),
        };
        ours_or_absent(fs, &out)?;
        let prefix = format!(".{name}.stage-");
        stage::remove_stale(fs, &parent, &prefix);
        stage::remove_stale(fs, &out, INSIDE);
        let path = if beside { stage::name(&parent, &prefix) } else { stage::name(&out, INSIDE) };
        let stage = Stage::new(fs, &out, path, lock.rights);
        Ok(Self { fs, out, beside, stage, _lock: lock })
    }

    /// Puts the site in place.
    ///
    /// # Errors
    /// The file system refuses; the path is told. What was in `out` is then still there, byte by byte.
    pub fn finish(self) -> anyhow::Result<Published> {
        let staged = self.stage.take();
        let mode = if self.stage.is_needless(&staged) { Mode::Unchanged } else { self.place(&staged)? };
        Ok(Published::of(&staged, mode))
    }

    /// What is published, if it has this digest: nobody touched it since.
    #[must_use]
    pub fn still(&self, digest: &Digest) -> Option<Published> {
        let standing = Published::of(&self.stage.standing()?, Mode::Unchanged);
        (standing.digest == *digest).then_some(standing)
    }

    fn place(&self, files: &Files) -> anyhow::Result<Mode> {
        let Self { fs, out, stage, .. } = self;
        if !self.beside {
            stage::create_folder(*fs, &stage.path)?;
            return journal::replace(*fs, files, &stage.path, out).map(|()| Mode::Replaced);
        }
        let absent = fs.look(out).is_err_and(|error| error.kind() == ErrorKind::NotFound);
        let placed = if absent || exchange::all_ours(*fs, out) {
            stage.complete(files).and_then(|()| exchange::swap(*fs, files, &stage.path, out))
        } else {
            journal::replace(*fs, files, &stage.path, out).map(|()| Mode::Replaced)
        };
        match placed {
            // The stage is on another file system than the output, although the devices are one.
            Err(error) if crosses(&error) => {
                let inside = stage::name(out, INSIDE);
                let placed = stage.copy(files, &inside).and_then(|()| journal::replace(*fs, files, &inside, out));
                stage::remove(*fs, &inside);
                placed.map(|()| Mode::Replaced)
            }
            placed => placed,
        }
    }
}

/// Writes one file whole or not at all, with the folders that it lies in; a link stays a link.
///
/// # Errors
/// The path, and why it cannot be written.
pub fn file(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let path = resolve(path)?;
    stage::create_folder(&Machine, path.parent().unwrap_or(Path::new("/")))?;
    edit::replace(&path, bytes)
}

/// The lock where the folder around the output refuses it.
const LOCK: &str = ".afterword-lock";
/// The beginning of the name of a staging folder in the output.
const INSIDE: &str = ".afterword-stage-";

/// A mount point has another device than the folder that it lies in.
fn same_device(fs: &dyn FileSystem, parent: &Path, out: &Path) -> bool {
    matches!((fs.look(parent), fs.look(out)), (Ok((_, one)), Ok((_, other))) if one == other)
}

/// What a build that was killed leaves in an output that was empty.
fn is_of_a_build(name: &OsStr) -> bool {
    name == LOCK || name.to_str().is_some_and(|name| name.starts_with(INSIDE))
}

fn crosses(error: &anyhow::Error) -> bool {
    let crosses = |error: &std::io::Error| error.kind() == ErrorKind::CrossesDevices;
    error.root_cause().downcast_ref().is_some_and(crosses)
}

/// Refuses an output that is, or lies in, a folder of content: it would be read as content by the next build.
///
/// # Errors
/// Names both folders.
pub fn apart_from<'p>(out: &Path, content: impl IntoIterator<Item = &'p Path>) -> anyhow::Result<()> {
    let out = resolve(out)?;
    for folder in content {
        let folder = resolve(folder)?;
        ensure!(
            !out.starts_with(&folder) && !folder.starts_with(&out),
            "{} cannot be the output: {} is content; choose another folder with --out",
            out.display(),
            folder.display()
        );
    }
    Ok(())
}

/// The folder itself, even if `out` is a link to it: exchanging would swap the link.
fn resolve(out: &Path) -> anyhow::Result<PathBuf> {
    let absolute = std::path::absolute(out).with_context(|| format!("cannot resolve {}", out.display()))?;
    Ok(fs::canonicalize(&absolute).unwrap_or(absolute))
}

/// Only an empty folder or one that we wrote is replaced, and never one that holds a repository or a home.
fn ours_or_absent(fs: &dyn FileSystem, out: &Path) -> anyhow::Result<()> {
    let home = std::env::var_os("HOME").map(PathBuf::from).and_then(|home| fs::canonicalize(home).ok());
    ensure!(home.as_deref() != Some(out), "{} is your home, and is left alone; choose a folder in it", out.display());
    let cannot = || format!("cannot read {}", out.display());
    match fs.look(out) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        found => ensure!(
            found.with_context(cannot)?.0 == Kind::Folder,
            "{} is not a folder; remove it, or choose another with --out",
            out.display()
        ),
    }
    let entries = fs.entries(out).with_context(cannot)?;
    let has = |name: &str| entries.iter().any(|(entry, _)| entry == name);
    for name in [".git", "site.toml", "reports"] {
        let is_listed = || {
            let listed = ours(fs, out).unwrap_or_default();
            listed.iter().any(|path| path.as_str().split('/').next() == Some(name))
        };
        ensure!(
            !has(name) || is_listed(),
            "{} holds `{name}`, so it is a repository and is left alone; choose another folder with --out",
            out.display()
        );
    }
    ensure!(
        has(MARKER) || has(JOURNAL) || entries.iter().all(|(name, _)| is_of_a_build(name)),
        "{} holds files that Afterword did not write, and is left alone; empty it, or choose another folder with --out",
        out.display()
    );
    Ok(())
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::snapshot::RelPath;

    pub fn site(files: &[(&str, &str)]) -> Site {
        let files = files.iter().map(|(path, text)| (RelPath::new(path).expect("a path"), text.as_bytes().into()));
        Site { files: files.collect() }
    }

    pub fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("afterword-publish-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder");
        folder
    }

    #[test]
    fn created_then_exchanged_and_stale_files_go() {
        let folder = folder("swap");
        let out = folder.join("site");
        let first = publish(&site(&[("index.html", "1"), ("old/index.html", "x")]), &out).expect("published");
        assert_eq!((first.mode, first.files), (Mode::Created, 2));
        let second = publish(&site(&[("index.html", "2")]), &out).expect("published");
        assert!(matches!(second.mode, Mode::Exchanged | Mode::Replaced));
        assert_eq!(fs::read_to_string(out.join("index.html")).expect("a page"), "2");
        assert!(!out.join("old/index.html").exists());
        assert_eq!(fs::read_dir(&folder).expect("a folder").count(), 1, "nothing is left beside the site");
        let _ = fs::remove_dir_all(folder);
    }

    #[test]
    fn one_file_is_replaced_where_a_link_leads() {
        let folder = folder("file");
        let (path, link) = (folder.join("deep/er/data.csv"), folder.join("link.csv"));
        file(&path, b"1").expect("written");
        std::os::unix::fs::symlink("deep/er/data.csv", &link).expect("a link");
        file(&link, b"2").expect("written");
        assert_eq!(fs::read(&path).expect("a file"), b"2");
        assert!(link.is_symlink() && fs::read_dir(folder.join("deep/er")).expect("a folder").count() == 1);
        let error = file(&path.join("below"), b"3").expect_err("a file is no folder");
        assert!(format!("{error:#}").contains("data.csv"), "{error:#}");
        let _ = fs::remove_dir_all(folder);
    }

    #[test]
    fn what_we_did_not_write_stays() {
        let folder = folder("foreign");
        fs::write(folder.join("thesis.txt"), "mine").expect("written");
        let error = publish(&site(&[("index.html", "1")]), &folder).expect_err("refused");
        assert!(error.to_string().contains("did not write"), "{error}");
        assert!(folder.join("thesis.txt").is_file() && !folder.join("index.html").exists());
        let _ = fs::remove_dir_all(folder);
    }

    #[test]
    fn repositories_are_refused_even_with_a_marker() {
        for name in [".git", "reports"] {
            let out = folder("repository").join("site");
            publish(&site(&[("index.html", "1")]), &out).expect("published");
            fs::create_dir(out.join(name)).expect("a folder");
            let error = publish(&site(&[("index.html", "2")]), &out).expect_err("refused");
            assert!(error.to_string().contains("is a repository"), "{error}");
            assert_eq!(fs::read_to_string(out.join("index.html")).expect("a page"), "1");
        }
        assert!(publish(&Site::default(), Path::new("/")).is_err());
        let folder = folder("content");
        let reports = folder.join("reports");
        assert!(apart_from(&folder.join("public"), [reports.as_path()]).is_ok());
        assert!(apart_from(&reports.join("site"), [reports.as_path()]).is_err());
        assert!(apart_from(&folder, [reports.as_path()]).is_err());
        let _ = fs::remove_dir_all(folder);
    }

    #[test]
    fn the_lock_is_exclusive_and_spares_other_files() {
        let folder = folder("lock");
        let (out, path) = (folder.join("Cargo"), folder.join("Cargo.lock"));
        let held = lock(&Machine, &path, &out).expect("locked");
        let error = publish(&site(&[("index.html", "1")]), &out).expect_err("locked");
        assert!(error.to_string().contains("another build"), "{error}");
        drop(held);
        fs::write(&path, "version = 4").expect("written");
        assert!(publish(&site(&[("index.html", "1")]), &out).is_err());
        assert_eq!(fs::read_to_string(&path).expect("still there"), "version = 4");
        let _ = fs::remove_dir_all(folder);
    }

    #[test]
    fn stages_of_killed_builds_go() {
        let folder = folder("stale");
        for name in [".site.stage-1", ".site.stage-notes"] {
            fs::create_dir(folder.join(name)).expect("a folder");
        }
        publish(&site(&[("index.html", "1")]), &folder.join("site")).expect("published");
        assert!(!folder.join(".site.stage-1").exists() && folder.join(".site.stage-notes").is_dir());
        let _ = fs::remove_dir_all(folder);
    }
}
