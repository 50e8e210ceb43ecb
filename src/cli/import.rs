//! `afterword import`: a folder of reports of other shapes, as reports of ours.

use super::{Context, USAGE, note, print};
use crate::{
    config,
    config::Config,
    diag::sanitize::sanitize,
    disk,
    import::{self, Imported, Input, Options, Outcome, tell::Sum},
    parse::clock,
};
use anyhow::Context as _;
use jiff::tz::TimeZone;
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};
use walkdir::{DirEntry, WalkDir};

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: afterword import ../postmortems --dry-run\n\nA second import changes nothing; a report that is there and differs is kept. What a text does not state is left out and told."
)]
pub struct Args {
    /// The folder with the reports: Markdown, with YAML or TOML front matter or without
    dir: PathBuf,
    /// Where the reports go [default: the folder of reports in site.toml]
    #[arg(long, value_name = "FOLDER")]
    to: Option<String>,
    /// Tell what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// The name of a service to look for in titles; may be given several times
    #[arg(long = "service", value_name = "NAME")]
    services: Vec<String>,
    /// The zone of times that name none, as Europe/Berlin, +01:00 or UTC
    #[arg(long, value_name = "ZONE")]
    time_zone: Option<String>,
}

pub fn run(args: &Args, context: &Context) -> anyhow::Result<u8> {
    let snapshot = disk::read(&context.root, context.today)?;
    let (config, _) = config::parse(snapshot.files.get(&Config::path()));
    if !args.dir.is_dir() {
        note(&format!("{} is not a folder", args.dir.display()));
        return Ok(USAGE);
    }
    let zone = match args.time_zone.as_deref().map(|name| (name, zone(name))) {
        Some((name, None)) => {
            note(&format!("there is no time zone `{name}`; write it as Europe/Berlin, +01:00 or UTC"));
            return Ok(USAGE);
        }
        zone => zone.and_then(|(_, zone)| zone),
    };
    let to = args.to.as_deref().unwrap_or(&config.reports_dir).trim_matches('/').to_owned();
    if crate::snapshot::RelPath::new(&to).is_none() {
        note("the folder of --to must be inside the repository");
        return Ok(USAGE);
    }
    if context.root.join(&to).is_symlink() {
        note(&format!("{to} is a symbolic link, which is not followed; name the folder itself"));
        return Ok(USAGE);
    }
    let (inputs, refused) = read(&args.dir, &context.root.join(&to), config.limits.file_bytes)?;
    let options = Options { config: &config, zone, services: args.services.clone(), to };
    let outcomes = import::all(inputs, &options);
    let mut sum = Sum::default();
    let mut counts = Counts::default();
    for (path, reason) in refused {
        sum.skip();
        print(&format!("{} skipped: {reason}\n", sanitize(&path)))?;
    }
    for (path, outcome) in outcomes {
        let path = sanitize(&path);
        match outcome {
            Outcome::Skipped(reason) => {
                sum.skip();
                print(&format!("{path} skipped: {reason}\n"))?;
            }
            Outcome::Report(report) => {
                let done = place(&report, &context.root, args.dry_run)?;
                counts.add(done);
                sum.add(&report.told);
                print(&format!(
                    "{path} → {} {}\n{}",
                    report.path,
                    done.word(args.dry_run),
                    sanitize(&report.told.lines())
                ))?;
            }
        }
    }
    print(&format!("{}; {}\n", sum.line(), counts.line(args.dry_run)))?;
    Ok(0)
}

fn zone(name: &str) -> Option<TimeZone> {
    clock::zone(name).or_else(|| TimeZone::get(name).ok())
}

/// What happened to a file on disk.
#[derive(Clone, Copy)]
enum Done {
    Written,
    Unchanged,
    Kept,
}

impl Done {
    const fn word(self, dry_run: bool) -> &'static str {
        match (self, dry_run) {
            (Self::Written, true) => "would be written",
            (Self::Written, false) => "written",
            (Self::Unchanged, _) => "unchanged",
            (Self::Kept, _) => "kept: another file is there",
        }
    }
}

#[derive(Default)]
struct Counts {
    written: usize,
    unchanged: usize,
    kept: usize,
}

impl Counts {
    const fn add(&mut self, done: Done) {
        match done {
            Done::Written => self.written += 1,
            Done::Unchanged => self.unchanged += 1,
            Done::Kept => self.kept += 1,
        }
    }

    fn line(&self, dry_run: bool) -> String {
        let word = if dry_run { "would be written" } else { "written" };
        format!("{} {word}, {} unchanged, {} kept", self.written, self.unchanged, self.kept)
    }
}

type Files = (Vec<Input>, Vec<(String, String)>);

/// The files of a folder, without hidden ones, links, and the folder that is written to.
fn read(dir: &Path, to: &Path, limit: u64) -> anyhow::Result<Files> {
    let target = fs::canonicalize(to).ok();
    let wanted = |entry: &DirEntry| {
        let name = entry.file_name().to_string_lossy();
        let is_target =
            entry.depth() > 0 && entry.file_type().is_dir() && fs::canonicalize(entry.path()).ok() == target;
        entry.depth() == 0 || !(name.starts_with('.') || name == "node_modules" || is_target && target.is_some())
    };
    let (mut inputs, mut refused) = (Vec::new(), Vec::new());
    for entry in WalkDir::new(dir).sort_by_file_name().max_depth(32).into_iter().filter_entry(wanted) {
        let entry = entry.with_context(|| format!("cannot read {}", dir.display()))?;
        if entry.file_type().is_dir() {
            continue;
        }
        let path = entry.path().strip_prefix(dir).unwrap_or(entry.path()).to_string_lossy().replace('\\', "/");
        if !entry.file_type().is_file() {
            refused.push((path, "not a regular file".to_owned()));
            continue;
        }
        if entry.metadata().is_ok_and(|metadata| metadata.len() > limit) {
            refused.push((path, format!("larger than {limit} bytes")));
            continue;
        }
        let bytes = fs::read(entry.path()).with_context(|| format!("cannot read {}", entry.path().display()))?;
        inputs.push(Input { path, bytes });
    }
    Ok((inputs, refused))
}

/// Writes a report beside its place and moves it there; what is there already is never replaced.
fn place(report: &Imported, root: &Path, dry_run: bool) -> anyhow::Result<Done> {
    let path = root.join(report.path.as_str());
    if let Ok(found) = fs::symlink_metadata(&path) {
        let same = found.is_file() && fs::read(&path).is_ok_and(|bytes| bytes == report.text.as_bytes());
        return Ok(if same { Done::Unchanged } else { Done::Kept });
    }
    if dry_run {
        return Ok(Done::Written);
    }
    let folder = path.parent().context("a report has a folder")?;
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let temporary = folder.join(format!(".{name}.{}", std::process::id()));
    let cannot = || format!("cannot write {}", path.display());
    let written = fs::File::create_new(&temporary)
        .and_then(|mut file| file.write_all(report.text.as_bytes()).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&temporary, &path));
    if written.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    written.with_context(cannot)?;
    Ok(Done::Written)
}
