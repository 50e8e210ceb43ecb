//! `afterword pr`.

use super::{Audience, Context, print};
use crate::{
    diag::Diagnostic,
    disk::{self, changes},
    export::pull_request,
    lint, pipeline,
    snapshot::RelPath,
};

#[derive(Debug, clap::Args)]
#[command(after_help = "Example: afterword pr --since origin/main > summary.md")]
pub struct Args {
    /// The git revision that the pull request goes to
    #[arg(long, value_name = "REV", default_value = "origin/main")]
    since: String,
    /// Whom the summary is for; where the repository is public, say public
    #[arg(long, value_enum, default_value_t = Audience::Restricted)]
    audience: Audience,
}

pub fn run(args: &Args, context: &Context) -> anyhow::Result<u8> {
    let mut snapshot = disk::read(&context.root, context.today)?;
    let changes = changes::compare(&mut snapshot, &context.root, &args.since)?;
    let checked = pipeline::check(&snapshot);
    let shown = pipeline::masked(&snapshot, &checked.secrets);
    let brought = |finding: &&Diagnostic| lint::is_of_change(finding.rule) || changes.file(finding.path());
    let audience = args.audience.into();
    let found: Vec<Diagnostic> =
        pipeline::told(&checked, audience).into_iter().filter(|found| brought(&found)).collect();
    let corpus = checked.corpus.clone().for_audience(audience);
    let withheld = |path: &RelPath| checked.corpus.paths.contains_key(path) && !corpus.paths.contains_key(path);
    let changed: Vec<_> = snapshot.files.keys().filter(|path| changes.file(path) && !withheld(path)).collect();
    print(&pull_request::summary(&checked.config, &corpus, &shown, &changed, &found))?;
    Ok(0)
}
