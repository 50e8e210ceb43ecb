//! Git facts of all files in one `git log` pass for each repository.

use super::{
    checkouts::{self, Checkout},
    seen::Seen,
};
use crate::{
    config::Config,
    snapshot::{FileHistory, History, RelPath},
};
use jiff::Timestamp;
use rayon::prelude::*;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    process::{Command, Stdio},
};

type Facts = BTreeMap<RelPath, FileHistory>;
/// At which commit, of which folders; and what git told of them.
pub(super) type Told = (Vec<u8>, Facts);

/// First and last change and the number of changes of each file; or the reason why there are none.
#[must_use]
pub fn read(root: &Path, config: &Config, seen: &mut Seen) -> History {
    let checkouts = checkouts::of(root, config);
    let told: Vec<Result<Told, String>> =
        checkouts.par_iter().map(|checkout| log(root, checkout, seen.history.get(&checkout.at))).collect();
    let mut history = History::default();
    seen.history.clear();
    for (checkout, told) in checkouts.into_iter().zip(told) {
        let why = match told {
            Ok((state, facts)) => {
                history.files.extend(facts.clone());
                seen.history.insert(checkout.at.clone(), (state, facts));
                None
            }
            Err(why) => Some(why),
        };
        match checkout.at {
            None => history.missing_because = why,
            Some(at) => drop(history.checkouts.insert(at, why)),
        }
    }
    history
}

/// A `git` that sees no repository but the one around `root`, whatever the environment says, and never the network. It starts
/// no program that the settings of a repository name; what looks at files of the checkout asks [`comparing`].
pub(super) fn git(root: &Path) -> Command {
    let mut git = Command::new("git");
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.as_encoded_bytes().starts_with(b"GIT_")) {
        git.env_remove(name);
    }
    git.envs([
        ("GIT_NO_LAZY_FETCH", "1"),
        ("GIT_ALLOW_PROTOCOL", "none"),
        ("GIT_TERMINAL_PROMPT", "0"),
        ("LC_ALL", "C"),
    ]);
    git.current_dir(root).stdin(Stdio::null()).args(["--no-pager", "--no-optional-locks", "--literal-pathspecs"]);
    for setting in [
        "core.fsmonitor=false",
        "core.hooksPath=/dev/null",
        "log.showRoot=true",
        "log.showSignature=false",
        "safe.bareRepository=explicit",
    ] {
        git.args(["-c", setting]);
    }
    git
}

/// A [`git`] that compares files of the checkout. It would start the filters that `.gitattributes` choose and the settings
/// define; here each is defined as nothing.
pub(super) fn comparing(root: &Path) -> Result<Command, String> {
    let mut list = git(root);
    list.args(["config", "--null", "--name-only", "--get-regexp", r"^filter\."]);
    let keys = output(list).unwrap_or_default();
    let keys = keys.split(|byte| *byte == 0).map(|key| std::str::from_utf8(key).ok().filter(|key| !key.contains('=')));
    let keys: Option<BTreeSet<&str>> =
        keys.map(|key| key.map(|key| key.rsplit_once('.').map_or("", |(name, _)| name))).collect();
    let filters = keys.ok_or(
        "git has a filter with a name that cannot be switched off; rename it in the settings of git, without `=`",
    )?;
    let mut git = git(root);
    for filter in filters.into_iter().filter(|filter| !filter.is_empty()) {
        for nothing in ["clean=", "smudge=", "process=", "required=false"] {
            git.args(["-c", &format!("{filter}.{nothing}")]);
        }
    }
    Ok(git)
}

/// A repository within counts as the commit that it is at: git starts nothing in it.
pub(super) const SUBMODULES: [&str; 2] = ["--submodule=short", "--ignore-submodules=dirty"];

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

fn log(root: &Path, checkout: &Checkout, before: Option<&Told>) -> Result<Told, String> {
    let folder = checkout.folder(root);
    let mut state = git(&folder);
    state.args(["rev-parse", "--is-shallow-repository", "--show-prefix", "HEAD"]);
    let mut state = output(state)?;
    // Where a `.git` is no repository, git looks further up.
    if checkout.at.is_some() && !state.split(|byte| *byte == b'\n').nth(1).is_some_and(<[u8]>::is_empty) {
        return Err("its `.git` is no repository".to_owned());
    }
    for folder in &checkout.folders {
        state.extend([folder.as_bytes(), b"\0"].concat());
    }
    if let Some((at, facts)) = before
        && *at == state
    {
        return Ok((state, facts.clone()));
    }
    if state.starts_with(b"true") {
        return Err(
            "this is a shallow clone; fetch the whole history (`fetch-depth: 0` in actions/checkout)".to_owned()
        );
    }
    let mut log = git(&folder);
    log.args(["log", "--format=%x01%ct", "-z", "--name-only", "--no-renames", "--relative", "--"]);
    log.args(&checkout.folders);
    let facts = collect(&output(log)?, checkout);
    Ok((state, facts))
}

fn collect(log: &[u8], checkout: &Checkout) -> Facts {
    let mut found = Facts::new();
    let mut at = None;
    for part in log.split(|byte| *byte == 0) {
        let part = String::from_utf8_lossy(part);
        let part = part.trim_start_matches('\n');
        if let Some(seconds) = part.strip_prefix('\u{1}') {
            at = seconds.trim().parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
            continue;
        }
        let (Some(at), Some(path)) = (at, checkout.below_root(part).filter(|_| !part.is_empty())) else { continue };
        let facts = found.entry(path).or_insert(FileHistory { first_change: at, last_change: at, changes: 0 });
        facts.first_change = facts.first_change.min(at);
        facts.last_change = facts.last_change.max(at);
        facts.changes += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config;
    use std::{fs, path::PathBuf};

    fn run(folder: &Path, arguments: &[&str]) {
        let mut git = git(folder);
        git.args(["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgSign=false"]);
        git.envs([("GIT_COMMITTER_DATE", "2024-03-01T00:00:00Z"), ("GIT_ALLOW_PROTOCOL", "file")]).args(arguments);
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
            let history = read(&root, &config::parse(None).0, &mut Seen::default());
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
        let why = read(&folder.join("copy/docs"), &config::parse(None).0, &mut Seen::default())
            .missing_because
            .expect("a reason");
        assert!(why.contains("fetch-depth: 0"), "{why}");
        fs::remove_dir_all(folder.join(".git")).expect("removed");
        assert!(read(&folder.join("docs"), &config::parse(None).0, &mut Seen::default()).missing_because.is_some());
        let _ = fs::remove_dir_all(folder);
    }
}
