//! `afterword import`: a folder of reports of other shapes, as reports of ours.

use super::{Context, USAGE, note, print};
use crate::{
    config,
    config::Config,
    diag::sanitize::sanitize,
    disk,
    import::{
        self, Input, NOT_MARKDOWN, Options, Outcome,
        assets::{Asset, is_asset},
        tell::Sum,
    },
    parse::clock,
    snapshot::RelPath,
};
use anyhow::Context as _;
use jiff::tz::TimeZone;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{ErrorKind, Write},
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
    if RelPath::new(&to).is_none() {
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
    let mut others: BTreeMap<String, usize> = BTreeMap::new();
    let mut assets = BTreeSet::new();
    for (path, reason) in refused {
        sum.skip();
        print(&format!("{} skipped: {reason}\n", sanitize(&path)))?;
    }
    for (path, outcome) in outcomes {
        let path = sanitize(&path);
        match outcome {
            Outcome::Skipped(NOT_MARKDOWN) => *others.entry(kind(&path)).or_default() += 1,
            Outcome::Skipped(reason) => {
                sum.skip();
                print(&format!("{path} skipped: {reason}\n"))?;
            }
            Outcome::Report(report) => {
                let done = place(&report.path, report.text.as_bytes(), &context.root, args.dry_run)?;
                counts.add(done);
                assets.extend(report.assets);
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
    copy(&assets, &args.dir, &context.root, args.dry_run, &mut counts)?;
    if !others.is_empty() {
        let kinds: Vec<String> = others.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
        print(&format!("files that are no Markdown: {}\n", kinds.join(", ")))?;
    }
    print(&format!("{}{}\n", sum.lines(), counts.line(args.dry_run)))?;
    Ok(0)
}

/// What a file is that is no Markdown: `.log`.
fn kind(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or_else(|| name.to_owned(), |(_, extension)| format!(".{extension}"))
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
    files: usize,
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
        let files = if self.files > 0 { format!("; {} files beside them {word}", self.files) } else { String::new() };
        format!("{} {word}, {} unchanged, {} kept{files}", self.written, self.unchanged, self.kept)
    }
}

pub type Files = (Vec<Input>, Vec<(String, String)>);

/// How many times larger than a report a file beside it may be, as for a site.
const ASSET_FACTOR: u64 = 32;

/// The files of a folder, without hidden ones, links, and the folder that is written to.
pub fn read(dir: &Path, to: &Path, limit: u64) -> anyhow::Result<Files> {
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
        let factor = if is_asset(&path) { ASSET_FACTOR } else { 1 };
        if entry.metadata().is_ok_and(|metadata| metadata.len() > limit.saturating_mul(factor)) {
            refused.push((path, "too large; site.toml can raise `limits.file_bytes`".to_owned()));
            continue;
        }
        let read = || fs::read(entry.path()).with_context(|| format!("cannot read {}", entry.path().display()));
        let bytes = if import::is_markdown(&path) { read()? } else { Vec::new() };
        inputs.push(Input { path, bytes });
    }
    Ok((inputs, refused))
}

/// Writes a file beside its place and links it there, so that what is there already, or comes meanwhile, is never replaced.
fn place(path: &RelPath, bytes: &[u8], root: &Path, dry_run: bool) -> anyhow::Result<Done> {
    let path = root.join(path.as_str());
    if let Some(done) = found(&path, bytes) {
        return Ok(done);
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
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| settle(&temporary, &path));
    let _ = fs::remove_file(&temporary);
    match written {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(found(&path, bytes).unwrap_or(Done::Kept)),
        written => written.map(|()| Done::Written).with_context(cannot),
    }
}

/// What is at a place already.
fn found(path: &Path, bytes: &[u8]) -> Option<Done> {
    let found = fs::symlink_metadata(path).ok()?;
    let same = found.is_file() && fs::read(path).is_ok_and(|there| there == bytes);
    Some(if same { Done::Unchanged } else { Done::Kept })
}

/// A second name for a whole file; where the file system knows none, a new file that must not be there yet.
fn settle(temporary: &Path, path: &Path) -> std::io::Result<()> {
    match fs::hard_link(temporary, path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => {
            let mut whole = fs::File::open(temporary)?;
            std::io::copy(&mut whole, &mut fs::File::create_new(path)?).map(|_| ())
        }
        done => done,
    }
}

/// Copies the files that reports show; one that is there and differs is kept.
fn copy(assets: &BTreeSet<Asset>, dir: &Path, root: &Path, dry_run: bool, counts: &mut Counts) -> anyhow::Result<()> {
    for asset in assets {
        let from = dir.join(&asset.from);
        let bytes = fs::read(&from).with_context(|| format!("cannot read {}", from.display()))?;
        match place(&asset.to, &bytes, root, dry_run)? {
            Done::Written => counts.files += 1,
            Done::Unchanged => {}
            Done::Kept => print(&format!("{} kept: another file is there\n", sanitize(asset.to.as_str())))?,
        }
    }
    Ok(())
}
