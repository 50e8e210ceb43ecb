//! Scope, evidence, effort, cost and review in front matter.

use super::{
    fields::{choice, items, plain, text, texts},
    times,
};
use crate::{
    diag::{Diagnostic, reader},
    model::{
        record::{
            CheckIn, Cost, Deploy, Effort, Evidence, MeasuredImpact, Participant, Publication, Review, Runbook, Scope,
            SelfHealing, Session, Toll, Values,
        },
        time::When,
        words::{Audience, Context, DeployKind, EvidenceKind, HealingKind, Outcome, Presence},
    },
    snapshot::Spanned,
    tree::{Fields, Node, Reader, Value},
};

pub fn scope(reader: &mut Reader, f: &mut Fields<'_>) -> Scope {
    Scope {
        regions: plain(texts(reader, f, "regions")),
        global: f.take("global").and_then(|node| reader.bool(node)),
        business_functions: plain(texts(reader, f, "business_functions")),
        context: items(reader, f, "context", |reader, node| {
            reader.choice(node, "context", Context::ALL).map(|found| found.value)
        }),
    }
}

pub fn runbook(reader: &mut Reader, node: &Node) -> Option<Runbook> {
    let mut f = reader.fields(node)?;
    let existed = f.require(reader, "existed", &node.span).and_then(|node| match node.value {
        Value::Bool(true) => Some(Presence::Yes),
        Value::Bool(false) => Some(Presence::No),
        _ => reader.choice(node, "answer", Presence::ALL).map(|found| found.value),
    });
    let used = f.take("used").and_then(|node| reader.bool(node));
    let url = spanned(reader, &mut f, "url");
    f.finish(reader);
    Some(Runbook { existed: existed?, used, url })
}

pub fn deploy(reader: &mut Reader, node: &Node) -> Option<Deploy> {
    let mut f = reader.fields(node)?;
    let id = f.require(reader, "id", &node.span).and_then(|node| reader.text(node));
    let at = moment(reader, &mut f, "at");
    let kind = choice(reader, &mut f, "kind", DeployKind::ALL);
    let service = spanned(reader, &mut f, "service");
    f.finish(reader);
    Some(Deploy { id: id?, at, kind, service })
}

pub fn self_healing(reader: &mut Reader, node: &Node) -> Option<SelfHealing> {
    let mut f = reader.fields(node)?;
    let kind = f.require(reader, "kind", &node.span).and_then(|node| reader.choice(node, "kind", HealingKind::ALL));
    let at = moment(reader, &mut f, "at");
    let outcome = choice(reader, &mut f, "outcome", Outcome::ALL);
    f.finish(reader);
    Some(SelfHealing { kind: kind?.value, at, outcome })
}

pub fn evidence(reader: &mut Reader, node: &Node) -> Option<Evidence> {
    let mut f = reader.fields(node)?;
    let kind = f.require(reader, "kind", &node.span).and_then(|node| reader.choice(node, "kind", EvidenceKind::ALL));
    let name = f.require(reader, "name", &node.span).and_then(|node| reader.text(node));
    let url = spanned(reader, &mut f, "url");
    let file = spanned(reader, &mut f, "file");
    let unit = text(reader, &mut f, "unit");
    let mut value = |key| f.take(key).and_then(|node| measured(reader, node));
    let values = Values { before: value("before"), during: value("during"), after: value("after") };
    let alt = text(reader, &mut f, "alt");
    f.finish(reader);
    Some(Evidence { kind: kind?.value, name: name?, url, file, unit, values, alt })
}

pub fn toll(reader: &mut Reader, f: &mut Fields<'_>) -> Toll {
    Toll {
        effort: items(reader, f, "effort", effort),
        off_hours_pages: f.take("off_hours_pages").and_then(|node| reader.count(node)),
        delayed_projects: plain(texts(reader, f, "delayed_projects")),
        cost: f.take("cost").and_then(|node| cost(reader, node)),
        cost_withheld: false,
    }
}

fn effort(reader: &mut Reader, node: &Node) -> Option<Effort> {
    let mut f = reader.fields(node)?;
    let role = f.require(reader, "role", &node.span).and_then(|node| reader.text(node));
    let people = f.require(reader, "people", &node.span).and_then(|node| within(reader, node, 1.0));
    let hours = f.require(reader, "hours", &node.span).and_then(|node| within(reader, node, f64::MIN_POSITIVE));
    f.finish(reader);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at least 1, at most a million")]
    Some(Effort { role: role?.value, people: people?.round() as u64, hours: hours? })
}

/// A number between a least value and a million: effort beyond that is a slip.
fn within(reader: &mut Reader, node: &Node, least: f64) -> Option<f64> {
    let number = reader.number(node)?;
    if (least..=1e6).contains(&number) {
        return Some(number);
    }
    let wanted = if least >= 1.0 { "a number of people, 1 or more" } else { "hours, more than 0" };
    reader.push(Diagnostic::new(reader::UNKNOWN_VALUE, &node.span, format!("{number} is not {wanted}")));
    None
}

fn cost(reader: &mut Reader, node: &Node) -> Option<Cost> {
    let mut f = reader.fields(node)?;
    let currency = f.require(reader, "currency", &node.span).and_then(|node| reader.text(node));
    let revenue_per_minute = f.require(reader, "revenue_per_minute", &node.span).and_then(|node| reader.count(node));
    f.finish(reader);
    let currency = currency.filter(|code| {
        let fine = code.value.len() == 3 && code.value.bytes().all(|b| b.is_ascii_uppercase());
        if !fine {
            let message = format!("`{}` is not a currency", code.value);
            reader
                .push(Diagnostic::new(reader::UNKNOWN_VALUE, &code.span, message).help("three capitals, as in `EUR`"));
        }
        fine
    });
    Some(Cost { currency: currency?, revenue_per_minute: revenue_per_minute? })
}

pub fn publication(reader: &mut Reader, node: &Node) -> Publication {
    let Some(mut f) = reader.fields(node) else { return Publication::default() };
    let publication = Publication {
        owner: spanned(reader, &mut f, "owner"),
        drafted_at: moment(reader, &mut f, "drafted_at"),
        published_at: moment(reader, &mut f, "published_at"),
        audience: choice(reader, &mut f, "audience", Audience::ALL),
    };
    f.finish(reader);
    publication
}

pub fn review(reader: &mut Reader, node: &Node) -> Review {
    let Some(mut f) = reader.fields(node) else { return Review::default() };
    let review = Review {
        required: f.take("required").and_then(|node| reader.bool(node)),
        waived_reason: text(reader, &mut f, "waived_reason"),
        materials_sent_at: moment(reader, &mut f, "materials_sent_at"),
        held_at: moment(reader, &mut f, "held_at"),
        duration_min: f.take("duration_min").and_then(|node| reader.count(node)),
        facilitator: spanned(reader, &mut f, "facilitator"),
        note_taker: spanned(reader, &mut f, "note_taker"),
        participants: items(reader, &mut f, "participants", participant),
        sessions: items(reader, &mut f, "sessions", session),
        agenda: text(reader, &mut f, "agenda"),
        briefing_at: moment(reader, &mut f, "briefing_at"),
    };
    f.finish(reader);
    review
}

fn participant(reader: &mut Reader, node: &Node) -> Option<Participant> {
    if !matches!(node.value, Value::Map(_)) {
        return Some(Participant { role: reader.text(node)?.value, area: None });
    }
    let mut f = reader.fields(node)?;
    let role = f.require(reader, "role", &node.span).and_then(|node| reader.text(node));
    let area = text(reader, &mut f, "area");
    f.finish(reader);
    Some(Participant { role: role?.value, area })
}

fn session(reader: &mut Reader, node: &Node) -> Option<Session> {
    let mut f = reader.fields(node)?;
    let held_at = f.require(reader, "held_at", &node.span).and_then(|node| times::when(reader, node));
    let team = spanned(reader, &mut f, "team");
    let participants = items(reader, &mut f, "participants", participant);
    f.finish(reader);
    Some(Session { held_at: held_at?, team, participants })
}

pub fn check_in(reader: &mut Reader, node: &Node) -> Option<CheckIn> {
    let mut f = reader.fields(node)?;
    let at = f.require(reader, "at", &node.span).and_then(|node| times::date(reader, node));
    let note = text(reader, &mut f, "note");
    f.finish(reader);
    Some(CheckIn { at: at?.value, note })
}

pub fn measured_impact(reader: &mut Reader, node: &Node) -> Option<MeasuredImpact> {
    let mut f = reader.fields(node)?;
    let metric = f.require(reader, "metric", &node.span).and_then(|node| reader.text(node));
    let before = f.require(reader, "before", &node.span).and_then(|node| reader.number(node));
    let after = f.require(reader, "after", &node.span).and_then(|node| reader.number(node));
    let n_before = f.take("n_before").and_then(|node| reader.count(node));
    let n_after = f.take("n_after").and_then(|node| reader.count(node));
    let window = text(reader, &mut f, "window");
    f.finish(reader);
    Some(MeasuredImpact { metric: metric?.value, before: before?, after: after?, n_before, n_after, window })
}

/// A value as published: a number keeps the digits it is known by, text stays text.
fn measured(reader: &mut Reader, node: &Node) -> Option<String> {
    match node.value {
        Value::Float(number) => Some(number.to_string()),
        _ => reader.text(node).map(|text| text.value),
    }
}

fn spanned(reader: &mut Reader, f: &mut Fields<'_>, key: &'static str) -> Option<Spanned<String>> {
    f.take(key).and_then(|node| reader.text(node))
}

fn moment(reader: &mut Reader, f: &mut Fields<'_>, key: &'static str) -> Option<Spanned<When>> {
    f.take(key).and_then(|node| times::when(reader, node))
}
