//! Reports of other shapes → reports of ours. What a text does not state is left out and told; no word of it is lost.

use crate::{
    config::Config,
    model::time::When,
    parse::{self, body_actions, dates, sections::canonical},
    snapshot::RelPath,
    tree::Node,
};
use dates::Stated;
use jiff::{civil::Date, tz::TimeZone};
use std::collections::{BTreeMap, BTreeSet};

pub mod assets;
mod body;
mod columns;
mod front;
mod labels;
pub mod name;
pub mod propose;
mod source;
mod stated;
pub mod tell;
mod write;

/// The milestones of a report, in the order of the schema.
const TIMES: [&str; 6] = ["started_at", "detected_at", "acknowledged_at", "declared_at", "mitigated_at", "resolved_at"];

/// As many days may the name of a file be later than the start that its timeline tells.
const NEAR: i32 = 3;

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

/// Why a file is skipped that is of another kind.
pub const NOT_MARKDOWN: &str = "not Markdown";

/// Whether the name of a file is that of Markdown.
#[must_use]
pub fn is_markdown(path: &str) -> bool {
    source::not_by_name(path) != Some(NOT_MARKDOWN)
}

/// What became of a file.
pub enum Outcome {
    Skipped(&'static str),
    Report(Box<Imported>),
}

/// A report of ours, and what was understood of the file it came from.
pub struct Imported {
    pub path: RelPath,
    pub text: String,
    pub told: tell::Told,
    /// Files that it shows or links to.
    pub assets: BTreeSet<assets::Asset>,
    pub facts: propose::Facts,
}

/// A report as it takes shape.
#[derive(Default)]
pub struct Draft {
    title: Option<String>,
    day: Option<Date>,
    /// Only the name of the file says so; it may be the day of publication.
    day_of_file: bool,
    /// Whether numeric dates put the month first, where this text or all the others say so.
    order: Option<bool>,
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
    actions: Vec<body_actions::Action>,
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
    let order = order(&inputs);
    let files = inputs.iter().map(|input| input.path.clone()).filter(|path| assets::is_asset(path)).collect();
    let around = Around { telling: telling(&inputs), order, files };
    let each = inputs.into_iter().map(|input| (input.path.clone(), one(&input, &around, options, &mut names)));
    let mut outcomes: Vec<_> = each.collect();
    assets::between(&mut outcomes, &options.to);
    outcomes
}

/// What the other files say.
struct Around {
    telling: BTreeSet<String>,
    order: Option<bool>,
    /// Files that may be copied.
    files: BTreeSet<String>,
}

/// Whether numeric dates put the month first: where at least two files say so and none says otherwise.
fn order(inputs: &[Input]) -> Option<bool> {
    let texts = inputs.iter().filter(|input| source::not_by_name(&input.path).is_none());
    let said = texts.filter_map(|input| {
        let text = std::str::from_utf8(&input.bytes).ok()?;
        dates::month_first(&format!("{}\n{text}", input.path))
    });
    let said: Vec<bool> = said.collect();
    let first = *said.first()?;
    (said.len() > 1 && said.iter().all(|other| *other == first)).then_some(first)
}

/// The part of a path before the name.
fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Folders where several files say in their front matter that they tell of an incident; their neighbours are taken too.
fn telling(inputs: &[Input]) -> BTreeSet<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for input in inputs.iter().filter(|input| source::not_by_name(&input.path).is_none()) {
        let source = std::str::from_utf8(&input.bytes).ok().zip(RelPath::new(&input.path));
        if source.is_some_and(|(text, path)| source::open(&path, text).is_telling()) {
            *counts.entry(folder(&input.path)).or_default() += 1;
        }
    }
    counts.into_iter().filter(|(_, count)| *count > 1).map(|(folder, _)| folder.to_owned()).collect()
}

fn one(input: &Input, around: &Around, options: &Options<'_>, names: &mut name::Names) -> Outcome {
    if let Some(reason) = source::not_by_name(&input.path) {
        return Outcome::Skipped(reason);
    }
    let Ok(text) = std::str::from_utf8(&input.bytes) else { return Outcome::Skipped("not UTF-8") };
    let Some(path) = RelPath::new(&input.path) else {
        return Outcome::Skipped("a path that cannot be read");
    };
    let source = source::open(&path, text);
    let taken = around.telling.contains(folder(&input.path)) && source.has_matter && !source.is_template();
    if let Some(reason) = source::not_by_text(&input.path, &source, options.config).filter(|_| !taken) {
        return Outcome::Skipped(reason);
    }
    let own = dates::month_first(&format!("{}\n{}", input.path, source.body));
    let mut draft = Draft { order: own.or(around.order), ..Draft::default() };
    front::read(&source.fields, &path, options, &mut draft);
    draft.kept.extend(source.comments.iter().map(|text| ("comment".to_owned(), text.clone())));
    let dropped = title(&mut draft, &source.body, &input.path, options.config);
    stated::read(&mut draft, &source.body, &input.path, options);
    let zone = options.zone.as_ref().map(|zone| stated::zone_words(zone, draft.day));
    let body = body::rewrite(&source.body, dropped, options.config, zone.as_deref(), draft.order);
    let (found, plain) = body_actions::read(&body, options.config);
    if !draft.native.iter().any(|(key, _)| key == "actions") {
        draft.actions = found;
    }
    let body = with_summary(body, &mut draft, options.config);
    let body = format!("{body}\n{}", write::imported(&draft.kept, source.raw.as_deref()));
    if source.raw.is_some() {
        draft.not.push("the front matter is not sound; it is kept as it was written".to_owned());
    }
    first_row(&mut draft, &body, options.config);
    unstated(&mut draft, options.config);
    let target = format!("{}/{}.md", options.to, names.give(draft.day, draft.title.as_deref().unwrap_or("incident")));
    let Some(path) = RelPath::new(&target) else { return Outcome::Skipped("a path that cannot be written") };
    let mut body = body;
    let assets = assets::rewrite(&mut body, &input.path, &around.files, &options.to, &path);
    let text = compose(&draft, &body);
    let told = tell::told(&draft, &path, &text, plain, &assets, options.config);
    let facts = propose::Facts {
        severity: draft.severity,
        services: draft.services,
        team: draft.kept.into_iter().find(|(key, _)| key.eq_ignore_ascii_case("team")).map(|(_, team)| team),
        headings: told.unknown.clone(),
    };
    Outcome::Report(Box::new(Imported { path, text, told, assets, facts }))
}

/// Where site.toml has words for "not stated", they are written, and told.
fn unstated(draft: &mut Draft, config: &Config) {
    if draft.severity.is_none()
        && let Some(severity) = config.severity(propose::UNRATED)
    {
        draft.severity = Some(severity.id.value.clone());
        draft.not.push(format!("severity: not stated; `{}` was written", propose::UNRATED));
    }
    if draft.services.is_empty() && config.service(propose::UNASSIGNED).is_some() {
        draft.services.push(propose::UNASSIGNED.to_owned());
        draft.not.push(format!("services: not stated; `{}` was written", propose::UNASSIGNED));
    }
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
            let named = draft.kept.iter().find(|(key, _)| matches!(key.as_str(), "product" | "company"));
            let named = named.filter(|_| name::is_number(path)).map(|(key, value)| (format!("`{key}`"), value.clone()));
            let (what, title) = named.unwrap_or_else(|| ("the name of the file".to_owned(), name::title_of(path)));
            draft.not.push(format!("title: none in the text; {what} was taken"));
            (title, None)
        }
    };
    let plain = body_actions::plain(&text);
    let same = plain == text;
    draft.title = Some(if plain.is_empty() { name::title_of(path) } else { plain });
    at.filter(|_| same)
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
    if draft.day.is_some() && !draft.day_of_file {
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
    let Some(day) = day.filter(|_| known) else { return };
    match draft.day {
        None => {
            draft.day = Some(day);
            draft.times.entry("started_at").or_insert_with(|| day.to_string());
            draft.not.push(format!("started_at: not stated; {day} is the day of the first row of the timeline"));
        }
        Some(file) if day < file && draft.times.get("started_at").is_some_and(|at| *at == file.to_string()) => {
            let is_near = file.since(day).is_ok_and(|span| span.get_days() <= NEAR);
            let used = if is_near { "the timeline was followed" } else { "the name of the file was followed" };
            draft
                .not
                .push(format!("started_at: the name of the file says {file}, the timeline begins on {day}; {used}"));
            if is_near {
                draft.day = Some(day);
                draft.times.insert("started_at", day.to_string());
            }
        }
        Some(_) => {}
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
    line("title", draft.title.as_deref().map(parse::scalar::scalar));
    line("type", draft.kind.map(str::to_owned));
    line("severity", draft.severity.as_deref().map(parse::scalar::scalar));
    line("services", list(&draft.services));
    for key in TIMES {
        line(key, draft.times.get(key).cloned());
    }
    line("duration", draft.duration.as_deref().map(parse::scalar::scalar));
    line(
        "detected_by",
        draft.detected_by.clone().filter(|_| !draft.native.iter().any(|(key, _)| key == "detected_by")),
    );
    let mut tags = draft.tags.clone();
    let mut seen = BTreeSet::new();
    tags.retain(|tag| seen.insert(tag.clone()));
    line("tags", list(&tags));
    line("sources", list(&draft.sources));
    for (key, value) in &draft.native {
        line(key, Some(value.clone()));
    }
    if !draft.actions.is_empty() {
        text.push_str("actions:\n");
        text.extend(draft.actions.iter().map(|action| action.yaml(2)));
    }
    format!("{text}---\n\n{}\n", body.trim_matches('\n').trim_end())
}
