//! `afterword lsp`.

use super::Context;

#[derive(Debug, clap::Args)]
#[command(after_help = "An editor starts this and speaks to it; docs/editor.md says how to set one up.")]
pub struct Args {
    /// Speak over standard input and output: what is done in any case, for editors that say so
    #[arg(long)]
    stdio: bool,
}

pub fn run(args: &Args, context: &Context) -> u8 {
    let _ = args.stdio;
    crate::lsp::run(context.given_root.as_deref(), context.today)
}
