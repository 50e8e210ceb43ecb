//! The command line: one file per command. Data goes to standard output, the rest to standard error.

use crate::{
    diag::{Level, plural, sanitize::sanitize},
    disk, lint,
    model::Visibility,
    pipeline::{self, Checked},
    snapshot::Snapshot,
};
use clap::{Parser, Subcommand};
use jiff::{Timestamp, Zoned, civil::Date, tz::TimeZone};
use std::{
    io::{ErrorKind, IsTerminal, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

mod actions;
mod build;
mod check;
mod completions;
mod digest;
mod example;
mod explain;
mod export;
mod import;
mod init;
mod lsp;
mod man;
mod mend;
mod narrow;
mod new;
mod pr;
mod progress;
mod schema;
mod serve;
mod similar;
mod theme;

/// Findings at or above the level that fails.
const FINDINGS: u8 = 1;
/// A wrong command line or a broken `site.toml`.
const USAGE: u8 = 2;
/// The disk said no.
const IO: u8 = 3;
/// A fault of ours.
const INTERNAL: u8 = 70;

/// Checks incident reports and builds a searchable knowledge base from them
#[derive(Debug, Parser)]
#[command(
    name = "afterword",
    version,
    after_help = "Begin with `afterword init incidents`, or run `afterword build` in a repository that has a site.toml."
)]
pub struct Args {
    /// The repository [default: the nearest folder upward with a site.toml, else this one]
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,
    /// The date as of which everything is computed [default: `SOURCE_DATE_EPOCH`, else today]
    #[arg(long, global = true, value_name = "DATE")]
    as_of: Option<Date>,
    /// How many threads to use [default: one per core]
    #[arg(long, global = true, value_name = "N")]
    jobs: Option<usize>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write a repository that builds at once
    Init(init::Args),
    /// Write a new report to fill in
    New(new::Args),
    /// Write reports of other shapes as reports of ours
    Import(import::Args),
    /// Check all reports and print what is wrong, where, and how to mend it
    Check(check::Args),
    /// Write a pull request's reports as Markdown on one screen
    Pr(pr::Args),
    /// Check all reports and build the site
    Build(build::Args),
    /// Build the site and show it at a loopback address, again after every change
    Serve(serve::Args),
    /// Write the digest of a month, quarter or year, to send or to read
    Digest(digest::Args),
    /// List action items: open, past their date, of a team
    Actions(actions::Args),
    /// Find earlier incidents like a report, or like words
    Similar(similar::Args),
    /// Write reports, timelines, actions and measures as tables, for warehouses and notebooks
    Export(export::Args),
    /// Serve an editor: findings while one types, completion, what things mean, quick fixes
    Lsp(lsp::Args),
    /// Tell what a rule wants and why
    Explain(explain::Args),
    /// Print the JSON Schema of front matter or site.toml, for editors
    Schema(schema::Args),
    /// Look after a theme: the contract, copies of built-in files, a check of every kind of page
    Theme(theme::Args),
    /// Print completions for a shell
    Completions(completions::Args),
    /// Print the manual page
    Man,
}

/// What every command knows.
#[derive(Debug)]
struct Context {
    root: PathBuf,
    /// The root where it was named on the command line.
    given_root: Option<PathBuf>,
    today: Date,
}

/// Runs the program.
#[must_use]
pub fn run() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(USAGE));
        }
    };
    if let Some(jobs) = args.jobs {
        let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global();
    }
    let Some(today) = args.as_of.or_else(today) else {
        note("SOURCE_DATE_EPOCH is not a number of seconds since 1970; unset it, or name a date with --as-of");
        return ExitCode::from(USAGE);
    };
    let root = args.root.clone().unwrap_or_else(nearest_root);
    let context = Context { root, given_root: args.root, today };
    std::panic::set_hook(Box::new(|info| note(&format!("afterword: {}", sanitize(&info.to_string())))));
    let result = std::panic::catch_unwind(move || dispatch(args.command, &context));
    match result {
        Ok(Ok(code)) => ExitCode::from(code),
        Ok(Err(error)) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Ok(Err(error)) => {
            note(&format!("afterword: {}", sanitize(&format!("{error:#}"))));
            ExitCode::from(IO)
        }
        Err(_) => {
            note("afterword: this is a fault of the program, not of your files; the site before is still there");
            ExitCode::from(INTERNAL)
        }
    }
}

fn dispatch(command: Command, context: &Context) -> anyhow::Result<u8> {
    match command {
        Command::Init(args) => init::run(&args),
        Command::New(args) => new::run(&args, context),
        Command::Import(args) => import::run(&args, context),
        Command::Check(args) => check::run(&args, context),
        Command::Pr(args) => pr::run(&args, context),
        Command::Build(args) => build::run(&args, context),
        Command::Serve(args) => serve::run(&args, context),
        Command::Digest(args) => digest::run(&args, context),
        Command::Actions(args) => actions::run(&args, context),
        Command::Similar(args) => similar::run(&args, context),
        Command::Export(args) => export::run(&args, context),
        Command::Lsp(args) => Ok(lsp::run(&args, context)),
        Command::Explain(args) => explain::run(&args),
        Command::Schema(args) => schema::run(&args, context),
        Command::Theme(args) => theme::run(&args, context),
        Command::Completions(args) => completions::run(&args),
        Command::Man => man::run(),
    }
}

/// What is on disk, checked; `None`, and said, where `site.toml` has to be mended first. `without` says what reports with
/// errors are missing from: `reports with errors are not in this digest`.
fn readable(context: &Context, audience: Audience, without: &str) -> anyhow::Result<Option<(Snapshot, Checked)>> {
    let snapshot = disk::read(&context.root, context.today)?;
    let checked = pipeline::check(&snapshot);
    if checked.config_broken {
        note("site.toml has to be mended first; `afterword check` says what is wrong with it");
        return Ok(None);
    }
    let told = pipeline::told(&checked, audience.into());
    if lint::fails(&told, Level::Error) {
        note(&format!("{}; {without}", check::summary(&told)));
    }
    Ok(Some((snapshot, checked)))
}

fn nearest_root() -> PathBuf {
    let here = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
    here.ancestors().find(|folder| folder.join("site.toml").is_file()).unwrap_or(Path::new(".")).to_owned()
}

/// `SOURCE_DATE_EPOCH` where it is set, else the clock: the one place that reads it. `None` when it is not a time.
#[expect(clippy::disallowed_methods, reason = "today's date enters here and is a field of Snapshot from then on")]
fn today() -> Option<Date> {
    match std::env::var_os("SOURCE_DATE_EPOCH").filter(|written| !written.is_empty()) {
        Some(written) => {
            let at = Timestamp::from_second(written.to_str()?.parse().ok()?).ok()?;
            Some(at.to_zoned(TimeZone::UTC).date())
        }
        None => Some(Zoned::now().date()),
    }
}

/// Writes data; a reader that went away is no error.
fn print(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// Writes what is not data.
fn note(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}

/// Whom a site is for.
#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum Audience {
    /// Everybody: reports marked internal or restricted leave no trace
    #[default]
    Public,
    /// The organization: reports marked restricted leave no trace
    Internal,
    /// Those who may read everything
    Restricted,
}

impl From<Audience> for Visibility {
    fn from(audience: Audience) -> Self {
        match audience {
            Audience::Public => Self::Public,
            Audience::Internal => Self::Internal,
            Audience::Restricted => Self::Restricted,
        }
    }
}

/// Color only on a terminal, and never where `NO_COLOR` is set.
fn color(stream_is_terminal: bool) -> bool {
    stream_is_terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

fn stdout_is_terminal() -> bool {
    std::io::stdout().is_terminal()
}
