//! Findings for programs. The schema is versioned; fields are only ever added.
//!
//! Words for people are sanitized; paths and replacements are as they are, because programs use them.

use super::{
    Diagnostic, Safety,
    lines::{Place, places},
    sanitize::sanitize,
};
use crate::snapshot::{Snapshot, Span};
use serde_json::{Value, json};

/// The version of what [`render`] writes.
pub const SCHEMA_VERSION: u32 = 1;

/// One JSON document with all findings.
#[must_use]
pub fn render(findings: &[Diagnostic], snapshot: &Snapshot) -> String {
    let findings: Vec<Value> = findings.iter().map(|finding| object(finding, snapshot)).collect();
    let document = json!({ "schema_version": SCHEMA_VERSION, "findings": findings });
    format!("{document:#}\n")
}

/// One finding as an object.
#[must_use]
pub fn object(finding: &Diagnostic, snapshot: &Snapshot) -> Value {
    let labels: Vec<Value> = finding
        .labels
        .iter()
        .map(|label| json!({ "text": sanitize(&label.text), "location": location(&label.span, snapshot) }))
        .collect();
    let fix = finding.fix.as_ref().map(|fix| {
        let edits: Vec<Value> = fix
            .edits
            .iter()
            .map(|edit| json!({ "location": location(&edit.span, snapshot), "replacement": edit.replacement }))
            .collect();
        json!({ "title": sanitize(&fix.title), "safe": fix.safety == Safety::Safe, "edits": edits })
    });
    json!({
        "code": finding.rule.code,
        "name": finding.rule.name,
        "level": finding.level.word(),
        "message": sanitize(&finding.message),
        "help": finding.help.as_deref().map(sanitize),
        "location": location(finding.primary(), snapshot),
        "labels": labels,
        "fix": fix,
    })
}

fn location(span: &Span, snapshot: &Snapshot) -> Value {
    let (start, end) = places(span, snapshot);
    let place = |place: Place, offset| json!({ "line": place.line, "column": place.column, "offset": offset });
    json!({ "path": span.path.as_str(), "start": place(start, span.start), "end": place(end, span.end) })
}
