//! Fixes as byte splices: everything that is not mended stays as it was, to the byte.

use super::{Diagnostic, Edit, Safety};
use crate::snapshot::{RelPath, Snapshot};
use std::collections::BTreeMap;

/// A file with its fixes in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    pub bytes: Vec<u8>,
    /// How many findings were mended.
    pub fixes: usize,
}

/// Applies the fixes that are at most this unsafe. Of fixes that touch the same place the first is taken; findings that
/// one fix mends together are all counted.
#[must_use]
pub fn apply(findings: &[Diagnostic], snapshot: &Snapshot, safety: Safety) -> BTreeMap<RelPath, Fixed> {
    let mut chosen: BTreeMap<&RelPath, (Vec<&Edit>, usize)> = BTreeMap::new();
    for fix in findings.iter().filter_map(|finding| finding.fix.as_ref()).filter(|fix| fix.safety <= safety) {
        let Some(path) = fix.edits.first().map(|edit| &edit.span.path) else { continue };
        let (edits, fixes) = chosen.entry(path).or_default();
        if fix.edits.iter().all(|edit| edits.contains(&edit)) {
            *fixes += 1;
            continue;
        }
        let fits = |edit: &Edit| {
            edit.span.path == *path
                && snapshot.files.contains_key(path)
                && !edits.iter().any(|taken| touch(taken, edit))
        };
        if fix.edits.iter().all(fits) {
            edits.extend(&fix.edits);
            *fixes += 1;
        }
    }
    chosen
        .into_iter()
        .filter(|(_, (edits, _))| !edits.is_empty())
        .map(|(path, (edits, fixes))| {
            (path.clone(), Fixed { bytes: spliced(&snapshot.files[path].bytes, edits), fixes })
        })
        .collect()
}

/// The edits of one file that may be made together, in the order of their findings.
#[must_use]
pub fn chosen<'f>(findings: &'f [Diagnostic], path: &RelPath, safety: Safety) -> Vec<&'f Edit> {
    let mut chosen: Vec<&Edit> = Vec::new();
    for fix in findings.iter().filter_map(|finding| finding.fix.as_ref()).filter(|fix| fix.safety <= safety) {
        let fits = |edit: &Edit| edit.span.path == *path && !chosen.iter().any(|taken| touch(taken, edit));
        if fix.edits.iter().all(fits) {
            chosen.extend(&fix.edits);
        }
    }
    chosen
}

fn touch(a: &Edit, b: &Edit) -> bool {
    a.span.start <= b.span.end && b.span.start <= a.span.end
}

fn spliced(bytes: &[u8], mut edits: Vec<&Edit>) -> Vec<u8> {
    edits.sort_by_key(|edit| edit.span.start);
    let crlf =
        bytes.split(|byte| *byte == b'\n').next().is_some_and(|line| line.len() < bytes.len() && line.ends_with(b"\r"));
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    for edit in edits {
        let range = edit.span.range();
        let (start, end) = (range.start.min(bytes.len()), range.end.min(bytes.len()));
        out.extend_from_slice(&bytes[at.min(start)..start]);
        let text = if crlf { with_crlf(&edit.replacement) } else { edit.replacement.clone() };
        let old = std::str::from_utf8(&bytes[start..end]).unwrap_or("");
        out.extend_from_slice(requoted(old, &text).as_bytes());
        at = end;
    }
    out.extend_from_slice(&bytes[at..]);
    out
}

/// New lines end as those of their file do.
fn with_crlf(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\n', "\r\n")
}

/// A value in quotes keeps its quotes.
#[must_use]
pub fn requoted(old: &str, new: &str) -> String {
    match old.as_bytes() {
        [open @ (b'"' | b'\''), .., close]
            if open == close && !new.is_empty() && !new.contains(['"', '\'', '\\', '\n']) =>
        {
            let quote = char::from(*open);
            format!("{quote}{new}{quote}")
        }
        _ => new.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        diag::reader,
        snapshot::{File, History, Span},
    };

    #[test]
    fn quotes_line_ends_and_comments_stay() {
        let path = RelPath::new("a.md").expect("a path");
        let text = b"a: 'x' # note\r\nb: y\r\nc: z\r\n";
        let snapshot = Snapshot {
            files: BTreeMap::from([(path.clone(), File { bytes: text.as_slice().into() })]),
            history: History::default(),
            today: jiff::civil::date(2026, 1, 1),
            findings: Vec::new(),
            before: BTreeMap::new(),
        };
        let finding = |range: std::ops::Range<usize>| {
            Diagnostic::new(reader::UNKNOWN_VALUE, &Span::new(&path, range.clone()), "m")
        };
        let findings = [
            finding(3..6).fix("", &Span::new(&path, 3..6), "new"),
            finding(3..6).fix("", &Span::new(&path, 4..5), "overlaps"),
            finding(18..19).fix("", &Span::new(&path, 18..19), "w"),
            finding(24..25).guess("", &Span::new(&path, 24..25), "v"),
        ];
        let fixed = |safety| apply(&findings, &snapshot, safety).remove(&path).expect("fixed");
        assert_eq!(fixed(Safety::Safe).bytes, b"a: 'new' # note\r\nb: w\r\nc: z\r\n");
        assert_eq!(fixed(Safety::Unsafe).fixes, 3);
        assert!(fixed(Safety::Unsafe).bytes.ends_with(b"c: v\r\n"));
        let shared = || finding(0..1).guess("", &Span::new(&path, 27..27), "d: 1\ne: 2\n");
        let both = apply(&[shared(), shared()], &snapshot, Safety::Unsafe).remove(&path).expect("fixed");
        assert_eq!((both.fixes, &both.bytes[27..]), (2, b"d: 1\r\ne: 2\r\n".as_slice()), "one edit mends two");
    }
}
