//! The summary of a step in GitHub Actions: all findings in a Markdown table, where annotations show only the first few.

use super::{Diagnostic, lines::places, plural, sanitize::one_line};
use crate::snapshot::Snapshot;
use std::cmp::Reverse;

/// GitHub refuses a summary of more bytes than this.
pub const MAX_BYTES: usize = 1 << 20;
/// Room for the last line, which counts what was cut.
const LAST_LINE: usize = 200;

/// A heading and a table of all findings, the worst first; cut where GitHub would refuse it.
#[must_use]
pub fn summary(findings: &[Diagnostic], snapshot: &Snapshot) -> String {
    if findings.is_empty() {
        return "### afterword: no findings\n".to_owned();
    }
    let mut text = format!("### afterword: {}\n\n", plural(findings.len(), "finding"));
    text += "| Level | Rule | Place | Finding |\n| --- | --- | --- | --- |\n";
    let mut worst_first: Vec<&Diagnostic> = findings.iter().collect();
    worst_first.sort_by_key(|finding| Reverse(finding.level));
    for (shown, finding) in worst_first.iter().enumerate() {
        let row = row(finding, snapshot);
        if text.len() + row.len() + LAST_LINE > MAX_BYTES {
            text +=
                &format!("\n{} more findings were cut; run `afterword check` to see them.\n", findings.len() - shown);
            break;
        }
        text += &row;
    }
    text
}

fn row(finding: &Diagnostic, snapshot: &Snapshot) -> String {
    let (start, _) = places(finding.primary(), snapshot);
    let help = finding.help.as_ref().map_or_else(String::new, |help| format!(" ({})", cell(help)));
    format!(
        "| {} | {} {} | {}:{}:{} | {}{help} |\n",
        finding.level.word(),
        finding.rule.code,
        finding.rule.name,
        cell(finding.path().as_str()),
        start.line,
        start.column,
        cell(&finding.message),
    )
}

/// Text that Markdown leaves alone: no markup, no HTML, no link, and no mention of anybody.
#[must_use]
pub fn cell(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let text = one_line(&text.replace(['\r', '\n'], " "));
    for c in text.chars() {
        match c {
            '&' => safe += "&amp;",
            // The invisible space keeps a mention from being found after entities are decoded.
            '@' => safe += "&#64;&#8203;",
            '|' | '`' | '<' | '>' | '\\' | '*' | '_' | '~' | '[' | ']' | '!' | ':' | '$' | '#' => {
                safe += &format!("&#{};", u32::from(c));
            }
            c => safe.push(c),
        }
    }
    safe.replace("www.", "www&#46;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        diag::reader,
        snapshot::{History, RelPath, Span},
    };
    use std::collections::BTreeMap;

    #[test]
    fn cells_hold_only_text() {
        assert_eq!(cell("a|b`c`\n<i>"), "a&#124;b&#96;c&#96; &#60;i&#62;");
        assert_eq!(cell("@team [x](y) &amp; \\| #1"), "&#64;&#8203;team &#91;x&#93;(y) &amp;amp; &#92;&#124; &#35;1");
        assert_eq!(cell("https://a www.b"), "https&#58;//a www&#46;b");
    }

    #[test]
    fn what_does_not_fit_is_counted() {
        let path = RelPath::new("reports/a.md").expect("a path");
        let one = |rule| Diagnostic::new(rule, &Span::start_of(&path), "x".repeat(1000));
        let mut findings = vec![one(reader::NO_GIT_DATES); 2000];
        findings.push(one(reader::SYMLINK));
        let snapshot = Snapshot {
            files: BTreeMap::new(),
            history: History::default(),
            today: jiff::civil::date(2026, 1, 1),
            findings: Vec::new(),
            before: BTreeMap::new(),
        };
        let text = summary(&findings, &snapshot);
        assert!(text.len() <= MAX_BYTES, "{}", text.len());
        let rows = text.lines().filter(|line| line.contains("AW0")).count();
        assert!(text.lines().nth(4).is_some_and(|line| line.starts_with("| error | AW003")), "the worst is first");
        assert!(
            text.ends_with(&format!("\n{} more findings were cut; run `afterword check` to see them.\n", 2001 - rows))
        );
        assert_eq!(summary(&[], &snapshot), "### afterword: no findings\n");
    }
}
