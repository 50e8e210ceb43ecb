//! What was understood of a file and what was not, in words and in numbers.

use super::{
    Draft, TIMES,
    assets::Asset,
    labels,
    propose::{UNASSIGNED, UNRATED},
};
use crate::{
    config::Config,
    diag::{plural, reader},
    markup,
    model::{time::When, timeline::Shape},
    parse,
    snapshot::{Place, RelPath},
};
use std::collections::{BTreeMap, BTreeSet};

/// Headings that an import adds.
const OURS: [&str; 2] = ["Imported fields", "Report"];

/// What was understood of one file.
#[derive(Debug, Default)]
pub struct Told {
    understood: Vec<String>,
    not: Vec<String>,
    /// Headings of the second level, and those that name a section.
    pub headings: usize,
    pub sections: usize,
    pub has_timeline: bool,
    pub rows: usize,
    pub timed: usize,
    /// Rows of which only the day is known.
    pub dated: usize,
    /// Times to the minute, and the fields that hold only a day.
    pub times: usize,
    pub days: usize,
    pub actions: usize,
    pub severity: bool,
    pub services: bool,
    /// Headings that are no section.
    pub unknown: Vec<String>,
}

/// Reads the written report back and tells of it.
pub fn told(
    draft: &Draft,
    path: &RelPath,
    text: &str,
    plain: usize,
    assets: &BTreeSet<Asset>,
    config: &Config,
) -> Told {
    let mut told = Told { not: draft.not.clone(), ..Told::default() };
    told.times = draft.times.values().filter(|value| value.len() > 10).count();
    told.days = draft.times.len() - told.times;
    told.severity = draft.severity.as_deref().is_some_and(|word| word != UNRATED);
    told.services = !draft.services.is_empty() && draft.services != [UNASSIGNED];
    told.actions = draft.actions.len();
    read_back(&mut told, path, text, config);
    understood(&mut told, draft, plain);
    if !assets.is_empty() {
        told.understood.push(format!("files copied with it: {}", assets.len()));
    }
    for (missing, name) in [
        (draft.severity.is_none(), "severity: not stated"),
        (draft.services.is_empty(), "services: not stated"),
        (!draft.times.contains_key("started_at"), "started_at: not stated"),
    ] {
        if missing {
            told.not.push(name.to_owned());
        }
    }
    told
}

fn read_back(told: &mut Told, path: &RelPath, text: &str, config: &Config) {
    let (reading, findings) = parse::report(path, text.as_bytes(), config);
    let Some(reading) = reading else {
        told.not.push("the written report cannot be read back; please report this".to_owned());
        return;
    };
    let is_label = |heading: &str| labels::field(heading.split(':').next().unwrap_or("")).is_some();
    let sections = reading.report.sections.iter().filter(|section| {
        let heading = section.heading.value.as_str();
        section.name.is_some() || !heading.is_empty() && !OURS.contains(&heading) && !is_label(heading)
    });
    let sections: Vec<_> = sections.collect();
    told.headings = sections.len();
    told.sections = sections.iter().filter(|section| section.name.is_some()).count();
    told.has_timeline = sections.iter().any(|section| section.name == Some("timeline") && !section.empty);
    let unreadable = findings.iter().filter(|finding| finding.rule == reader::UNREADABLE_TIMELINE_TIME);
    for finding in unreadable.clone() {
        told.not.push(format!("timeline: {}", finding.message));
    }
    let timeline = &reading.report.timeline;
    let entries: Vec<_> =
        timeline.entries.iter().filter(|entry| !entry.text.is_empty() || entry.at.instant().is_some()).collect();
    told.timed = entries.iter().filter(|entry| matches!(entry.at, When::Instant(_))).count();
    told.dated = entries.len() - told.timed;
    told.rows = entries.len() + unreadable.count();
    if timeline.shape == Shape::List {
        let starts: Vec<usize> = timeline.entries.iter().map(|entry| entry.span.start as usize).collect();
        let section = sections.iter().find(|section| section.name == Some("timeline"));
        let content = section.map_or(0..0, |section| section.content.clone());
        let mut at = reading.report.body_at + content.start;
        for line in reading.report.body[content].split_inclusive('\n') {
            let is_item = ["- ", "* ", "+ "].iter().any(|mark| line.starts_with(mark));
            if is_item && !starts.iter().any(|start| (at..at + line.len()).contains(start)) {
                told.rows += 1;
                let words: String = line[2..].trim().chars().take(40).collect();
                told.not.push(format!("timeline: `{words}` begins with no time"));
            }
            at += line.len();
        }
    }
    if told.has_timeline && entries.is_empty() {
        told.not.push("timeline: no row begins with a time".to_owned());
    }
    for section in sections.iter().filter(|section| section.name.is_none()) {
        told.unknown.push(section.heading.value.clone());
        told.not.push(format!("heading `{}` is no section that is known", section.heading.value));
    }
}

fn understood(told: &mut Told, draft: &Draft, plain: usize) {
    let mut line = |key: &str, value: Option<String>| {
        told.understood.extend(value.filter(|value| !value.is_empty()).map(|value| format!("{key}: {value}")));
    };
    line("title", draft.title.clone());
    line("type", draft.kind.map(str::to_owned));
    line("severity", draft.severity.clone());
    line("services", Some(draft.services.join(", ")));
    for field in TIMES {
        line(field, draft.times.get(field).cloned());
    }
    line("duration", draft.duration.clone());
    line("detected_by", draft.detected_by.clone());
    if told.headings > 0 {
        told.understood.push(format!("sections: {} of {} headings", told.sections, told.headings));
    }
    if told.rows > 0 {
        let days = if told.dated > 0 { format!(", {} with days", told.dated) } else { String::new() };
        told.understood.push(format!("timeline: {} of {} rows with times{days}", told.timed, told.rows));
    }
    if told.actions > 0 {
        told.understood.push(format!("actions: {}", told.actions));
    }
    if !draft.kept.is_empty() {
        let keys: Vec<&str> = draft.kept.iter().map(|(key, _)| key.as_str()).collect();
        told.understood.push(format!("kept in the closing section: {}", keys.join(", ")));
    }
    if plain > 0 {
        let verbs = if plain == 1 { ("is", "stays") } else { ("are", "stay") };
        let items = plural(plain, "list item");
        told.not.push(format!("actions: {items} {} not clear enough and {} in the body alone", verbs.0, verbs.1));
    }
}

/// Addresses of links and pictures that are paths.
fn local_links(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for event in pulldown_cmark::Parser::new(text) {
        let pulldown_cmark::Event::Start(
            pulldown_cmark::Tag::Link { dest_url, .. } | pulldown_cmark::Tag::Image { dest_url, .. },
        ) = event
        else {
            continue;
        };
        let is_local = !dest_url.is_empty() && !dest_url.starts_with(['#', '/']) && !dest_url.contains([':', '@']);
        if is_local && !found.contains(&dest_url.to_string()) {
            found.push(dest_url.to_string());
        }
    }
    found
}

impl Told {
    /// Tells of links that lead neither to a report nor to a file that was copied.
    pub fn dangling(
        &mut self,
        path: &RelPath,
        text: &str,
        assets: &BTreeSet<Asset>,
        places: &BTreeMap<String, RelPath>,
    ) {
        let is_there = |link: &String| {
            let copied =
                |to: &RelPath| assets.iter().any(|asset| asset.to == *to) || places.values().any(|place| place == to);
            markup::local(Place::own(path), link, copied).is_some()
        };
        let links: Vec<String> = local_links(text).into_iter().filter(|link| !is_there(link)).collect();
        if !links.is_empty() {
            self.not.push(format!("links that lead nowhere from here: {}", links.join(", ")));
        }
    }

    /// The lines below a file's name.
    #[must_use]
    pub fn lines(&self) -> String {
        let understood = self.understood.iter().map(|line| format!("    {line}\n")).collect::<String>();
        let not = self.not.iter().map(|line| format!("    ! {line}\n")).collect::<String>();
        understood + &not
    }
}

/// The totals of an import.
#[derive(Debug, Default)]
pub struct Sum {
    files: usize,
    skipped: usize,
    severities: usize,
    services: usize,
    times: usize,
    days: usize,
    timelines: usize,
    read: usize,
    rows: usize,
    timed: usize,
    dated: usize,
    sections: usize,
    headings: usize,
    actions: usize,
}

impl Sum {
    pub fn skip(&mut self) {
        self.skipped += 1;
    }

    pub fn add(&mut self, told: &Told) {
        self.files += 1;
        self.severities += usize::from(told.severity);
        self.services += usize::from(told.services);
        self.times += told.times;
        self.days += told.days;
        self.timelines += usize::from(told.has_timeline);
        self.read += usize::from(told.timed + told.dated > 0);
        self.rows += told.rows;
        self.timed += told.timed;
        self.dated += told.dated;
        self.sections += told.sections;
        self.headings += told.headings;
        self.actions += told.actions;
    }

    /// What was understood of all files, one line for each kind of fact.
    #[must_use]
    pub fn lines(&self) -> String {
        let (reports, skipped) = (plural(self.files, "report"), plural(self.skipped, "file"));
        let mut text = format!("\n{reports} understood, {skipped} skipped\n");
        let days = if self.dated > 0 { format!(", {} with days", self.dated) } else { String::new() };
        for (name, value) in [
            ("severity", format!("{} of {}", self.severities, self.files)),
            ("services", format!("{} of {}", self.services, self.files)),
            ("milestones", format!("{} to the minute, {} to the day", self.times, self.days)),
            ("sections", format!("{} of {} headings", self.sections, self.headings)),
            ("timelines", format!("{} of {} read", self.read, self.timelines)),
            ("rows", format!("{} of {} with times{days}", self.timed, self.rows)),
            ("actions", self.actions.to_string()),
        ] {
            text.push_str(&format!("    {name}: {value}\n"));
        }
        text
    }
}
