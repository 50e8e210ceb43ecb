//! `afterword init`: a repository that builds at once.

use super::{USAGE, note};
use anyhow::Context as _;
use std::{fs, io::Write, path::PathBuf};

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
#[command(after_help = "Example: afterword init incidents && cd incidents && afterword build")]
pub struct Args {
    /// The folder to write into; files that are there already are left alone
    #[arg(default_value = ".")]
    dir: PathBuf,
}

pub fn run(args: &Args) -> anyhow::Result<u8> {
    if args.dir.join("site.toml").exists() {
        note(&format!("{} has a site.toml already; nothing was written", args.dir.display()));
        return Ok(USAGE);
    }
    for (path, text) in FILES {
        let path = args.dir.join(path);
        if fs::symlink_metadata(&path).is_ok() {
            note(&format!("left alone: {}", path.display()));
            continue;
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
        }
        let mut file = fs::File::create_new(&path).with_context(|| format!("cannot create {}", path.display()))?;
        file.write_all(text.as_bytes()).with_context(|| format!("cannot write {}", path.display()))?;
        note(&format!("wrote {}", path.display()));
    }
    note("next: `afterword build`, then `afterword new \"What happened\"`");
    Ok(0)
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
        assert_eq!(run(&Args { dir: dir.clone() }).expect("written"), 0);
        assert_eq!(run(&Args { dir: dir.clone() }).expect("left alone"), USAGE);
        assert_eq!(fs::read_to_string(dir.join(".gitignore")).expect("a file"), "mine");
        let snapshot = disk::read(&dir, jiff::civil::date(2026, 1, 1)).expect("read");
        let checked = pipeline::check(&snapshot);
        assert!(!lint::fails(&checked.diagnostics, crate::diag::Level::Warning), "{:?}", checked.diagnostics);
        assert_eq!(checked.corpus.reports.len(), 1);
        assert!(!pipeline::build(&snapshot, &checked, Visibility::Public).expect("built").site.files.is_empty());
        let _ = fs::remove_dir_all(dir);
    }
}
