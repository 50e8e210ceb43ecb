//! What changed since a git revision: files, and lines in them.

use super::{
    before,
    history::{git, output},
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
    /// The commit that is compared with.
    base: String,
    files: BTreeMap<RelPath, Vec<Range<usize>>>,
}

impl Changes {
    #[must_use]
    pub fn file(&self, path: &RelPath) -> bool {
        self.files.contains_key(path)
    }

    /// Whether one of these lines changed; `last` is included.
    #[must_use]
    pub fn lines(&self, path: &RelPath, first: usize, last: usize) -> bool {
        let touches = |range: &Range<usize>| range.start <= last && first < range.end;
        self.files.get(path).is_some_and(|ranges| ranges.iter().any(touches))
    }
}

/// Compares the folder with where `revision` and the current commit parted; the snapshot then also holds what stood there.
///
/// # Errors
/// No git repository, no such revision, or a clone that does not have its files.
pub fn compare(snapshot: &mut Snapshot, root: &Path, revision: &str) -> anyhow::Result<Changes> {
    let changes = since(root, revision)?;
    let (config, _) = config::parse(snapshot.files.get(&Config::path()));
    snapshot.before = before::read(root, &changes.base, &config)?;
    Ok(changes)
}

/// Compares the folder with where `revision` and the current commit parted.
///
/// # Errors
/// No git repository, or no such revision.
fn since(root: &Path, revision: &str) -> anyhow::Result<Changes> {
    let complain = |why: String| anyhow!("cannot tell what changed since `{revision}`: {why}");
    let mut verify = git(root);
    verify.args(["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{revision}^{{commit}}")]);
    let commit = output(verify).map_err(|_| complain("git knows no such commit here".to_owned()))?;
    let commit = String::from_utf8_lossy(&commit).trim().to_owned();
    let mut base = git(root);
    base.args(["merge-base", &commit, "HEAD"]);
    let base = output(base).map_or(commit, |found| String::from_utf8_lossy(&found).trim().to_owned());
    let mut diff = git(root);
    diff.args(["-c", "core.quotePath=false", "diff", "--no-color", "--no-ext-diff", "--no-textconv", "--no-renames"]);
    diff.args(["--unified=0", "--relative", "--src-prefix=a/", "--dst-prefix=b/", &base, "--"]);
    let mut changes = parse(&String::from_utf8_lossy(&output(diff).map_err(complain)?));
    let mut new = git(root);
    new.args(["ls-files", "-z", "--others", "--exclude-standard"]);
    for path in output(new).map_err(complain)?.split(|byte| *byte == 0) {
        if let Some(path) = RelPath::new(&String::from_utf8_lossy(path)) {
            changes.files.insert(path, std::iter::once(1..usize::MAX).collect());
        }
    }
    changes.base = base;
    Ok(changes)
}

fn parse(diff: &str) -> Changes {
    let mut changes = Changes::default();
    let mut file: Option<RelPath> = None;
    let mut header = true;
    for line in diff.lines() {
        if line.starts_with("diff --git ") {
            header = true;
        } else if let (true, Some(path)) = (header, line.strip_prefix("+++ ")) {
            file = path.trim_end_matches('\t').strip_prefix("b/").and_then(RelPath::new);
            if let Some(path) = &file {
                changes.files.entry(path.clone()).or_default();
            }
        } else if let (Some(path), Some(hunk)) = (&file, line.strip_prefix("@@ ")) {
            header = false;
            changes.files.entry(path.clone()).or_default().extend(new_lines(hunk));
        }
    }
    changes
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
        let changes = parse(
            "diff --git a/x y.md b/x y.md\n--- a/x y.md\n+++ b/x y.md\t\n@@ -1 +1,2 @@ title\n-a\n+b\n++++ b/no.md\n@@ -9,2 +10,0 @@\n-c\n-d\n",
        );
        let path = RelPath::new("x y.md").expect("a path");
        assert!(changes.lines(&path, 2, 2) && changes.lines(&path, 10, 12) && !changes.lines(&path, 3, 9));
        assert_eq!(changes.files.len(), 1);
    }
}
