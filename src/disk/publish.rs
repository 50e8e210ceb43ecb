//! A finished site → a folder, whole or not at all.
//!
//! The site is written into a staging folder beside the output, and the two are exchanged in one step. Where the file
//! system refuses that (mount points, some overlays), every file is replaced by itself under a journal.

use crate::{site::Site, snapshot::RelPath};
use anyhow::{Context, bail, ensure};
use rayon::prelude::*;
use std::{
    collections::BTreeSet,
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

/// Says that a folder was written by us; holds the list of its files.
const MARKER: &str = ".afterword";
/// There while files are being replaced one by one: the list of files after it is done.
const JOURNAL: &str = ".afterword-journal";

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
    let lock = fs::File::create(&lock_path).with_context(|| format!("cannot create {}", lock_path.display()))?;
    if rustix::fs::flock(&lock, rustix::fs::FlockOperation::NonBlockingLockExclusive).is_err() {
        bail!("another build is writing {}; try again when it is done", out.display());
    }
    let published = publish_locked(site, &out, &parent, &name);
    let _ = fs::remove_file(&lock_path);
    published
}

fn publish_locked(site: &Site, out: &Path, parent: &Path, name: &str) -> anyhow::Result<Published> {
    ours_or_absent(out)?;
    remove_stale_stages(parent, name);
    let stage = parent.join(format!(".{name}.stage-{}", std::process::id()));
    let bytes = site.files.values().map(|bytes| bytes.len() as u64).sum();
    let written = write_all(site, &stage).and_then(|()| swap(site, &stage, out));
    let _ = fs::remove_dir_all(&stage);
    Ok(Published { mode: written?, files: site.files.len(), bytes })
}

/// The folder itself, even if `out` is a link to it: exchanging would swap the link.
fn resolve(out: &Path) -> anyhow::Result<PathBuf> {
    let absolute = std::path::absolute(out).with_context(|| format!("cannot resolve {}", out.display()))?;
    Ok(fs::canonicalize(&absolute).unwrap_or(absolute))
}

fn ours_or_absent(out: &Path) -> anyhow::Result<()> {
    match fs::read_dir(out) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", out.display())),
        Ok(mut entries) => {
            ensure!(
                out.join(MARKER).is_file() || entries.next().is_none(),
                "{} holds files that Afterword did not write, and is left alone; empty it, or choose another folder with --out",
                out.display()
            );
            Ok(())
        }
    }
}

/// Staging folders of builds that were killed.
fn remove_stale_stages(parent: &Path, name: &str) {
    let prefix = format!(".{name}.stage-");
    for entry in fs::read_dir(parent).into_iter().flatten().filter_map(Result::ok) {
        if entry.file_name().to_string_lossy().starts_with(&prefix) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn write_all(site: &Site, stage: &Path) -> anyhow::Result<()> {
    let folders: BTreeSet<&str> = site.files.keys().map(RelPath::parent).collect();
    for folder in folders {
        let folder = stage.join(folder);
        fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    }
    site.files.par_iter().try_for_each(|(path, bytes)| write(&stage.join(path.as_str()), bytes))?;
    write(&stage.join(MARKER), list(site).as_bytes())
}

fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

fn list(site: &Site) -> String {
    site.files.keys().map(|path| format!("{path}\n")).collect()
}

fn swap(site: &Site, stage: &Path, out: &Path) -> anyhow::Result<Mode> {
    if !out.exists() {
        fs::rename(stage, out).with_context(|| format!("cannot rename {} to {}", stage.display(), out.display()))?;
        return Ok(Mode::Created);
    }
    match exchange(stage, out) {
        Ok(()) => Ok(Mode::Exchanged),
        Err(_) => replace_each(site, stage, out).map(|()| Mode::Replaced),
    }
}

fn exchange(stage: &Path, out: &Path) -> std::io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, stage, CWD, out, RenameFlags::EXCHANGE)?)
}

/// Each file by a rename of its own: a reader sees the old or the new page, never half of one.
fn replace_each(site: &Site, stage: &Path, out: &Path) -> anyhow::Result<()> {
    let known = |name: &str| fs::read_to_string(out.join(name)).unwrap_or_default();
    let before = known(MARKER) + &known(JOURNAL);
    write(&out.join(JOURNAL), list(site).as_bytes())?;
    for path in site.files.keys() {
        let target = out.join(path.as_str());
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
        }
        move_file(&stage.join(path.as_str()), &target)?;
    }
    move_file(&stage.join(MARKER), &out.join(MARKER))?;
    for stale in before.lines().filter_map(RelPath::new).filter(|path| !site.files.contains_key(path)) {
        let _ = fs::remove_file(out.join(stale.as_str()));
    }
    fs::remove_file(out.join(JOURNAL)).with_context(|| format!("cannot remove the journal in {}", out.display()))
}

/// A rename; across file systems a copy beside the target first.
fn move_file(from: &Path, to: &Path) -> anyhow::Result<()> {
    if fs::rename(from, to).is_ok() {
        return Ok(());
    }
    let beside = to.with_extension("afterword-new");
    fs::copy(from, &beside).with_context(|| format!("cannot write {}", beside.display()))?;
    fs::rename(&beside, to).with_context(|| format!("cannot replace {}", to.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(files: &[(&str, &str)]) -> Site {
        let files = files.iter().map(|(path, text)| (RelPath::new(path).expect("a path"), text.as_bytes().into()));
        Site { files: files.collect() }
    }

    fn folder(name: &str) -> PathBuf {
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
    fn replaced_file_by_file() {
        let folder = folder("replace");
        let (out, stage) = (folder.join("site"), folder.join("stage"));
        publish(&site(&[("index.html", "1"), ("old.html", "x")]), &out).expect("published");
        let next = site(&[("index.html", "2"), ("new/index.html", "n")]);
        write_all(&next, &stage).expect("staged");
        replace_each(&next, &stage, &out).expect("replaced");
        assert_eq!(fs::read_to_string(out.join("index.html")).expect("a page"), "2");
        assert!(out.join("new/index.html").is_file() && !out.join("old.html").exists() && !out.join(JOURNAL).exists());
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
}
