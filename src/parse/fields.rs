//! The fields of a report's front matter, in the order of the schema.

use super::{actions, front_matter::Parts, sections, timeline, times};
use crate::{
    config::Config,
    diag::{Diagnostic, reader},
    model::{
        DetectedBy, Factor, FactorRole, Impact, Kind, Lesson, Mode, Outcome, Pattern, Recovery, Report, Source as Link,
        Status, Times, Trigger, TriggerKind, Visibility, words::Category,
    },
    snapshot::{RelPath, Span, Spanned},
    tree::{Fields, Node, Reader, Value},
};

/// The file a front matter stands in.
#[derive(Clone, Copy)]
pub struct Source<'f> {
    pub path: &'f RelPath,
    pub text: &'f str,
    pub parts: &'f Parts,
    pub config: &'f Config,
}

/// Reads all fields; `None` when one of the required ones is missing or unreadable.
pub fn report(reader: &mut Reader, node: &Node, file: &Source<'_>) -> Option<Report> {
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
    let services = f.require(reader, "services", &fence).map(|node| reader.texts(node));
    let times = milestones(reader, f, &fence);
    let _ = f.take("schema");
    let id = id(reader, f, file);
    let kind = choice(reader, f, "type", Kind::ALL).unwrap_or(Kind::Incident);
    let status = choice(reader, f, "status", Status::ALL).unwrap_or(Status::Reviewed);
    let visibility = match f.take("visibility") {
        None => Visibility::Public,
        Some(node) => reader.choice(node, "visibility", Visibility::ALL).map_or(Visibility::Restricted, |v| v.value),
    };
    let detected_by = choice(reader, f, "detected_by", DetectedBy::ALL);
    let lang = text(reader, f, "lang");
    let teams = texts(reader, f, "teams");
    let regions = plain(texts(reader, f, "regions"));
    let tags = plain(texts(reader, f, "tags"));
    let trigger = f.take("trigger").and_then(|node| trigger(reader, node));
    let factors = items(reader, f, "factors", factor);
    let impact = f.take("impact").map(|node| impact(reader, node)).unwrap_or_default();
    let recovery = items(reader, f, "recovery", recovery);
    let rows = f.take("timeline");
    let actions = actions::read(reader, f);
    let lessons = items(reader, f, "lessons", lesson);
    let related = texts(reader, f, "related");
    let recurrence_of = texts(reader, f, "recurrence_of");
    let sources = items(reader, f, "sources", link);
    let written_duration = f.take("duration").and_then(|node| written_duration(reader, node));
    fields.finish(reader);
    let body = file.text[file.parts.body..].to_owned();
    let sections = sections::find(&body, file.path, file.parts.body, file.config);
    let times = times?;
    let timeline = timeline::read(reader, rows, &body, &sections, file, times.started.value);
    Some(Report {
        path: file.path.clone(),
        id,
        title: title?,
        kind,
        severity: severity?,
        status,
        visibility,
        lang,
        times,
        services: services?,
        teams,
        regions,
        tags,
        detected_by,
        trigger,
        factors,
        impact,
        recovery,
        timeline,
        actions,
        lessons,
        related,
        recurrence_of,
        sources,
        written_duration,
        sections,
        body,
        body_at: file.parts.body,
        front_matter: fence,
    })
}

fn milestones(reader: &mut Reader, f: &mut Fields<'_>, fence: &Span) -> Option<Times> {
    let started = f.require(reader, "started_at", fence).and_then(|node| times::when(reader, node));
    let mut take = |key| f.take(key).and_then(|node| times::when(reader, node));
    let detected = take("detected_at");
    let acknowledged = take("acknowledged_at");
    let declared = take("declared_at");
    let mitigated = take("mitigated_at");
    let resolved = take("resolved_at");
    let first_external_update = take("first_external_update_at");
    Some(Times { started: started?, detected, acknowledged, declared, mitigated, resolved, first_external_update })
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

fn choice<T: Copy>(reader: &mut Reader, f: &mut Fields<'_>, key: &'static str, all: &[(&'static str, T)]) -> Option<T> {
    f.take(key).and_then(|node| reader.choice(node, key, all)).map(|found| found.value)
}

fn text(reader: &mut Reader, f: &mut Fields<'_>, key: &'static str) -> Option<String> {
    f.take(key).and_then(|node| reader.text(node)).map(|text| text.value)
}

fn texts(reader: &mut Reader, f: &mut Fields<'_>, key: &'static str) -> Vec<Spanned<String>> {
    f.take(key).map_or_else(Vec::new, |node| reader.texts(node))
}

fn plain(texts: Vec<Spanned<String>>) -> Vec<String> {
    texts.into_iter().map(|text| text.value).collect()
}

fn items<T>(
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

fn impact(reader: &mut Reader, node: &Node) -> Impact {
    if matches!(node.value, Value::Text(_)) {
        return Impact { summary: reader.text(node), ..Impact::default() };
    }
    let Some(mut f) = reader.fields(node) else { return Impact::default() };
    let impact = Impact {
        summary: f.take("summary").and_then(|node| reader.text(node)),
        customers: f.take("customers").and_then(|node| reader.count(node)),
        customer_share: f.take("customer_share").and_then(|node| share(reader, node)),
        requests_failed: f.take("requests_failed").and_then(|node| reader.count(node)),
        support_tickets: f.take("support_tickets").and_then(|node| reader.count(node)),
        data_loss: f.take("data_loss").and_then(|node| reader.bool(node)),
        security: f.take("security").and_then(|node| reader.bool(node)),
        figures: items(reader, &mut f, "figures", figure),
    };
    f.finish(reader);
    impact
}

fn share(reader: &mut Reader, node: &Node) -> Option<f64> {
    let share = reader.number(node)?;
    if (0.0..=1.0).contains(&share) {
        return Some(share);
    }
    reader.push(
        Diagnostic::new(reader::UNKNOWN_VALUE, &node.span, format!("{share} is not a share between 0 and 1"))
            .help(format!("write {} percent as `{}`", share, share / 100.0)),
    );
    None
}

fn figure(reader: &mut Reader, node: &Node) -> Option<(String, String)> {
    let mut f = reader.fields(node)?;
    let name = f.require(reader, "name", &node.span).and_then(|node| reader.text(node));
    let value = f.require(reader, "value", &node.span).and_then(|node| match node.value {
        Value::Float(number) => Some(number.to_string()),
        _ => reader.text(node).map(|text| text.value),
    });
    f.finish(reader);
    Some((name?.value, value?))
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
    Some(Pattern {
        path: file.path.clone(),
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
