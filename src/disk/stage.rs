//! The staging folder: a whole site beside the one that is shown. What did not change is linked and not written.

use super::{
    io::{FileSystem, Kind},
    marker::{JOURNAL, MARKER, list},
};
use crate::{site::Site, snapshot::RelPath};
use anyhow::Context;
use rayon::prelude::*;
use std::{
    collections::BTreeSet,
    ffi::OsStr,
    io::ErrorKind,
    path::{Path, PathBuf},
};

/// Files of a site that lie in the output just as they should.
pub type Kept<'s> = BTreeSet<&'s RelPath>;

/// Compares the site with what is published. To read a file costs less than to write it.
pub fn unchanged<'s>(fs: &dyn FileSystem, site: &'s Site, out: &Path, rights: u32) -> Kept<'s> {
    let same = |(path, bytes): &(&RelPath, &std::sync::Arc<[u8]>)| {
        fs.holds(&out.join(path.as_str()), bytes, rights).unwrap_or(false)
    };
    site.files.par_iter().filter(same).map(|(path, _)| path).collect()
}

/// Whether there is nothing to do: every file is as it should be, none is too many, and no run was cut short.
pub fn is_whole(fs: &dyn FileSystem, site: &Site, kept: &Kept, out: &Path, rights: u32) -> bool {
    kept.len() == site.files.len()
        && fs.holds(&out.join(MARKER), list(site).as_bytes(), rights).unwrap_or(false)
        && fs.look(&out.join(JOURNAL)).is_err_and(|error| error.kind() == ErrorKind::NotFound)
}

/// Writes the whole site: links to files that did not change, and the others.
pub fn write(fs: &dyn FileSystem, site: &Site, kept: &Kept, out: &Path, stage: &Path) -> anyhow::Result<()> {
    write_files(fs, site.files.iter(), stage, |path, to| {
        kept.contains(path) && fs.link(&out.join(path.as_str()), to).is_ok()
    })?;
    create(fs, &stage.join(MARKER), list(site).as_bytes())
}

/// Writes only the files that have to be replaced one by one.
pub fn write_changed(fs: &dyn FileSystem, site: &Site, kept: &Kept, stage: &Path) -> anyhow::Result<()> {
    create_folder(fs, stage)?;
    write_files(fs, site.files.iter().filter(|(path, _)| !kept.contains(path)), stage, |_, _| false)
}

fn write_files<'s>(
    fs: &dyn FileSystem,
    files: impl Iterator<Item = (&'s RelPath, &'s std::sync::Arc<[u8]>)>,
    stage: &Path,
    linked: impl Fn(&RelPath, &Path) -> bool + Sync,
) -> anyhow::Result<()> {
    let files: Vec<_> = files.collect();
    let folders: BTreeSet<&str> = files.iter().map(|(path, _)| path.parent()).collect();
    let folders: Vec<&str> = folders.into_iter().collect();
    folders.par_iter().try_for_each(|folder| create_folder(fs, &stage.join(folder)))?;
    files.par_iter().try_for_each(|(path, bytes)| {
        let to = stage.join(path.as_str());
        if linked(path, &to) { Ok(()) } else { create(fs, &to, bytes) }
    })
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
