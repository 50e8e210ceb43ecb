//! The staging folder: takes the files of a new site as they come, beside the site that is shown or in it. What did not
//! change is not written, and linked when the new site is whole.

use super::{
    io::{FileSystem, Kind},
    last_build::{Digest, add},
    marker::{JOURNAL, MARKER, list, ours},
};
use crate::snapshot::RelPath;
use anyhow::Context;
use rayon::prelude::*;
use std::{
    collections::{BTreeMap, HashSet},
    ffi::OsStr,
    io::ErrorKind,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

/// A file of the new site.
#[derive(Clone, Copy, Debug)]
pub struct Staged {
    pub bytes: u64,
    /// It lies in the output just as it should, and not in the stage.
    pub kept: bool,
    pub digest: Digest,
}

/// The new site.
pub type Files = BTreeMap<RelPath, Staged>;

pub struct Stage<'f> {
    fs: &'f dyn FileSystem,
    out: PathBuf,
    pub path: PathBuf,
    /// The rights that a new file has now.
    rights: u32,
    /// Those that were made, so that each is asked for once.
    folders: Mutex<HashSet<String>>,
    files: Mutex<Files>,
}

impl<'f> Stage<'f> {
    pub fn new(fs: &'f dyn FileSystem, out: &Path, path: PathBuf, rights: u32) -> Self {
        Self { fs, out: out.to_owned(), path, rights, folders: Mutex::default(), files: Mutex::default() }
    }

    /// Takes a file: compares it with what is published, since to read costs less than to write, and writes it if it differs.
    pub fn put(&self, path: &RelPath, bytes: &[u8]) -> anyhow::Result<()> {
        let kept = self.fs.holds(&self.out.join(path.as_str()), bytes, self.rights).unwrap_or(false);
        if !kept {
            self.create(path, bytes)?;
        }
        let staged = Staged { bytes: bytes.len() as u64, kept, digest: blake3::hash(bytes) };
        self.files.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone(), staged);
        Ok(())
    }

    /// All files that were taken; none are left.
    pub fn take(&self) -> Files {
        std::mem::take(&mut self.files.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whether there is nothing to do: every file is as it should be, none is too many, and no run was cut short.
    pub fn is_needless(&self, files: &Files) -> bool {
        files.values().all(|file| file.kept)
            && self.fs.holds(&self.out.join(MARKER), list(files).as_bytes(), self.rights).unwrap_or(false)
            && self.is_absent(JOURNAL)
    }

    fn is_absent(&self, name: &str) -> bool {
        self.fs.look(&self.out.join(name)).is_err_and(|error| error.kind() == ErrorKind::NotFound)
    }

    /// The site that lies in the output, as a whole build left it, with every file kept; `None` where its list cannot be read, a
    /// file is not there, or a run was cut short.
    pub fn standing(&self) -> Option<Files> {
        if self.is_absent(MARKER) || !self.is_absent(JOURNAL) {
            return None;
        }
        let one = |path: RelPath| {
            let (bytes, digest) = self.fs.digest(&self.out.join(path.as_str()), self.rights).ok()??;
            Some((path, Staged { bytes, kept: true, digest }))
        };
        ours(self.fs, &self.out).ok()?.into_par_iter().map(one).collect()
    }

    /// Makes the stage a whole site: adds what is kept, and the list of all files.
    pub fn complete(&self, files: &Files) -> anyhow::Result<()> {
        let kept: Vec<&RelPath> = files.iter().filter(|(_, file)| file.kept).map(|(path, _)| path).collect();
        kept.par_iter().try_for_each(|path| {
            let (from, to) = (self.out.join(path.as_str()), self.path.join(path.as_str()));
            self.folder(path.parent())?;
            if self.fs.link(&from, &to).is_ok() {
                return Ok(());
            }
            create(self.fs, &to, &self.read(&from)?)
        })?;
        self.folder("")?;
        create(self.fs, &self.path.join(MARKER), list(files).as_bytes())
    }

    /// Copies what is not kept to another place.
    pub fn copy(&self, files: &Files, to: &Path) -> anyhow::Result<()> {
        let copy = Self::new(self.fs, &self.out, to.to_owned(), self.rights);
        copy.folder("")?;
        let changed: Vec<&RelPath> = files.iter().filter(|(_, file)| !file.kept).map(|(path, _)| path).collect();
        changed.par_iter().try_for_each(|path| copy.create(path, &self.read(&self.path.join(path.as_str()))?))
    }

    /// Removes what was staged; after an exchange, the site before.
    pub fn remove(&self) {
        remove(self.fs, &self.path);
    }

    fn read(&self, path: &Path) -> anyhow::Result<Vec<u8>> {
        self.fs.read(path).with_context(|| format!("cannot read {}", path.display()))
    }

    fn create(&self, path: &RelPath, bytes: &[u8]) -> anyhow::Result<()> {
        self.folder(path.parent())?;
        create(self.fs, &self.path.join(path.as_str()), bytes)
    }

    fn folder(&self, folder: &str) -> anyhow::Result<()> {
        let known = || self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        if known().contains(folder) {
            return Ok(());
        }
        create_folder(self.fs, &self.path.join(folder))?;
        known().insert(folder.to_owned());
        Ok(())
    }
}

/// One digest for all files and their names.
pub fn digest(files: &Files) -> Digest {
    let mut all = blake3::Hasher::new();
    for (path, file) in files {
        add(&mut all, path.as_str());
        all.update(file.digest.as_bytes());
    }
    all.finalize()
}

pub fn create(fs: &dyn FileSystem, path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    fs.create(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

pub fn create_folder(fs: &dyn FileSystem, path: &Path) -> anyhow::Result<()> {
    fs.create_folder(path).with_context(|| format!("cannot create {}", path.display()))
}

/// Removes a folder of ours, its subfolders in parallel: the site before has as many names as this one. What cannot be
/// removed now is removed by the next build.
pub fn remove(fs: &dyn FileSystem, folder: &Path) {
    let Ok(entries) = fs.entries(folder) else { return };
    entries.into_par_iter().for_each(|(name, kind)| {
        let path = folder.join(name);
        if kind == Kind::Folder {
            remove(fs, &path);
        } else {
            let _ = fs.remove_file(&path);
        }
    });
    let _ = fs.remove_folder(folder);
}

/// Removes the staging folders of builds that were killed: whoever holds the lock is the only build there is.
pub fn remove_stale(fs: &dyn FileSystem, folder: &Path, prefix: &str) {
    let is_stage = |name: &OsStr| {
        let process = name.to_str().and_then(|name| name.strip_prefix(prefix));
        process.is_some_and(|process| process.parse::<u32>().is_ok())
    };
    let entries = fs.entries(folder).unwrap_or_default();
    let stale = entries.into_iter().filter(|(name, kind)| *kind == Kind::Folder && is_stage(name));
    stale.for_each(|(name, _)| remove(fs, &folder.join(name)));
}

/// A name that no other build uses.
pub fn name(folder: &Path, prefix: &str) -> PathBuf {
    folder.join(format!("{prefix}{}", std::process::id()))
}
