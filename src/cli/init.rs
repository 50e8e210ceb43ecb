//! `afterword init`: a repository that builds at once.

use super::{FINDINGS, note};
use anyhow::Context as _;
use std::{fs, path::PathBuf};

/// What is written: path and text.
const FILES: &[(&str, &str)] = &[
    ("site.toml", include_str!("../../themes/scaffold/site.toml")),
    ("reports/2024/2024-03-04-checkout-errors.md", include_str!("../../themes/scaffold/report.md")),
    ("reports/_patterns/capacity.md", include_str!("../../themes/scaffold/pattern.md")),
    ("reports/_templates/high.md", include_str!("../../themes/scaffold/template-high.md")),
    ("reports/_templates/low.md", include_str!("../../themes/scaffold/template-low.md")),
    (".github/workflows/afterword.yml", include_str!("../../themes/scaffold/workflow.yml")),
    (".gitignore", "/public\n/public.lock\n"),
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
        return Ok(FINDINGS);
    }
    for (path, text) in FILES {
        let path = args.dir.join(path);
        if path.exists() {
            note(&format!("left alone: {}", path.display()));
            continue;
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
        }
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
        note(&format!("wrote {}", path.display()));
    }
    note("next: `afterword build`, then `afterword new \"What happened\"`");
    Ok(0)
}
