//! What open pages are told: that there is a newer site, and what was found in the reports.
//!
//! A page asks and waits for an answer. Who waits holds no worker: the request is kept here and answered when there is
//! something to tell. Of all tabs of a browser one asks for the others, since browsers open six connections at most.

use super::answer::respond;
use crate::{
    diag::{Diagnostic, Level, lines::places, sanitize::one_line},
    snapshot::Snapshot,
};
use serde_json::{Value, json};
use std::{
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};
use tiny_http::Request;

/// Where pages ask: `/_afterword/live?since=3`.
pub const ASK: &str = "/_afterword/live";
pub const SCRIPT: &str = "/_afterword/live.js";
pub const STYLES: &str = "/_afterword/live.css";
pub const SCRIPT_TEXT: &str = include_str!("live.js");
pub const STYLES_TEXT: &str = include_str!("live.css");

/// Nobody waits longer; then the page asks again.
const PATIENCE: Duration = Duration::from_secs(25);
/// More do not wait: the oldest is answered.
const WAITING: usize = 64;
/// Findings that are listed; the terminal has all of them.
const LISTED: usize = 50;

struct State {
    version: u64,
    told: String,
    waiting: Vec<(Instant, Request)>,
}

impl Default for State {
    fn default() -> Self {
        let nothing = json!({ "version": 0, "failed": false, "findings": [], "all": 0 });
        Self { version: 0, told: nothing.to_string(), waiting: Vec::new() }
    }
}

/// The newest state, and who waits for the next.
#[derive(Clone, Default)]
pub struct Live(Arc<Mutex<State>>);

impl Live {
    /// Begins to answer those who waited for long.
    #[must_use]
    pub fn start() -> Self {
        let live = Self::default();
        let kept = live.clone();
        thread::spawn(move || {
            loop {
                thread::sleep(Duration::from_secs(1));
                kept.release(|since| since.elapsed() > PATIENCE);
            }
        });
        live
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many sites there have been.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.lock().version
    }

    /// Tells everybody who waits. `failed` is that the last good site stands although the reports have changed.
    pub fn tell(&self, failed: bool, findings: &[Value], all: usize) {
        let (waiting, told) = {
            let mut state = self.lock();
            state.version += 1;
            let value = json!({ "version": state.version, "failed": failed, "findings": findings, "all": all });
            state.told = value.to_string();
            (std::mem::take(&mut state.waiting), state.told.clone())
        };
        for (_, request) in waiting {
            answer(request, &told);
        }
    }

    /// Answers at once where there is news since the version that is known, else later.
    pub fn ask(&self, request: Request) {
        let since = request.url().split_once("since=").and_then(|(_, rest)| rest.parse::<u64>().ok());
        let mut state = self.lock();
        let now = if since == Some(state.version) {
            state.waiting.push((Instant::now(), request));
            if state.waiting.len() <= WAITING {
                return;
            }
            state.waiting.remove(0).1
        } else {
            request
        };
        let told = state.told.clone();
        drop(state);
        answer(now, &told);
    }

    fn release(&self, ready: impl Fn(Instant) -> bool) {
        let (waiting, told) = {
            let mut state = self.lock();
            let (ready, later): (Vec<_>, Vec<_>) =
                std::mem::take(&mut state.waiting).into_iter().partition(|(since, _)| ready(*since));
            state.waiting = later;
            (ready, state.told.clone())
        };
        for (_, request) in waiting {
            answer(request, &told);
        }
    }
}

fn answer(request: Request, told: &str) {
    respond(request, 200, "application/json", Arc::from(told.as_bytes()), &[]);
}

/// Findings as pages show them, the worst first. `shown` are the files with their secrets masked.
#[must_use]
pub fn findings(found: &[Diagnostic], shown: &Snapshot) -> Vec<Value> {
    let mut worst: Vec<&Diagnostic> = found.iter().filter(|finding| finding.level > Level::Info).collect();
    worst.sort_by_key(|finding| std::cmp::Reverse(finding.level));
    let one = |finding: &&Diagnostic| {
        let (start, _) = places(finding.primary(), shown);
        let place = format!("{}:{}:{}", one_line(finding.path().as_str()), start.line, start.column);
        json!({
            "level": finding.level.word(),
            "code": finding.rule.code,
            "place": place,
            "message": one_line(&finding.message),
            "help": finding.help.as_ref().map(|help| one_line(help)),
        })
    };
    worst.iter().take(LISTED).map(one).collect()
}

/// A page with the script that asks, and what the page is, so that it is loaded again only when it is another.
#[must_use]
pub fn with_script(html: &[u8], digest: &str, version: u64) -> Vec<u8> {
    let tags = format!(
        "<link rel=\"stylesheet\" href=\"{STYLES}\"><script defer src=\"{SCRIPT}\" data-digest=\"{digest}\" data-version=\"{version}\"></script>"
    );
    let at = html.windows(7).position(|part| part == b"</head>").unwrap_or(html.len());
    [&html[..at], tags.as_bytes(), &html[at..]].concat()
}

/// What a page is, short.
#[must_use]
pub fn digest(html: &[u8]) -> String {
    blake3::hash(html).to_hex()[..16].to_owned()
}
