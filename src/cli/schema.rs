//! `afterword schema`.

use super::{Context, USAGE, note, print};
use crate::{
    config::{self, Config},
    schema::json,
    snapshot::File,
    tree::closest,
};
use anyhow::Context as _;
use std::fs;

#[derive(Debug, clap::Args)]
#[command(after_help = "For example: afterword schema > report.schema.json; afterword schema site > site.schema.json")]
pub struct Args {
    /// What the schema is of
    #[arg(value_enum, default_value_t = Of::Report)]
    of: Of,
    /// Of reports of this source of site.toml: what it says for them is not asked for
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Of {
    /// Front matter of a report
    Report,
    /// Front matter of a pattern page
    Pattern,
    /// site.toml
    Site,
}

pub fn run(args: &Args, context: &Context) -> anyhow::Result<u8> {
    let of = match args.of {
        Of::Report => json::Of::Report,
        Of::Pattern => json::Of::Pattern,
        Of::Site => json::Of::Site,
    };
    let Some(name) = &args.source else {
        print(&json::render(of))?;
        return Ok(0);
    };
    if args.of != Of::Report {
        note("afterword: `--source` goes with the schema of reports alone; of all else there is one for all sources");
        return Ok(USAGE);
    }
    let config = configured(context)?;
    if let Some(source) = config.sources.iter().find(|source| source.name.value == *name) {
        print(&json::of_source(source))?;
        return Ok(0);
    }
    let names: Vec<&str> = config.sources.iter().map(|source| source.name.value.as_str()).collect();
    let hint = match closest(name, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if names.is_empty() => "site.toml has no `[[sources]]`".to_owned(),
        None => format!("there are {}", names.join(", ")),
    };
    note(&format!("afterword: there is no source `{name}`; {hint}"));
    Ok(USAGE)
}

/// What site.toml says, as far as it can be read.
fn configured(context: &Context) -> anyhow::Result<Config> {
    let path = context.root.join(Config::path().as_str());
    let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(config::parse(Some(&File { bytes: bytes.into() })).0)
}
