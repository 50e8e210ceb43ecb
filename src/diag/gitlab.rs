//! GitLab's Code Quality report, a JSON array. Fingerprints do not depend on lines, so a finding that moved is not a new one.

use super::{Diagnostic, Level, fingerprint::fingerprints, lines::places, sanitize::sanitize};
use crate::snapshot::Snapshot;
use serde_json::{Value, json};

/// All findings; an empty array where there are none.
#[must_use]
pub fn render(findings: &[Diagnostic], snapshot: &Snapshot) -> String {
    let prints = fingerprints(findings, snapshot);
    let one = |(finding, print): (&Diagnostic, String)| {
        json!({
            "description": sanitize(&finding.message),
            "check_name": format!("{} {}", finding.rule.code, finding.rule.name),
            "fingerprint": print,
            "severity": severity(finding.level),
            "location": {
                "path": finding.path().as_str(),
                "lines": { "begin": places(finding.primary(), snapshot).0.line },
            },
        })
    };
    format!("{:#}\n", Value::Array(findings.iter().zip(prints).map(one).collect()))
}

const fn severity(level: Level) -> &'static str {
    match level {
        Level::Info => "info",
        Level::Warning => "minor",
        Level::Error => "major",
    }
}
