//! The preview: the site in memory over HTTP at a loopback address, built again after every change.

mod answer;
mod door;
pub mod guard;
pub mod http;
mod live;
mod room;
mod watch;

use crate::{
    config::{self, Config},
    diag::{Diagnostic, Level, human, plural, sanitize::sanitize},
    disk::{self, seen::Seen},
    lint,
    model::{Status, Visibility},
    pipeline::{
        self, Checked,
        live::Live as Checker,
        on_demand::{Memo, OnDemand},
    },
    snapshot::{File, ReadFinding, ReadFindingKind, RelPath, Snapshot, Span},
};
use answer::{Preview, Shown};
use anyhow::Context;
use jiff::civil::Date;
use live::Live;
use std::{
    collections::BTreeSet,
    net::{IpAddr, TcpListener},
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
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
    let live = Live::default();
    let names = guard::Names::of(at);
    let shown = Arc::new(Mutex::new(Preview { site: None, version: 0, live: live.clone(), names }));
    let mut builder = Builder {
        root,
        today,
        options,
        say,
        live,
        shown: shown.clone(),
        before: None,
        seen: Seen::default(),
        checker: None,
        memo: Memo::default(),
        made: None,
    };
    builder.make()?;
    builder.show()?;
    door::open(listener, door::LIMITS, move |head| answer::answer(head, &shown));
    say(&format!("http://{at}/ shows the site; it is built again after every change (Ctrl-C ends)"));
    ready(&format!("http://{at}/"));
    let mut watch = watch::Watch::new(root, say);
    let mut fault = None;
    loop {
        let config = builder.config();
        watch.wait(&config, fault.is_none() && builder.has_read_all());
        // What was read while somebody still wrote is made again, and not shown.
        let made = loop {
            let made = builder.make();
            if watch.is_settled(&config) {
                break made;
            }
        };
        match made.and_then(|()| builder.show()) {
            Ok(()) => fault = None,
            Err(error) => {
                let now = Some(format!("afterword: {}", sanitize(&format!("{error:#}"))));
                if now != fault {
                    now.as_deref().into_iter().for_each(say);
                }
                fault = now;
            }
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
    shown: Shown,
    before: Option<Snapshot>,
    seen: Seen,
    /// Reads and checks again what changed.
    checker: Option<Checker>,
    memo: Memo,
    /// What is not shown yet.
    made: Option<Made>,
}

/// What a change led to.
struct Made {
    start: Instant,
    snapshot: Snapshot,
    /// Files that are not what they were when something was shown last.
    changed: BTreeSet<RelPath>,
    secrets: Vec<Span>,
    /// Findings that are told.
    loud: Vec<Diagnostic>,
    /// None where there are errors.
    site: Option<anyhow::Result<OnDemand>>,
}

impl Builder<'_> {
    /// Whether there was nothing that could not be read, as when there are no descriptors left.
    fn has_read_all(&self) -> bool {
        let unread = |finding: &ReadFinding| matches!(finding.kind, ReadFindingKind::Unreadable { .. });
        !self.before.as_ref().is_some_and(|before| before.findings.iter().any(unread))
    }

    /// The files that are not what they were.
    fn changed(&self, snapshot: &Snapshot) -> Vec<RelPath> {
        let Some(before) = &self.before else { return snapshot.files.keys().cloned().collect() };
        let gone = before.files.keys().filter(|path| !snapshot.files.contains_key(*path));
        let is_other = |(path, file): &(&RelPath, &File)| before.files.get(*path).is_none_or(|was| !is_same(was, file));
        let mut changed: Vec<RelPath> = gone.cloned().collect();
        changed.extend(snapshot.files.iter().filter(is_other).map(|(path, _)| path.clone()));
        changed.sort();
        changed
    }

    /// The findings of [`pipeline::check`]: only what changed is read again where that is little.
    fn check(&mut self, snapshot: &Snapshot, changed: &[RelPath]) -> Checked {
        /// More files are read side by side.
        const FEW: usize = 64;
        let walked = |before: &Snapshot| before.findings == snapshot.findings && same_history(before, snapshot);
        let few = changed.len() <= FEW && self.before.as_ref().is_some_and(walked);
        let checker = match self.checker.take().filter(|_| few) {
            Some(mut checker) => {
                for path in changed {
                    checker.change(path, snapshot.files.get(path).cloned());
                }
                checker.settle(usize::MAX);
                checker
            }
            None => Checker::new(snapshot.clone()),
        };
        self.checker.insert(checker).checked()
    }

    /// What is to be watched.
    fn config(&self) -> Config {
        self.checker.as_ref().map_or_else(config::defaults::config, |checker| checker.config().clone())
    }

    /// The same check and build as `afterword build`, of what is on disk by now.
    fn make(&mut self) -> anyhow::Result<()> {
        let start = Instant::now();
        let snapshot = disk::read::read_again(self.root, self.today, &mut self.seen)?;
        if self.checker.is_some() && self.before.as_ref().is_some_and(|before| same(before, &snapshot)) {
            return Ok(());
        }
        let changed = self.changed(&snapshot);
        let mut checked = self.check(&snapshot, &changed);
        let mut loud = pipeline::told(&checked, self.options.audience);
        loud.retain(|finding| finding.level > Level::Info);
        let secrets = checked.secrets.clone();
        let failed = checked.config_broken || lint::fails(&checked.diagnostics, Level::Error);
        let site = (!failed).then(|| {
            if self.options.drafts {
                checked.corpus.reports.iter_mut().for_each(reviewed);
            }
            self.site(snapshot.clone(), checked)
        });
        self.before = Some(snapshot.clone());
        let unshown = self.made.take().map(|made| made.changed);
        let changed = changed.into_iter().chain(unshown.into_iter().flatten()).collect();
        self.made = Some(Made { start, snapshot, changed, secrets, loud, site });
        Ok(())
    }

    /// Shows what was made, and tells what was found. On errors the last good site stays.
    fn show(&mut self) -> anyhow::Result<()> {
        let Some(Made { start, snapshot, changed, secrets, loud, site }) = self.made.take() else { return Ok(()) };
        let failed = site.is_none();
        let masked = if loud.is_empty() { snapshot } else { pipeline::masked(&snapshot, &secrets) };
        let listed = live::findings(&loud, &masked);
        let (site, fault) = match site.transpose() {
            Ok(site) => (site, None),
            Err(fault) => (None, Some(fault)),
        };
        let told = site.as_ref().map(|site| plural(site.reports(), "report"));
        if let Some(site) = site {
            self.put(site);
        }
        if fault.is_none() {
            self.live.tell(failed, &listed, loud.len());
        }
        let took = start.elapsed().as_millis();
        if !loud.is_empty() {
            self.tell_findings(&loud, &masked, &changed);
        }
        if failed {
            let none = self.shown.lock().unwrap_or_else(PoisonError::into_inner).site.is_none();
            let instead = if none { "there is no site to show yet" } else { "the last good site is shown" };
            (self.say)(&format!("there are errors (`afterword check` lists all of them); {instead}"));
        }
        if let Some(reports) = told {
            (self.say)(&format!("{reports} shown as now written ({took} ms)"));
        }
        fault.map_or(Ok(()), Err)
    }

    /// Shows a site in the place of the last one, which is given up when the pages that were open have the new one.
    fn put(&self, site: OnDemand) {
        const MEANWHILE: Duration = Duration::from_millis(500);
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let old = shown.site.replace(Arc::new(site));
        shown.version = self.live.version() + 1;
        drop(shown);
        if let Some(old) = old {
            std::thread::spawn(move || {
                std::thread::sleep(MEANWHILE);
                drop(old);
            });
        }
    }

    /// Those of files that changed first, and no more than a person reads.
    fn tell_findings(&self, loud: &[Diagnostic], masked: &Snapshot, changed: &BTreeSet<RelPath>) {
        const SAID: usize = 20;
        let (now, before): (Vec<_>, Vec<_>) = loud.iter().partition(|finding| changed.contains(finding.path()));
        let said: Vec<Diagnostic> = now.into_iter().chain(before).take(SAID).cloned().collect();
        (self.say)(human::render(&said, masked, false).trim_end());
        if loud.len() > said.len() {
            (self.say)(&format!("{} more; `afterword check` lists all of them", loud.len() - said.len()));
        }
    }

    /// The site, of which pages are made when they are asked for. Templates of the user can fail: with them all pages
    /// are made at once, so that the last good site stays.
    fn site(&self, snapshot: Snapshot, checked: Checked) -> anyhow::Result<OnDemand> {
        let site = OnDemand::new(snapshot, checked, self.options.audience, &self.memo)?;
        if site.has_theme() {
            site.make_all()?;
        }
        Ok(site)
    }
}

/// A draft, as if it were no longer one.
fn reviewed(report: &mut Arc<crate::model::Report>) {
    if report.status == Status::Draft {
        Arc::make_mut(report).status = Status::InReview;
    }
}

fn same_history(a: &Snapshot, b: &Snapshot) -> bool {
    a.history == b.history
}

/// Whether nothing changed that a site is made of: editors and tools touch files without changing them.
fn same(a: &Snapshot, b: &Snapshot) -> bool {
    a.findings == b.findings
        && same_history(a, b)
        && a.files.len() == b.files.len()
        && a.files.iter().zip(&b.files).all(|(a, b)| a.0 == b.0 && is_same(a.1, b.1))
}

/// A file that was not read again is the same without a look at it.
fn is_same(a: &File, b: &File) -> bool {
    Arc::ptr_eq(&a.bytes, &b.bytes) || a.bytes == b.bytes
}
