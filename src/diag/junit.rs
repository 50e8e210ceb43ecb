//! `JUnit` XML: each file with findings is a test case. Errors and warnings are failures; notes alone are output of a case
//! that passes.

use super::{Diagnostic, Level, concise, plural, xml::escape};
use crate::snapshot::{RelPath, Snapshot};
use std::collections::BTreeMap;

/// One suite; without findings it has one case, which passes, because readers take a suite without cases for a mistake.
#[must_use]
pub fn render(findings: &[Diagnostic], snapshot: &Snapshot) -> String {
    let mut files: BTreeMap<&RelPath, Vec<Diagnostic>> = BTreeMap::new();
    for finding in findings {
        files.entry(finding.path()).or_default().push(finding.clone());
    }
    let failures = files.values().filter(|found| fails(found)).count();
    let cases: String = if files.is_empty() {
        "    <testcase classname=\"afterword\" name=\"no findings\"/>\n".to_owned()
    } else {
        files.iter().map(|(path, found)| case(path, found, snapshot)).collect()
    };
    let counts = format!("tests=\"{}\" failures=\"{failures}\" errors=\"0\"", files.len().max(1));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites {counts}>\n  <testsuite name=\"afterword\" {counts} skipped=\"0\">\n\
         {cases}  </testsuite>\n</testsuites>\n"
    )
}

fn fails(found: &[Diagnostic]) -> bool {
    found.iter().any(|finding| finding.level > Level::Info)
}

fn case(path: &RelPath, found: &[Diagnostic], snapshot: &Snapshot) -> String {
    // Line ends as they are, so that people can read the text where a tool shows it.
    let text: Vec<String> = concise::render(found, snapshot).lines().map(escape).collect();
    let text = text.join("\n");
    let worst = found.iter().max_by_key(|finding| finding.level);
    let body = match worst {
        Some(worst) if fails(found) => {
            let count = plural(found.len(), "finding");
            format!("<failure message=\"{count}\" type=\"{}\">{text}</failure>", worst.level.word())
        }
        _ => format!("<system-out>{text}</system-out>"),
    };
    format!(
        "    <testcase classname=\"afterword\" name=\"{}\">\n      {body}\n    </testcase>\n",
        escape(path.as_str())
    )
}
