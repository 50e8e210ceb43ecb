//! `afterword pr`.

use super::{Context, print};
use crate::{
    diag::Diagnostic,
    disk::{self, changes},
    export::pull_request,
    pipeline,
};

#[derive(Debug, clap::Args)]
#[command(after_help = "Example: afterword pr --since origin/main > summary.md")]
pub struct Args {
    /// The git revision that the pull request goes to
    #[arg(long, value_name = "REV", default_value = "origin/main")]
    since: String,
}

pub fn run(args: &Args, context: &Context) -> anyhow::Result<u8> {
    let snapshot = disk::read(&context.root, context.today)?;
    let checked = pipeline::check(&snapshot);
    let changes = changes::since(&context.root, &args.since)?;
    let shown = pipeline::masked(&snapshot, &checked.secrets);
    let found = checked.diagnostics.iter().filter(|finding| changes.file(finding.path()));
    let found: Vec<Diagnostic> = found.cloned().collect();
    let changed: Vec<_> = snapshot.files.keys().filter(|path| changes.file(path)).collect();
    print(&pull_request::summary(&checked.config, &checked.corpus, &shown, &changed, &found))?;
    Ok(0)
}
