//! Reports as JSON. Fields are added freely; what is there keeps its meaning within a `schema_version`.

use crate::{
    analyze::{self, Analysis, metrics},
    config::Config,
    markup,
    model::{Action, Report},
    pages::{format, incident_url},
};
use serde_json::{Map, Value, json};
use std::sync::Arc;

pub(super) fn pretty(value: &Value) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

/// One report, its text included.
pub(super) fn one(config: &Config, analysis: &Analysis, report: &Report) -> Value {
    let mut value = report_value(config, report);
    value["schema_version"] = json!(1);
    value["as_of"] = json!(analysis.today.to_string());
    value["text"] = json!(markup::text(&report.body));
    value
}

/// All reports, newest first, without their texts.
pub(super) fn all(config: &Config, analysis: &Analysis, reports: &[Arc<Report>]) -> Value {
    let reports: Vec<Value> = reports.iter().map(|report| report_value(config, report)).collect();
    json!({
        "schema_version": 1,
        "title": config.title,
        "as_of": analysis.today.to_string(),
        "reports": reports,
    })
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
        "tags": report.tags,
        "detected_by": report.detected_by.map(crate::model::DetectedBy::word),
        "trigger": report.trigger.as_ref().map(|trigger| trigger.kind.value.word()),
        "factors": report.factors.iter().map(|factor| json!({"id": factor.id.value, "role": factor.role.word()})).collect::<Vec<_>>(),
        "impact": {
            "summary": report.impact.summary.as_ref().map(|summary| &summary.value),
            "customers": report.impact.customers,
            "customer_share": report.impact.customer_share,
            "requests_failed": report.impact.requests_failed,
            "data_loss": report.impact.data_loss,
            "security": report.impact.security,
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
        "status": action.status.value.word(),
        "kind": action.kind.map(crate::model::Purpose::word),
        "horizon": action.horizon.map(crate::model::Horizon::word),
    })
}
