//! The same repository gives the same bytes in every environment, over the site before or without one.

use super::{folder, tree};
use crate::cli::copy;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Threads, zone, language, mask of rights: every combination is built.
const THREADS: [&str; 3] = ["1", "2", "8"];
const ZONES: [&str; 3] = ["UTC", "Asia/Kolkata", "America/St_Johns"];
const LANGUAGES: [&str; 2] = ["C", "tr_TR.UTF-8"];
const MASKS: [&str; 2] = ["022", "077"];

/// One digest for names and bytes of a folder.
fn digest(folder: &Path) -> String {
    let mut hasher = blake3::Hasher::new();
    let files = tree(folder);
    assert!(files.len() > 100, "only {} files in {}", files.len(), folder.display());
    for (path, bytes) in files {
        hasher.update(format!("{path}\n{}\n", bytes.len()).as_bytes()).update(&bytes);
    }
    hasher.finalize().to_string()
}

fn build(root: &Path, mask: &str, threads: &str, zone: &str, language: &str) -> String {
    let mut sh = Command::new("sh");
    sh.args(["-ec", &format!("umask {mask}; exec \"$A\" --jobs {threads} build")]).current_dir(root).env_clear();
    sh.envs([("A", env!("CARGO_BIN_EXE_afterword")), ("SOURCE_DATE_EPOCH", "1795392000"), ("TZ", zone)]);
    sh.envs([("LANG", language), ("LC_ALL", language)]).env("PATH", std::env::var_os("PATH").unwrap_or_default());
    let output = sh.output().expect("the binary runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    digest(&root.join("public"))
}

fn git(root: &Path, arguments: &[&str]) {
    let mut git = Command::new("git");
    git.args(["-c", "user.name=a", "-c", "user.email=a@example.com"]).args(arguments).current_dir(root);
    git.envs([("GIT_AUTHOR_DATE", "2026-07-01T00:00:00Z"), ("GIT_COMMITTER_DATE", "2026-07-01T00:00:00Z")]);
    let output = git.output().expect("git");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The same files, made in the opposite order and therefore listed in another by some file systems.
fn shuffled(from: &Path, to: &Path) {
    let mut files: Vec<_> = tree(from).into_iter().filter(|(path, _)| !path.starts_with("public")).collect();
    files.reverse();
    for (path, bytes) in files {
        let path = to.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("written");
    }
}

#[test]
fn the_same_bytes_everywhere() {
    let folder = folder("environments");
    let root: PathBuf = folder.join("one");
    copy(Path::new("tests/sites/german"), &root);
    fs::remove_file(root.join("reports/2026/2026-06-02-ohne-zeit.md")).expect("the report without a time");
    git(&root, &["init", "-q"]);
    git(&root, &["add", "-A"]);
    git(&root, &["commit", "-q", "-m", "all"]);
    let mut digests = Vec::new();
    for threads in THREADS {
        for zone in ZONES {
            for language in LANGUAGES {
                for mask in MASKS {
                    digests.push((
                        format!("{threads} {zone} {language} {mask}"),
                        build(&root, mask, threads, zone, language),
                    ));
                }
            }
        }
    }
    fs::remove_dir_all(root.join("public")).expect("removed");
    digests.push(("no site before".to_owned(), build(&root, "022", "2", "UTC", "C")));
    let other = folder.join("a longer path, with ä/two");
    fs::create_dir_all(&other).expect("a folder");
    shuffled(&root, &other);
    digests.push((
        "another path, made in another order, with other times".to_owned(),
        build(&other, "022", "2", "UTC", "C"),
    ));
    let clone = folder.join("clone");
    git(&folder, &["clone", "-q", &root.to_string_lossy(), &clone.to_string_lossy()]);
    digests.push(("a clone".to_owned(), build(&clone, "077", "1", "Asia/Kolkata", "C")));
    let different: Vec<_> = digests.iter().filter(|(_, digest)| *digest != digests[0].1).collect();
    assert!(digests.len() >= 39 && different.is_empty(), "{different:?} are not {:?}", digests[0]);
    let _ = fs::remove_dir_all(folder);
}
