//! `afterword build`.

use super::{Audience, Context, FINDINGS, USAGE, check::summary, color, note, plural, progress::Progress};
use crate::{
    diag::{Level, human},
    disk::{
        self,
        io::Machine,
        publish::{Mode, Publishing},
    },
    lint, pipeline,
};
use std::{io::IsTerminal, path::PathBuf, time::Instant};

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
    let progress = Progress::start("reading");
    let snapshot = disk::read(&context.root, context.today)?;
    progress.stage("checking");
    let checked = pipeline::check(&snapshot);
    drop(progress);
    let found = &pipeline::told(&checked, args.audience.into());
    let loud: Vec<_> = found.iter().filter(|finding| finding.level > Level::Info).cloned().collect();
    if !loud.is_empty() {
        note(
            human::render(
                &loud,
                &pipeline::masked(&snapshot, &checked.secrets),
                color(std::io::stderr().is_terminal()),
            )
            .trim_end(),
        );
    }
    let silent = checked.diagnostics.iter().filter(|finding| finding.level >= Level::Error).count()
        > found.iter().filter(|finding| finding.level >= Level::Error).count();
    if silent {
        note("something that is not for this audience has errors; `afterword check` shows them");
    }
    if checked.config_broken {
        note(&format!("{}; site.toml has to be mended first, nothing was written", summary(found)));
        return Ok(USAGE);
    }
    if lint::fails(&checked.diagnostics, Level::Error) && !args.keep_going {
        note(&format!(
            "{}; nothing was written. Mend the errors, or publish the sound reports with --keep-going",
            summary(found)
        ));
        return Ok(FINDINGS);
    }
    if checked.corpus.reports.is_empty() {
        note(
            "there are no reports to publish; `afterword new` writes the first one, `afterword init` a whole repository",
        );
        return Ok(FINDINGS);
    }
    let config = &checked.config;
    let out = args.out.clone().unwrap_or_else(|| context.root.join(&config.output_dir));
    let content = [Some(&config.reports_dir), config.theme_dir.as_ref()].into_iter().flatten();
    let content: Vec<PathBuf> = content.map(|dir| context.root.join(dir)).collect();
    disk::publish::apart_from(&out, content.iter().map(PathBuf::as_path))?;
    let progress = Progress::start("building");
    let publishing = Publishing::start(&Machine, &out)?;
    let built = pipeline::fill(&publishing, &snapshot, &checked, args.audience.into())?;
    progress.stage("publishing");
    let published = publishing.finish()?;
    drop(progress);
    let pages = built.files.iter().filter(|path| path.as_str().ends_with(".html")).count();
    note(&format!(
        "{}, {}, {} and {} KB in {} ms",
        plural(built.reports, "report"),
        plural(pages, "page"),
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
    if built.unsound > 0 {
        note(&format!(
            "{} with errors left out; not-published/ on the site lists them",
            plural(built.unsound, "report")
        ));
    }
    note(&format!("the site is in {}; open index.html there, or run `afterword serve`", out.display()));
    Ok(u8::from(lint::fails(&checked.diagnostics, Level::Error)))
}
