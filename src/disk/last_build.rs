//! What the last build of an output was made from: while that and the output are the same, there is nothing to make.
//!
//! Only an accelerator, in the folder for caches of whoever builds. It holds digests and nothing that was read, and what is
//! not just as it was written is as if it were not there.

use super::edit;
use crate::{model::Visibility, snapshot::Snapshot};
use rayon::prelude::*;
use std::{
    fs,
    path::{Path, PathBuf},
};

pub type Digest = blake3::Hash;

/// The first line of the file.
const FORM: &str = "afterword build 1";

/// Everything that a site depends on: the program, what was read, the day, and whom the site is for.
///
/// `None` where the program cannot read itself.
#[must_use]
pub fn inputs(snapshot: &Snapshot, audience: Visibility) -> Option<Digest> {
    let program = fs::read(std::env::current_exe().ok()?).ok()?;
    let mut all = blake3::Hasher::new();
    all.update(blake3::hash(&program).as_bytes());
    let files: Vec<_> = snapshot.files.iter().collect();
    let digests: Vec<Digest> = files.par_iter().map(|(_, file)| blake3::hash(&file.bytes)).collect();
    for ((path, _), digest) in files.iter().zip(digests) {
        add(&mut all, path.as_str());
        all.update(digest.as_bytes());
    }
    let Snapshot { history, today, findings, .. } = snapshot;
    add(&mut all, &format!("{today} {audience:?} {history:?} {findings:?}"));
    Some(all.finalize())
}

/// With its length, so that two texts are never taken for two others.
pub(super) fn add(hasher: &mut blake3::Hasher, text: &str) {
    hasher.update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
}

/// Where the digests of an output are kept; `None` where nobody says.
fn place(out: &Path) -> Option<PathBuf> {
    let from_env = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let caches = from_env("XDG_CACHE_HOME").or_else(|| Some(from_env("HOME")?.join(".cache")))?;
    let out = std::path::absolute(out).ok()?;
    let out = fs::canonicalize(&out).unwrap_or(out);
    let name = blake3::hash(out.as_os_str().as_encoded_bytes()).to_hex();
    Some(caches.join("afterword").join(&name[..32]))
}

/// The digest of the output as the last build left it, if it was made from these inputs.
#[must_use]
pub fn made_from(inputs: &Digest, out: &Path) -> Option<Digest> {
    let text = fs::read_to_string(place(out)?).ok()?;
    let (from, made) = text.strip_prefix(FORM)?.trim().split_once('\n')?;
    (Digest::from_hex(from).ok()? == *inputs).then(|| Digest::from_hex(made).ok())?
}

/// Keeps what an output was made from. Where that cannot be written, the next build makes everything again.
pub fn keep(inputs: &Digest, made: &Digest, out: &Path) {
    let Some(place) = place(out) else { return };
    let Some(folder) = place.parent() else { return };
    if fs::create_dir_all(folder).is_ok() {
        let _ = edit::replace(&place, format!("{FORM}\n{inputs}\n{made}\n").as_bytes());
    }
}
