//! `afterword schema`.

use super::print;
use crate::schema::json;

#[derive(Debug, clap::Args)]
#[command(after_help = "For example: afterword schema > report.schema.json; afterword schema site > site.schema.json")]
pub struct Args {
    /// What the schema is of
    #[arg(value_enum, default_value_t = Of::Report)]
    of: Of,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Of {
    /// Front matter of a report
    Report,
    /// Front matter of a pattern page
    Pattern,
    /// site.toml
    Site,
}

pub fn run(args: &Args) -> anyhow::Result<u8> {
    let of = match args.of {
        Of::Report => json::Of::Report,
        Of::Pattern => json::Of::Pattern,
        Of::Site => json::Of::Site,
    };
    print(&json::render(of))?;
    Ok(0)
}
