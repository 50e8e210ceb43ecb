//! `check --since`, `--changed-lines` and `--baseline`: only the findings that are new.

use super::{Context, USAGE, note, plural};
use crate::{
    diag::{Diagnostic, baseline::Baseline, lines::places},
    disk::{
        changes::{self, Changes},
        edit,
    },
    lint,
    snapshot::Snapshot,
};
use anyhow::Context as _;
use std::{fs, io::ErrorKind, path::PathBuf};

#[derive(Debug, clap::Args)]
pub struct Narrow {
    /// Only findings in files that changed since this git revision
    #[arg(long, value_name = "REV")]
    since: Option<String>,
    /// With `--since`: only findings on lines that changed
    #[arg(long, requires = "since")]
    changed_lines: bool,
    /// Leave out the findings that this file lists
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write the baseline: all findings where there is none yet; otherwise take out those that are gone
    #[arg(long, requires = "baseline", conflicts_with = "since")]
    update_baseline: bool,
}

/// What changed since the revision that is named; the snapshot then also holds what stood there.
pub fn changes(args: &Narrow, snapshot: &mut Snapshot, context: &Context) -> anyhow::Result<Option<Changes>> {
    args.since.as_ref().map(|revision| changes::compare(snapshot, &context.root, revision)).transpose()
}

/// The findings that are left to tell, or an exit code where the options do not hold.
pub fn run(
    args: &Narrow,
    found: &[Diagnostic],
    changes: Option<&Changes>,
    snapshot: &Snapshot,
    context: &Context,
) -> anyhow::Result<Result<Vec<Diagnostic>, u8>> {
    let mut found = found.to_vec();
    if let Some(path) = &args.baseline {
        let path = context.root.join(path);
        let old = match fs::read_to_string(&path) {
            Ok(text) => match Baseline::parse(&text) {
                Ok(baseline) => Some(baseline),
                Err(why) => {
                    note(&format!("afterword: {} is not a baseline: {why}", path.display()));
                    return Ok(Err(USAGE));
                }
            },
            Err(error) if error.kind() == ErrorKind::NotFound && args.update_baseline => None,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                note(&format!("afterword: there is no {}; --update-baseline writes it", path.display()));
                return Ok(Err(USAGE));
            }
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
        };
        let baseline = match (args.update_baseline, old) {
            (true, old) => {
                let new =
                    old.as_ref().map_or_else(|| Baseline::of(&found, snapshot), |old| old.shrunk(&found, snapshot));
                if old.as_ref() != Some(&new) {
                    edit::replace(&path, new.text().as_bytes())?;
                }
                note(&format!("the baseline lists {}", plural(new.len(), "finding")));
                new
            }
            (false, Some(old)) => old,
            (false, None) => Baseline::default(),
        };
        let (new, gone) = baseline.split(&found, snapshot);
        if gone > 0 {
            note(&format!(
                "{} of the baseline no longer occur; take them out with --update-baseline",
                plural(gone, "finding")
            ));
        }
        found = new;
    }
    if let Some(changes) = changes {
        found.retain(|finding| {
            let of_change = lint::is_of_change(finding.rule);
            of_change
                || finding.labels.iter().any(|label| {
                    let (first, last) = places(&label.span, snapshot);
                    let path = &label.span.path;
                    if args.changed_lines { changes.lines(path, first.line, last.line) } else { changes.file(path) }
                })
        });
    }
    Ok(Ok(found))
}
