//! What the page at an address is about, how it is called, and when that last changed: for feeds, the sitemap and heads.

use super::{digest, format, group, pattern, plain};
use crate::{
    analyze::{Analysis, Group, period::Period},
    config::Config,
    markup,
    model::{Report, Status, Visibility, corpus::Corpus, time::When},
    snapshot::{History, RelPath},
    words::Words,
};
use jiff::Timestamp;
use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

/// What a page is about.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'a> {
    Report(&'a Arc<Report>),
    Service(&'a str, &'a Group),
    Team(&'a str, &'a Group),
    Pattern(&'a str, &'a Group),
    Digest(Period, &'a Group),
}

/// All that pages are about, by folder (`services/checkout/`), and what may be told of it.
#[derive(Debug)]
pub struct Directory<'a> {
    pub config: &'a Config,
    pub corpus: &'a Corpus,
    pub history: &'a History,
    pub words: &'a Words,
    /// By the part of the address that is theirs.
    reports: HashMap<Cow<'a, str>, &'a Arc<Report>>,
    /// All others.
    subjects: BTreeMap<String, Subject<'a>>,
    public: bool,
}

/// Sections of the site: their folders, and the texts with their names and what they say of themselves.
pub const SECTIONS: &[(&str, &str, &str)] = &[
    ("actions/", "site.actions", "head.actions"),
    ("digests/", "site.digests", "head.digests"),
    ("incidents/", "site.incidents", "head.incidents"),
    ("metrics/", "site.metrics", "head.metrics"),
    ("patterns/", "site.patterns", "head.patterns"),
    ("rules/", "site.rules", "head.rules"),
    ("services/", "site.services", "head.services"),
    ("teams/", "site.teams", "head.teams"),
];

impl<'a> Directory<'a> {
    /// Of what is published for an audience.
    #[must_use]
    pub fn new(
        config: &'a Config,
        corpus: &'a Corpus,
        analysis: &'a Analysis,
        history: &'a History,
        words: &'a Words,
        audience: Visibility,
    ) -> Self {
        let folder = |url: String| url.trim_end_matches("index.html").to_owned();
        let mut subjects = BTreeMap::new();
        let reports = corpus.reports.iter().map(|report| (format::slug(&report.id.value), report)).collect();
        for (id, group) in &analysis.by_service {
            subjects.insert(folder(group::service_url(id)), Subject::Service(id, group));
        }
        for (id, group) in &analysis.by_team {
            subjects.insert(folder(group::team_url(id)), Subject::Team(id, group));
        }
        for (id, group) in &analysis.by_factor {
            subjects.insert(folder(pattern::url(id)), Subject::Pattern(id, group));
        }
        for (period, group) in &analysis.by_period {
            subjects.insert(folder(digest::url(*period)), Subject::Digest(*period, group));
        }
        Self { config, corpus, history, words, reports, subjects, public: audience == Visibility::Public }
    }

    /// What the page at this address itself is about.
    #[must_use]
    pub fn at(&self, address: &str) -> Option<Subject<'a>> {
        self.of_folder(address.trim_end_matches("index.html"))
    }

    fn of_folder(&self, folder: &str) -> Option<Subject<'a>> {
        let slug = folder.strip_prefix("incidents/").and_then(|rest| rest.strip_suffix('/'));
        let report = slug.and_then(|slug| self.reports.get(slug)).map(|report| Subject::Report(report));
        report.or_else(|| self.subjects.get(folder).copied())
    }

    /// What a page or a page above it is about: `services/x/numbers/index.html` is about a service.
    #[must_use]
    pub fn around(&self, address: &str) -> Option<Subject<'a>> {
        let mut folders = address.match_indices('/').rev().map(|(at, _)| &address[..=at]);
        folders.find_map(|folder| self.of_folder(folder))
    }

    /// Services, teams and patterns with their folders: they have feeds of their own.
    pub fn groups(&self) -> impl Iterator<Item = (&str, Subject<'a>, &'a Group)> {
        self.subjects.iter().filter_map(|(folder, subject)| match subject {
            Subject::Service(_, group) | Subject::Team(_, group) | Subject::Pattern(_, group) => {
                Some((folder.as_str(), *subject, *group))
            }
            Subject::Report(_) | Subject::Digest(..) => None,
        })
    }

    /// The name that people read.
    #[must_use]
    pub fn name(&self, subject: Subject<'_>) -> String {
        match subject {
            Subject::Report(report) => report.title.value.clone(),
            Subject::Service(id, _) => {
                self.config.services.get(id).map_or_else(|| id.to_owned(), |service| service.name.clone())
            }
            Subject::Team(id, _) => self.config.teams.get(id).map_or_else(|| id.to_owned(), |team| team.name.clone()),
            Subject::Pattern(id, _) => {
                let pattern = self.corpus.patterns.get(id);
                pattern.map_or_else(|| format::words(id), |pattern| pattern.title.value.clone())
            }
            Subject::Digest(period, _) => digest::title(self.words, period),
        }
    }

    /// Whether strangers and search engines may find the site.
    #[must_use]
    pub const fn is_public(&self) -> bool {
        self.public
    }

    /// Whether search engines may list a page: never on a site for fewer than all, and no drafts.
    #[must_use]
    pub fn is_indexed(&self, address: &str) -> bool {
        let draft = matches!(self.around(address), Some(Subject::Report(report)) if report.status == Status::Draft);
        self.public && !draft && address != super::NOT_FOUND && !address.starts_with("not-published/")
    }

    /// The full address of a page or file, or of a place on a page; `None` where nobody said where the site will be.
    #[must_use]
    pub fn absolute(&self, address: &str) -> Option<String> {
        let base = &self.config.base_url;
        let (file, anchor) = address.split_at(address.find('#').unwrap_or(address.len()));
        let file = match file.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
            _ => file,
        };
        (!base.is_empty()).then(|| encoded(&format!("{base}{file}{anchor}")))
    }

    /// Where the site will be: its host, without user or port, and its path; a host that cannot exist where nobody said.
    #[must_use]
    pub fn host(&self) -> (String, &str) {
        let rest = self.config.base_url.split_once("://").map_or("", |(_, rest)| rest);
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let host = host.rsplit('@').next().unwrap_or(host).split(':').next().unwrap_or("").to_ascii_lowercase();
        (if host.is_empty() { "afterword.invalid".to_owned() } else { host }, path)
    }

    /// The id of something for feeds and calendars (RFC 4151): it stays while the page stays.
    #[must_use]
    pub fn tag(&self, what: &str) -> String {
        if let Some(begin) = &self.config.feed_id {
            return encoded(&format!("{begin}:{what}"));
        }
        let (host, path) = self.host();
        encoded(&format!("tag:{host},2000:{path}{what}"))
    }

    /// When a report was published: as it says, else its first commit, else the start of the incident.
    #[must_use]
    pub fn published(&self, report: &Report) -> When {
        let stated = report.publication.published_at.as_ref().map(|when| when.value);
        let committed = || Some(When::Instant(self.history.files.get(&report.path)?.first_change));
        stated.or_else(committed).unwrap_or(report.times.started.value)
    }

    /// When a report last changed: the last commit, else the last of the times it tells.
    #[must_use]
    pub fn changed(&self, report: &Report) -> When {
        let told =
            || report.times.in_order().into_iter().map(|(_, when)| when.value).max_by_key(|when| when.sort_key());
        let committed = self.history.files.get(&report.path).map(|file| When::Instant(file.last_change));
        let (changed, published) = (committed.or_else(told), self.published(report));
        changed.filter(|changed| changed.sort_key() >= published.sort_key()).unwrap_or(published)
    }

    /// The last commit to what a page is made of; `None` where git does not say.
    #[must_use]
    pub fn last_change(&self, address: &str) -> Option<Timestamp> {
        let of = |path: &RelPath| Some(self.history.files.get(path)?.last_change);
        let of_group = |group: &Group| group.reports.iter().filter_map(|report| of(&report.path)).max();
        match self.around(address)? {
            Subject::Report(report) => of(&report.path),
            Subject::Service(_, group) | Subject::Team(_, group) => of_group(group),
            Subject::Pattern(id, group) => {
                let pattern = self.corpus.patterns.get(id).and_then(|pattern| of(&pattern.path));
                pattern.max(of_group(group))
            }
            Subject::Digest(period, group) => {
                let note = self.corpus.digest_notes.get(&period.to_string());
                note.and_then(|note| of(&note.path)).max(of_group(group))
            }
        }
    }

    /// What a report says of itself: its summary, else that of its impact.
    #[must_use]
    pub fn summary(report: &Report) -> String {
        let text = report.section_text("summary").map(markup::text).filter(|text| !text.is_empty());
        text.or_else(|| report.impact.summary.as_ref().map(|summary| summary.value.clone())).unwrap_or_default()
    }

    /// A subject in one plain sentence; empty where nothing is known of it.
    #[must_use]
    pub fn sentence(&self, subject: Subject<'_>) -> String {
        let text = match subject {
            Subject::Report(report) => Self::summary(report),
            Subject::Service(id, _) => {
                self.config.services.get(id).map_or(String::new(), |service| service.about.clone())
            }
            Subject::Team(id, _) => self.config.teams.get(id).map_or(String::new(), |team| team.about.clone()),
            Subject::Pattern(id, _) => self.corpus.patterns.get(id).map_or(String::new(), |pattern| {
                if pattern.summary.is_empty() { first_paragraph(&pattern.body) } else { pattern.summary.clone() }
            }),
            Subject::Digest(period, _) => {
                let note = self.corpus.digest_notes.get(&period.to_string());
                note.map_or(String::new(), |note| first_paragraph(&note.body))
            }
        };
        plain::brief(&text, super::head::DESCRIPTION)
    }
}

/// The first block that is no heading, without markup.
pub(super) fn first_paragraph(markdown: &str) -> String {
    let blocks = markup::blocks(markdown).into_iter().map(|range| &markdown[range]);
    let prose = blocks.filter(|block| !block.starts_with('#')).map(markup::text);
    prose.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
}

/// Bytes that an address cannot hold, as `%XX`.
fn encoded(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for byte in address.bytes() {
        if byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
