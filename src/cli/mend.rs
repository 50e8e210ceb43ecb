//! `check --fix` and `--diff`.

use super::{Context, FINDINGS, note, plural, print};
use crate::{
    diag::{Safety, sanitize::sanitize},
    disk::edit,
    pipeline,
    snapshot::Snapshot,
};
use similar::TextDiff;

#[derive(Debug, clap::Args)]
pub struct Mend {
    /// Mend what can be mended without changing what a report says
    #[arg(long, conflicts_with = "diff")]
    fix: bool,
    /// Show what `--fix` would change, and change nothing
    #[arg(long)]
    diff: bool,
    /// With `--fix` or `--diff`: also what is probably meant
    #[arg(long)]
    unsafe_fixes: bool,
}

/// Mends or shows; `snapshot` is then what is on disk. An exit code where nothing else is to be done.
pub fn run(args: &Mend, snapshot: &mut Snapshot, context: &Context) -> anyhow::Result<Option<u8>> {
    if !args.fix && !args.diff {
        return Ok(None);
    }
    let safety = if args.unsafe_fixes { Safety::Unsafe } else { Safety::Safe };
    let (mended, files) = pipeline::fix(snapshot, safety);
    if args.diff {
        let hidden = |snapshot: &Snapshot| pipeline::masked(snapshot, &pipeline::check(snapshot).secrets);
        let (snapshot, mended) = (hidden(snapshot), hidden(&mended));
        for path in files.keys() {
            let text = |snapshot: &Snapshot| String::from_utf8_lossy(&snapshot.files[path].bytes).into_owned();
            let (old, new) = (text(&snapshot), text(&mended));
            let diff = TextDiff::from_lines(&old, &new);
            let (from, to) = (format!("a/{path}"), format!("b/{path}"));
            print(&sanitize(&diff.unified_diff().header(&from, &to).to_string()))?;
        }
        let fixes = files.values().sum();
        note(&format!("{} in {} would be mended", plural(fixes, "finding"), plural(files.len(), "file")));
        return Ok(Some(if files.is_empty() { 0 } else { FINDINGS }));
    }
    for path in files.keys() {
        edit::replace(&context.root.join(path.as_str()), &mended.files[path].bytes)?;
    }
    if !files.is_empty() {
        let fixes = files.values().sum();
        note(&format!("mended {} in {}", plural(fixes, "finding"), plural(files.len(), "file")));
    }
    *snapshot = mended;
    Ok(None)
}
