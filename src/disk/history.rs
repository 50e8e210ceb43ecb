//! Git facts of all files in one `git log` pass.

use crate::snapshot::{FileHistory, History, RelPath};
use jiff::Timestamp;
use std::{path::Path, process::Command};

/// First and last change and the number of changes of each file; or the reason why there are none.
#[must_use]
pub fn read(root: &Path, folder: &str) -> History {
    match log(root, folder) {
        Ok(history) => history,
        Err(why) => History { missing_because: Some(why), ..History::default() },
    }
}

/// A `git` that sees no repository but the one at `root`, whatever the environment says.
fn git(root: &Path) -> Command {
    let mut git = Command::new("git");
    for name in
        ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_CEILING_DIRECTORIES"]
    {
        git.env_remove(name);
    }
    git.current_dir(root).args(["-c", "core.fsmonitor=false", "-c", "log.showSignature=false", "--no-optional-locks"]);
    git
}

fn output(mut git: Command) -> Result<Vec<u8>, String> {
    let output = git.output().map_err(|_| "git is not installed".to_owned())?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err("this is not a git repository with commits".to_owned())
    }
}

fn log(root: &Path, folder: &str) -> Result<History, String> {
    let mut shallow = git(root);
    shallow.args(["rev-parse", "--is-shallow-repository"]);
    if output(shallow)?.starts_with(b"true") {
        return Err(
            "this is a shallow clone; fetch the whole history (`fetch-depth: 0` in actions/checkout)".to_owned()
        );
    }
    let mut log = git(root);
    log.args(["log", "--format=%x01%ct", "-z", "--name-only", "--no-renames", "--relative", "--", folder]);
    Ok(collect(&output(log)?))
}

fn collect(log: &[u8]) -> History {
    let mut history = History::default();
    let mut at = None;
    for part in log.split(|byte| *byte == 0) {
        let part = String::from_utf8_lossy(part);
        let part = part.trim_start_matches('\n');
        if let Some(seconds) = part.strip_prefix('\u{1}') {
            at = seconds.trim().parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
            continue;
        }
        let (Some(at), Some(path)) = (at, RelPath::new(part)) else { continue };
        let facts = history.files.entry(path).or_insert(FileHistory { first_change: at, last_change: at, changes: 0 });
        facts.first_change = facts.first_change.min(at);
        facts.last_change = facts.last_change.max(at);
        facts.changes += 1;
    }
    history
}
