//! Checkstyle's XML, which many older tools read. Columns count Unicode scalars.

use super::{Diagnostic, lines::places, sanitize::sanitize, xml::escape};
use crate::snapshot::{RelPath, Snapshot};
use std::collections::BTreeMap;

/// One `file` per file with findings.
#[must_use]
pub fn render(findings: &[Diagnostic], snapshot: &Snapshot) -> String {
    let mut files: BTreeMap<&RelPath, String> = BTreeMap::new();
    for finding in findings {
        *files.entry(finding.path()).or_default() += &error(finding, snapshot);
    }
    let files =
        files.iter().map(|(path, errors)| format!("  <file name=\"{}\">\n{errors}  </file>\n", escape(path.as_str())));
    let files: String = files.collect();
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n{files}</checkstyle>\n")
}

fn error(finding: &Diagnostic, snapshot: &Snapshot) -> String {
    let (start, _) = places(finding.primary(), snapshot);
    format!(
        "    <error line=\"{}\" column=\"{}\" severity=\"{}\" message=\"{}\" source=\"afterword.{}\"/>\n",
        start.line,
        start.column,
        finding.level.word(),
        escape(&sanitize(&finding.message)),
        escape(finding.rule.code),
    )
}
