//! Findings for people, in the form that compilers have taught: code, message, the place in its source, help.

use super::{
    Diagnostic, Level,
    sanitize::{is_unsafe, one_line, sanitize, without_commands},
};
use crate::snapshot::{RelPath, Snapshot, Span};
use annotate_snippets::{AnnotationKind, Group, Level as Shown, Renderer, Snippet};
use std::{borrow::Cow, collections::BTreeMap, ops::Range};

/// All findings with their source lines. Whether to color is the caller's decision.
#[must_use]
pub fn render(findings: &[Diagnostic], snapshot: &Snapshot, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut sources: BTreeMap<&RelPath, String> = BTreeMap::new();
    for label in findings.iter().flat_map(|finding| &finding.labels) {
        sources.entry(&label.span.path).or_insert_with(|| source(&label.span.path, snapshot));
    }
    let shown = |finding| without_commands(&renderer.render(&[group(finding, &sources)])) + "\n\n";
    findings.iter().map(shown).collect()
}

/// A file as text of the same length in bytes, so that spans hold: what is unsafe to print becomes `?`.
fn source(path: &RelPath, snapshot: &Snapshot) -> String {
    let bytes = snapshot.files.get(path).map_or(&[][..], |file| &file.bytes);
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            if is_unsafe(c) && c != '\r' {
                text.extend(std::iter::repeat_n(' ', c.len_utf8()));
            } else {
                text.push(if c == '\r' { ' ' } else { c });
            }
        }
        text.extend(std::iter::repeat_n('?', chunk.invalid().len()));
    }
    text
}

fn group<'f>(finding: &'f Diagnostic, sources: &'f BTreeMap<&RelPath, String>) -> Group<'f> {
    let level = match finding.level {
        Level::Error => Shown::ERROR,
        Level::Warning => Shown::WARNING,
        Level::Info => Shown::INFO,
    };
    let title = level.primary_title(sanitize(&finding.message)).id(finding.rule.code);
    let mut group = Group::with_title(title);
    let mut paths: Vec<&RelPath> = Vec::new();
    for label in &finding.labels {
        if !paths.contains(&&label.span.path) {
            paths.push(&label.span.path);
        }
    }
    for path in paths {
        let text = sources.get(path).map_or("", String::as_str);
        let mut snippet = Snippet::source(text).path(Cow::Owned(one_line(path.as_str())));
        for (index, label) in finding.labels.iter().enumerate().filter(|(_, label)| label.span.path == *path) {
            let kind = if index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
            let mut annotation = kind.span(within(&label.span, text));
            if !label.text.is_empty() {
                annotation = annotation.label(sanitize(&label.text));
            }
            snippet = snippet.annotation(annotation);
        }
        group = group.element(snippet);
    }
    if let Some(help) = &finding.help {
        group = group.element(Shown::HELP.message(sanitize(help)));
    }
    group
}

/// The span moved to character boundaries inside the text.
fn within(span: &Span, text: &str) -> Range<usize> {
    let floor = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(span.start as usize);
    start..floor(span.end as usize).max(start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        diag::reader,
        snapshot::{File, History},
    };

    #[test]
    fn bytes_that_are_no_text_and_places_that_are_not_there() {
        let path = RelPath::new("reports/a.md").expect("a path");
        let file = File { bytes: b"\xff\xfe: \x1b[2J\nb\xc3".as_slice().into() };
        let snapshot = Snapshot {
            files: BTreeMap::from([(path.clone(), file)]),
            history: History::default(),
            today: jiff::civil::date(2026, 1, 1),
            findings: Vec::new(),
            before: BTreeMap::new(),
        };
        let other = RelPath::new("not there").expect("a path");
        for span in
            [Span::new(&path, 0..1), Span::new(&path, 9..900), Span::new(&path, 900..901), Span::new(&other, 5..6)]
        {
            let finding = Diagnostic::new(reader::UNREADABLE_FILE, &span, "m\u{1b}")
                .also(&Span::start_of(&other), "here")
                .also(&Span::new(&path, 1..2), "and here");
            let shown = render(&[finding], &snapshot, false);
            assert!(shown.starts_with("error[AW001]: m\\u{1b}") && !shown.contains('\u{1b}'), "{shown}");
        }
    }
}
