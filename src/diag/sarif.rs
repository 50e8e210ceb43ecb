//! SARIF 2.1.0, as GitHub's code scanning and most other viewers read it.

use super::{
    Diagnostic, Fix, Label, Level, RuleId, Safety,
    fingerprint::fingerprints,
    lines::{Columns, places_in},
    sanitize::sanitize,
};
use crate::snapshot::{Snapshot, Span};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// GitHub refuses runs with more results; the lowest levels are left out.
pub const MAX_RESULTS: usize = 25_000;
/// GitHub reads no more locations of a result.
const MAX_RELATED: usize = 1_000;

/// All findings, rules without addresses.
#[must_use]
pub fn render(findings: &[Diagnostic], snapshot: &Snapshot) -> String {
    render_with(findings, snapshot, None)
}

/// All findings; rules are explained at `{base}rules/{code}/index.html` where the address of a site is given.
#[must_use]
pub fn render_with(findings: &[Diagnostic], snapshot: &Snapshot, base: Option<&str>) -> String {
    let prints = fingerprints(findings, snapshot);
    let mut kept: Vec<usize> = (0..findings.len()).collect();
    kept.sort_by_key(|index| std::cmp::Reverse(findings[*index].level));
    kept.truncate(MAX_RESULTS);
    kept.sort_unstable();
    let rules: BTreeSet<RuleId> = kept.iter().map(|index| findings[*index].rule).collect();
    let rules: Vec<RuleId> = rules.into_iter().collect();
    let results = kept.iter().map(|index| result(&findings[*index], &prints[*index], &rules, snapshot));
    let results: Vec<Value> = results.collect();
    let left = findings.len() - kept.len();
    let mut invocation = json!({ "executionSuccessful": true });
    if left > 0 {
        let text =
            format!("{left} findings of the lowest levels are left out: a run holds at most {MAX_RESULTS} results");
        invocation["toolExecutionNotifications"] = json!([{ "level": "warning", "message": { "text": text } }]);
    }
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "afterword",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|id| rule(*id, base)).collect::<Vec<_>>(),
            } },
            "invocations": [invocation],
            "columnKind": "utf16CodeUnits",
            "results": results,
        }],
    });
    format!("{document:#}\n")
}

fn rule(id: RuleId, base: Option<&str>) -> Value {
    let mut rule = json!({
        "id": id.code,
        "name": id.name,
        "shortDescription": { "text": id.name.replace('-', " ") },
        "defaultConfiguration": { "level": level(id.level) },
    });
    if let Some(base) = base {
        rule["helpUri"] = format!("{}/rules/{}/index.html", base.trim_end_matches('/'), id.code).into();
    }
    rule
}

fn result(finding: &Diagnostic, print: &str, rules: &[RuleId], snapshot: &Snapshot) -> Value {
    let text = match &finding.help {
        Some(help) => format!("{}\n{help}", finding.message),
        None => finding.message.clone(),
    };
    let mut result = json!({
        "ruleId": finding.rule.code,
        "ruleIndex": rules.binary_search(&finding.rule).unwrap_or_default(),
        "level": level(finding.level),
        "message": message(&text),
        "locations": [location(&finding.labels[0], snapshot)],
        "partialFingerprints": { "afterwordFinding/v1": print },
    });
    let others = finding.others().iter().take(MAX_RELATED).enumerate().map(|(index, label)| {
        let mut location = location(label, snapshot);
        location["id"] = (index + 1).into();
        location
    });
    let others: Vec<Value> = others.collect();
    if !others.is_empty() {
        result["relatedLocations"] = others.into();
    }
    if let Some(fix) = &finding.fix {
        result["fixes"] = json!([mended(fix, snapshot)]);
    }
    result
}

fn location(label: &Label, snapshot: &Snapshot) -> Value {
    let mut location = json!({ "physicalLocation": {
        "artifactLocation": artifact(&label.span),
        "region": region(&label.span, snapshot),
    } });
    if !label.text.is_empty() {
        location["message"] = message(&label.text);
    }
    location
}

fn artifact(span: &Span) -> Value {
    json!({ "uri": uri(span.path.as_str()), "uriBaseId": "%SRCROOT%" })
}

fn region(span: &Span, snapshot: &Snapshot) -> Value {
    let (start, end) = places_in(span, snapshot, Columns::Utf16);
    json!({ "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column })
}

/// Edits file by file, as SARIF groups them.
fn mended(fix: &Fix, snapshot: &Snapshot) -> Value {
    let mut changes: Vec<(&Span, Vec<Value>)> = Vec::new();
    for edit in &fix.edits {
        let replacement = json!({
            "deletedRegion": region(&edit.span, snapshot),
            "insertedContent": { "text": edit.replacement },
        });
        match changes.iter_mut().find(|(span, _)| span.path == edit.span.path) {
            Some((_, replacements)) => replacements.push(replacement),
            None => changes.push((&edit.span, vec![replacement])),
        }
    }
    let changes = changes
        .into_iter()
        .map(|(span, replacements)| json!({ "artifactLocation": artifact(span), "replacements": replacements }));
    json!({
        "description": message(&fix.title),
        "artifactChanges": changes.collect::<Vec<_>>(),
        "properties": { "safe": fix.safety == Safety::Safe },
    })
}

/// Viewers make links of `[text](target)` in messages; text from the repository shall not choose where they lead.
fn message(text: &str) -> Value {
    json!({ "text": sanitize(text).replace("](", "] (") })
}

const fn level(level: Level) -> &'static str {
    match level {
        Level::Info => "note",
        Level::Warning => "warning",
        Level::Error => "error",
    }
}

/// A path as a relative reference: all but unreserved characters and `/` percent-encoded, so that no part is a scheme.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    #[test]
    fn paths_are_relative_references() {
        assert_eq!(super::uri("reports/a b:ü%.md"), "reports/a%20b%3A%C3%BC%25.md");
        assert_eq!(super::uri("C:x"), "C%3Ax");
    }

    #[test]
    fn no_links_from_the_repository() {
        assert_eq!(super::message("[a](https://example.org)")["text"], "[a] (https://example.org)");
    }
}
