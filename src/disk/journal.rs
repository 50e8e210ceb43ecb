//! Where folders cannot be exchanged: each file is replaced by itself, under a journal.
//!
//! A reader sees the old or the new page, never half of one; a run that was killed is finished by the next.

use super::publish::{MARKER, list, listed, write};
use crate::{site::Site, snapshot::RelPath};
use anyhow::Context;
use std::{collections::BTreeSet, fs, path::Path};

/// There while files are being replaced: every file that was ours before or is on its way.
pub const JOURNAL: &str = ".afterword-journal";

/// Moves every file of the stage into `out`; then removes what only an older site listed.
pub fn replace(site: &Site, stage: &Path, out: &Path) -> anyhow::Result<()> {
    let mut ours = listed(&out.join(MARKER));
    ours.extend(listed(&out.join(JOURNAL)));
    let stale: BTreeSet<&RelPath> = ours.iter().filter(|path| !site.files.contains_key(path)).collect();
    let names: BTreeSet<&str> = ours.iter().chain(site.files.keys()).map(RelPath::as_str).collect();
    write(&stage.join(JOURNAL), serde_json::json!(names).to_string().as_bytes())?;
    move_file(&stage.join(JOURNAL), &out.join(JOURNAL))?;
    for path in stale.iter().filter(|path| stands_in_the_way(path, site)) {
        remove(out, path);
    }
    for path in site.files.keys() {
        let target = out.join(path.as_str());
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
        }
        move_file(&stage.join(path.as_str()), &target)?;
    }
    for path in &stale {
        remove(out, path);
    }
    write(&stage.join(MARKER), list(site).as_bytes())?;
    move_file(&stage.join(MARKER), &out.join(MARKER))?;
    fs::remove_file(out.join(JOURNAL)).with_context(|| format!("cannot remove the journal in {}", out.display()))
}

/// A file where the new site has a folder, or the other way round.
fn stands_in_the_way(stale: &RelPath, site: &Site) -> bool {
    let below = |path: &str, folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    site.files.keys().any(|new| below(new.as_str(), stale.as_str()) || below(stale.as_str(), new.as_str()))
}

/// Removes a file and the folders that are empty without it.
fn remove(out: &Path, path: &RelPath) {
    let target = out.join(path.as_str());
    let _ = fs::remove_file(&target);
    let mut folders = target.ancestors().skip(1).take_while(|folder| *folder != out);
    while folders.next().is_some_and(|folder| fs::remove_dir(folder).is_ok()) {}
}

/// A rename; across file systems a copy beside the target first.
fn move_file(from: &Path, to: &Path) -> anyhow::Result<()> {
    if fs::rename(from, to).is_ok() {
        return Ok(());
    }
    let name = to.file_name().unwrap_or_default().to_string_lossy();
    let beside = to.with_file_name(format!(".{name}.afterword-new"));
    fs::copy(from, &beside).with_context(|| format!("cannot write {}", beside.display()))?;
    fs::rename(&beside, to).with_context(|| format!("cannot replace {}", to.display()))
}

#[cfg(test)]
mod tests {
    use super::super::publish::{
        publish,
        tests::{folder, site},
        write_all,
    };
    use super::*;

    #[test]
    fn replaced_file_by_file() {
        let folder = folder("replace");
        let (out, stage) = (folder.join("site"), folder.join("stage"));
        publish(&site(&[("index.html", "1"), ("old/a.html", "x"), ("turns", "file"), ("b/c", "d")]), &out)
            .expect("published");
        fs::write(out.join("CNAME"), "mine").expect("written");
        let next = site(&[("index.html", "2"), ("new/index.html", "n"), ("turns/index.html", "folder"), ("b", "f")]);
        write_all(&next, &stage).expect("staged");
        replace(&next, &stage, &out).expect("replaced");
        assert_eq!(fs::read_to_string(out.join("index.html")).expect("a page"), "2");
        assert!(
            out.join("new/index.html").is_file() && out.join("turns/index.html").is_file() && out.join("b").is_file()
        );
        assert!(!out.join("old").exists() && !out.join(JOURNAL).exists() && out.join("CNAME").is_file());
        assert_eq!(listed(&out.join(MARKER)).len(), 4);
        let _ = fs::remove_dir_all(folder);
    }

    #[test]
    fn a_killed_replacement_is_finished_by_the_next() {
        let folder = folder("killed");
        let (out, stage) = (folder.join("site"), folder.join("stage"));
        publish(&site(&[("index.html", "1")]), &out).expect("published");
        fs::write(out.join(JOURNAL), r#"["half.html","index.html"]"#).expect("written");
        fs::write(out.join("half.html"), "half").expect("written");
        let next = site(&[("index.html", "2")]);
        write_all(&next, &stage).expect("staged");
        replace(&next, &stage, &out).expect("replaced");
        assert!(!out.join("half.html").exists() && !out.join(JOURNAL).exists());
        let _ = fs::remove_dir_all(folder);
    }
}
