//! Logging commands of Azure Pipelines. It knows errors and warnings; notes are plain lines of the log.

use super::{Diagnostic, Level, concise, lines::places, sanitize::one_line, sanitize::sanitize};
use crate::snapshot::Snapshot;

/// One line per finding.
#[must_use]
pub fn render(findings: &[Diagnostic], snapshot: &Snapshot) -> String {
    let line = |finding: &Diagnostic| match finding.level {
        Level::Error => issue(finding, "error", snapshot),
        Level::Warning => issue(finding, "warning", snapshot),
        Level::Info => plain(&concise::render(std::slice::from_ref(finding), snapshot)),
    };
    findings.iter().map(line).collect()
}

fn issue(finding: &Diagnostic, kind: &str, snapshot: &Snapshot) -> String {
    let (start, _) = places(finding.primary(), snapshot);
    let help = finding.help.as_ref().map_or_else(String::new, |help| format!("\n{help}"));
    format!(
        "##vso[task.logissue type={kind};sourcepath={};linenumber={};columnnumber={};code={};]{}\n",
        property(finding.path().as_str()),
        start.line,
        start.column,
        property(finding.rule.code),
        data(&format!("{}{help}", finding.message)),
    )
}

/// The agent takes `##vso[` anywhere in a line for a command and `##[` at its beginning for a format.
fn plain(text: &str) -> String {
    text.replace("##", "# # ")
}

fn data(text: &str) -> String {
    sanitize(&text.replace('%', "%AZP25").replace('\r', "%0D").replace('\n', "%0A"))
}

fn property(text: &str) -> String {
    one_line(&data(text).replace(';', "%3B").replace(']', "%5D"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_command_can_be_smuggled_in() {
        assert_eq!(super::data("x%0A\r\n##vso[a]y"), "x%AZP250A%0D%0A##vso[a]y");
        assert_eq!(super::property("a;b]c%\u{1b}"), "a%3Bb%5Dc%AZP25\\u{1b}");
        for hostile in ["##vso[task.complete]", "###vso[task.complete]", "####vso[x", "##[section]"] {
            assert!(!super::plain(hostile).contains("##"), "{hostile}");
        }
    }
}
