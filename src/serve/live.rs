//! What open pages are told: that there is a newer site, and what was found in the reports.
//!
//! A page asks and waits for an answer until there is something to tell. Of all tabs of a browser one asks for the others,
//! since browsers open six connections at most.

use crate::{
    diag::{Diagnostic, Level, lines::places, sanitize::one_line},
    snapshot::Snapshot,
};
use serde_json::{Value, json};
use std::{
    collections::VecDeque,
    sync::{Arc, Condvar, LazyLock, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// Where pages ask: `/_afterword/live?since=3&page=/incidents/x/`.
pub const ASK: &str = "/_afterword/live";
const SCRIPT: &str = "/_afterword/live.js";
const STYLES: &str = "/_afterword/live.css";
const SCRIPT_TEXT: &str = include_str!("live.js");
const STYLES_TEXT: &str = include_str!("live.css");

/// A file of the preview itself.
pub fn own(path: &str) -> Option<&'static str> {
    match path {
        SCRIPT => Some(SCRIPT_TEXT),
        STYLES => Some(STYLES_TEXT),
        _ => None,
    }
}

/// What pages ask for these files with: another program may listen at this address tomorrow.
pub fn stamp() -> &'static str {
    static STAMP: LazyLock<String> = LazyLock::new(|| digest(format!("{SCRIPT_TEXT}{STYLES_TEXT}").as_bytes()));
    &STAMP
}

/// Nobody waits longer; then the page asks again.
const PATIENCE: Duration = Duration::from_secs(25);
/// More do not wait: the oldest is answered. Half of the connections that there may be.
const WAITING: usize = 32;
/// Findings that are listed; the terminal has all of them.
const LISTED: usize = 50;

struct State {
    version: u64,
    told: String,
    /// Who waits, by the number of the request, the oldest first.
    waiting: VecDeque<u64>,
    requests: u64,
}

/// The newest state, and who waits for the next.
#[derive(Clone)]
pub struct Live(Arc<(Mutex<State>, Condvar)>);

impl Default for Live {
    fn default() -> Self {
        let nothing = json!({ "version": 0, "failed": false, "findings": [], "all": 0 });
        let state = State { version: 0, told: nothing.to_string(), waiting: VecDeque::new(), requests: 0 };
        Self(Arc::new((Mutex::new(state), Condvar::new())))
    }
}

impl Live {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many sites there have been.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.lock().version
    }

    /// Tells everybody who waits. `failed` is that the last good site stands although the reports have changed.
    pub fn tell(&self, failed: bool, findings: &[Value], all: usize) {
        let mut state = self.lock();
        state.version += 1;
        let value = json!({ "version": state.version, "failed": failed, "findings": findings, "all": all });
        state.told = value.to_string();
        self.0.1.notify_all();
    }

    /// What there is to tell: at once where there is news since the version of `since=3`, else later.
    #[must_use]
    pub fn ask(&self, query: &str) -> String {
        let since = query.strip_prefix("since=").and_then(|version| version.parse::<u64>().ok());
        let until = Instant::now() + PATIENCE;
        let mut state = self.lock();
        if since != Some(state.version) {
            return state.told.clone();
        }
        state.requests += 1;
        let own = state.requests;
        state.waiting.push_back(own);
        if state.waiting.len() > WAITING {
            state.waiting.pop_front();
            self.0.1.notify_all();
        }
        loop {
            let left = until.saturating_duration_since(Instant::now());
            if since != Some(state.version) || left.is_zero() || !state.waiting.contains(&own) {
                state.waiting.retain(|other| *other != own);
                return state.told.clone();
            }
            state = self.0.1.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
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

/// News with what the page is that asks.
#[must_use]
pub fn with_page(told: &str, digest: &str) -> String {
    let open = told.strip_suffix('}').unwrap_or(told);
    format!("{open},\"page\":\"{digest}\"}}")
}

/// A page with the script that asks, and what the page is, so that it is shown again only when it is another. `swap` is
/// that all scripts on it are ours, which can be told that other text stands where they looked.
#[must_use]
pub fn with_script(html: &[u8], digest: &str, version: u64, swap: bool) -> Vec<u8> {
    let stamp = stamp();
    let swap = if swap { " data-swap=\"yes\"" } else { "" };
    let tags = format!(
        "<link rel=\"stylesheet\" href=\"{STYLES}?{stamp}\"><script defer src=\"{SCRIPT}?{stamp}\" data-digest=\"{digest}\" data-version=\"{version}\"{swap}></script>"
    );
    let at = html.windows(7).position(|part| part == b"</head>").unwrap_or(html.len());
    [&html[..at], tags.as_bytes(), &html[at..]].concat()
}

/// What a page is, short.
#[must_use]
pub fn digest(html: &[u8]) -> String {
    blake3::hash(html).to_hex()[..16].to_owned()
}
