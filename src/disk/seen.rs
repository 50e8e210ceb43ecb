//! Files that were read before, so that the preview reads only those that changed.

use super::history::Told;
use crate::snapshot::{File, RelPath};
use std::{
    collections::BTreeMap,
    fs::Metadata,
    os::unix::fs::MetadataExt,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

/// A file that was changed so shortly before it was read may change again with the same time: clocks of file systems are
/// coarse.
const FRESH: Duration = Duration::from_secs(3);

/// The time as file systems tell it.
#[expect(clippy::disallowed_methods, reason = "compared with times of files; nothing that is read depends on it")]
pub(super) fn now() -> SystemTime {
    SystemTime::now()
}

/// What is different when a file was written, replaced or given other rights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    device: u64,
    inode: u64,
    length: u64,
    changed: (i64, i64),
    modified: (i64, i64),
}

impl Stamp {
    pub(super) fn of(file: &Metadata) -> Self {
        Self {
            device: file.dev(),
            inode: file.ino(),
            length: file.len(),
            changed: (file.ctime(), file.ctime_nsec()),
            modified: (file.mtime(), file.mtime_nsec()),
        }
    }

    /// Whether a later change must show in it.
    fn is_sure(&self, read: SystemTime) -> bool {
        let read = read.duration_since(UNIX_EPOCH).unwrap_or_default();
        let changed = self.changed.0.max(self.modified.0);
        u64::try_from(changed).is_ok_and(|changed| Duration::from_secs(changed) + FRESH < read)
    }
}

/// What the last reading of a repository knows.
#[derive(Debug, Default)]
pub struct Seen {
    files: BTreeMap<RelPath, (Stamp, File)>,
    /// The history of files by the repository that tells it.
    pub(super) history: BTreeMap<Option<RelPath>, Told>,
}

impl Seen {
    /// The file, if it is as it was.
    pub(super) fn still(&self, path: &RelPath, now: &Metadata) -> Option<File> {
        let (stamp, file) = self.files.get(path)?;
        (now.is_file() && *stamp == Stamp::of(now)).then(|| file.clone())
    }

    /// Keeps what was read at a time, for the next reading.
    pub(super) fn keep(&mut self, files: impl IntoIterator<Item = (RelPath, Stamp, File)>, read: SystemTime) {
        let sure = files.into_iter().filter(|(_, stamp, _)| stamp.is_sure(read));
        self.files = sure.map(|(path, stamp, file)| (path, (stamp, file))).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::super::read::read_again;
    use super::*;
    use std::{fs, path::Path, sync::Arc};

    fn bytes(root: &Path, seen: &mut Seen) -> Arc<[u8]> {
        let snapshot = read_again(root, jiff::civil::date(2024, 3, 1), seen).expect("read");
        snapshot.files[&RelPath::new("reports/a.md").expect("a path")].bytes.clone()
    }

    /// As if the file had not been changed for long.
    fn grown_old(root: &Path) -> (Seen, Arc<[u8]>) {
        let (mut seen, path) = (Seen::default(), RelPath::new("reports/a.md").expect("a path"));
        let bytes = bytes(root, &mut seen);
        let stamp = Stamp::of(&fs::metadata(root.join("reports/a.md")).expect("a file"));
        seen.keep([(path, stamp, File { bytes: bytes.clone() })], now() + FRESH * 2);
        (seen, bytes)
    }

    #[test]
    fn only_what_changed_is_read_again() {
        let root = std::env::temp_dir().join(format!("afterword-seen-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(root.join("reports")).expect("a folder");
        let file = root.join("reports/a.md");
        fs::write(&file, "one").expect("written");
        let mut fresh = Seen::default();
        let first = bytes(&root, &mut fresh);
        assert!(!Arc::ptr_eq(&first, &bytes(&root, &mut fresh)), "a new file is read again");
        let (mut seen, before) = grown_old(&root);
        assert!(Arc::ptr_eq(&before, &bytes(&root, &mut seen)), "an old one is not");
        // The same length, and the time of the last change put back.
        let (mut seen, _) = grown_old(&root);
        let modified = fs::metadata(&file).expect("a file").modified().expect("a time");
        fs::write(&file, "two").expect("written");
        fs::File::options().write(true).open(&file).and_then(|file| file.set_modified(modified)).expect("set");
        assert_eq!(&*bytes(&root, &mut seen), b"two");
        // A limit that was set meanwhile.
        let (mut seen, _) = grown_old(&root);
        fs::write(root.join("site.toml"), "title = \"T\"\n[limits]\nfile_bytes = 2\n").expect("written");
        let snapshot = read_again(&root, jiff::civil::date(2024, 3, 1), &mut seen).expect("read");
        assert_eq!((snapshot.files.len(), snapshot.findings.len()), (1, 1), "a file that is too large now is refused");
        fs::remove_file(root.join("site.toml")).expect("removed");
        // Another file under the name.
        let (mut seen, _) = grown_old(&root);
        fs::write(root.join("reports/next"), "six").expect("written");
        fs::rename(root.join("reports/next"), &file).expect("renamed");
        assert_eq!(&*bytes(&root, &mut seen), b"six");
        let (mut seen, _) = grown_old(&root);
        fs::remove_file(&file).expect("removed");
        std::os::unix::fs::symlink("/etc/passwd", &file).expect("a link");
        let snapshot = read_again(&root, jiff::civil::date(2024, 3, 1), &mut seen).expect("read");
        assert!(snapshot.files.is_empty() && snapshot.findings.len() == 1, "a link is refused");
        let _ = fs::remove_dir_all(root);
    }
}
