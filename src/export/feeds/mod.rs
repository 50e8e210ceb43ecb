//! Feeds: of all reports, and of each service, team and pattern; the newest fifty. Dates come from reports and git.

use super::raw;
use crate::{
    markup,
    model::{Report, Status, time::When},
    pages::{
        self, format,
        head::{ATOM, Format, JSON, RSS},
        plain,
        subject::{Directory, Subject},
    },
    site::Page,
};
use jiff::Timestamp;
use rayon::prelude::*;
use std::{cmp::Reverse, collections::BTreeMap, sync::Arc};

mod atom;
mod json;
mod rss;

/// Entries of a feed, at most.
const LENGTH: usize = 50;

/// What a feed is of.
struct Feed<'a> {
    title: String,
    about: String,
    /// Where the feed is, from the root of the site: `""`, `services/x/`.
    folder: &'a str,
    /// Its id, before the name of the format.
    id: String,
    entries: Vec<&'a Entry>,
}

/// One report.
struct Entry {
    id: String,
    title: String,
    /// From the root of the site.
    address: String,
    published: Timestamp,
    updated: Timestamp,
    /// Severity, days, duration and services in one line.
    facts: String,
    /// What happened, a paragraph a line.
    summary: String,
    /// Services and patterns.
    tags: Vec<String>,
}

type Write = fn(&Directory<'_>, &Feed<'_>, &str) -> String;

/// How each format is written; the last argument is the name of its file.
const FORMATS: &[(Format, Write)] = &[(ATOM, atom::feed), (RSS, rss::feed), (JSON, json::feed)];

/// Hands every feed to `sink`. Formats without relative links are left out where nobody said where the site will be.
pub(super) fn each(directory: &Directory<'_>, sink: &(dyn Fn(Page) + Sync)) {
    let all = newest(directory, &directory.corpus.reports);
    let groups: Vec<_> = directory
        .groups()
        .map(|(folder, subject, group)| (folder, subject, newest(directory, &group.reports)))
        .collect();
    let told: BTreeMap<&str, &Report> = groups
        .iter()
        .flat_map(|(_, _, reports)| reports)
        .chain(&all)
        .map(|report| (report.id.value.as_str(), report.as_ref()))
        .collect();
    let told: Vec<(&str, &Report)> = told.into_iter().collect();
    let entries: BTreeMap<&str, Entry> =
        told.into_par_iter().map(|(id, report)| (id, entry(directory, report))).collect();
    let of = |reports: &[&Arc<Report>]| reports.iter().map(|report| &entries[report.id.value.as_str()]).collect();
    let site = &directory.config.title;
    let whole = Feed {
        title: plain::line(site),
        about: directory.config.description.clone(),
        folder: "",
        id: directory.tag("feed"),
        entries: of(&all),
    };
    let feed = |(folder, subject, reports): &(&str, Subject<'_>, Vec<&Arc<Report>>)| {
        let name = directory.name(*subject);
        let feed = Feed {
            title: plain::line(&format!("{site}: {name}")),
            about: directory.sentence(*subject),
            folder,
            id: directory.tag(&format!("{folder}feed")),
            entries: of(reports),
        };
        write(directory, &feed, sink);
    };
    write(directory, &whole, sink);
    groups.par_iter().for_each(feed);
}

fn write(directory: &Directory<'_>, feed: &Feed<'_>, sink: &(dyn Fn(Page) + Sync)) {
    let possible = |format: &Format| format.relative || !directory.config.base_url.is_empty();
    for (format, write) in FORMATS.iter().filter(|(format, _)| possible(format)) {
        sink(raw(&format!("{}{}", feed.folder, format.file), write(directory, feed, format.file)));
    }
}

/// What was published last, then what happened last; drafts are not announced.
fn newest<'r>(directory: &Directory<'_>, reports: &'r [Arc<Report>]) -> Vec<&'r Arc<Report>> {
    let mut reports: Vec<&Arc<Report>> = reports.iter().filter(|report| report.status != Status::Draft).collect();
    reports.sort_by_cached_key(|report| {
        let started = report.times.started.value.sort_key();
        Reverse((directory.published(report).sort_key(), started, report.id.value.clone()))
    });
    reports.truncate(LENGTH);
    reports
}

fn entry(directory: &Directory<'_>, report: &Report) -> Entry {
    let config = directory.config;
    let services: Vec<String> = crate::analyze::services_of(config, report)
        .iter()
        .map(|id| config.services.get(id).map_or_else(|| id.clone(), |service| service.name.clone()))
        .collect();
    let patterns = crate::analyze::factors_of(report).into_iter().map(|id| {
        let pattern = directory.corpus.patterns.get(id);
        pattern.map_or_else(|| format::words(id), |pattern| pattern.title.value.clone())
    });
    let tags = services.iter().cloned().chain(patterns).map(|tag| plain::line(&tag));
    Entry {
        id: directory.tag(&format!("incident/{}", format::slug(&report.id.value))),
        title: plain::line(&report.title.value),
        address: pages::incident_url(report),
        published: directory.published(report).sort_key(),
        updated: directory.changed(report).sort_key(),
        facts: plain::line(&facts(directory, report, &services)),
        summary: Directory::summary(report),
        tags: tags.collect(),
    }
}

/// `Severity 1 · 28–31 Oct 2021 · lasted 73 h 8 min · Game platform`
fn facts(directory: &Directory<'_>, report: &Report, services: &[String]) -> String {
    let (config, words, times) = (directory.config, directory.words, &report.times);
    let severity = config.severity(&report.severity.value).map_or(&report.severity.value, |known| &known.name);
    let end = times.resolved.as_ref().or(times.mitigated.as_ref()).map(|when| when.value);
    let day = |when: When| when.date(&config.time_zone);
    let first = day(times.started.value);
    let lasted = match end {
        Some(end) => times.started.value.seconds_to(end).filter(|seconds| *seconds >= 0),
        None => None,
    };
    let lasted = match (lasted, report.is_open()) {
        (Some(seconds), _) => {
            let duration = words.duration(seconds);
            Some(words.say("head.lasted", &[("duration", (&duration).into())]))
        }
        (None, true) => Some(words.text("head.not_over").to_owned()),
        (None, false) => None,
    };
    let kind =
        (report.kind != crate::model::Kind::Incident).then(|| words.term("kind", report.kind.word()).into_owned());
    let known = [kind, Some(severity.clone()), Some(words.days(first, end.map_or(first, day))), lasted];
    let services = (!services.is_empty()).then(|| services.join(", "));
    known.into_iter().flatten().chain(services).collect::<Vec<_>>().join(" · ")
}

impl Entry {
    /// The facts and the summary as HTML.
    fn html(&self) -> String {
        let paragraphs = self.summary.lines().map(plain::line).filter(|line| !line.is_empty());
        let paragraphs = std::iter::once(self.facts.clone()).chain(paragraphs);
        paragraphs.map(|text| format!("<p>{}</p>", markup::escape(&text))).collect()
    }
}

impl Feed<'_> {
    /// When an entry last changed; without entries there was never a change.
    fn updated(&self) -> Timestamp {
        self.entries.iter().map(|entry| entry.updated).max().unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// The address of something from where the feed is.
    fn link(&self, directory: &Directory<'_>, address: &str) -> String {
        directory.absolute(address).unwrap_or_else(|| format!("{}{address}", pages::root_of(self.folder)))
    }
}
