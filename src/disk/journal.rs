//! Where folders cannot be exchanged: each file is replaced by itself, under a journal.
//!
//! A reader sees the old or the new page, never half of one and never none. What fails is undone; a run that was killed
//! is finished by the next.

use super::{
    io::{FileSystem, Kind},
    marker::{JOURNAL, MARKER, list, ours},
    stage::{self, Files},
};
use crate::snapshot::RelPath;
use anyhow::{Context, anyhow};
use std::{
    collections::BTreeSet,
    io::ErrorKind,
    path::{Path, PathBuf},
};

/// Where what was replaced waits in the stage until all has gone well.
const BEFORE: &str = ".afterword-before";

/// Moves every file of the stage that changed into `out`; removes what only an older site listed.
pub fn replace(fs: &dyn FileSystem, files: &Files, stage: &Path, out: &Path) -> anyhow::Result<()> {
    let before = stage.join(BEFORE);
    stage::create_folder(fs, &before)?;
    let mut replacing = Replacing { fs, out, before, done: Vec::new() };
    let Err(error) = replacing.run(files, stage) else { return Ok(()) };
    match replacing.undo() {
        Ok(()) => Err(error),
        Err(second) => Err(anyhow!(
            "{error:#}; and {second:#}: pages in {} are now of two builds until the next one ends well",
            out.display()
        )),
    }
}

/// How to undo a step.
enum Done {
    /// The file came from here.
    Was { before: PathBuf, at: PathBuf },
    /// There was no file.
    New(PathBuf),
}

struct Replacing<'r> {
    fs: &'r dyn FileSystem,
    out: &'r Path,
    before: PathBuf,
    done: Vec<Done>,
}

impl Replacing<'_> {
    fn run(&mut self, files: &Files, stage: &Path) -> anyhow::Result<()> {
        let ours = ours(self.fs, self.out)?;
        let stale = ours.iter().filter(|path| !files.contains_key(*path)).collect();
        let names: BTreeSet<&str> = ours.iter().chain(files.keys()).map(RelPath::as_str).collect();
        self.write(stage, JOURNAL, &serde_json::json!(names).to_string())?;
        let (first, stale) = in_the_way(stale, files);
        for path in first {
            self.take_file_away(path.as_str())?;
            self.take_empty_folders(path.as_str())?;
        }
        // What a page needs is there before the page, and a page before the links to it.
        let mut coming: Vec<&RelPath> = files.iter().filter(|(_, file)| !file.kept).map(|(path, _)| path).collect();
        coming.sort_by_key(|path| (ours.contains(path), path.as_str().ends_with(".html")));
        coming.into_iter().try_for_each(|path| self.put(&stage.join(path.as_str()), path.as_str()))?;
        stale.iter().try_for_each(|path| self.take_file_away(path.as_str()))?;
        self.write(stage, MARKER, &list(files))?;
        self.take_away(JOURNAL)?;
        for path in stale {
            self.prune(&self.out.join(path.as_str()));
        }
        Ok(())
    }

    fn write(&mut self, stage: &Path, name: &str, text: &str) -> anyhow::Result<()> {
        let file = stage.join(format!("{name}-next"));
        stage::create(self.fs, &file, text.as_bytes())?;
        self.put(&file, name)
    }

    fn next_before(&self) -> PathBuf {
        self.before.join(self.done.len().to_string())
    }

    /// Moves a file to where another may be.
    fn put(&mut self, from: &Path, path: &str) -> anyhow::Result<()> {
        let (at, before) = (self.out.join(path), self.next_before());
        let cannot = || format!("cannot replace {}", at.display());
        let was = match self.fs.link(&at, &before) {
            Err(error) if is_absent(&error) => false,
            Err(_) => self.copy(&at, &before).with_context(cannot)?,
            Ok(()) => true,
        };
        let moved = stage::create_folder(self.fs, at.parent().unwrap_or(self.out))
            .and_then(|()| self.fs.rename(from, &at).with_context(cannot));
        match moved {
            Ok(()) if was => self.done.push(Done::Was { before, at }),
            Ok(()) => self.done.push(Done::New(at)),
            Err(_) => self.prune(&at),
        }
        moved
    }

    /// Keeps a file where files have one name each; tells whether there is one.
    fn copy(&self, from: &Path, to: &Path) -> std::io::Result<bool> {
        match self.fs.read(from) {
            Err(error) if is_absent(&error) => Ok(false),
            bytes => self.fs.create(to, &bytes?).map(|()| true),
        }
    }

    /// Moves a file away that an older site listed. Where it was, a run that was killed may have made a folder.
    fn take_file_away(&mut self, path: &str) -> anyhow::Result<()> {
        let at = self.out.join(path);
        match self.fs.look(&at) {
            Ok((Kind::Folder, _)) => Ok(()),
            Err(error) if is_absent(&error) => Ok(()),
            Err(error) => Err(error).with_context(|| format!("cannot remove {}", at.display())),
            Ok(_) => self.take_away(path),
        }
    }

    /// Moves a file or an empty folder away.
    fn take_away(&mut self, path: &str) -> anyhow::Result<()> {
        let (at, before) = (self.out.join(path), self.next_before());
        match self.fs.rename(&at, &before) {
            Ok(()) => self.done.push(Done::Was { before, at }),
            Err(error) if is_absent(&error) => {}
            Err(error) => return Err(error).with_context(|| format!("cannot remove {}", at.display())),
        }
        Ok(())
    }

    /// Makes room where a file comes in place of a folder: to move it back needs no space on the disk.
    fn take_empty_folders(&mut self, file: &str) -> anyhow::Result<()> {
        for (end, _) in file.rmatch_indices('/') {
            let folder = &file[..end];
            if self.fs.entries(&self.out.join(folder)).is_ok_and(|entries| entries.is_empty()) {
                self.take_away(folder)?;
            }
        }
        Ok(())
    }

    /// Removes the folders that are empty without a file.
    fn prune(&self, file: &Path) {
        let mut folders = file.ancestors().skip(1).take_while(|folder| *folder != self.out);
        while folders.next().is_some_and(|folder| self.fs.remove_folder(folder).is_ok()) {}
    }

    /// Takes back all steps, the last one first.
    fn undo(&mut self) -> anyhow::Result<()> {
        while let Some(step) = self.done.pop() {
            match step {
                Done::Was { before, at } => {
                    self.fs.rename(&before, &at).with_context(|| format!("cannot put {} back", at.display()))?;
                }
                Done::New(at) => {
                    self.fs.remove_file(&at).with_context(|| format!("cannot take {} back", at.display()))?;
                    self.prune(&at);
                }
            }
        }
        Ok(())
    }
}

fn is_absent(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

/// The files that lie where the new site has a folder, or below what is a file of the new site; and the others.
fn in_the_way<'p>(stale: Vec<&'p RelPath>, files: &Files) -> (Vec<&'p RelPath>, Vec<&'p RelPath>) {
    let above = |path: &str| path.match_indices('/').map(|(end, _)| path[..end].to_owned()).collect::<Vec<_>>();
    let files: BTreeSet<&str> = files.keys().map(RelPath::as_str).collect();
    let folders: BTreeSet<String> = files.iter().flat_map(|path| above(path)).collect();
    let stands =
        |path: &str| folders.contains(path) || above(path).iter().any(|folder| files.contains(folder.as_str()));
    stale.into_iter().partition(|path| stands(path.as_str()))
}

#[cfg(test)]
mod tests {
    use super::super::{
        io::Machine,
        publish::{
            Mode, publish,
            tests::{folder, site},
        },
    };
    use super::*;
    use std::fs;

    #[test]
    fn replaced_file_by_file() {
        let folder = folder("replace");
        let out = folder.join("site");
        publish(&site(&[("index.html", "1"), ("old/a.html", "x"), ("turns", "file"), ("b/c", "d")]), &out)
            .expect("published");
        fs::write(out.join("CNAME"), "mine").expect("written");
        let next = site(&[("index.html", "2"), ("new/index.html", "n"), ("turns/index.html", "folder"), ("b", "f")]);
        let published = publish(&next, &out).expect("published");
        assert_eq!((published.mode, published.written), (Mode::Replaced, 4));
        assert_eq!(fs::read_to_string(out.join("index.html")).expect("a page"), "2");
        assert!(
            out.join("new/index.html").is_file() && out.join("turns/index.html").is_file() && out.join("b").is_file()
        );
        assert!(!out.join("old").exists() && !out.join(JOURNAL).exists() && out.join("CNAME").is_file());
        assert_eq!(ours(&Machine, &out).expect("listed").len(), 4);
        assert_eq!(fs::read_dir(&folder).expect("a folder").count(), 1, "nothing is left beside the site");
        let _ = fs::remove_dir_all(folder);
    }

    #[test]
    fn a_killed_replacement_is_finished_by_the_next() {
        let folder = folder("killed");
        let out = folder.join("site");
        fs::create_dir_all(out.join(".afterword-stage-1/deep")).expect("a folder");
        publish(&site(&[("index.html", "1")]), &out).expect("published");
        fs::remove_file(out.join(MARKER)).expect("removed");
        fs::write(out.join(JOURNAL), r#"["half.html","index.html"]"#).expect("written");
        fs::write(out.join("half.html"), "half").expect("written");
        publish(&site(&[("index.html", "1")]), &out).expect("published");
        assert!(!out.join("half.html").exists() && !out.join(JOURNAL).exists() && out.join(MARKER).is_file());
        assert!(!out.join(".afterword-stage-1").exists());
        let _ = fs::remove_dir_all(folder);
    }
}
