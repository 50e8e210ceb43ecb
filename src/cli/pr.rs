//! `afterword pr`.

use super::{Context, print};
use crate::{
    diag::Diagnostic,
    disk::{self, changes},
    export::pull_request,
    lint, pipeline,
};

#[derive(Debug, clap::Args)]
#[command(after_help = "Example: afterword pr --since origin/main > summary.md")]
pub struct Args {
    /// The git revision that the pull request goes to
    #[arg(long, value_name = "REV", default_value = "origin/main")]
    since: String,
}

pub fn run(args: &Args, context: &Context) -> anyhow::Result<u8> {
    let mut snapshot = disk::read(&context.root, context.today)?;
    let changes = changes::compare(&mut snapshot, &context.root, &args.since)?;
    let checked = pipeline::check(&snapshot);
    let shown = pipeline::masked(&snapshot, &checked.secrets);
    let brought = |finding: &&Diagnostic| lint::is_of_change(finding.rule) || changes.file(finding.path());
    let found = checked.diagnostics.iter().filter(brought);
    let found: Vec<Diagnostic> = found.cloned().collect();
    let changed: Vec<_> = snapshot.files.keys().filter(|path| changes.file(path)).collect();
    print(&pull_request::summary(&checked.config, &checked.corpus, &shown, &changed, &found))?;
    Ok(0)
}
