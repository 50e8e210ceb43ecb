//! Nothing is ever half-published: faults of the disk, kills, signals, odd folders, and the same bytes everywhere.

mod again;
mod differences;
mod double;
mod environments;
mod faults;
mod kills;
mod matrix;
pub mod program;
mod trust;

use afterword::{disk, site::Site, snapshot::RelPath};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// A folder of this test run's own, empty.
pub fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("afterword-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    fs::canonicalize(folder).expect("a folder")
}

pub fn site(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Site {
    let file = |(path, bytes): (String, Vec<u8>)| (RelPath::new(&path).expect("a path"), bytes.into());
    Site { files: files.into_iter().map(file).collect() }
}

/// Every file below a folder and what it holds; a folder that is not there has none.
pub fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(at) = open.pop() {
        for entry in fs::read_dir(&at).into_iter().flatten() {
            let path = entry.expect("an entry").path();
            if path.is_dir() && !path.is_symlink() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("below").to_string_lossy().into_owned();
                found.insert(name, fs::read(&path).unwrap_or_default());
            }
        }
    }
    found
}

/// Whether these files are just this site, and the list of its files.
pub fn is_site(mut found: BTreeMap<String, Vec<u8>>, site: &Site) -> bool {
    let marked = found.remove(".afterword").is_some();
    let same = |(path, bytes): (&RelPath, &std::sync::Arc<[u8]>)| {
        found.get(path.as_str()).is_some_and(|found| found[..] == bytes[..])
    };
    marked && found.len() == site.files.len() && site.files.iter().all(same)
}

pub fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn what_did_not_change_keeps_its_inode_and_its_times() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let folder = folder("kept");
    let page = |path: &str, text: &str| (path.to_owned(), text.as_bytes().to_vec());
    let first = site([page("index.html", "1"), page("a/index.html", "same"), page("b/index.html", "same")]);
    let second = site([page("index.html", "2"), page("a/index.html", "same"), page("b/index.html", "same")]);
    for others in [false, true] {
        let out = folder.join(format!("site-{others}"));
        disk::publish(&first, &out).expect("published");
        if others {
            fs::write(out.join("CNAME"), "incidents.example").expect("written");
        }
        let facts =
            |path: &str| fs::metadata(out.join(path)).map(|found| (found.ino(), found.mtime_nsec())).expect(path);
        let before = [facts("index.html"), facts("a/index.html"), facts("b/index.html")];
        let again = disk::publish(&first, &out).expect("published");
        assert_eq!((again.mode, again.written), (disk::publish::Mode::Unchanged, 0));
        fs::set_permissions(out.join("b/index.html"), fs::Permissions::from_mode(0o600)).expect("rights");
        let third = disk::publish(&second, &out).expect("published");
        assert_eq!((third.mode == disk::publish::Mode::Replaced, third.written), (others, 2));
        let after = [facts("index.html"), facts("a/index.html"), facts("b/index.html")];
        assert!(before[1] == after[1] && before[0] != after[0], "{before:?} {after:?}");
        assert_ne!(before[2], after[2], "a file whose rights are others is written again");
        // A file that somebody edits in place afterwards is noticed: links go to what is published, nothing else.
        assert_eq!(fs::metadata(out.join("a/index.html")).expect("a page").nlink(), 1);
        fs::write(out.join("a/index.html"), "SAME").expect("edited");
        assert_eq!(disk::publish(&second, &out).expect("published").written, 1);
        assert_eq!(fs::read_to_string(out.join("a/index.html")).expect("a page"), "same");
    }
    let _ = fs::remove_dir_all(folder);
}
