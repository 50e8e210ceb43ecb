//! What pages there are, and what each of them shows. One file per kind; `KINDS` is the list.
//!
//! A page's data is a small private view: it is all that the template sees.

use crate::{
    analyze::{self, Analysis, period::Period},
    config::Config,
    diag::Diagnostic,
    markup::{self, Env, Html},
    model::{Report, corpus::Corpus},
    site::{self, Body, Page},
    snapshot::{History, RelPath},
    words::Words,
};
use rayon::prelude::*;
use serde::Serialize;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

mod actions;
mod brief;
mod budget;
mod columns;
pub mod digest;
mod durations;
mod evidence;
mod extra;
mod facets;
mod figures;
pub mod format;
mod group;
pub mod head;
mod home;
mod impact;
mod incident;
pub mod line;
mod list;
mod metrics;
mod narrative;
mod over_time;
mod pattern;
mod phases;
pub mod plain;
mod rail;
mod record;
mod recurrence;
mod related;
mod rules;
mod search;
mod shares;
mod starts;
pub mod subject;
mod toll;
mod views;
mod years;

pub use narrative::parts;

/// A kind of page: its name, its template, and how its pages are made.
pub struct Kind {
    pub name: &'static str,
    pub template: &'static str,
    /// What the addresses of its files begin with.
    pub folders: &'static [&'static str],
    pub pages: fn(&Input<'_>),
}

/// All kinds, in the order of the navigation.
pub const KINDS: &[Kind] = &[
    Kind { name: "home", template: "home.html", folders: &["index.html"], pages: home::pages },
    Kind { name: "list", template: "incidents.html", folders: &["incidents/", "data/"], pages: list::pages },
    Kind { name: "incident", template: "incident.html", folders: &["incidents/"], pages: incident::pages },
    Kind { name: "brief", template: "brief.html", folders: &["incidents/"], pages: brief::pages },
    Kind { name: "patterns", template: "patterns.html", folders: &["patterns/index.html"], pages: pattern::overview },
    Kind { name: "pattern", template: "pattern.html", folders: &["patterns/"], pages: pattern::pages },
    Kind { name: "services", template: "groups.html", folders: &["services/"], pages: group::services },
    Kind { name: "teams", template: "groups.html", folders: &["teams/"], pages: group::teams },
    Kind { name: "actions", template: "actions.html", folders: &["actions/"], pages: actions::pages },
    Kind { name: "digests", template: "digests.html", folders: &["digests/index.html"], pages: digest::overview },
    Kind { name: "digest", template: "digest.html", folders: &["digests/"], pages: digest::pages },
    Kind { name: "metrics", template: "metrics.html", folders: &["metrics/"], pages: metrics::pages },
    Kind { name: "search", template: "search.html", folders: &["search/index.html"], pages: search::pages },
    Kind { name: "rules", template: "rules.html", folders: &["rules/index.html"], pages: rules::overview },
    Kind { name: "rule", template: "rule.html", folders: &["rules/"], pages: rules::pages },
    Kind {
        name: "not-published",
        template: "not-published.html",
        folders: &["not-published/"],
        pages: extra::not_published,
    },
    Kind { name: "404", template: "404.html", folders: &[NOT_FOUND], pages: extra::not_found },
];

/// Everything a page may be made from.
pub struct Input<'a> {
    pub config: &'a Config,
    pub corpus: &'a Corpus,
    pub analysis: &'a Analysis,
    pub history: &'a History,
    pub findings: &'a [Diagnostic],
    /// Of the language of the site.
    pub words: &'a Words,
    /// Receives each page as soon as it is laid out, from any thread and in any order.
    sink: &'a (dyn Fn(Page) + Sync),
    /// All reports, newest first.
    newest: &'a [Arc<Report>],
    directory: &'a subject::Directory<'a>,
    /// Published files of the repository → address.
    targets: &'a BTreeMap<RelPath, String>,
    /// The only file that is asked for; all of them where none is named.
    only: Option<&'a str>,
}

/// What is the same for every page of a corpus, made once.
#[derive(Debug)]
pub struct Prepared {
    newest: Vec<Arc<Report>>,
    targets: BTreeMap<RelPath, String>,
}

impl Prepared {
    #[must_use]
    pub fn of(config: &Config, corpus: &Corpus, analysis: &Analysis) -> Self {
        Self { newest: newest_first(&corpus.reports), targets: targets(config, corpus, analysis) }
    }
}

/// Lays out every page of the site and hands each to `sink` at once, so that they are never all in memory.
pub fn each(
    directory: &subject::Directory<'_>,
    analysis: &Analysis,
    findings: &[Diagnostic],
    sink: &(dyn Fn(Page) + Sync),
) {
    let prepared = Prepared::of(directory.config, directory.corpus, analysis);
    let input = input(directory, analysis, findings, &prepared, sink);
    KINDS.par_iter().for_each(|kind| (kind.pages)(&input));
}

/// The page at one address, as [`each`] lays it out; `None` where there is none.
#[must_use]
pub fn one(
    directory: &subject::Directory<'_>,
    analysis: &Analysis,
    findings: &[Diagnostic],
    prepared: &Prepared,
    address: &str,
) -> Option<Page> {
    let found = Mutex::new(None);
    if address.starts_with("incidents/") {
        analysis.join();
    }
    let keep = |page: Page| *found.lock().unwrap_or_else(PoisonError::into_inner) = Some(page);
    let input = Input { only: Some(address), ..input(directory, analysis, findings, prepared, &keep) };
    // Lists are last: they look at all reports, and their addresses begin like those of incidents.
    for kind in KINDS.iter().rev().filter(|kind| kind.folders.iter().any(|folder| address.starts_with(folder))) {
        (kind.pages)(&input);
        if let Some(page) = found.lock().unwrap_or_else(PoisonError::into_inner).take() {
            return Some(page);
        }
    }
    None
}

/// The first sheet of a period's digest; `None` where nothing has happened yet, or the period has not begun.
#[must_use]
pub fn digest_sheet(
    directory: &subject::Directory<'_>,
    analysis: &Analysis,
    period: Period,
) -> Option<digest::sheet::Sheet> {
    let (_, group) = analysis.by_period.iter().find(|(known, _)| *known == period)?;
    let prepared = Prepared::of(directory.config, directory.corpus, analysis);
    let input = input(directory, analysis, &[], &prepared, &drop);
    Some(digest::sheet(&input, period, group))
}

fn input<'a>(
    directory: &'a subject::Directory<'a>,
    analysis: &'a Analysis,
    findings: &'a [Diagnostic],
    prepared: &'a Prepared,
    sink: &'a (dyn Fn(Page) + Sync),
) -> Input<'a> {
    let subject::Directory { config, corpus, history, words, .. } = *directory;
    Input {
        config,
        corpus,
        analysis,
        history,
        findings,
        words,
        sink,
        newest: &prepared.newest,
        directory,
        targets: &prepared.targets,
        only: None,
    }
}

/// Reports by the time of their start, the latest first.
#[must_use]
pub fn newest_first(reports: &[Arc<Report>]) -> Vec<Arc<Report>> {
    let mut reports = reports.to_vec();
    analyze::newest_first(&mut reports);
    reports
}

/// The address of a report's page from the root of the site.
#[must_use]
pub fn incident_url(report: &Report) -> String {
    ["incidents/", &format::slug(&report.id.value), "/index.html"].concat()
}

/// The page for addresses that lead nowhere.
pub const NOT_FOUND: &str = "404.html";

/// From a page back to the root of the site: `../../`.
#[must_use]
pub fn root_of(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

/// Files beside reports that some report links to, each once, and only if they are what their names say.
#[must_use]
pub fn assets(config: &Config, corpus: &Corpus) -> BTreeMap<RelPath, String> {
    let mut found = BTreeMap::new();
    let texts = corpus.reports.iter().map(|report| (&report.path, &report.body));
    let texts = texts.chain(corpus.patterns.values().map(|pattern| (&pattern.path, &pattern.body)));
    for (path, body) in texts.filter(|(_, body)| body.contains("](") || body.contains("]:")) {
        for destination in markup::destinations(body) {
            let there = |file: &RelPath| corpus.paths.contains_key(file);
            let Some(file) = markup::local(config.place_of(path), &destination, there) else { continue };
            if site::is_asset(&file) && !corpus.mistaken.contains(&file) {
                let address = format!("assets/{file}");
                found.insert(file, address);
            }
        }
    }
    found
}

fn targets(config: &Config, corpus: &Corpus, analysis: &Analysis) -> BTreeMap<RelPath, String> {
    let mut targets = assets(config, corpus);
    targets.extend(corpus.reports.iter().map(|report| (report.path.clone(), incident_url(report))));
    targets.extend(corpus.patterns.values().map(|pattern| (pattern.path.clone(), pattern::url(&pattern.id))));
    for (period, _) in &analysis.by_period {
        if let Some(note) = corpus.digest_notes.get(&period.to_string()) {
            targets.insert(note.path.clone(), digest::url(*period));
        }
    }
    targets
}

/// What the frame of every page says.
#[derive(Serialize)]
struct Frame<'v, V> {
    nav: &'static str,
    as_of: String,
    report_count: usize,
    broken_count: usize,
    #[serde(flatten)]
    view: &'v V,
}

impl Input<'_> {
    /// Whether a file whose address begins so is asked for.
    fn wants(&self, beginning: &str) -> bool {
        self.only.is_none_or(|only| only.starts_with(beginning))
    }

    /// Whether a page or one that lies in its folder is asked for.
    fn wants_below(&self, url: &str) -> bool {
        self.wants(url.trim_end_matches("index.html"))
    }

    /// Whether the page of a report is asked for, or one that lies in its folder.
    fn wants_report(&self, report: &Report) -> bool {
        let slug = format::slug(&report.id.value);
        let below = |only: &str| only.strip_prefix("incidents/")?.strip_prefix(&*slug)?.strip_prefix('/').map(drop);
        self.only.is_none_or(|only| below(only).is_some())
    }

    /// Hands a file over, if it is asked for.
    fn give(&self, path: RelPath, body: Body) {
        if self.only.is_none_or(|only| only == path.as_str()) {
            (self.sink)(Page { path, body });
        }
    }

    /// A page at an address. `nav` is the entry of the navigation that it belongs to.
    fn page(&self, path: &str, template: &'static str, nav: &'static str, view: &impl Serialize) {
        if self.only.is_some_and(|only| only != path) {
            return;
        }
        let frame = Frame {
            nav,
            as_of: self.words.date(self.analysis.today),
            report_count: self.corpus.reports.len(),
            broken_count: self.corpus.broken.len(),
            view,
        };
        let mut data = tera::Context::from_serialize(&frame).expect("a view is plain data");
        data.insert("head", &head::of(self, path, &data));
        let path = RelPath::new(path).expect("addresses are made of slugs");
        self.give(path, Body::Template { name: template, data });
    }

    /// One line of our own words, without a paragraph around it.
    fn line(&self, markdown: &str, page: &str) -> Html {
        let root = root_of(page);
        markup::inline(markdown, &Env { root: &root, place: None, targets: self.targets, notes: "" })
    }

    /// Markdown of a file on the page at an address.
    fn markdown(&self, markdown: &str, file: Option<&RelPath>, page: &str) -> Html {
        let root = root_of(page);
        let place = file.map(|file| self.config.place_of(file));
        markup::html(markdown, &Env { root: &root, place, targets: self.targets, notes: "" })
    }
}
