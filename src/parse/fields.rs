//! The fields of a report's front matter, in the order of the schema.

use super::{
    actions,
    front_matter::Parts,
    impact, record, sections, timeline, times,
    walk::{Walk, walk},
};
use crate::{
    config::Config,
    diag::{Diagnostic, reader},
    model::{
        DetectedBy, Factor, FactorRole, Kind, Lesson, Mode, Outcome, Pattern, Recovery, Report, Source as Link, Status,
        Times, Trigger, TriggerKind, Visibility, audience::REDACTABLE, time::When, words::Category,
    },
    snapshot::{RelPath, Span, Spanned},
    tree::{Fields, Node, Reader, Value},
};
use jiff::civil::Date;

/// The file a front matter stands in.
#[derive(Clone, Copy)]
pub struct Source<'f> {
    pub path: &'f RelPath,
    pub text: &'f str,
    pub parts: &'f Parts,
    pub config: &'f Config,
}

/// A report as far as it could be read.
pub struct Reading {
    pub report: Report,
    /// Whether everything that is required is there. Where not, stand-ins take its place, so that rules can look at the rest.
    pub sound: bool,
}

/// Reads all fields; `None` when there is no mapping to read them from.
pub fn report(reader: &mut Reader, node: &Node, file: &Source<'_>) -> Option<Reading> {
    let fence = Span::new(file.path, file.parts.fence.clone());
    if matches!(node.value, Value::Null) {
        reader.push(
            Diagnostic::new(reader::MISSING_FIELD, &fence, "the front matter is empty")
                .help("`title`, `severity`, `services` and `started_at` are required"),
        );
        return None;
    }
    let mut fields = reader.fields(node)?;
    let f = &mut fields;
    let title = f.require(reader, "title", &fence).and_then(|node| reader.text(node));
    let severity = f.require(reader, "severity", &fence).and_then(|node| reader.text(node));
    let defaults = Defaults::of(file, &fence);
    let services = match defaults.services {
        None => f.require(reader, "services", &fence).and_then(|node| services(reader, node)),
        Some(said) => {
            f.take("services").map_or_else(|| (!said.is_empty()).then_some(said), |node| services(reader, node))
        }
    };
    let (times, started) = milestones(reader, f, &fence, file);
    let sound = title.is_some() && severity.is_some() && services.is_some() && started;
    let _ = f.take("schema");
    let rows = f.take("timeline");
    let body = file.text[file.parts.body..].to_owned();
    let Walk { headings, marks } = walk(&body);
    let sections = sections::of(&headings, &body, file.path, file.parts.body, file.config);
    let timeline = timeline::read(reader, rows, &body, &sections, file, times.started.value);
    let (actions, actions_whole) = actions::read(reader, f);
    let stand_in = |value: &str| Spanned { value: value.to_owned(), span: fence.clone() };
    let report = Report {
        path: file.path.clone(),
        id: id(reader, f, file),
        title: title.unwrap_or_else(|| stand_in(file.path.stem())),
        kind: choice(reader, f, "type", Kind::ALL).unwrap_or(Kind::Incident),
        severity: severity.unwrap_or_else(|| {
            file.config.severities.last().map_or_else(|| stand_in("none"), |least| stand_in(&least.id.value))
        }),
        status: choice(reader, f, "status", Status::ALL).unwrap_or(Status::Reviewed),
        visibility: visibility(reader, f, defaults.visibility),
        lang: text(reader, f, "lang").or(defaults.lang),
        times,
        services: services.unwrap_or_default(),
        teams: f.take("teams").map_or(defaults.teams, |node| reader.texts(node)),
        scope: record::scope(reader, f),
        tags: texts(reader, f, "tags"),
        detected_by: choice(reader, f, "detected_by", DetectedBy::ALL),
        detected_early: f.take("detected_early").and_then(|node| reader.bool(node)).unwrap_or(false),
        trigger: f.take("trigger").and_then(|node| trigger(reader, node)),
        factors: items(reader, f, "factors", factor),
        impact: f.take("impact").map(|node| impact::impact(reader, node)).unwrap_or_default(),
        impact_windows: items(reader, f, "impact_windows", impact::window),
        recovery: items(reader, f, "recovery", recovery),
        runbook: f.take("runbook").and_then(|node| record::runbook(reader, node)),
        deploys: items(reader, f, "deploys", record::deploy),
        self_healing: items(reader, f, "self_healing", record::self_healing),
        automation_opportunity: text(reader, f, "automation_opportunity"),
        evidence: items(reader, f, "evidence", record::evidence),
        toll: record::toll(reader, f),
        timeline,
        actions_at: f.key("actions").unwrap_or(&fence).clone(),
        actions,
        actions_whole,
        no_action_reason: text(reader, f, "no_action_reason"),
        lessons: items(reader, f, "lessons", lesson),
        related: texts(reader, f, "related"),
        not_related: texts(reader, f, "not_related"),
        recurrence_of: texts(reader, f, "recurrence_of"),
        sources: items(reader, f, "sources", link),
        publication: f.take("report").map(|node| record::publication(reader, node)).unwrap_or_default(),
        review: f.take("review").map(|node| record::review(reader, node)).unwrap_or_default(),
        redact: redact(reader, f),
        written_duration: f.take("duration").and_then(|node| written_duration(reader, node)),
        sections,
        body,
        marks,
        body_at: file.parts.body,
        front_matter: fence,
        internal: Vec::new(),
        outside: None,
    };
    fields.finish(reader);
    Some(Reading { report, sound })
}

/// What holds where the report says nothing: the words of its source. They stand in another file, so that they are told
/// of at the fence; nothing that could be wrong with them is left for rules to find.
struct Defaults {
    /// None of them where the source names services that there are not: `site.toml` is told so, once.
    services: Option<Vec<Spanned<String>>>,
    teams: Vec<Spanned<String>>,
    visibility: Visibility,
    lang: Option<String>,
}

impl Defaults {
    fn of(file: &Source<'_>, fence: &Span) -> Self {
        let here = |word: &Spanned<String>| Spanned { value: word.value.clone(), span: fence.clone() };
        match file.config.source_of(file.path) {
            Some(source) => Self {
                services: source.names_services.then(|| source.services.iter().map(here).collect()),
                teams: source.team.iter().map(here).collect(),
                visibility: source.visibility,
                lang: source.lang.clone(),
            },
            None => Self { services: None, teams: Vec::new(), visibility: Visibility::Public, lang: None },
        }
    }
}

/// The services: at least one.
fn services(reader: &mut Reader, node: &Node) -> Option<Vec<Spanned<String>>> {
    if matches!(&node.value, Value::List(items) if items.is_empty()) {
        let finding = Diagnostic::new(reader::MISSING_FIELD, &node.span, "`services` names none");
        reader.push(finding.help("write the service that was touched, as in `services: [checkout]`"));
        return None;
    }
    Some(reader.texts(node))
}

/// Who may read it. A value that cannot be read is the strictest one.
fn visibility(reader: &mut Reader, f: &mut Fields<'_>, default: Visibility) -> Visibility {
    match f.take("visibility") {
        None => default,
        Some(node) => reader.choice(node, "visibility", Visibility::ALL).map_or(Visibility::Restricted, |v| v.value),
    }
}

/// Fields that smaller audiences do not get.
fn redact(reader: &mut Reader, f: &mut Fields<'_>) -> Vec<Spanned<String>> {
    let named = texts(reader, f, "redact");
    let known = || REDACTABLE.iter().map(|(field, _)| *field);
    for name in named.iter().filter(|name| !known().any(|field| field == name.value)) {
        let finding =
            Diagnostic::new(reader::UNKNOWN_VALUE, &name.span, format!("`{}` cannot be redacted", name.value));
        reader.push(match crate::tree::closest(&name.value, known()) {
            Some(field) => {
                finding.help(format!("did you mean `{field}`?")).guess(format!("write `{field}`"), &name.span, field)
            }
            None => finding.help(format!("these can: {}", known().collect::<Vec<_>>().join(", "))),
        });
    }
    named
}

/// The milestones, and whether the start is known; where not, the earliest other one stands in for it.
fn milestones(reader: &mut Reader, f: &mut Fields<'_>, fence: &Span, file: &Source<'_>) -> (Times, bool) {
    let started = f.require(reader, "started_at", fence).and_then(|node| times::when(reader, node));
    let mut take = |key| f.take(key).and_then(|node| times::when(reader, node));
    let detected = take("detected_at");
    let acknowledged = take("acknowledged_at");
    let declared = take("declared_at");
    let mitigated = take("mitigated_at");
    let resolved = take("resolved_at");
    let first_external_update = take("first_external_update_at");
    let known = started.is_some();
    let started = started.unwrap_or_else(|| {
        let others = [&detected, &acknowledged, &declared, &mitigated, &resolved, &first_external_update];
        let earliest = others.into_iter().flatten().map(|when| when.value).min_by_key(|when| when.sort_key());
        let named = file.path.stem().get(..10).and_then(|day| day.parse().ok()).map(When::Day);
        Spanned { value: earliest.or(named).unwrap_or(When::Day(Date::ZERO)), span: fence.clone() }
    });
    (Times { started, detected, acknowledged, declared, mitigated, resolved, first_external_update }, known)
}

fn id(reader: &mut Reader, f: &mut Fields<'_>, file: &Source<'_>) -> Spanned<String> {
    let stem = Spanned { value: file.path.stem().to_lowercase(), span: Span::new(file.path, file.parts.fence.clone()) };
    let Some(written) = f.take("id").and_then(|node| reader.text(node)) else { return stem };
    let fine = written.value.starts_with(|c: char| c.is_ascii_alphanumeric())
        && written.value.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
        && !written.value.contains("..");
    if fine {
        return written;
    }
    reader.push(
        Diagnostic::new(reader::UNKNOWN_VALUE, &written.span, "the id cannot be an address")
            .help("use letters, digits, `-`, `_` and `.` only; it becomes part of the address and never changes"),
    );
    stem
}

pub(super) fn choice<T: Copy>(
    reader: &mut Reader,
    f: &mut Fields<'_>,
    key: &'static str,
    all: &[(&'static str, T)],
) -> Option<T> {
    f.take(key).and_then(|node| reader.choice(node, key, all)).map(|found| found.value)
}

pub(super) fn text(reader: &mut Reader, f: &mut Fields<'_>, key: &'static str) -> Option<String> {
    f.take(key).and_then(|node| reader.text(node)).map(|text| text.value)
}

pub(super) fn texts(reader: &mut Reader, f: &mut Fields<'_>, key: &'static str) -> Vec<Spanned<String>> {
    f.take(key).map_or_else(Vec::new, |node| reader.texts(node))
}

pub(super) fn plain(texts: Vec<Spanned<String>>) -> Vec<String> {
    texts.into_iter().map(|text| text.value).collect()
}

pub(super) fn items<T>(
    reader: &mut Reader,
    f: &mut Fields<'_>,
    key: &'static str,
    read: fn(&mut Reader, &Node) -> Option<T>,
) -> Vec<T> {
    let Some(node) = f.take(key) else { return Vec::new() };
    reader.list(node).iter().filter_map(|item| read(reader, item)).collect()
}

fn trigger(reader: &mut Reader, node: &Node) -> Option<Trigger> {
    if !matches!(node.value, Value::Map(_)) {
        return Some(Trigger { kind: reader.choice(node, "trigger", TriggerKind::ALL)?, note: None });
    }
    let mut f = reader.fields(node)?;
    let kind = f.require(reader, "kind", &node.span).and_then(|node| reader.choice(node, "trigger", TriggerKind::ALL));
    let note = text(reader, &mut f, "note");
    f.finish(reader);
    Some(Trigger { kind: kind?, note })
}

fn factor(reader: &mut Reader, node: &Node) -> Option<Factor> {
    if !matches!(node.value, Value::Map(_)) {
        return Some(Factor { id: reader.text(node)?, role: FactorRole::Contributor, note: None });
    }
    let mut f = reader.fields(node)?;
    let id = f.require(reader, "id", &node.span).and_then(|node| reader.text(node));
    let role = choice(reader, &mut f, "role", FactorRole::ALL).unwrap_or(FactorRole::Contributor);
    let note = text(reader, &mut f, "note");
    f.finish(reader);
    Some(Factor { id: id?, role, note })
}

fn recovery(reader: &mut Reader, node: &Node) -> Option<Recovery> {
    let mut f = reader.fields(node)?;
    let action = f.require(reader, "action", &node.span).and_then(|node| reader.text(node));
    let mode = choice(reader, &mut f, "mode", Mode::ALL);
    let outcome = choice(reader, &mut f, "outcome", Outcome::ALL);
    let note = text(reader, &mut f, "note");
    f.finish(reader);
    Some(Recovery { action: action?.value, mode, outcome, note })
}

fn lesson(reader: &mut Reader, node: &Node) -> Option<Lesson> {
    if !matches!(node.value, Value::Map(_)) {
        return Some(Lesson { text: reader.text(node)?, category: None });
    }
    let mut f = reader.fields(node)?;
    let text = f.require(reader, "text", &node.span).and_then(|node| reader.text(node));
    let category = choice(reader, &mut f, "category", Category::ALL);
    f.finish(reader);
    Some(Lesson { text: text?, category })
}

fn link(reader: &mut Reader, node: &Node) -> Option<Link> {
    if !matches!(node.value, Value::Map(_)) {
        let url = reader.text(node)?;
        return Some(Link { title: url.value.clone(), url });
    }
    let mut f = reader.fields(node)?;
    let url = f.require(reader, "url", &node.span).and_then(|node| reader.text(node));
    let title = text(reader, &mut f, "title");
    f.finish(reader);
    let url = url?;
    Some(Link { title: title.unwrap_or_else(|| url.value.clone()), url })
}

fn written_duration(reader: &mut Reader, node: &Node) -> Option<Spanned<i64>> {
    let text = reader.text(node)?;
    let seconds = times::duration(&text.value);
    if seconds.is_none() {
        reader.push(
            Diagnostic::new(reader::WRONG_TYPE, &text.span, format!("`{}` is not a duration", text.value))
                .help("write it as `2 h 5 min`, or leave it out: it is computed from the times"),
        );
    }
    Some(Spanned { value: seconds?, span: text.span })
}

/// Reads a pattern page.
pub fn pattern(reader: &mut Reader, node: &Node, file: &Source<'_>) -> Option<Pattern> {
    let fence = Span::new(file.path, file.parts.fence.clone());
    let mut fields = reader.fields(node)?;
    let f = &mut fields;
    let title = f.require(reader, "title", &fence).and_then(|node| reader.text(node));
    let group = text(reader, f, "group").unwrap_or_else(|| "other".to_owned());
    let summary = text(reader, f, "summary").unwrap_or_default();
    let aliases = texts(reader, f, "aliases");
    let related = texts(reader, f, "related");
    fields.finish(reader);
    let source = file.config.source_of(file.path);
    Some(Pattern {
        path: file.path.clone(),
        place: file.config.source_place(file.path),
        visibility: source.map_or(Visibility::Public, |source| source.visibility),
        id: file.path.stem().to_owned(),
        title: title?,
        group,
        summary,
        aliases,
        related,
        body: file.text[file.parts.body..].to_owned(),
        body_at: file.parts.body,
    })
}
