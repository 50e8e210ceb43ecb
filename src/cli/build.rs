//! `afterword build`.

use super::{Audience, Context, FINDINGS, USAGE, check::summary, color, note, plural, progress::Progress};
use crate::{
    diag::{Diagnostic, Level, human},
    disk::{
        self,
        io::Machine,
        last_build,
        publish::{Mode, Published, Publishing},
    },
    lint,
    model::Visibility,
    pipeline::{self, Checked, Counts},
    snapshot::Snapshot,
};
use std::{
    io::IsTerminal,
    path::{Path, PathBuf},
    time::Instant,
};

#[derive(Debug, clap::Args)]
#[command(after_help = "Example: afterword build --out /srv/incidents")]
pub struct Args {
    /// Where the site goes [default: `output` of site.toml, else `public`]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Publish the sound reports although others have errors; a page lists those
    #[arg(long)]
    keep_going: bool,

    /// Whom the site is for: reports beyond are left out
    #[arg(long, value_enum, default_value_t)]
    audience: Audience,
}

pub fn run(args: &Args, context: &Context) -> anyhow::Result<u8> {
    let start = Instant::now();
    let audience = args.audience.into();
    let progress = Progress::start("reading");
    let snapshot = disk::read(&context.root, context.today)?;
    progress.stage("checking");
    let checked = pipeline::check(&snapshot);
    drop(progress);
    let found = &pipeline::told(&checked, audience);
    tell(&snapshot, &checked, found);
    if let Some(code) = refused(args, &checked, found) {
        return Ok(code);
    }
    let config = &checked.config;
    let out = args.out.clone().unwrap_or_else(|| context.root.join(&config.output_dir));
    let content: Vec<PathBuf> = config.content_folders().map(|dir| context.root.join(dir)).collect();
    disk::publish::apart_from(&out, content.iter().map(PathBuf::as_path))?;
    let (counts, published) = publish(&snapshot, &checked, audience, &out)?;
    note(&format!(
        "{}, {}, {} and {} KB in {} ms",
        plural(counts.reports, "report"),
        plural(published.pages, "page"),
        plural(published.files, "file"),
        published.bytes / 1024,
        start.elapsed().as_millis()
    ));
    if published.mode != Mode::Created {
        note(&match published.written {
            0 => "no file differs from the site before".to_owned(),
            written => format!("{} differ from the site before; the others keep their times", plural(written, "file")),
        });
    }
    note(&summary(found));
    if counts.unsound > 0 {
        note(&format!(
            "{} with errors left out; not-published/ on the site lists them",
            plural(counts.unsound, "report")
        ));
    }
    note(&format!("the site is in {}; open index.html there, or run `afterword serve`", out.display()));
    Ok(u8::from(lint::fails(&checked.diagnostics, Level::Error)))
}

/// Prints what was found and is louder than a note.
fn tell(snapshot: &Snapshot, checked: &Checked, found: &[Diagnostic]) {
    let loud: Vec<_> = found.iter().filter(|finding| finding.level > Level::Info).cloned().collect();
    if !loud.is_empty() {
        let color = color(std::io::stderr().is_terminal());
        note(human::render(&loud, &pipeline::masked(snapshot, &checked.secrets), color).trim_end());
    }
    let errors = |found: &[Diagnostic]| found.iter().filter(|finding| finding.level >= Level::Error).count();
    if errors(&checked.diagnostics) > errors(found) {
        note("something that is not for this audience has errors; `afterword check` shows them");
    }
}

/// Says why nothing is built, and gives the code to end with.
fn refused(args: &Args, checked: &Checked, found: &[Diagnostic]) -> Option<u8> {
    if checked.config_broken {
        note(&format!("{}; site.toml has to be mended first, nothing was written", summary(found)));
        return Some(USAGE);
    }
    if lint::fails(&checked.diagnostics, Level::Error) && !args.keep_going {
        note(&format!(
            "{}; nothing was written. Mend the errors, or publish the sound reports with --keep-going",
            summary(found)
        ));
        return Some(FINDINGS);
    }
    if checked.corpus.reports.is_empty() {
        note(
            "there are no reports to publish; `afterword new` writes the first one, `afterword init` a whole repository",
        );
        return Some(FINDINGS);
    }
    None
}

/// Makes the site and publishes it, unless what is there was made from just this.
fn publish(
    snapshot: &Snapshot,
    checked: &Checked,
    audience: Visibility,
    out: &Path,
) -> anyhow::Result<(Counts, Published)> {
    let progress = Progress::start("building");
    let publishing = Publishing::start(&Machine, out)?;
    let inputs = last_build::inputs(snapshot, audience);
    let made = inputs.as_ref().and_then(|inputs| last_build::made_from(inputs, out));
    if let Some(published) = made.and_then(|made| publishing.still(&made)) {
        return Ok((pipeline::counts(checked, audience), published));
    }
    let counts = pipeline::fill(&publishing, snapshot, checked, audience)?;
    progress.stage("publishing");
    let published = publishing.finish()?;
    if let Some(inputs) = &inputs {
        last_build::keep(inputs, &published.digest, out);
    }
    Ok((counts, published))
}
