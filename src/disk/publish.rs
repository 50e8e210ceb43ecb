//! A finished site → a folder, whole or not at all.
//!
//! The site is written into a staging folder beside the output; `exchange` then puts it in place.

use super::exchange;
use crate::{site::Site, snapshot::RelPath};
use anyhow::{Context, bail, ensure};
use rayon::prelude::*;
use rustix::fs::{FlockOperation, Mode as Bits, OFlags, flock, open};
use std::{
    collections::BTreeSet,
    fs,
    io::ErrorKind,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

/// Says that a folder was written by us; holds the list of its files as JSON.
pub(super) const MARKER: &str = ".afterword";

/// How the site got there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Created,
    Exchanged,
    Replaced,
}

#[derive(Clone, Copy, Debug)]
pub struct Published {
    pub mode: Mode,
    pub files: usize,
    pub bytes: u64,
}

/// Publishes a site into `out`.
///
/// # Errors
/// `out` holds something that we did not write, another build holds the lock, or the file system refuses; each names the path.
pub fn publish(site: &Site, out: &Path) -> anyhow::Result<Published> {
    let out = resolve(out)?;
    let parent = out.parent().context("the output cannot be the root of the file system")?.to_owned();
    let name = out.file_name().context("the output needs a name")?.to_string_lossy().into_owned();
    fs::create_dir_all(&parent).with_context(|| format!("cannot create {}", parent.display()))?;
    let lock_path = parent.join(format!("{name}.lock"));
    let _lock = lock(&lock_path, &out)?;
    let published = publish_locked(site, &out, &parent, &name);
    let _ = fs::remove_file(&lock_path);
    published
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

/// Holds the lock until it is dropped. The file is ours only while it is empty, so a `Cargo.lock` is never touched.
fn lock(path: &Path, out: &Path) -> anyhow::Result<fs::File> {
    let cannot = || format!("cannot lock {}", path.display());
    loop {
        let flags = OFlags::CREATE | OFlags::RDWR | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let lock = fs::File::from(open(path, flags, Bits::from_raw_mode(0o644)).with_context(cannot)?);
        let opened = lock.metadata().with_context(cannot)?;
        ensure!(
            opened.is_file() && opened.len() == 0,
            "{} is not a lock of Afterword; choose another folder than {} with --out",
            path.display(),
            out.display()
        );
        match flock(&lock, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => {}
            Err(rustix::io::Errno::WOULDBLOCK) => {
                bail!("another build is writing {}; try again when it is done", out.display())
            }
            Err(error) => return Err(error).with_context(cannot),
        }
        // A build that ended in between has removed the file we hold; whoever comes next would lock a new one.
        if fs::metadata(path).is_ok_and(|now| (now.dev(), now.ino()) == (opened.dev(), opened.ino())) {
            return Ok(lock);
        }
    }
}

fn publish_locked(site: &Site, out: &Path, parent: &Path, name: &str) -> anyhow::Result<Published> {
    ours_or_absent(site, out)?;
    remove_stale_stages(parent, name);
    let stage = parent.join(format!(".{name}.stage-{}", std::process::id()));
    let bytes = site.files.values().map(|bytes| bytes.len() as u64).sum();
    let written = write_all(site, &stage).and_then(|()| exchange::swap(site, &stage, out));
    remove(&stage);
    Ok(Published { mode: written?, files: site.files.len(), bytes })
}

/// Removes a folder of ours, its subfolders in parallel: the site before has as many files as this one.
fn remove(folder: &Path) {
    let folders = |folder: &Path| -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
        entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir())).map(|entry| entry.path()).collect()
    };
    let below: Vec<PathBuf> = folders(folder).iter().flat_map(|folder| folders(folder)).collect();
    below.par_iter().for_each(|folder| {
        let _ = fs::remove_dir_all(folder);
    });
    let _ = fs::remove_dir_all(folder);
}

/// The folder itself, even if `out` is a link to it: exchanging would swap the link.
fn resolve(out: &Path) -> anyhow::Result<PathBuf> {
    let absolute = std::path::absolute(out).with_context(|| format!("cannot resolve {}", out.display()))?;
    Ok(fs::canonicalize(&absolute).unwrap_or(absolute))
}

/// Only an empty folder or one that we wrote is replaced, and never one that holds a repository or a home.
fn ours_or_absent(site: &Site, out: &Path) -> anyhow::Result<()> {
    let home = std::env::var_os("HOME").map(PathBuf::from).and_then(|home| fs::canonicalize(home).ok());
    ensure!(home.as_deref() != Some(out), "{} is your home, and is left alone; choose a folder in it", out.display());
    let mut entries = match fs::read_dir(out) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        entries => entries.with_context(|| format!("cannot read {}", out.display()))?,
    };
    for name in [".git", "site.toml", "reports"] {
        let published = site.files.keys().any(|path| path.as_str().split('/').next() == Some(name));
        ensure!(
            published || fs::symlink_metadata(out.join(name)).is_err(),
            "{} holds `{name}`, so it is a repository and is left alone; choose another folder with --out",
            out.display()
        );
    }
    ensure!(
        out.join(MARKER).is_file() || entries.next().is_none(),
        "{} holds files that Afterword did not write, and is left alone; empty it, or choose another folder with --out",
        out.display()
    );
    Ok(())
}

/// Staging folders of builds that were killed: whoever holds the lock is the only build there is.
fn remove_stale_stages(parent: &Path, name: &str) {
    let prefix = format!(".{name}.stage-");
    for entry in fs::read_dir(parent).into_iter().flatten().filter_map(Result::ok) {
        let file = entry.file_name();
        let pid = file.to_str().and_then(|file| file.strip_prefix(&prefix));
        if pid.is_some_and(|pid| pid.parse::<u32>().is_ok()) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

pub(super) fn write_all(site: &Site, stage: &Path) -> anyhow::Result<()> {
    let folders: BTreeSet<&str> = site.files.keys().map(RelPath::parent).collect();
    folders.par_iter().try_for_each(|folder| {
        let folder = stage.join(folder);
        fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))
    })?;
    site.files.par_iter().try_for_each(|(path, bytes)| write(&stage.join(path.as_str()), bytes))?;
    write(&stage.join(MARKER), list(site).as_bytes())
}

pub(super) fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

/// The files of a site as JSON: names may hold any character.
pub(super) fn list(site: &Site) -> String {
    let names: Vec<&str> = site.files.keys().map(RelPath::as_str).collect();
    serde_json::json!(names).to_string()
}

/// The files that a marker or journal lists; none when it cannot be read.
pub(super) fn listed(path: &Path) -> BTreeSet<RelPath> {
    let names = fs::read(path).ok().and_then(|bytes| serde_json::from_slice::<Vec<String>>(&bytes).ok());
    names.into_iter().flatten().filter_map(|name| RelPath::new(&name)).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

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
        let held = lock(&path, &out).expect("locked");
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
