//! `afterword export`.

use super::{Audience, Context, FINDINGS, USAGE, note, plural, readable};
use crate::{disk, export::table, pipeline};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  afterword export --format csv --out tables\n  afterword export --format parquet --audience internal --out /srv/lake/incidents/repository=shop"
)]
pub struct Args {
    /// How to write the tables
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// The folder to write into; what an export of ours left there is replaced
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Whom it is for: reports beyond are left out
    #[arg(long, value_enum, default_value_t)]
    audience: Audience,
    /// CSV for programs: texts that spreadsheets would take for formulas stay as they are
    #[arg(long)]
    raw_csv: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// One document, and its JSON Schema
    #[default]
    Json,
    /// An object a line, one file per table
    Jsonl,
    /// One file per table, for spreadsheets
    Csv,
    /// Folders of years, for warehouses (with the feature `parquet`)
    Parquet,
    /// One database (with the feature `sqlite`)
    Sqlite,
}

pub fn run(args: &Args, context: &Context) -> anyhow::Result<u8> {
    let format = match args.format {
        Format::Json => table::Format::Json,
        Format::Jsonl => table::Format::JsonLines,
        Format::Csv => table::Format::Csv { guarded: !args.raw_csv },
        Format::Parquet => table::Format::Parquet,
        Format::Sqlite => table::Format::Sqlite,
    };
    if args.raw_csv && args.format != Format::Csv {
        note("--raw-csv goes with --format csv");
        return Ok(USAGE);
    }
    let Some((snapshot, checked)) = readable(context, args.audience, "reports with errors are not in this export")?
    else {
        return Ok(USAGE);
    };
    let config = &checked.config;
    let content: Vec<PathBuf> = config.content_folders().map(|dir| context.root.join(dir)).collect();
    disk::publish::apart_from(&args.out, content.iter().map(PathBuf::as_path))?;
    let (written, reports) = pipeline::tables(&snapshot, &checked, args.audience.into(), format);
    let site = match written {
        Ok(site) => site,
        Err(failure @ table::Failure::Absent(_)) => {
            note(&format!("{failure}; nothing was written"));
            return Ok(USAGE);
        }
        Err(failure) => return Err(failure.into()),
    };
    if reports == 0 {
        note("there is no report to export for this audience; nothing was written");
        return Ok(FINDINGS);
    }
    let published = disk::publish(&site, &args.out)?;
    note(&format!(
        "{} in {} and {} KB in {}",
        plural(reports, "report"),
        plural(published.files, "file"),
        published.bytes.div_ceil(1024),
        args.out.display()
    ));
    Ok(0)
}
