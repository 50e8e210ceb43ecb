//! One JSON object per line and finding: the objects of `json`, each with the version of the schema.

use super::{
    Diagnostic,
    json::{SCHEMA_VERSION, object},
};
use crate::snapshot::Snapshot;

/// As many lines as there are findings.
#[must_use]
pub fn render(findings: &[Diagnostic], snapshot: &Snapshot) -> String {
    let line = |finding: &Diagnostic| {
        let mut object = object(finding, snapshot);
        object["schema_version"] = SCHEMA_VERSION.into();
        format!("{object}\n")
    };
    findings.iter().map(line).collect()
}
