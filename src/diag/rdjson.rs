//! reviewdog's diagnostic format (`reviewdog -f=rdjson`). Its columns count bytes, and ends are exclusive.

use super::{
    Diagnostic, Fix, Level,
    lines::{Columns, Place, places_in, text_of},
    sanitize::sanitize,
};
use crate::snapshot::{Snapshot, Span};
use serde_json::{Value, json};

/// One document with all findings.
#[must_use]
pub fn render(findings: &[Diagnostic], snapshot: &Snapshot) -> String {
    let diagnostics: Vec<Value> = findings.iter().map(|finding| diagnostic(finding, snapshot)).collect();
    format!("{:#}\n", json!({ "source": { "name": "afterword" }, "diagnostics": diagnostics }))
}

fn diagnostic(finding: &Diagnostic, snapshot: &Snapshot) -> Value {
    let text = match &finding.help {
        Some(help) => format!("{}\n{help}", finding.message),
        None => finding.message.clone(),
    };
    let mut diagnostic = json!({
        "message": sanitize(&text),
        "location": { "path": finding.path().as_str(), "range": range(finding.primary(), snapshot) },
        "severity": match finding.level {
            Level::Error => "ERROR",
            Level::Warning => "WARNING",
            Level::Info => "INFO",
        },
        "code": { "value": finding.rule.code },
    });
    if let Some((span, text)) = finding.fix.as_ref().and_then(|fix| whole(fix, finding, snapshot)) {
        diagnostic["suggestions"] = json!([{ "range": range(&span, snapshot), "text": text }]);
    }
    diagnostic
}

fn range(span: &Span, snapshot: &Snapshot) -> Value {
    let (start, end) = places_in(span, snapshot, Columns::Bytes);
    let position = |place: Place| json!({ "line": place.line, "column": place.column });
    json!({ "start": position(start), "end": position(end) })
}

/// Reviewdog offers each suggestion by itself and in the finding's own file; so a fix becomes one replacement that spans
/// its edits, and none where it reaches into other files or around bytes that are no text.
fn whole(fix: &Fix, finding: &Diagnostic, snapshot: &Snapshot) -> Option<(Span, String)> {
    let (first, last) = (fix.edits.first()?, fix.edits.last()?);
    if fix.edits.iter().any(|edit| edit.span.path != *finding.path()) {
        return None;
    }
    let mut text = String::new();
    let mut at = first.span.start;
    for edit in &fix.edits {
        let between = Span { start: at, end: edit.span.start, ..edit.span.clone() };
        if between.start > between.end {
            return None;
        }
        text += std::str::from_utf8(text_of(&between, snapshot)).ok()?;
        text += &edit.replacement;
        at = edit.span.end;
    }
    Some((Span { end: last.span.end, ..first.span.clone() }, text))
}
