//! `afterword init`: a repository that builds at once, also from reports that are there already.

use super::{USAGE, example, import, note, print};
use crate::{
    config::{Profile, defaults},
    diag::sanitize::sanitize,
    import::propose,
};
use anyhow::Context as _;
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

/// What is written: path and text.
const FILES: &[(&str, &str)] = &[
    ("site.toml", include_str!("../../themes/scaffold/site.toml")),
    ("reports/2024/2024-03-04-checkout-errors.md", include_str!("../../themes/scaffold/report.md")),
    ("reports/_patterns/capacity.md", include_str!("../../themes/scaffold/pattern.md")),
    ("reports/_templates/sev1.md", include_str!("../../themes/scaffold/template-sev1.md")),
    ("reports/_templates/sev2.md", include_str!("../../themes/scaffold/template-sev2.md")),
    ("reports/_templates/sev3.md", include_str!("../../themes/scaffold/template-sev3.md")),
    ("reports/_templates/sev4.md", include_str!("../../themes/scaffold/template-sev4.md")),
    (".github/workflows/afterword.yml", include_str!("../../themes/scaffold/workflow.yml")),
    (".gitignore", "/public\n/public.lock\n/.public.stage-*\n"),
];

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: afterword init incidents && cd incidents && afterword build\n         afterword init --from ../postmortems --to incidents\n         afterword init --example copperleaf"
)]
pub struct Args {
    /// The folder to write into; files that are there already are left alone
    #[arg(default_value = ".")]
    dir: PathBuf,
    /// The same folder, by name
    #[arg(long, value_name = "FOLDER", conflicts_with = "dir")]
    to: Option<PathBuf>,
    /// Propose site.toml from the reports in a folder, which are only read
    #[arg(long, value_name = "DIR")]
    from: Option<PathBuf>,
    /// Write the repository of a company that does not exist: 46 reports over 30 months that show every feature
    #[arg(long, conflicts_with_all = ["from", "profile"])]
    example: bool,
    /// How much is asked of reports [default: standard; with --from: starter]
    #[arg(long, value_name = "PROFILE", value_parser = ["starter", "standard", "strict"])]
    profile: Option<String>,
}

pub fn run(args: &Args) -> anyhow::Result<u8> {
    let dir = args.to.as_ref().unwrap_or(&args.dir);
    if dir.join("site.toml").exists() {
        note(&format!("{} has a site.toml already; nothing was written", dir.display()));
        return Ok(USAGE);
    }
    if args.example {
        return example_into(dir);
    }
    let Some(from) = &args.from else {
        for (path, text) in FILES {
            let text =
                if *path == "site.toml" { with_profile(text, args.profile.as_deref()) } else { (*text).to_owned() };
            write(dir, path, &text)?;
        }
        note("next: `afterword build`, then `afterword new \"What happened\"`");
        return Ok(0);
    };
    if !from.is_dir() {
        note(&format!("{} is not a folder", from.display()));
        return Ok(USAGE);
    }
    let (inputs, _) = import::read(from, &dir.join("reports"), defaults::LIMITS.file_bytes)?;
    let profile = args.profile.as_deref().unwrap_or(Profile::Starter.word());
    let proposal = propose::propose(inputs, "Incident reports", profile);
    for line in &proposal.decided {
        print(&format!("{}\n", sanitize(line)))?;
    }
    for (path, text) in FILES {
        let is_example = path.starts_with("reports/2024") || path.starts_with("reports/_patterns");
        let is_template = path.starts_with("reports/_templates");
        match *path {
            "site.toml" => write(dir, path, &proposal.toml)?,
            _ if is_example || is_template && !proposal.usual_severities => {}
            path => write(dir, path, text)?,
        }
    }
    note("next: read site.toml, then `afterword import --dry-run` with the same folder, then without `--dry-run`");
    Ok(0)
}

/// The example has its own reports and settings; templates and the workflow are those of every repository.
fn example_into(dir: &Path) -> anyhow::Result<u8> {
    let own =
        |path: &str| path == "site.toml" || path.starts_with("reports/2024") || path.starts_with("reports/_patterns");
    for (path, text) in FILES.iter().filter(|(path, _)| !own(path)).chain(example::FILES) {
        write(dir, path, text)?;
    }
    note(&format!("next: `afterword --as-of {} build`; TRUTHS.md says what is to be found in it", example::AS_OF));
    Ok(0)
}

/// The profile stands behind the time zone, where one was asked for.
fn with_profile(text: &str, profile: Option<&str>) -> String {
    let line = |profile| format!("profile = \"{profile}\"\ntime_zone");
    profile.map_or_else(|| text.to_owned(), |profile| text.replacen("time_zone", &line(profile), 1))
}

fn write(dir: &Path, path: &str, text: &str) -> anyhow::Result<()> {
    let path = dir.join(path);
    if fs::symlink_metadata(&path).is_ok() {
        note(&format!("left alone: {}", path.display()));
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    }
    let mut file = fs::File::create_new(&path).with_context(|| format!("cannot create {}", path.display()))?;
    file.write_all(text.as_bytes()).with_context(|| format!("cannot write {}", path.display()))?;
    note(&format!("wrote {}", path.display()));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{disk, lint, model::Visibility, pipeline};

    #[test]
    fn what_is_written_builds_clean_and_is_never_overwritten() {
        let dir = std::env::temp_dir().join(format!("afterword-init-{}", std::process::id()));
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir_all(&dir).expect("a folder");
        fs::write(dir.join(".gitignore"), "mine").expect("written");
        assert_eq!(
            run(&Args { dir: dir.clone(), to: None, from: None, example: false, profile: None }).expect("written"),
            0
        );
        assert_eq!(
            run(&Args { dir: dir.clone(), to: None, from: None, example: false, profile: None }).expect("left alone"),
            USAGE
        );
        assert_eq!(fs::read_to_string(dir.join(".gitignore")).expect("a file"), "mine");
        let snapshot = disk::read(&dir, jiff::civil::date(2026, 1, 1)).expect("read");
        let checked = pipeline::check(&snapshot);
        assert!(!lint::fails(&checked.diagnostics, crate::diag::Level::Warning), "{:?}", checked.diagnostics);
        assert_eq!(checked.corpus.reports.len(), 1);
        assert!(!pipeline::build(&snapshot, &checked, Visibility::Public).expect("built").site.files.is_empty());
        let _ = fs::remove_dir_all(dir);
    }
}
