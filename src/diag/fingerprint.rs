//! What a finding is recognized by when the lines around it have moved.

use super::{
    Diagnostic,
    lines::{line_of, text_of},
};
use crate::snapshot::Snapshot;
use std::collections::BTreeMap;

/// Names how fingerprints are made; another way of making them gets another name.
const METHOD: &str = "afterword finding 1";

/// One fingerprint per finding, in their order: 32 hex digits, no two alike.
///
/// Made of the rule's code, the path, the text at the primary place (its line, where that place is empty), and the how manieth
/// finding with all of these it is. Line numbers and messages play no part.
#[must_use]
pub fn fingerprints(findings: &[Diagnostic], snapshot: &Snapshot) -> Vec<String> {
    let mut seen: BTreeMap<(&str, &str, &[u8]), u64> = BTreeMap::new();
    let mut one = |finding| {
        let (code, path, text) = key(finding, snapshot);
        let ordinal = seen.entry((code, path, text)).or_default();
        let mut hasher = blake3::Hasher::new();
        for part in [METHOD.as_bytes(), code.as_bytes(), path.as_bytes(), text, &ordinal.to_le_bytes()] {
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
        }
        *ordinal += 1;
        hasher.finalize().to_hex()[..32].to_owned()
    };
    findings.iter().map(&mut one).collect()
}

fn key<'f>(finding: &'f Diagnostic, snapshot: &'f Snapshot) -> (&'static str, &'f str, &'f [u8]) {
    let text = match text_of(finding.primary(), snapshot) {
        [] => line_of(finding.primary(), snapshot),
        text => text,
    };
    (finding.rule.code, finding.path().as_str(), text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        diag::reader,
        snapshot::{File, History, RelPath, Span},
    };

    fn of(text: &str, at: &[usize]) -> Vec<String> {
        let path = RelPath::new("reports/a.md").expect("a path");
        let snapshot = Snapshot {
            files: BTreeMap::from([(path.clone(), File { bytes: text.as_bytes().into() })]),
            history: History::default(),
            today: jiff::civil::date(2026, 1, 1),
            findings: Vec::new(),
            before: BTreeMap::new(),
        };
        let finding = |at: &usize| Diagnostic::new(reader::SYMLINK, &Span::new(&path, *at..at + 3), "m");
        fingerprints(&at.iter().map(finding).collect::<Vec<_>>(), &snapshot)
    }

    #[test]
    fn they_outlive_moved_lines_and_differ_for_the_same_text() {
        let before = of("foo bar foo\n", &[0, 4, 8]);
        assert_eq!(before, of("new\nlines\nfoo\nbar\nfoo\n", &[10, 14, 18]));
        assert_eq!(before.iter().collect::<std::collections::BTreeSet<_>>().len(), 3);
        assert!(before.iter().all(|print| print.len() == 32));
    }

    #[test]
    fn places_that_are_not_there() {
        assert_eq!(of("", &[0, 900]).len(), 2);
    }
}
