//! The record of a report (scope, evidence, effort, review) as JSON.

use crate::{
    model::{
        Report,
        record::{Deploy, Evidence, ImpactWindow, Participant, Session},
        time::When,
        words,
    },
    pages::format,
    snapshot::Spanned,
};
use serde_json::{Map, Value, json};

fn time(when: Option<&Spanned<When>>) -> Value {
    when.map_or(Value::Null, |when| json!(format::machine(when.value)))
}

fn text(text: Option<&Spanned<String>>) -> Value {
    text.map_or(Value::Null, |text| json!(text.value))
}

/// Adds everything that is recorded to the fields of a report.
pub(super) fn add(fields: &mut Map<String, Value>, report: &Report) {
    let toll = &report.toll;
    let record = json!({
        "global": report.scope.global,
        "business_functions": report.scope.business_functions,
        "context": report.scope.context.iter().map(|context| context.word()).collect::<Vec<_>>(),
        "detected_early": report.detected_early.then_some(true),
        "impact_windows": report.impact_windows.iter().map(window).collect::<Vec<_>>(),
        "recovery": report.recovery.iter().map(|step| json!({
            "action": step.action,
            "mode": step.mode.map(words::Mode::word),
            "outcome": step.outcome.map(words::Outcome::word),
            "note": step.note,
        })).collect::<Vec<_>>(),
        "runbook": report.runbook.as_ref().map(|runbook| json!({
            "existed": runbook.existed.word(),
            "used": runbook.used,
            "url": text(runbook.url.as_ref()),
        })),
        "deploys": report.deploys.iter().map(deploy).collect::<Vec<_>>(),
        "self_healing": report.self_healing.iter().map(|step| json!({
            "kind": step.kind.word(),
            "at": time(step.at.as_ref()),
            "outcome": step.outcome.map(words::Outcome::word),
        })).collect::<Vec<_>>(),
        "automation_opportunity": report.automation_opportunity,
        "evidence": report.evidence.iter().map(evidence).collect::<Vec<_>>(),
        "effort": toll.effort.iter().map(|effort| json!({
            "role": effort.role, "people": effort.people, "hours": effort.hours,
        })).collect::<Vec<_>>(),
        "people_hours": toll.people_hours(),
        "off_hours_pages": toll.off_hours_pages,
        "delayed_projects": toll.delayed_projects,
        "cost": toll.cost.as_ref().map(|cost| json!({
            "currency": cost.currency.value, "revenue_per_minute": cost.revenue_per_minute,
        })),
        "report": {
            "owner": text(report.publication.owner.as_ref()),
            "drafted_at": time(report.publication.drafted_at.as_ref()),
            "published_at": time(report.publication.published_at.as_ref()),
            "audience": report.publication.audience.map(words::Audience::word),
        },
        "review": review(report),
        "lessons": report.lessons.iter().map(|lesson| json!({
            "text": lesson.text.value, "category": lesson.category.map(words::Category::word),
        })).collect::<Vec<_>>(),
        "no_action_reason": report.no_action_reason,
        "related": ids(&report.related),
        "not_related": ids(&report.not_related),
        "recurrence_of": ids(&report.recurrence_of),
    });
    if let Value::Object(record) = record {
        fields.extend(record);
    }
}

/// The rows of the timeline.
pub(super) fn timeline(report: &Report) -> Value {
    let rows = report.timeline.entries.iter().map(|entry| {
        json!({
            "at": format::machine(entry.at),
            "kind": entry.kind.map(words::EventKind::word),
            "text": entry.text,
            "source": entry.source,
            "known": entry.known,
            "options": entry.options,
            "audience": entry.audience.map(words::Audience::word),
        })
    });
    Value::Array(rows.collect())
}

fn ids(ids: &[Spanned<String>]) -> Vec<&str> {
    ids.iter().map(|id| id.value.as_str()).collect()
}

fn window(window: &ImpactWindow) -> Value {
    json!({
        "from": time(Some(&window.from)),
        "to": time(Some(&window.to)),
        "degree": window.degree,
        "customers": window.customers,
        "service": text(window.service.as_ref()),
    })
}

fn deploy(deploy: &Deploy) -> Value {
    json!({
        "id": deploy.id.value,
        "at": time(deploy.at.as_ref()),
        "kind": deploy.kind.map(words::DeployKind::word),
        "service": text(deploy.service.as_ref()),
    })
}

fn evidence(evidence: &Evidence) -> Value {
    json!({
        "kind": evidence.kind.word(),
        "name": evidence.name.value,
        "url": text(evidence.url.as_ref()),
        "file": text(evidence.file.as_ref()),
        "unit": evidence.unit,
        "before": evidence.values.before,
        "during": evidence.values.during,
        "after": evidence.values.after,
        "alt": evidence.alt,
    })
}

fn review(report: &Report) -> Value {
    let review = &report.review;
    let participants = |list: &[Participant]| -> Vec<Value> {
        list.iter().map(|one| json!({ "role": one.role, "area": one.area })).collect()
    };
    let session = |session: &Session| {
        json!({
            "held_at": time(Some(&session.held_at)),
            "team": text(session.team.as_ref()),
            "participants": participants(&session.participants),
        })
    };
    json!({
        "required": review.required,
        "waived_reason": review.waived_reason,
        "materials_sent_at": time(review.materials_sent_at.as_ref()),
        "held_at": time(review.held_at.as_ref()),
        "duration_min": review.duration_min,
        "facilitator": text(review.facilitator.as_ref()),
        "note_taker": text(review.note_taker.as_ref()),
        "participants": participants(&review.participants),
        "sessions": review.sessions.iter().map(session).collect::<Vec<_>>(),
        "agenda": review.agenda,
        "briefing_at": time(review.briefing_at.as_ref()),
    })
}
