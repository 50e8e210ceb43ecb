//! `afterword check`.

use super::{
    Context, FINDINGS, USAGE, color, mend, narrow, note, plural, print, progress::Progress, stdout_is_terminal,
};
use crate::{
    diag::{
        self, Diagnostic, Level, azure, checkstyle, concise, github, gitlab, human, json, jsonl, junit, rdjson,
        sanitize::sanitize, sarif, statistics, step_summary,
    },
    disk, lint,
    model::Visibility,
    pipeline,
    snapshot::Snapshot,
};
use clap::ValueEnum;
use std::{env, fs, io::Write, path::Path, time::Instant};

#[derive(Debug, clap::Args)]
#[command(after_help = "Example: afterword check --format github --fail-on warning")]
pub struct Args {
    /// How findings are written
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
    /// The least level that makes the exit code 1
    #[arg(long, value_enum, default_value = "error")]
    fail_on: FailOn,
    /// Count findings by rule instead of listing them; for the formats human, concise and json
    #[arg(long)]
    statistics: bool,
    /// Also hold the search to `search-tests.yaml`: queries, and the reports they must find
    #[arg(long)]
    search: bool,
    #[command(flatten)]
    mend: mend::Mend,
    #[command(flatten)]
    narrow: narrow::Narrow,
}

/// The output formats. One more is a file in `diag/`, a value here and a line in [`Format::render`].
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// With source lines, for people
    Human,
    /// One line per finding
    Concise,
    /// One JSON document
    Json,
    /// One JSON object per line
    Jsonl,
    /// Annotations and a step summary of GitHub Actions
    Github,
    /// SARIF 2.1.0
    Sarif,
    /// Code Quality report of GitLab
    Gitlab,
    /// Test results as XML
    Junit,
    /// reviewdog's JSON
    Rdjson,
    /// Checkstyle XML
    Checkstyle,
    /// Logging commands of Azure Pipelines
    Azure,
}

impl Format {
    fn render(self, found: &[Diagnostic], snapshot: &Snapshot, site: Option<&str>) -> String {
        match self {
            Self::Human => human::render(found, snapshot, color(stdout_is_terminal())),
            Self::Concise => concise::render(found, snapshot),
            Self::Json => json::render(found, snapshot),
            Self::Jsonl => jsonl::render(found, snapshot),
            Self::Github => github::render(found, snapshot),
            Self::Sarif => sarif::render_with(found, snapshot, site),
            Self::Gitlab => gitlab::render(found, snapshot),
            Self::Junit => junit::render(found, snapshot),
            Self::Rdjson => rdjson::render(found, snapshot),
            Self::Checkstyle => checkstyle::render(found, snapshot),
            Self::Azure => azure::render(found, snapshot),
        }
    }

    /// `None` for formats that have no place for counts.
    fn statistics(self) -> Option<fn(&[Diagnostic]) -> String> {
        match self {
            Self::Human | Self::Concise => Some(statistics::render),
            Self::Json => Some(statistics::json),
            _ => None,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum FailOn {
    Error,
    Warning,
    Info,
}

impl FailOn {
    pub const fn level(self) -> Level {
        match self {
            Self::Error => Level::Error,
            Self::Warning => Level::Warning,
            Self::Info => Level::Info,
        }
    }
}

pub fn run(args: &Args, context: &Context) -> anyhow::Result<u8> {
    let start = Instant::now();
    let statistics = match (args.statistics, args.format.statistics()) {
        (false, _) => None,
        (true, Some(statistics)) => Some(statistics),
        (true, None) => {
            note("afterword: --statistics goes with the formats human, concise and json");
            return Ok(USAGE);
        }
    };
    let progress = Progress::start("checking");
    let mut snapshot = disk::read(&context.root, context.today)?;
    if let Some(code) = mend::run(&args.mend, &mut snapshot, context)? {
        return Ok(code);
    }
    let changes = narrow::changes(&args.narrow, &mut snapshot, context)?;
    let mut checked = pipeline::check(&snapshot);
    if args.search {
        checked.diagnostics.extend(pipeline::check_search(&snapshot, &checked, Visibility::Restricted));
        diag::sort(&mut checked.diagnostics);
    }
    drop(progress);
    let snapshot = if checked.secrets.is_empty() { snapshot } else { pipeline::masked(&snapshot, &checked.secrets) };
    let found = &match narrow::run(&args.narrow, &checked.diagnostics, changes.as_ref(), &snapshot, context)? {
        Ok(found) => found,
        Err(code) => return Ok(code),
    };
    let site = Some(checked.config.base_url.as_str()).filter(|site| !site.is_empty());
    print(&statistics.map_or_else(|| args.format.render(found, &snapshot, site), |count| count(found)))?;
    if let (Format::Github, Some(path)) =
        (args.format, env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()))
    {
        append(Path::new(&path), &step_summary::summary(found, &snapshot));
    }
    let reports = checked.corpus.reports.len() + checked.corpus.broken.len();
    note(&format!("{} checked in {} ms: {}", plural(reports, "report"), start.elapsed().as_millis(), summary(found)));
    let code = match (checked.config_broken, lint::fails(found, args.fail_on.level())) {
        (true, _) => USAGE,
        (false, true) => FINDINGS,
        (false, false) => 0,
    };
    // The process ends here: taking ten thousand reports apart piece by piece would only make the reader wait.
    std::mem::forget((checked, snapshot));
    Ok(code)
}

/// Adds to a file. One that cannot be written costs the summary, not the outcome of the check.
fn append(path: &Path, text: &str) {
    let written =
        fs::File::options().create(true).append(true).open(path).and_then(|mut file| file.write_all(text.as_bytes()));
    if let Err(error) = written {
        note(&sanitize(&format!("afterword: no step summary: cannot write {}: {error}", path.display())));
    }
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
