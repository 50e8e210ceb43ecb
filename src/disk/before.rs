//! Reports as they stood at an earlier revision, where they have changed since or are gone: from git, in one process.

use super::{
    checkouts::Checkout,
    history::{SUBMODULES, comparing, git, output},
};
use crate::{
    config::Limits,
    snapshot::{File, RelPath},
};
use anyhow::anyhow;
use std::{
    collections::BTreeMap,
    io::{self, BufRead, BufReader, ErrorKind, Read, Write},
    path::Path,
    process::{Child, Stdio},
    thread,
};

/// The Markdown files in the folders of reports of a repository that changed since `commit`, as they were then. Files above
/// the limit of today are left out.
///
/// # Errors
/// Git fails, or does not have what a file held.
pub(super) fn read(
    root: &Path,
    checkout: &Checkout,
    commit: &str,
    limits: &Limits,
) -> anyhow::Result<BTreeMap<RelPath, File>> {
    let folder = &checkout.folder(root);
    let complain = |why: &str| anyhow!("cannot read the reports at `{commit}`: {why}");
    let mut diff = comparing(folder).map_err(|why| complain(&why))?;
    diff.args([
        "diff",
        "--no-ext-diff",
        "--no-textconv",
        "--raw",
        "-z",
        "--no-abbrev",
        "--no-renames",
        "--relative",
        "--diff-filter=DMT",
    ]);
    diff.args(SUBMODULES).args([commit, "--"]).args(&checkout.folders);
    let wanted = wanted(&output(diff).map_err(|why| complain(&why))?, limits.files);
    if wanted.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut batch = git(folder);
    batch.args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = batch.spawn().map_err(|_| complain("git is not installed"))?;
    let found = contents(&mut child, &wanted, limits.file_bytes);
    let ended = child.wait().is_ok_and(|status| status.success());
    let found = found.ok().filter(|_| ended).ok_or_else(|| complain("this clone does not have them all"))?;
    let paths = wanted.into_iter().map(|(path, _)| checkout.below_root(path.as_str()));
    Ok(paths.zip(found).filter_map(|(path, file)| Some((path?, file?))).collect())
}

/// Paths and names of their old contents, from `:100644 100644 <old> <new> M`, a zero byte, the path, a zero byte.
fn wanted(raw: &[u8], limit: usize) -> Vec<(RelPath, String)> {
    let text = String::from_utf8_lossy(raw);
    let mut parts = text.split('\0');
    let mut all = Vec::new();
    while let (Some(facts), Some(path)) = (parts.next(), parts.next()) {
        let mut facts = facts.split(' ');
        let is_file = facts.next().is_some_and(|mode| mode.starts_with(":100"));
        let (Some(object), Some(path)) = (facts.nth(1), RelPath::new(path)) else { continue };
        if is_file && path.as_str().ends_with(".md") && all.len() < limit {
            all.push((path, object.to_owned()));
        }
    }
    all
}

/// One answer for each question, in their order; `None` for a file that is too large.
fn contents(child: &mut Child, wanted: &[(RelPath, String)], limit: u64) -> io::Result<Vec<Option<File>>> {
    let (questions, answers) = (child.stdin.take(), child.stdout.take());
    let (Some(mut questions), Some(answers)) = (questions, answers) else { return Err(ErrorKind::BrokenPipe.into()) };
    thread::scope(|scope| {
        // Git answers while it is asked: who only asks at first could wait for ever.
        scope.spawn(move || wanted.iter().try_for_each(|(_, object)| writeln!(questions, "{object}")));
        let mut answers = BufReader::new(answers);
        wanted.iter().map(|_| answer(&mut answers, limit)).collect()
    })
}

/// `<object> blob <size>`, the bytes, a line end.
fn answer(answers: &mut impl BufRead, limit: u64) -> io::Result<Option<File>> {
    let mut head = String::new();
    answers.read_line(&mut head)?;
    let size = head.trim_end().split_once(" blob ").and_then(|(_, size)| size.parse::<u64>().ok());
    let size = size.ok_or(ErrorKind::NotFound)?;
    let mut rest = answers.take(size.saturating_add(1));
    if size > limit {
        io::copy(&mut rest, &mut io::sink())?;
        return Ok(None);
    }
    let mut bytes = Vec::new();
    rest.read_to_end(&mut bytes)?;
    let whole = bytes.pop() == Some(b'\n') && bytes.len() as u64 == size;
    if whole { Ok(Some(File { bytes: bytes.into() })) } else { Err(ErrorKind::UnexpectedEof.into()) }
}
