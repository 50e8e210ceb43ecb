//! `afterword digest`.

use super::{Audience, Context, FINDINGS, USAGE, note, print, readable};
use crate::{
    analyze::period::Period,
    export::digest::{self, Letter},
    pipeline,
};

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  afterword digest 2025-Q4 --format text\n  afterword digest 2025-11 --format email --from sre@example.com --to all@example.com > digest.eml\n  afterword --as-of 2025-01-10 digest 2024"
)]
pub struct Args {
    /// A month (2025-11), a quarter (2025-Q4) or a year (2025)
    #[arg(value_name = "PERIOD")]
    period: Period,
    /// How to write it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Whom it is for: reports beyond are left out
    #[arg(long, value_enum, default_value_t)]
    audience: Audience,
    /// Who sends the email
    #[arg(long, value_name = "ADDRESS")]
    from: Option<String>,
    /// Who receives the email; can be given several times
    #[arg(long, value_name = "ADDRESS")]
    to: Vec<String>,
}

#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum Format {
    /// Markdown
    #[default]
    Md,
    /// Plain text
    Text,
    /// One page that loads nothing
    Html,
    /// Data
    Json,
    /// A message (.eml) of HTML and text; without --from and --to it opens as a draft
    Email,
}

pub fn run(args: &Args, context: &Context) -> anyhow::Result<u8> {
    let Some((snapshot, checked)) = readable(context, args.audience, "reports with errors are not in this digest")?
    else {
        return Ok(USAGE);
    };
    let letter = Letter { from: args.from.as_deref(), to: &args.to };
    let written = pipeline::digest(&snapshot, &checked, args.audience.into(), args.period, |directory, sheet| {
        let format = match args.format {
            Format::Email => return digest::mail(directory, sheet, &letter),
            Format::Md => digest::Format::Markdown,
            Format::Text => digest::Format::Text,
            Format::Html => digest::Format::Html,
            Format::Json => digest::Format::Json,
        };
        digest::render(format, directory, sheet)
    })?;
    let Some(text) = written else {
        note(&format!(
            "there is no digest of {}: digests begin with the first incident and end with {}",
            args.period, context.today
        ));
        return Ok(FINDINGS);
    };
    print(&text).map(|()| 0)
}
