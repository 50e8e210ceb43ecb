//! Workflow commands that GitHub shows as annotations. It shows ten of a kind per step, so the worst come first.

use super::{Diagnostic, Level, lines::places, sanitize::sanitize};
use crate::snapshot::Snapshot;

const SHOWN_PER_KIND: usize = 10;

/// Annotations, at most ten of a kind, and one notice that counts the rest.
#[must_use]
pub fn render(findings: &[Diagnostic], snapshot: &Snapshot) -> String {
    let mut text = String::new();
    let mut left = 0;
    for (level, command) in [(Level::Error, "error"), (Level::Warning, "warning"), (Level::Info, "notice")] {
        let of_level: Vec<_> = findings.iter().filter(|finding| finding.level == level).collect();
        let shown = of_level.len().min(if level == Level::Info { SHOWN_PER_KIND - 1 } else { SHOWN_PER_KIND });
        left += of_level.len() - shown;
        text.extend(of_level[..shown].iter().map(|finding| annotation(finding, command, snapshot)));
    }
    if left > 0 {
        text += &format!("::notice::{left} more findings are not shown here; run `afterword check` to see them\n");
    }
    text
}

fn annotation(finding: &Diagnostic, command: &str, snapshot: &Snapshot) -> String {
    let (start, end) = places(finding.primary(), snapshot);
    let help = finding.help.as_ref().map_or_else(String::new, |help| format!("\n{help}"));
    format!(
        "::{command} file={},line={},col={},endLine={},endColumn={},title={}::{}\n",
        property(finding.path().as_str()),
        start.line,
        start.column,
        end.line,
        end.column,
        property(&format!("{} {}", finding.rule.code, finding.rule.name)),
        data(&format!("{}{help}", finding.message)),
    )
}

fn data(text: &str) -> String {
    let text = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    sanitize(&text)
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_command_can_be_smuggled_in() {
        assert_eq!(super::data("x%0A::error::\r\n::y"), "x%250A::error::%0D%0A::y");
        assert_eq!(super::property("a:b,c"), "a%3Ab%2Cc");
    }
}
