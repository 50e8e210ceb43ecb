//! Reports as JSON. Fields are added freely; what is there keeps its meaning within a `schema_version`.

use super::{record, table};
use crate::{
    analyze::{self, Analysis, metrics},
    config::Config,
    markup,
    model::{Action, Report},
    pages::{format, incident_url, root_of},
};
use serde_json::{Map, Value, json};

pub(super) mod schema;

/// Columns of the table of reports that a report has in JSON too.
const AS_IN_THE_TABLE: [&str; 4] = ["impact_seconds", "down_seconds", "customer_minutes", "source"];

/// Fields of a report. What is not recorded is not there: no nulls, no empty lists.
pub(super) fn fields(config: &Config, report: &Report) -> Value {
    let mut value = report_value(config, report);
    if let Value::Object(fields) = &mut value {
        fields.extend(table::of_report_by_name(config, report, &AS_IN_THE_TABLE));
        record::add(fields, report);
    }
    prune(&mut value);
    value
}

/// One report with its text and timeline. `line` is what `fields` gave.
pub(super) fn one(line: &str, analysis: &Analysis, report: &Report) -> String {
    let mut timeline = record::timeline(report);
    prune(&mut timeline);
    let text = serde_json::Value::from(markup::text(&report.body));
    let head = line.strip_suffix('}').unwrap_or(line);
    let (as_of, schema) = (analysis.today, root_of(&incident_url(report)) + schema::OF_ONE);
    format!(
        "{head},\n\"$schema\":\"{schema}\",\"schema_version\":1,\"as_of\":\"{as_of}\",\n\"timeline\":{timeline},\n\"text\":{text}}}\n"
    )
}

/// All reports, newest first, one to a line and without their texts.
pub(super) fn all(config: &Config, analysis: &Analysis, lines: &[String]) -> String {
    let head = json!({ "$schema": schema::OF_ALL, "schema_version": 1, "title": config.title, "as_of": analysis.today.to_string() }).to_string();
    format!("{},\"reports\":[\n{}\n]}}\n", head.trim_end_matches('}'), lines.join(",\n"))
}

fn prune(value: &mut Value) {
    let is_empty = |value: &Value| match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    };
    match value {
        Value::Object(fields) => {
            fields.values_mut().for_each(prune);
            fields.retain(|_, value| !is_empty(value));
        }
        Value::Array(items) => items.iter_mut().for_each(prune),
        _ => {}
    }
}

fn report_value(config: &Config, report: &Report) -> Value {
    let times: Map<String, Value> = report
        .times
        .in_order()
        .into_iter()
        .map(|(name, when)| (name.to_owned(), json!(format::machine(when.value))))
        .collect();
    let measured: Map<String, Value> = metrics::ALL
        .iter()
        .filter_map(|metric| Some((metric.id.replace('-', "_"), json!(metric.of(report).ok()?))))
        .collect();
    let severity =
        config.severity(&report.severity.value).map_or(&report.severity.value, |severity| &severity.id.value);
    json!({
        "id": report.id.value,
        "url": incident_url(report),
        "path": report.path.as_str(),
        "title": report.title.value,
        "type": report.kind.word(),
        "severity": severity,
        "status": report.status.word(),
        "counted": analyze::is_counted(report),
        "times": times,
        "seconds": measured,
        "services": analyze::services_of(config, report),
        "teams": analyze::teams_of(config, report),
        "regions": report.scope.regions,
        "tags": report.tags.iter().map(|tag| &tag.value).collect::<Vec<_>>(),
        "detected_by": report.detected_by.map(crate::model::DetectedBy::word),
        "trigger": report.trigger.as_ref().map(|trigger| json!({"kind": trigger.kind.value.word(), "note": trigger.note})),
        "factors": report.factors.iter().map(|factor| json!({"id": factor.id.value, "role": factor.role.word(), "note": factor.note})).collect::<Vec<_>>(),
        "impact": {
            "summary": report.impact.summary.as_ref().map(|summary| &summary.value),
            "customers": report.impact.customers,
            "customer_share": report.impact.customer_share,
            "requests_failed": report.impact.requests_failed,
            "support_tickets": report.impact.support_tickets,
            "data_loss": report.impact.data_loss,
            "security": report.impact.security,
            "estimated": report.impact.estimated,
            "slo": report.impact.slo.iter().map(|slo| json!({
                "service": slo.service.value, "objective": slo.objective, "window_days": slo.window_days,
            })).collect::<Vec<_>>(),
            "figures": report.impact.figures.iter().map(|(name, value)| json!({"name": name, "value": value})).collect::<Vec<_>>(),
        },
        "actions": report.actions.iter().map(action).collect::<Vec<_>>(),
        "sources": report.sources.iter().map(|source| json!({"title": source.title, "url": source.url.value})).collect::<Vec<_>>(),
    })
}

fn action(action: &Action) -> Value {
    json!({
        "id": action.id.value,
        "title": action.title.value,
        "owner": action.owner.as_ref().map(|owner| &owner.value),
        "due": action.due.as_ref().map(|due| due.value.to_string()),
        "status": action.status.as_ref().map(|status| status.value.word()),
        "kind": action.kind.map(crate::model::Purpose::word),
        "horizon": action.horizon.map(crate::model::Horizon::word),
        "category": action.category.map(crate::model::Category::word),
        "priority": action.priority,
        "tracker": action.tracker,
        "verify": action.verify,
        "created_at": action.created.map(|date| date.to_string()),
        "done": {
            "deployed": action.done.deployed.map(|date| date.to_string()),
            "tested": action.done.tested.map(|date| date.to_string()),
            "documented": action.done.documented.map(|date| date.to_string()),
        },
        "delay_reason": action.delay_reason.as_ref().map(|reason| reason.value.word()),
        "delay_response": action.delay_response.map(crate::model::DelayResponse::word),
        "dropped_reason": action.dropped_reason,
        "addresses": action.addresses.iter().map(|id| &id.value).collect::<Vec<_>>(),
        "checkins": action.checkins.iter().map(|checkin| json!({"at": checkin.at.to_string(), "note": checkin.note})).collect::<Vec<_>>(),
        "impact": action.impact.as_ref().map(|impact| json!({
            "metric": impact.metric, "before": impact.before, "after": impact.after,
            "n_before": impact.n_before, "n_after": impact.n_after, "window": impact.window,
        })),
    })
}
