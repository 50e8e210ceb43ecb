//! Waits until something below the repository may have changed. An event is never taken as the list of changes.

use crate::config::Config;
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher, event::CreateKind};
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::mpsc::{self, Receiver},
    time::{Duration, Instant},
};

/// After the last event, so that one save is one build: what was made earlier is not shown before.
const SETTLE: Duration = Duration::from_millis(20);
/// After the first event: a save is often three of them, and a burst is not worth beginning with.
const PAUSE: Duration = Duration::from_millis(3);
/// A burst that does not end is built after this long.
const PATIENCE: Duration = Duration::from_secs(1);
/// Events get lost in new folders, and before a folder is watched: then the tree is looked at once more.
const SECOND_LOOK: Duration = Duration::from_millis(300);
/// Where the system cannot watch, the tree is looked at this often.
const POLL: Duration = Duration::from_secs(2);

pub struct Watch<'a> {
    root: &'a Path,
    say: &'a dyn Fn(&str),
    watcher: Option<RecommendedWatcher>,
    watched: BTreeSet<PathBuf>,
    events: Receiver<notify::Result<Event>>,
    look_again: bool,
    /// The burst that goes on: when it began, and when the last of it was heard.
    burst: Option<(Instant, Instant)>,
    /// Something was heard after what is shown was read.
    is_late: bool,
}

impl<'a> Watch<'a> {
    pub fn new(root: &'a Path, say: &'a dyn Fn(&str)) -> Self {
        let (send, events) = mpsc::channel();
        let mut watch = Self {
            root,
            say,
            watcher: None,
            watched: BTreeSet::new(),
            events,
            look_again: false,
            burst: None,
            is_late: false,
        };
        match notify::recommended_watcher(send) {
            Ok(watcher) => watch.watcher = Some(watcher),
            Err(error) => watch.poll(&error),
        }
        watch
    }

    /// Returns when something may have changed, or after a while where there are no events to be had, and where something
    /// could not be `read`: that it can be now is no event. What is made then may be shown once it [`Self::is_settled`].
    pub fn wait(&mut self, config: &Config, read: bool) {
        self.cover(config);
        if std::mem::take(&mut self.is_late) {
            return;
        }
        if self.watcher.is_none() {
            return std::thread::sleep(POLL);
        }
        if std::mem::take(&mut self.look_again) {
            return std::thread::sleep(SECOND_LOOK);
        }
        let until = Instant::now() + POLL;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let event = if read { self.events.recv().ok() } else { self.events.recv_timeout(left).ok() };
            match event {
                Some(event) if self.concerns(&event, config) => break,
                Some(_) => {}
                None => return,
            }
        }
        let begun = Instant::now();
        self.burst = Some((begun, begun));
        self.drain(config, PAUSE);
    }

    /// Whether nothing has changed since [`Self::wait`] returned, or since the last time this was asked: then what was made
    /// meanwhile is what is there. Waits for the end of the burst; one that does not end is shown as it is.
    pub fn is_settled(&mut self, config: &Config) -> bool {
        if self.burst.is_none() || !self.drain(config, SETTLE) {
            self.burst = None;
            return true;
        }
        let is_patient = self.burst.is_some_and(|(begun, _)| begun.elapsed() <= PATIENCE);
        if !is_patient {
            self.burst = None;
            self.is_late = true;
        }
        !is_patient
    }

    /// Hears events until there was none for so long, or for as long as one waits at all. Whether there was one.
    fn drain(&mut self, config: &Config, quiet: Duration) -> bool {
        let mut heard = false;
        while let Some((begun, last)) = self.burst.filter(|(begun, _)| begun.elapsed() <= PATIENCE) {
            let Ok(event) = self.events.recv_timeout(quiet.saturating_sub(last.elapsed())) else { break };
            if self.concerns(&event, config) {
                heard = true;
                self.burst = Some((begun, Instant::now()));
            }
        }
        heard
    }

    /// Watches the folders that the configuration names, also those that appeared since.
    fn cover(&mut self, config: &Config) {
        let content = config.reports_folders().chain(config.theme_dir.as_deref());
        let mut wanted: Vec<_> = content.map(|dir| (self.root.join(dir), RecursiveMode::Recursive)).collect();
        wanted.extend(ways(config).map(|dir| (self.root.join(dir), RecursiveMode::NonRecursive)));
        wanted.push((self.root.to_owned(), RecursiveMode::NonRecursive));
        self.watched.retain(|path| path.exists());
        for (path, mode) in wanted {
            let Some(watcher) = &mut self.watcher else { return };
            if self.watched.contains(&path) || !path.exists() {
                continue;
            }
            match watcher.watch(&path, mode) {
                Ok(()) => {
                    self.watched.insert(path);
                    self.look_again = true;
                }
                Err(error) => self.poll(&error),
            }
        }
    }

    fn poll(&mut self, error: &notify::Error) {
        (self.say)(&format!("cannot watch for changes ({error}); looking every {} s", POLL.as_secs()));
        self.watcher = None;
    }

    /// Reading a file is an event too, and the output lies beside the reports: neither starts a build.
    fn concerns(&mut self, event: &notify::Result<Event>, config: &Config) -> bool {
        let Ok(event) = event else { return true };
        if matches!(event.kind, EventKind::Access(_)) {
            return false;
        }
        let content = ["site.toml"].into_iter().chain(config.reports_folders()).chain(config.theme_dir.as_deref());
        let content: Vec<PathBuf> = content.map(|path| self.root.join(path)).collect();
        let ours = event.need_rescan()
            || event.paths.iter().any(|path| content.iter().any(|top| path.starts_with(top) || top.starts_with(path)));
        self.look_again |= ours && matches!(event.kind, EventKind::Create(CreateKind::Folder | CreateKind::Any));
        ours
    }
}

/// The folders between the root and the reports of the sources: there a source appears that is fetched meanwhile.
fn ways(config: &Config) -> impl Iterator<Item = &str> {
    config.sources.iter().flat_map(|source| {
        let path = source.reports.as_str();
        path.match_indices('/').map(move |(at, _)| &path[..at])
    })
}
