//! `afterword serve`.

use super::{Audience, Context};

#[derive(Debug, clap::Args)]
#[command(after_help = "Example: afterword serve --port 4000")]
pub struct Args {
    /// The port at 127.0.0.1
    #[arg(long, default_value_t = 4321)]
    port: u16,

    /// Whom the site is for: reports beyond are left out
    #[arg(long, value_enum, default_value_t)]
    audience: Audience,
}

pub fn run(args: &Args, context: &Context) -> anyhow::Result<u8> {
    crate::serve::run(&context.root, context.today, args.port, args.audience.into(), &|text| super::note(text))?;
    Ok(0)
}
