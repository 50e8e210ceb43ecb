//! `afterword similar`.

use super::{Audience, Context, FINDINGS, USAGE, note, print, readable};
use crate::{
    analyze::{
        self,
        similar::{Document, Index, Match},
    },
    diag::sanitize::sanitize,
    pages::format,
    pipeline::{self, Checked},
    snapshot::RelPath,
};
use serde_json::json;
use std::path::Path;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  afterword similar reports/2025/2025-03-01-checkout.md\n  afterword similar \"replica lag after failover\" --service checkout"
)]
pub struct Args {
    /// A report, of which earlier incidents like it are looked for; or words
    #[arg(value_name = "FILE|WORDS")]
    what: String,
    /// With words: a service that it is about; may be given several times
    #[arg(long = "service", value_name = "SERVICE")]
    services: Vec<String>,
    /// With a report: later incidents too
    #[arg(long)]
    later: bool,
    /// At most so many
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..=1000))]
    limit: u16,
    /// How to write them
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Whom it is for: reports beyond are left out
    #[arg(long, value_enum, default_value_t)]
    audience: Audience,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For the eye
    #[default]
    Text,
    /// Data
    Json,
}

pub fn run(args: &Args, context: &Context) -> anyhow::Result<u8> {
    let Some((_, checked)) = readable(context, args.audience, "reports with errors are not compared")? else {
        return Ok(USAGE);
    };
    let corpus = pipeline::published(&checked, args.audience.into());
    let index = Index::of(&checked.config, analyze::counted(&corpus));
    let found = if let Some(path) = report_path(context, &args.what) {
        let Some(found) = like(args, &checked, &index, &path) else {
            note(&format!("{} is no report that can be read", sanitize(path.as_str())));
            return Ok(FINDINGS);
        };
        found
    } else {
        let services: Vec<&str> = args.services.iter().map(String::as_str).collect();
        let document = Document::of_words(&checked.config, &args.what, &services);
        index.like_document(&document, usize::from(args.limit))
    };
    match args.format {
        Format::Json => print(&format!("{:#}\n", found.iter().map(data).collect::<serde_json::Value>()))?,
        Format::Text if found.is_empty() => note("no incident is like it"),
        Format::Text => print(&sanitize(&found.iter().map(|found| told(&checked, found)).collect::<String>()))?,
    }
    Ok(0)
}

/// What names a Markdown file is a report; everything else is words.
fn report_path(context: &Context, what: &str) -> Option<RelPath> {
    let is_file = Path::new(what).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("md"));
    if !is_file {
        return None;
    }
    let root = context.root.canonicalize().ok();
    let here = Path::new(what).canonicalize().ok();
    let within = here.zip(root).and_then(|(path, root)| Some(path.strip_prefix(root).ok()?.to_owned()));
    RelPath::new(within.as_deref().and_then(Path::to_str).unwrap_or(what))
}

fn like(args: &Args, checked: &Checked, index: &Index, path: &RelPath) -> Option<Vec<Match>> {
    let report = checked.corpus.readable_at(path)?;
    let before = report.times.started.value.sort_key();
    let fits = |other: &crate::model::Report| args.later || other.times.started.value.sort_key() < before;
    Some(index.like(&checked.config, report, usize::from(args.limit), fits))
}

fn told(checked: &Checked, found: &Match) -> String {
    let report = &found.report;
    let day = format::date(report.times.started.value.date(&checked.config.time_zone));
    format!("{}\n  {} ({day})\n  shares: {}\n", report.path, report.title.value, found.why())
}

fn data(found: &Match) -> serde_json::Value {
    json!({
        "id": found.report.id.value,
        "path": found.report.path.as_str(),
        "title": found.report.title.value,
        "score": (found.score * 1000.0).round() / 1000.0,
        "named": found.named,
        "factors": found.factors,
        "services": found.services,
        "words": found.words,
    })
}
