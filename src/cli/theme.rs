//! `afterword theme`: the contract of themes, copies of built-in files, and a theme tried out.

use super::{Context, USAGE, check, color, note, print, stdout_is_terminal};
use crate::{
    config::{self, Config},
    diag::{concise, human, json, sanitize::sanitize},
    disk, lint, pipeline,
    snapshot::{File, RelPath},
    theme::overrides,
};
use anyhow::Context as _;
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    time::Instant,
};

#[derive(Debug, clap::Args)]
#[command(after_help = "Example: afterword theme check themes/ledger")]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Print the contract as one JSON document: templates with their blocks and data, slots, tokens, texts
    Schema,
    /// Copy a built-in file into the theme, with a line that tells when it changes
    Override(Override),
    /// Render a sample with a theme and look at every page
    Check(Check),
}

#[derive(Debug, clap::Args)]
struct Override {
    /// The file, as `theme schema` names it: incident.html, styles/20-base.css
    #[arg(required = true)]
    files: Vec<String>,
    /// The folder of the theme [default: `theme` of site.toml]
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
struct Check {
    /// The folder of the theme [default: `theme` of site.toml, else the built-in theme]
    dir: Option<PathBuf>,
    /// How findings are written
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
    /// The least level that makes the exit code 1
    #[arg(long, value_enum, default_value = "error")]
    fail_on: check::FailOn,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// With source lines, for people
    Human,
    /// One line per finding
    Concise,
    /// One JSON document
    Json,
}

pub fn run(args: &Args, context: &Context) -> anyhow::Result<u8> {
    match &args.command {
        Command::Schema => {
            print(&pipeline::theme_schema::render())?;
            Ok(0)
        }
        Command::Override(args) => copy(args, context),
        Command::Check(args) => try_out(args, context),
    }
}

/// The folder that site.toml names.
fn configured(context: &Context) -> anyhow::Result<Option<PathBuf>> {
    let path = context.root.join(Config::path().as_str());
    if !path.is_file() {
        return Ok(None);
    }
    let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let (config, _) = config::parse(Some(&File { bytes: bytes.into() }));
    Ok(config.theme_dir.map(|folder| context.root.join(folder.trim_end_matches('/'))))
}

fn copy(args: &Override, context: &Context) -> anyhow::Result<u8> {
    let Some(folder) = args.to.clone().map_or_else(|| configured(context), |folder| Ok(Some(folder)))? else {
        note("afterword: no theme to copy into; write `theme = \"theme\"` in site.toml, or name a folder with --to");
        return Ok(USAGE);
    };
    let mut names = Vec::new();
    for written in &args.files {
        let Some(name) = overrides::full_name(written) else {
            let near = overrides::near(written).map_or_else(
                || "`afterword theme schema` lists them".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            note(&sanitize(&format!("afterword: the built-in theme has no file `{written}`; {near}")));
            return Ok(USAGE);
        };
        if fs::symlink_metadata(folder.join(name)).is_ok() {
            note(&format!("afterword: {} is there already; nothing was written", folder.join(name).display()));
            return Ok(USAGE);
        }
        names.push(name);
    }
    for name in names {
        let path = folder.join(name);
        let parent = path.parent().unwrap_or(&folder);
        fs::create_dir_all(parent).with_context(|| format!("cannot create {}", parent.display()))?;
        let mut file = fs::File::create_new(&path).with_context(|| format!("cannot create {}", path.display()))?;
        let bytes = [overrides::mark(name).as_bytes(), overrides::base(name).unwrap_or_default()].concat();
        file.write_all(&bytes).with_context(|| format!("cannot write {}", path.display()))?;
        note(&format!("wrote {}", path.display()));
    }
    Ok(0)
}

fn try_out(args: &Check, context: &Context) -> anyhow::Result<u8> {
    let start = Instant::now();
    let folder = args.dir.clone().map_or_else(|| configured(context), |folder| Ok(Some(folder)))?;
    let theme = match &folder {
        Some(folder) => Some(read(folder, args.dir.is_some())?),
        None => None,
    };
    let theme = theme.as_ref().map(|(name, files)| (name.as_str(), files.as_slice()));
    let tried = pipeline::theme::try_out(theme);
    let found = &tried.diagnostics;
    print(&match args.format {
        Format::Human => human::render(found, &tried.shown, color(stdout_is_terminal())),
        Format::Concise => concise::render(found, &tried.shown),
        Format::Json => json::render(found, &tried.shown),
    })?;
    if let (Format::Human, Some((name, _))) = (args.format, theme) {
        for diff in pipeline::theme::outdated_diffs(&tried, name) {
            print(&sanitize(&diff))?;
        }
    }
    let kinds = "every kind of page looked at";
    note(&format!("{kinds} in {} ms: {}", start.elapsed().as_millis(), check::summary(found)));
    Ok(u8::from(lint::fails(found, args.fail_on.level())))
}

/// The name under which findings tell of a theme, and its files below that name.
fn read(folder: &Path, is_named: bool) -> anyhow::Result<(String, Vec<(RelPath, File)>)> {
    let name = folder.to_str().filter(|_| is_named).and_then(RelPath::new);
    let last = || folder.file_name().and_then(|name| RelPath::new(name.to_str()?));
    let name = name.or_else(last).or_else(|| RelPath::new("theme")).context("a theme has a name")?;
    let files = disk::read::theme(folder)?;
    let named = files.into_iter().filter_map(|(path, file)| Some((RelPath::new(&format!("{name}/{path}"))?, file)));
    Ok((name.as_str().to_owned(), named.collect()))
}
