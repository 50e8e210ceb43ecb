//! Git facts of all files in one `git log` pass.

use super::seen::Seen;
use crate::snapshot::{FileHistory, History, RelPath};
use jiff::Timestamp;
use std::{
    path::Path,
    process::{Command, Stdio},
};

/// First and last change and the number of changes of each file; or the reason why there are none.
#[must_use]
pub fn read(root: &Path, folder: &str, seen: &mut Seen) -> History {
    match log(root, folder, seen) {
        Ok(history) => history,
        Err(why) => History { missing_because: Some(why), ..History::default() },
    }
}

/// A `git` that sees no repository but the one around `root`, whatever the environment says, and never the network.
pub(super) fn git(root: &Path) -> Command {
    let mut git = Command::new("git");
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.as_encoded_bytes().starts_with(b"GIT_")) {
        git.env_remove(name);
    }
    git.envs([("GIT_NO_LAZY_FETCH", "1"), ("GIT_TERMINAL_PROMPT", "0"), ("LC_ALL", "C")]);
    git.current_dir(root).stdin(Stdio::null()).args(["--no-optional-locks", "--literal-pathspecs"]);
    for setting in ["core.fsmonitor=false", "log.showSignature=false", "log.showRoot=true"] {
        git.args(["-c", setting]);
    }
    git
}

pub(super) fn output(mut git: Command) -> Result<Vec<u8>, String> {
    let output = git.output().map_err(|_| "git is not installed".to_owned())?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let why = if String::from_utf8_lossy(&output.stderr).contains("dubious ownership") {
        "the repository belongs to another user (`git config --global --add safe.directory` with its path allows it)"
    } else {
        "this is not a git repository with commits"
    };
    Err(why.to_owned())
}

fn log(root: &Path, folder: &str, seen: &mut Seen) -> Result<History, String> {
    let mut state = git(root);
    state.args(["rev-parse", "--is-shallow-repository", "--show-prefix", "HEAD"]);
    let state = [&output(state)?, folder.as_bytes()].concat();
    if let Some((at, history)) = &seen.history
        && *at == state
    {
        return Ok(history.clone());
    }
    if state.starts_with(b"true") {
        return Err(
            "this is a shallow clone; fetch the whole history (`fetch-depth: 0` in actions/checkout)".to_owned()
        );
    }
    let mut log = git(root);
    log.args(["log", "--format=%x01%ct", "-z", "--name-only", "--no-renames", "--relative", "--", folder]);
    let history = collect(&output(log)?);
    seen.history = Some((state, history.clone()));
    Ok(history)
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::{fs, path::PathBuf};

    fn run(folder: &Path, arguments: &[&str]) {
        let mut git = git(folder);
        git.args(["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgSign=false"]);
        git.env("GIT_COMMITTER_DATE", "2024-03-01T00:00:00Z").args(arguments);
        assert!(git.output().expect("git runs").status.success(), "git {arguments:?}");
    }

    fn repository(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("afterword-history-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("docs/reports")).expect("a folder");
        fs::write(folder.join("docs/reports/one.md"), "1").expect("written");
        fs::write(folder.join("docs/reports/zwei ä.md"), "1").expect("written");
        run(&folder, &["init", "--quiet"]);
        run(&folder, &["add", "."]);
        run(&folder, &["commit", "--quiet", "-m", "first"]);
        fs::write(folder.join("docs/reports/one.md"), "2").expect("written");
        run(&folder, &["commit", "--quiet", "-a", "-m", "second"]);
        folder
    }

    #[test]
    fn subfolder_and_worktree() {
        let folder = repository("tree");
        run(&folder, &["worktree", "add", "--quiet", "tree"]);
        for root in [folder.join("docs"), folder.join("tree/docs")] {
            let history = read(&root, "reports", &mut Seen::default());
            assert_eq!(history.missing_because, None);
            let changes = |path| RelPath::new(path).and_then(|path| history.files.get(&path)).map(|file| file.changes);
            assert_eq!(changes("reports/one.md"), Some(2), "{history:?}");
            assert_eq!(changes("reports/zwei ä.md"), Some(1), "{history:?}");
        }
        let _ = fs::remove_dir_all(folder);
    }

    #[test]
    fn shallow_and_absent() {
        let folder = repository("shallow");
        let url = format!("file://{}", folder.display());
        run(&folder, &["clone", "--quiet", "--depth", "1", &url, "copy"]);
        let why = read(&folder.join("copy/docs"), "reports", &mut Seen::default()).missing_because.expect("a reason");
        assert!(why.contains("fetch-depth: 0"), "{why}");
        fs::remove_dir_all(folder.join(".git")).expect("removed");
        assert!(read(&folder.join("docs"), "reports", &mut Seen::default()).missing_because.is_some());
        let _ = fs::remove_dir_all(folder);
    }
}
