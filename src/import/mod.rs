//! Reports of other shapes → reports of ours. What a text does not state is left out and told; no word of it is lost.

use crate::{
    config::Config,
    model::time::When,
    parse::{self, sections::canonical},
    snapshot::RelPath,
    tree::Node,
};
use dates::Stated;
use jiff::{civil::Date, tz::TimeZone};
use std::collections::BTreeMap;

mod actions;
mod body;
mod columns;
mod dates;
mod front;
mod labels;
pub mod name;
mod source;
pub mod tell;
mod write;

/// What the one who imports has stated.
pub struct Options<'c> {
    pub config: &'c Config,
    /// The zone of times that name none.
    pub zone: Option<TimeZone>,
    /// Names of services to look for.
    pub services: Vec<String>,
    /// The folder of reports.
    pub to: String,
}

/// A file to import: its path below the folder given, and its bytes.
pub struct Input {
    pub path: String,
    pub bytes: Vec<u8>,
}

/// What became of a file.
pub enum Outcome {
    Skipped(String),
    Report(Box<Imported>),
}

/// A report of ours, and what was understood of the file it came from.
pub struct Imported {
    pub path: RelPath,
    pub text: String,
    pub told: tell::Told,
}

/// A report as it takes shape.
#[derive(Default)]
pub struct Draft {
    title: Option<String>,
    day: Option<Date>,
    times: BTreeMap<&'static str, String>,
    severity: Option<String>,
    services: Vec<String>,
    kind: Option<&'static str>,
    tags: Vec<String>,
    sources: Vec<String>,
    duration: Option<String>,
    detected_by: Option<String>,
    summary: Option<String>,
    native: Vec<(String, String)>,
    actions: Vec<actions::Action>,
    kept: Vec<(String, String)>,
    not: Vec<String>,
}

impl Draft {
    /// Keeps a field that has no place of its own.
    fn keep(&mut self, key: &str, node: &Node) {
        let rows = write::words(node).into_iter();
        let named = |rest: &str| if rest.is_empty() { key.to_owned() } else { format!("{key}.{rest}") };
        self.kept.extend(rows.map(|(rest, text)| (named(&rest), text)));
    }

    /// Adds a service under the id that site.toml has for it.
    fn service(&mut self, name: &str, options: &Options<'_>) {
        let name = name.trim_matches(['*', '_', '`', ' ']);
        let lower = name.to_lowercase();
        let known = options
            .config
            .service(name)
            .or_else(|| options.config.service(&lower))
            .or_else(|| options.config.services.values().find(|service| service.name.eq_ignore_ascii_case(name)));
        let id = known.map_or_else(|| name.to_owned(), |service| service.id.value.clone());
        if !id.is_empty() && !self.services.contains(&id) {
            self.services.push(id);
        }
    }

    /// Takes a time for a field; false when the field has another one.
    fn moment(&mut self, field: &'static str, label: &str, text: &str, found: Stated) -> bool {
        let day = found.day();
        let value = match found {
            Stated::Time(text, _) => Some(text),
            Stated::Day(day) => Some(day.to_string()),
            Stated::NoZone(day) => {
                self.not.push(format!("{label}: `{text}` names no zone; the day was taken"));
                Some(day.to_string())
            }
            Stated::Approximate(day) => {
                self.not.push(format!("{label}: `{text}` is not exact"));
                day.map(|day| day.to_string())
            }
            Stated::NoDay => {
                self.not.push(format!("{label}: `{text}` names no day"));
                None
            }
        };
        let Some(value) = value else { return false };
        let place = if field == "day" { "started_at" } else { field };
        if place == "started_at" {
            self.day = self.day.or(day);
        }
        match self.times.get(place) {
            None => {
                self.times.insert(place, value);
                true
            }
            Some(other) if *other == value => true,
            // The time of a day that is known so far only as a day.
            Some(other) if other.len() == 10 && value.starts_with(other.as_str()) => {
                self.times.insert(place, value);
                true
            }
            Some(other) if value.len() == 10 && other.starts_with(value.as_str()) => true,
            Some(other) => {
                self.not.push(format!("{label}: `{text}` is another {place} than {other}, which was used"));
                false
            }
        }
    }
}

/// Imports a folder: each file with what became of it, in the order of the paths.
#[must_use]
pub fn all(mut inputs: Vec<Input>, options: &Options<'_>) -> Vec<(String, Outcome)> {
    inputs.sort_by(|a, b| a.path.cmp(&b.path));
    let mut names = name::Names::default();
    inputs.into_iter().map(|input| (input.path.clone(), one(&input, options, &mut names))).collect()
}

fn one(input: &Input, options: &Options<'_>, names: &mut name::Names) -> Outcome {
    if let Some(reason) = source::not_by_name(&input.path) {
        return Outcome::Skipped(reason.to_owned());
    }
    let Ok(text) = std::str::from_utf8(&input.bytes) else { return Outcome::Skipped("not UTF-8".to_owned()) };
    let Some(path) = RelPath::new(&input.path) else {
        return Outcome::Skipped("a path that cannot be read".to_owned());
    };
    let source = source::open(&path, text);
    if let Some(reason) = source::not_by_text(&input.path, &source, options.config) {
        return Outcome::Skipped(reason.to_owned());
    }
    let mut draft = Draft::default();
    front::read(&source.fields, &path, options, &mut draft);
    let dropped = title(&mut draft, &source.body, &input.path, options.config);
    stated(&mut draft, &source.body, &input.path, options);
    let zone = options.zone.as_ref().map(|zone| zone_words(zone, draft.day));
    let body = body::rewrite(&source.body, dropped, options.config, zone.as_deref());
    let (found, plain) = actions::read(&body, options.config);
    if !draft.native.iter().any(|(key, _)| key == "actions") {
        draft.actions = found;
    }
    let body = with_summary(body, &mut draft, options.config);
    let body = format!("{body}\n{}", write::imported(&draft.kept, source.raw.as_deref()));
    if source.raw.is_some() {
        draft.not.push("the front matter is not sound; it is kept as it was written".to_owned());
    }
    first_row(&mut draft, &body, options.config);
    let target = format!("{}/{}.md", options.to, names.give(draft.day, draft.title.as_deref().unwrap_or("incident")));
    let Some(path) = RelPath::new(&target) else { return Outcome::Skipped("a path that cannot be written".to_owned()) };
    let text = compose(&draft, &body);
    let told = tell::told(&draft, &path, &text, plain, options.config);
    Outcome::Report(Box::new(Imported { path, text, told }))
}

/// Finds the title, and the line of the body that the title stands for.
fn title(draft: &mut Draft, body: &str, path: &str, config: &Config) -> Option<usize> {
    let found = body::title(body, config);
    if let Some(title) = &draft.title {
        return found.filter(|(text, _)| text == title).map(|(_, at)| at);
    }
    let labelled =
        labels::all(body).into_iter().find(|found| found.field == "title").map(|found| found.value.to_owned());
    let (text, at) = match (found, labelled) {
        (Some((text, at)), _) => (text, Some(at)),
        (None, Some(text)) => (text, None),
        (None, None) => {
            draft.not.push("title: none in the text; the name of the file was taken".to_owned());
            (name::title_of(path), None)
        }
    };
    let plain = actions::plain(&text);
    let same = plain == text;
    draft.title = Some(if plain.is_empty() { name::title_of(path) } else { plain });
    at.filter(|_| same)
}

/// Reads what the body, the title and the file name state.
fn stated(draft: &mut Draft, body: &str, path: &str, options: &Options<'_>) {
    let title = draft.title.clone().unwrap_or_default();
    let found = labels::all(body);
    let zone = zone_of(body).or_else(|| options.zone.clone());
    for label in found.iter().filter(|label| label.field == "day") {
        when(draft, label, zone.as_ref());
    }
    if draft.day.is_none() {
        let (named, titled) = (dates::all(path), dates::all(&title));
        let day = titled.first().or(named.last()).copied();
        if let (Some(a), Some(b)) = (titled.first(), named.last())
            && a != b
        {
            draft.not.push(format!("the title says {a}, the name of the file {b}; the title was followed"));
        }
        let has_start = found.iter().any(|label| label.field == "started_at");
        if let Some(day) = day.filter(|_| !draft.times.contains_key("started_at")) {
            draft.day = Some(day);
            if !has_start {
                draft.times.insert("started_at", day.to_string());
            }
        }
    }
    for label in &found {
        match label.field {
            "day" | "title" => {}
            "severity" if draft.severity.is_none() => {
                front::severity(label.value, &label.label, options, draft);
            }
            "services" => service_label(draft, label, options),
            "duration" => {
                if !front::duration(label.value, draft)
                    && label.value.bytes().any(|b| b.is_ascii_digit())
                    && draft.duration.is_none()
                {
                    draft.not.push(format!("{}: `{}` is no duration that can be read", label.label, label.value));
                }
            }
            "detected_by" => detected_by(draft, label),
            "severity" => {}
            _ => when(draft, label, zone.as_ref()),
        }
    }
    if let (None, Some(day)) = (draft.times.get("started_at"), draft.day) {
        draft.times.insert("started_at", day.to_string());
    }
    guess_services(draft, &title, path, options);
    if !draft.native.iter().any(|(key, _)| key == "type") && draft.kind.is_none() {
        let lower = title.to_lowercase();
        let planned = ["planned maintenance", "scheduled maintenance", "maintenance window"];
        draft.kind = (front::is_maintenance(&title) && planned.iter().any(|words| lower.contains(words)))
            .then_some("maintenance");
    }
}

fn when(draft: &mut Draft, label: &labels::Labelled<'_>, zone: Option<&TimeZone>) {
    let own = parse::clock::zone_hint(&format!("time {}", label.label));
    let zone = own.as_ref().or(zone);
    match dates::read(label.value, zone, draft.day) {
        Some(Stated::Time(text, day)) if goes_back(draft, label.field, &text) => {
            draft.not.push(format!("{}: `{}` on {day} would be before the start", label.label, label.value));
        }
        Some(found) => {
            draft.moment(label.field, &label.label, label.value, found);
        }
        None if label.value.bytes().any(|b| b.is_ascii_digit()) => {
            draft.not.push(format!("{}: `{}` is no date or time that can be read", label.label, label.value));
        }
        None => {}
    }
}

/// Whether a clock time put on the day of the start would be before the start.
fn goes_back(draft: &Draft, field: &str, text: &str) -> bool {
    let at = |text: &str| text.parse::<jiff::Timestamp>().ok();
    let started = draft.times.get("started_at").and_then(|text| at(text));
    field != "started_at" && field != "day" && started.zip(at(text)).is_some_and(|(started, at)| at < started)
}

fn zone_of(body: &str) -> Option<TimeZone> {
    let lines = body.lines().filter(|line| {
        let lower = line.to_lowercase();
        lower.contains("times") || lower.contains("timezone") || lower.contains("time zone")
    });
    lines.into_iter().find_map(parse::clock::zone_hint)
}

/// `+02:00`, as it holds on that day.
fn zone_words(zone: &TimeZone, day: Option<Date>) -> String {
    let at = day.and_then(|day| day.at(12, 0, 0, 0).to_zoned(zone.clone()).ok());
    let offset = at.map_or_else(|| zone.to_offset(jiff::Timestamp::UNIX_EPOCH), |at| at.offset());
    if offset.is_zero() {
        "UTC".to_owned()
    } else {
        jiff::Timestamp::UNIX_EPOCH.to_zoned(TimeZone::fixed(offset)).strftime("%:z").to_string()
    }
}

fn service_label(draft: &mut Draft, label: &labels::Labelled<'_>, options: &Options<'_>) {
    let names: Vec<String> =
        label.value.split([',', ';']).map(actions::plain).filter(|name| !name.is_empty()).collect();
    let are_names =
        names.iter().all(|name| name.split_whitespace().count() <= 4 && name.len() <= 40 && !name.ends_with('.'));
    if are_names
        && !names.iter().any(|name| matches!(name.to_lowercase().as_str(), "none" | "n/a" | "tbd" | "unknown" | "all"))
    {
        names.iter().for_each(|name| draft.service(name, options));
    } else {
        draft.not.push(format!("{}: `{}` is no list of names", label.label, label.value));
    }
}

fn detected_by(draft: &mut Draft, label: &labels::Labelled<'_>) {
    let word = label.value.trim().to_lowercase().replace([' ', '_'], "-");
    let found = crate::model::DetectedBy::ALL.iter().find(|(known, _)| *known == word);
    match found {
        Some((word, _)) => draft.detected_by = draft.detected_by.take().or(Some((*word).to_owned())),
        None => draft.not.push(format!("{}: `{}` is none of the words for it", label.label, label.value)),
    }
}

/// Services named in the title or the file name, by the lists that were given.
fn guess_services(draft: &mut Draft, title: &str, path: &str, options: &Options<'_>) {
    if !draft.services.is_empty() {
        return;
    }
    let known = options.config.services.values();
    let known = known.flat_map(|service| service.aliases.iter().chain([&service.id.value, &service.name]));
    let names: Vec<String> = options.services.iter().chain(known).cloned().collect();
    let words = |text: &str| {
        format!(" {} ", text.to_lowercase().split(|c: char| !c.is_alphanumeric()).collect::<Vec<_>>().join(" "))
    };
    let (title, path) = (words(title), words(path));
    for name in names.iter().filter(|name| name.len() >= 2) {
        if title.contains(&words(name)) || path.contains(&words(name)) {
            draft.service(name, options);
        }
    }
}

/// The summary of the front matter becomes the section, where the body has none.
fn with_summary(body: String, draft: &mut Draft, config: &Config) -> String {
    let Some(summary) = draft.summary.take() else { return body };
    let heads: Vec<&str> = body.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    if heads.iter().any(|head| canonical(head, config) == Some("summary")) {
        draft.kept.push(("summary".to_owned(), summary));
        return body;
    }
    let rest = if body.trim().is_empty() || body.starts_with("## ") { "" } else { "## Report\n\n" };
    format!("## Summary\n\n{}\n\n{rest}{body}", summary.trim())
}

/// Where nothing else names a day, the first dated row of the timeline does.
fn first_row(draft: &mut Draft, body: &str, config: &Config) {
    if draft.day.is_some() {
        return;
    }
    let text = format!("---\ntitle: x\nseverity: x\nservices: [x]\nstarted_at: 0001-01-01\n---\n{body}");
    let path = RelPath::new("x.md").expect("a constant path");
    let (reading, _) = parse::report(&path, text.as_bytes(), config);
    let entries = reading.map(|reading| reading.report.timeline.entries).unwrap_or_default();
    let Some(first) = entries.first() else { return };
    let line = text[..first.span.end as usize].lines().last().unwrap_or("");
    let day = dates::all(line).last().copied();
    let known = match first.at {
        When::Instant(at) => at.to_zoned(TimeZone::UTC).year() > 1970,
        When::Day(day) => day.year() > 1970,
    };
    if let Some(day) = day.filter(|_| known) {
        draft.day = Some(day);
        draft.times.entry("started_at").or_insert_with(|| day.to_string());
        draft.not.push(format!("started_at: not stated; {day} is the day of the first row of the timeline"));
    }
}

/// The whole file.
fn compose(draft: &Draft, body: &str) -> String {
    let mut text = String::from("---\n");
    let mut line = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            text.push_str(&format!("{key}: {value}\n"));
        }
    };
    let list = |items: &Vec<String>| (!items.is_empty()).then(|| write::list(items));
    line("title", draft.title.as_deref().map(write::scalar));
    line("type", draft.kind.map(str::to_owned));
    line("severity", draft.severity.as_deref().map(write::scalar));
    line("services", list(&draft.services));
    const TIMES: [&str; 6] =
        ["started_at", "detected_at", "acknowledged_at", "declared_at", "mitigated_at", "resolved_at"];
    for key in TIMES {
        line(key, draft.times.get(key).cloned());
    }
    line("duration", draft.duration.as_deref().map(write::scalar));
    line(
        "detected_by",
        draft.detected_by.clone().filter(|_| !draft.native.iter().any(|(key, _)| key == "detected_by")),
    );
    let mut tags = draft.tags.clone();
    let mut seen = std::collections::BTreeSet::new();
    tags.retain(|tag| seen.insert(tag.clone()));
    line("tags", list(&tags));
    line("sources", list(&draft.sources));
    for (key, value) in &draft.native {
        line(key, Some(value.clone()));
    }
    if !draft.actions.is_empty() {
        text.push_str("actions:\n");
        text.extend(draft.actions.iter().map(actions::Action::yaml));
    }
    format!("{text}---\n\n{}\n", body.trim_matches('\n').trim_end())
}
