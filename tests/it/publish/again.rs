//! A build of what was built already: nothing is made again, and whatever is touched is.

use super::{
    folder,
    program::{binary, folder_with_report},
    tree,
};
use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

const REPORT: &str = "reports/2024/2024-03-01-checkout.md";
const OTHER: &str = "reports/2024/2024-03-02-checkout.md";

/// Builds with a cache of its own, and tells the site.
fn build(folder: &Path, arguments: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let mut command = binary(folder);
    command.env("XDG_CACHE_HOME", folder.join("cache")).arg("build").args(arguments);
    let output = command.output().expect("the binary runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    tree(&folder.join("public"))
}

fn clean(folder: &Path, arguments: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let output = binary(folder).args(["build", "--out", "clean"]).args(arguments).output().expect("the binary runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    tree(&folder.join("clean"))
}

/// The one file of the cache.
fn kept(folder: &Path) -> PathBuf {
    let entries: Vec<PathBuf> = fs::read_dir(folder.join("cache/afterword"))
        .expect("a cache")
        .map(|entry| entry.expect("one").path())
        .collect();
    let [path] = &entries[..] else { panic!("{entries:?}") };
    path.clone()
}

fn set_rights(path: &Path, rights: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(rights)).expect("set");
}

fn digest(site: &BTreeMap<String, Vec<u8>>) -> blake3::Hash {
    let mut all = blake3::Hasher::new();
    for (path, bytes) in site.iter().filter(|(path, _)| *path != ".afterword") {
        all.update(&(path.len() as u64).to_le_bytes()).update(path.as_bytes());
        all.update(blake3::hash(bytes).as_bytes());
    }
    all.finalize()
}

#[test]
fn what_is_there_is_not_made_again() {
    let folder = folder_with_report("again");
    build(&folder, &[]);
    // Nobody but who keeps the digests can say that a page is as it was made: if it stays, nothing was made.
    let index = folder.join("public/index.html");
    fs::write(&index, "forged").expect("written");
    let text = fs::read_to_string(kept(&folder)).expect("kept");
    let made = text.lines().last().expect("a digest");
    let forged = text.replace(made, &digest(&tree(&folder.join("public"))).to_string());
    fs::write(kept(&folder), forged).expect("written");
    assert_eq!(build(&folder, &[])["index.html"], b"forged");
    fs::write(kept(&folder), text).expect("written");
    assert!(build(&folder, &[]) == clean(&folder, &[]), "a page that is not as it was made is made again");
    let _ = fs::remove_dir_all(folder);
}

/// What is done to a repository or its site, and how it is then built.
type Change<'c> = (&'c str, &'c dyn Fn(), &'c [&'c str]);

#[test]
fn whatever_changes_is_made_again() {
    let folder = folder_with_report("again-changed");
    let report = fs::read_to_string(folder.join(REPORT)).expect("a report");
    let public = folder.join("public");
    let title = "title = \"Other\"\n";
    let changes: [Change<'_>; 9] = [
        ("nothing", &|| {}, &[]),
        ("a page that is gone", &|| fs::remove_file(public.join("index.html")).expect("removed"), &[]),
        ("the rights of a page", &|| set_rights(&public.join("index.html"), 0o600), &[]),
        ("a run that was cut short", &|| fs::write(public.join(".afterword-journal"), "[]").expect("written"), &[]),
        (
            "a report",
            &|| fs::write(folder.join(REPORT), report.replace("title: ", "title: Now ")).expect("written"),
            &[],
        ),
        ("a report more", &|| fs::write(folder.join(OTHER), report.replace("03-01", "03-02")).expect("written"), &[]),
        ("the configuration", &|| fs::write(folder.join("site.toml"), title).expect("written"), &[]),
        ("the audience", &|| {}, &["--audience", "internal"]),
        ("the day", &|| {}, &["--as-of", "2025-02-03"]),
    ];
    let mut before = build(&folder, &[]);
    for (what, change, arguments) in changes {
        change();
        let after = build(&folder, arguments);
        assert!(after == clean(&folder, arguments), "{what}");
        let unseen = ["nothing", "a page that is gone", "the rights of a page", "a run that was cut short"];
        assert_eq!(after == before, unseen.contains(&what), "{what}");
        before = after;
    }
    let mode = fs::metadata(public.join("index.html")).expect("a page").permissions().mode();
    assert_eq!(mode, fs::metadata(folder.join("clean/index.html")).expect("a page").permissions().mode());
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn a_cache_that_is_damaged_is_no_cache() {
    let folder = folder_with_report("again-damaged");
    let whole = build(&folder, &[]);
    let text = fs::read(kept(&folder)).expect("kept");
    for at in (0..text.len()).step_by(7) {
        let mut flipped = text.clone();
        flipped[at] ^= 1;
        for damaged in [&flipped[..], &text[..at]] {
            fs::write(kept(&folder), damaged).expect("written");
            fs::write(folder.join("public/index.html"), "forged").expect("written");
            assert!(build(&folder, &[]) == whole, "byte {at}");
        }
    }
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn without_a_place_for_it_nothing_is_kept() {
    let folder = folder("again-nowhere");
    let repository = folder_with_report("again-nowhere/repository");
    fs::write(folder.join("file"), "").expect("written");
    for place in ["file", "relative/../x"] {
        let mut command = binary(&repository);
        let path = if place == "file" { folder.join(place) } else { PathBuf::from(place) };
        let output = command.env("XDG_CACHE_HOME", path).arg("build").output().expect("the binary runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    assert!(!repository.join("relative").exists() && !repository.join("x").exists());
    let _ = fs::remove_dir_all(folder);
}
