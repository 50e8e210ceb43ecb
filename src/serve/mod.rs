//! The preview: the site in memory over HTTP at a loopback address, built again after every change.

mod answer;
mod guard;
mod live;
mod watch;
mod watchdog;

use crate::{
    config::Config,
    diag::{Level, human, sanitize::sanitize},
    disk, lint,
    model::{Status, Visibility},
    pipeline,
    snapshot::Snapshot,
};
use answer::Preview;
use anyhow::Context;
use jiff::civil::Date;
use live::Live;
use std::{
    net::{IpAddr, TcpListener},
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

/// How the preview is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Where it listens: a loopback address unless somebody wants otherwise.
    pub host: IpAddr,
    /// 0 takes any that is free.
    pub port: u16,
    /// Reports beyond are left out.
    pub audience: Visibility,
    /// Drafts enter numbers as if they had been reviewed.
    pub drafts: bool,
}

/// Builds, serves and watches until the process ends. `say` receives what is to be told to the person, `ready` the
/// address once it answers.
///
/// # Errors
/// The first build fails on input or output, or the port is taken.
pub fn run(root: &Path, today: Date, options: Options, say: &dyn Fn(&str), ready: &dyn Fn(&str)) -> anyhow::Result<()> {
    let root = &std::fs::canonicalize(root).with_context(|| format!("cannot read {}", root.display()))?;
    let listener = TcpListener::bind((options.host, options.port))
        .with_context(|| format!("cannot listen at {}:{}; --port chooses another", options.host, options.port))?;
    let at = listener.local_addr().context("the port is not known")?;
    let live = Live::start();
    let names = guard::Names::of(at);
    let shown = Arc::new(Mutex::new(Preview { site: None, version: 0, live: live.clone(), names }));
    let mut builder = Builder { root, today, options, say, live, shown: shown.clone(), before: None };
    let mut config = builder.rebuild()?;
    watchdog::start(listener, at, move |request| {
        let preview = shown.lock().unwrap_or_else(PoisonError::into_inner).clone();
        answer::answer(request, &preview);
    })?;
    say(&format!("http://{at}/ shows the site; it is built again after every change (Ctrl-C ends)"));
    ready(&format!("http://{at}/"));
    let mut watch = watch::Watch::new(root, say);
    loop {
        watch.wait(&config);
        match builder.rebuild() {
            Ok(changed) => config = changed,
            Err(error) => say(&format!("afterword: {}", sanitize(&format!("{error:#}")))),
        }
    }
}

/// What is built again and again.
struct Builder<'a> {
    root: &'a Path,
    today: Date,
    options: Options,
    say: &'a dyn Fn(&str),
    live: Live,
    shown: Arc<Mutex<Preview>>,
    before: Option<Snapshot>,
}

impl Builder<'_> {
    /// The same check and build as `afterword build`. On errors the last good site stays. Returns what is to be watched.
    fn rebuild(&mut self) -> anyhow::Result<Config> {
        let snapshot = disk::read(self.root, self.today)?;
        let mut checked = pipeline::check(&snapshot);
        if self.before.as_ref().is_some_and(|before| same(before, &snapshot)) {
            return Ok(checked.config);
        }
        let mut loud = pipeline::told(&checked, self.options.audience);
        loud.retain(|finding| finding.level > Level::Info);
        let masked = pipeline::masked(&snapshot, &checked.secrets);
        if !loud.is_empty() {
            (self.say)(human::render(&loud, &masked, false).trim_end());
        }
        let told = live::findings(&loud, &masked);
        let failed = checked.config_broken || lint::fails(&checked.diagnostics, Level::Error);
        if failed {
            let none = self.shown.lock().unwrap_or_else(PoisonError::into_inner).site.is_none();
            let instead = if none { "there is no site to show yet" } else { "the last good site is shown" };
            (self.say)(&format!("there are errors (`afterword check` lists all of them); {instead}"));
        } else {
            if self.options.drafts {
                checked.corpus.reports.iter_mut().for_each(reviewed);
            }
            let built = pipeline::build(&snapshot, &checked, self.options.audience);
            let built = match built {
                Ok(built) => built,
                Err(error) => {
                    self.before = Some(snapshot);
                    return Err(error);
                }
            };
            (self.say)(&format!("built {} files from {} reports", built.site.files.len(), built.reports));
            let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
            shown.site = Some(Arc::new(built.site));
            shown.version = self.live.version() + 1;
        }
        self.live.tell(failed, &told, loud.len());
        self.before = Some(snapshot);
        Ok(checked.config)
    }
}

/// A draft, as if it were no longer one.
fn reviewed(report: &mut Arc<crate::model::Report>) {
    if report.status == Status::Draft {
        Arc::make_mut(report).status = Status::InReview;
    }
}

/// Whether nothing changed that a site is made of: editors and tools touch files without changing them.
fn same(a: &Snapshot, b: &Snapshot) -> bool {
    a.findings == b.findings
        && a.history.files == b.history.files
        && a.history.missing_because == b.history.missing_because
        && a.files.len() == b.files.len()
        && a.files.iter().zip(&b.files).all(|(a, b)| a.0 == b.0 && a.1.bytes == b.1.bytes)
}
