//! One line per finding: `path:line:col: CODE message`.

use super::{
    Diagnostic,
    lines::places,
    sanitize::{one_line, without_commands},
};
use crate::snapshot::Snapshot;

/// All findings, in their order.
#[must_use]
pub fn render(findings: &[Diagnostic], snapshot: &Snapshot) -> String {
    let line = |finding: &Diagnostic| {
        let (start, _) = places(finding.primary(), snapshot);
        let path = one_line(finding.path().as_str());
        let message = one_line(&finding.message);
        format!("{path}:{}:{}: {} {} {message}\n", start.line, start.column, finding.level.word(), finding.rule.code)
    };
    findings.iter().map(|finding| without_commands(&line(finding))).collect()
}
