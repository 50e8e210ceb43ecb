//! One build at a time writes a folder.

use super::io::FileSystem;
use anyhow::{Context, bail, ensure};
use std::{
    fs::File,
    io::ErrorKind,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
};

/// Holds the folder until it is dropped, which removes the file.
pub struct Lock<'f> {
    fs: &'f dyn FileSystem,
    path: PathBuf,
    file: File,
    /// The rights that a new file has now: the lock was created like one.
    pub rights: u32,
}

impl Drop for Lock<'_> {
    fn drop(&mut self) {
        let _ = self.fs.remove_file(&self.path);
        // To close is not enough: a process that is being started elsewhere may still have the file open.
        let _ = self.file.unlock();
    }
}

/// Whether a folder refuses new files, so that the lock has to lie elsewhere.
pub fn is_closed(error: &anyhow::Error) -> bool {
    let closed =
        |error: &std::io::Error| matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem);
    error.root_cause().downcast_ref().is_some_and(closed)
}

/// Takes the lock of `out`. The file is ours only while it is empty, so a `Cargo.lock` is never touched.
pub fn lock<'f>(fs: &'f dyn FileSystem, path: &Path, out: &Path) -> anyhow::Result<Lock<'f>> {
    let cannot = || format!("cannot lock {}", path.display());
    loop {
        let file = match fs.lock(path) {
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                bail!("another build is writing {}; try again when it is done", out.display())
            }
            file => file.with_context(cannot)?,
        };
        let opened = file.metadata().with_context(cannot)?;
        ensure!(
            opened.is_file() && opened.len() == 0,
            "{} is not a lock of Afterword; choose another folder than {} with --out",
            path.display(),
            out.display()
        );
        // A build that ended in between has removed the file we hold; whoever comes next would lock a new one.
        if std::fs::metadata(path).is_ok_and(|now| (now.dev(), now.ino()) == (opened.dev(), opened.ino())) {
            let rights = opened.permissions().mode() & 0o7777;
            return Ok(Lock { fs, path: path.to_owned(), file, rights });
        }
    }
}
