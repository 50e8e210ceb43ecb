//! What changed since a git revision: files, and lines in them.

use super::{
    before,
    checkouts::{self, Checkout},
    history::{SUBMODULES, comparing, git, output},
};
use crate::{
    config::{self, Config},
    snapshot::{RelPath, Snapshot},
};
use anyhow::anyhow;
use std::{collections::BTreeMap, ops::Range, path::Path};

/// Changed files and their lines, 1-based. New files that git does not track yet are changed in all lines.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    files: BTreeMap<RelPath, Vec<Range<usize>>>,
    /// Folders in which everything counts as changed: submodules of which git cannot tell more.
    folders: Vec<RelPath>,
}

impl Changes {
    #[must_use]
    pub fn file(&self, path: &RelPath) -> bool {
        self.files.contains_key(path) || self.in_folder(path)
    }

    /// Whether one of these lines changed; `last` is included.
    #[must_use]
    pub fn lines(&self, path: &RelPath, first: usize, last: usize) -> bool {
        let touches = |range: &Range<usize>| range.start <= last && first < range.end;
        self.in_folder(path) || self.files.get(path).is_some_and(|ranges| ranges.iter().any(touches))
    }

    fn in_folder(&self, path: &RelPath) -> bool {
        self.folders.iter().any(|folder| path.below(folder.as_str()).is_some())
    }
}

/// Compares the folder with where `revision` and the current commit parted; the snapshot then also holds what stood there.
/// A submodule is compared with the commit that stood there. What else lies in the folder as a repository of its own, the
/// revision does not know: nothing in it counts as changed.
///
/// # Errors
/// No git repository, no such revision, or a clone that does not have its files.
pub fn compare(snapshot: &mut Snapshot, root: &Path, revision: &str) -> anyhow::Result<Changes> {
    let (config, _) = config::parse(snapshot.files.get(&Config::path()));
    let base = parted(root, revision)?;
    let mut changes = Changes::default();
    for checkout in checkouts::of(root, &config) {
        let Some(at) = &checkout.at else {
            let complain = |why: String| anyhow!("cannot tell what changed since `{revision}`: {why}");
            changes.files.extend(since(root, &checkout, &base).map_err(complain)?);
            snapshot.before.extend(before::read(root, &checkout, &base, &config.limits)?);
            continue;
        };
        match recorded(root, at, &base) {
            Recorded::Never => {}
            Recorded::New => changes.folders.push(at.clone()),
            Recorded::At(commit) => {
                let before = before::read(root, &checkout, &commit, &config.limits);
                match (since(root, &checkout, &commit), before) {
                    (Ok(files), Ok(before)) => {
                        changes.files.extend(files);
                        snapshot.before.extend(before);
                    }
                    _ => changes.folders.push(at.clone()),
                }
            }
        }
    }
    Ok(changes)
}

/// The commit at which `revision` and the current one parted.
fn parted(root: &Path, revision: &str) -> anyhow::Result<String> {
    let unknown = |_| anyhow!("cannot tell what changed since `{revision}`: git knows no such commit here");
    let mut verify = git(root);
    verify.args(["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{revision}^{{commit}}")]);
    let commit = output(verify).map_err(unknown)?;
    let commit = String::from_utf8_lossy(&commit).trim().to_owned();
    let mut base = git(root);
    base.args(["merge-base", &commit, "HEAD"]);
    Ok(output(base).map_or(commit, |found| String::from_utf8_lossy(&found).trim().to_owned()))
}

/// What the repository around says of one within.
enum Recorded {
    /// A submodule, at this commit.
    At(String),
    /// A submodule that was not there.
    New,
    /// Nothing: somebody put it there.
    Never,
}

fn recorded(root: &Path, at: &RelPath, base: &str) -> Recorded {
    let lines = |arguments: &[&str]| {
        let mut list = git(root);
        list.args(arguments).args(["--", at.as_str()]);
        output(list).map_or_else(|_| String::new(), |found| String::from_utf8_lossy(&found).into_owned())
    };
    let then = lines(&["ls-tree", "-z", base]);
    if let Some(commit) = then.strip_prefix("160000 commit ").and_then(|rest| rest.split('\t').next()) {
        return Recorded::At(commit.to_owned());
    }
    if lines(&["ls-files", "-z", "--stage"]).starts_with("160000 ") { Recorded::New } else { Recorded::Never }
}

/// The files of a repository that differ from a commit, by their paths from the root.
fn since(root: &Path, checkout: &Checkout, base: &str) -> Result<BTreeMap<RelPath, Vec<Range<usize>>>, String> {
    let folder = &checkout.folder(root);
    let mut diff = comparing(folder)?;
    diff.args(["-c", "core.quotePath=false", "diff", "--no-color", "--no-ext-diff", "--no-textconv", "--no-renames"]);
    diff.args(["--unified=0", "--relative", "--src-prefix=a/", "--dst-prefix=b/"]).args(SUBMODULES).args([base, "--"]);
    let told = parse(&String::from_utf8_lossy(&output(diff)?));
    let mut files: BTreeMap<RelPath, Vec<Range<usize>>> =
        told.into_iter().filter_map(|(path, lines)| Some((checkout.below_root(path.as_str())?, lines))).collect();
    let mut new = git(folder);
    new.args(["ls-files", "-z", "--others", "--exclude-standard"]);
    for path in output(new)?.split(|byte| *byte == 0).filter(|path| !path.is_empty()) {
        if let Some(path) = checkout.below_root(&String::from_utf8_lossy(path)) {
            files.insert(path, std::iter::once(1..usize::MAX).collect());
        }
    }
    Ok(files)
}

fn parse(diff: &str) -> BTreeMap<RelPath, Vec<Range<usize>>> {
    let mut files: BTreeMap<RelPath, Vec<Range<usize>>> = BTreeMap::new();
    let mut file: Option<RelPath> = None;
    let mut header = true;
    for line in diff.lines() {
        if line.starts_with("diff --git ") {
            header = true;
        } else if let (true, Some(path)) = (header, line.strip_prefix("+++ ")) {
            file = path.trim_end_matches('\t').strip_prefix("b/").and_then(RelPath::new);
            if let Some(path) = &file {
                files.entry(path.clone()).or_default();
            }
        } else if let (Some(path), Some(hunk)) = (&file, line.strip_prefix("@@ ")) {
            header = false;
            files.entry(path.clone()).or_default().extend(new_lines(hunk));
        }
    }
    files
}

/// `-3,2 +5,4 @@ …` → 5..9. Deleted lines mark the line before them, so that what is now missing is noticed there.
fn new_lines(hunk: &str) -> Option<Range<usize>> {
    let numbers = hunk.split(' ').find_map(|part| part.strip_prefix('+'))?;
    let (start, count) = numbers.split_once(',').unwrap_or((numbers, "1"));
    let (start, count): (usize, usize) = (start.parse().ok()?, count.parse().ok()?);
    Some(start..start + count.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hunks_are_read() {
        let files = parse(
            "diff --git a/x y.md b/x y.md\n--- a/x y.md\n+++ b/x y.md\t\n@@ -1 +1,2 @@ title\n-a\n+b\n++++ b/no.md\n@@ -9,2 +10,0 @@\n-c\n-d\n",
        );
        let changes = Changes { files, ..Changes::default() };
        let path = RelPath::new("x y.md").expect("a path");
        assert!(changes.lines(&path, 2, 2) && changes.lines(&path, 10, 12) && !changes.lines(&path, 3, 9));
        assert_eq!(changes.files.len(), 1);
    }
}
