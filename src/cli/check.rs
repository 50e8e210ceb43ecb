//! `afterword check`.

use super::{Context, FINDINGS, USAGE, color, note, plural, print, progress::Progress, stdout_is_terminal};
use crate::{
    diag::{Diagnostic, Level, concise, github, human, json},
    disk, lint, pipeline,
};
use clap::ValueEnum;
use std::time::Instant;

#[derive(Debug, clap::Args)]
#[command(after_help = "Example: afterword check --format github --fail-on warning")]
pub struct Args {
    /// How findings are written
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
    /// The least level that makes the exit code 1
    #[arg(long, value_enum, default_value = "error")]
    fail_on: FailOn,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Human,
    Concise,
    Json,
    Github,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Info,
}

pub fn run(args: &Args, context: &Context) -> anyhow::Result<u8> {
    let start = Instant::now();
    let progress = Progress::start("checking");
    let snapshot = disk::read(&context.root, context.today)?;
    let checked = pipeline::check(&snapshot);
    drop(progress);
    let found = &checked.diagnostics;
    print(&match args.format {
        Format::Human => human::render(found, &snapshot, color(stdout_is_terminal())),
        Format::Concise => concise::render(found, &snapshot),
        Format::Json => json::render(found, &snapshot),
        Format::Github => github::render(found, &snapshot),
    })?;
    let reports = checked.corpus.reports.len() + checked.corpus.broken.len();
    note(&format!("{} checked in {} ms: {}", plural(reports, "report"), start.elapsed().as_millis(), summary(found)));
    let level = match args.fail_on {
        FailOn::Error => Level::Error,
        FailOn::Warning => Level::Warning,
        FailOn::Info => Level::Info,
    };
    Ok(match (checked.config_broken, lint::fails(found, level)) {
        (true, _) => USAGE,
        (false, true) => FINDINGS,
        (false, false) => 0,
    })
}

/// `2 errors, 1 warning`, or `no findings`.
pub fn summary(found: &[Diagnostic]) -> String {
    let count = |level, one: &str| {
        let count = found.iter().filter(|finding| finding.level == level).count();
        (count > 0).then(|| plural(count, one))
    };
    let parts = [count(Level::Error, "error"), count(Level::Warning, "warning"), count(Level::Info, "note")];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "no findings".to_owned() } else { parts.join(", ") }
}
