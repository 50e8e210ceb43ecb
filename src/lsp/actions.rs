//! Quick fixes: what a finding proposes, and the comment that allows it.

use super::{place, repository::Repository, told};
use crate::{
    diag::{self, Edit, Safety, fix},
    parse::lines::fence,
    snapshot::{RelPath, Span},
};
use lsp_types::{
    CodeAction, CodeActionKind, CodeActionParams, DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier,
    TextDocumentEdit, TextEdit, WorkspaceEdit,
};

/// Everything that is safe to mend in a file, in one step.
pub const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.afterword");

#[must_use]
pub fn actions(repository: &Repository, path: &RelPath, asked: &CodeActionParams, versioned: bool) -> Vec<CodeAction> {
    let wanted = |kind: &CodeActionKind| {
        let fits = |only: &CodeActionKind| {
            let rest = kind.as_str().strip_prefix(only.as_str());
            rest.is_some_and(|rest| only.as_str().is_empty() || rest.is_empty() || rest.starts_with('.'))
        };
        asked.context.only.as_ref().is_none_or(|only| only.iter().any(fits))
    };
    let findings = repository.live.findings(path);
    let editor = Editor { repository, path, versioned };
    let mut actions = Vec::new();
    if wanted(&CodeActionKind::QUICKFIX) {
        let lines = repository.lines(path);
        let range = lines.bytes(asked.range);
        let touches = |place: &std::ops::Range<usize>| place.start <= range.end && range.start <= place.end;
        let here: Vec<_> = findings.iter().filter(|finding| touches(&finding.primary().range())).collect();
        actions.extend(here.iter().filter_map(|finding| editor.mend(finding)));
        actions.extend(here.iter().filter_map(|finding| editor.allow(finding)));
    }
    if wanted(&FIX_ALL) {
        actions.extend(editor.mend_all(&findings));
    }
    actions
}

struct Editor<'r> {
    repository: &'r Repository,
    path: &'r RelPath,
    versioned: bool,
}

impl Editor<'_> {
    fn mend(&self, finding: &diag::Diagnostic) -> Option<CodeAction> {
        let fix = finding.fix.as_ref()?;
        let edits: Vec<&Edit> = fix.edits.iter().collect();
        let action = self.action(&fix.title, CodeActionKind::QUICKFIX, Some(finding), &edits)?;
        Some(CodeAction { is_preferred: (fix.safety == Safety::Safe).then_some(true), ..action })
    }

    /// The comment has no reason yet, and is itself a finding until the writer gives one.
    fn allow(&self, finding: &diag::Diagnostic) -> Option<CodeAction> {
        let code = finding.rule.code;
        if code.starts_with("AW0") || self.path.as_str().ends_with(".toml") {
            return None;
        }
        let (edit, scope) = allowance(self.path, self.repository.live.text(self.path)?, finding)?;
        let title = format!("allow {code} {scope}; write the reason after it");
        self.action(&title, CodeActionKind::QUICKFIX, Some(finding), &[&edit])
    }

    fn mend_all(&self, findings: &[diag::Diagnostic]) -> Option<CodeAction> {
        let edits = fix::chosen(findings, self.path, Safety::Safe);
        (!edits.is_empty()).then(|| self.action("mend all that is safe to mend", FIX_ALL, None, &edits)).flatten()
    }

    fn action(
        &self,
        title: &str,
        kind: CodeActionKind,
        finding: Option<&diag::Diagnostic>,
        edits: &[&Edit],
    ) -> Option<CodeAction> {
        let lines = self.repository.lines(self.path);
        let text = self.repository.live.text(self.path)?;
        let edit_of = |edit: &&Edit| {
            let old = text.get(edit.span.range()).filter(|_| edit.span.path == *self.path)?;
            Some(TextEdit { range: lines.range(edit.span.range()), new_text: fix::requoted(old, &edit.replacement) })
        };
        let edits: Vec<TextEdit> = edits.iter().map(edit_of).collect::<Option<_>>()?;
        let told =
            |finding: &diag::Diagnostic| told::one(self.repository, finding, lines.range(finding.primary().range()));
        Some(CodeAction {
            title: title.to_owned(),
            kind: Some(kind),
            diagnostics: finding.map(|finding| vec![told(finding)]),
            edit: Some(self.edit(edits)?),
            ..CodeAction::default()
        })
    }

    fn edit(&self, edits: Vec<TextEdit>) -> Option<WorkspaceEdit> {
        let uri = self.repository.uri(self.path)?;
        if !self.versioned {
            return Some(WorkspaceEdit { changes: Some([(uri, edits)].into()), ..WorkspaceEdit::default() });
        }
        let version = self.repository.documents.get(self.path).map(|document| document.version);
        let text_document = OptionalVersionedTextDocumentIdentifier { uri, version };
        let edits = edits.into_iter().map(OneOf::Left).collect();
        let changes = DocumentChanges::Edits(vec![TextDocumentEdit { text_document, edits }]);
        Some(WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() })
    }
}

/// Where the comment goes: to the end of the line, or to the beginning of the body where a line takes none.
fn allowance(path: &RelPath, text: &str, finding: &diag::Diagnostic) -> Option<(Edit, &'static str)> {
    let (code, at) = (finding.rule.code, finding.primary().start as usize);
    let front = place::front_matter(text)?;
    let line_end = text.get(at..)?.find(['\n', '\r']).map_or(text.len(), |more| at + more);
    let insert = |at: usize, new: String, scope| (Edit { span: Span::new(path, at..at), replacement: new }, scope);
    let body = front.end + text[front.end..].find('\n').map_or(text.len() - front.end, |end| end + 1);
    let in_front = front.contains(&at);
    if in_front && !in_block(&text[front.start..line_end]) {
        return Some(insert(line_end, format!(" # afterword: allow {code}"), "here"));
    }
    if at < body || in_front || is_fenced(&text[body..at]) {
        let end = if text[..line_end.max(body)].contains("\r\n") { "\r\n" } else { "\n" };
        return Some(insert(body, format!("{end}<!-- afterword: allow-file {code} -->{end}"), "in this file"));
    }
    Some(insert(line_end, format!(" <!-- afterword: allow {code} -->"), "here"))
}

/// Whether the last line stands in a text of several lines (`key: |`), where a `#` would be part of it.
fn in_block(front: &str) -> bool {
    let depth = |line: &str| line.len() - line.trim_start().len();
    let mut lines = front.lines().rev();
    let Some(mut inner) = lines.next().map(depth) else { return false };
    for line in lines.filter(|line| !line.trim().is_empty()) {
        if depth(line) < inner {
            inner = depth(line);
            let opens = line.trim_end().trim_end_matches(['+', '-']).ends_with(['|', '>']);
            if opens {
                return true;
            }
        }
    }
    false
}

fn is_fenced(before: &str) -> bool {
    let mut open = None;
    for line in before.lines() {
        fence(line, &mut open);
    }
    open.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go_where_they_can_stand() {
        let path = RelPath::new("a.md").expect("a path");
        let rule = crate::diag::reader::UNKNOWN_KEY;
        let with = |text: &str, word: &str| {
            let at = text.find(word).expect("the word");
            let finding = diag::Diagnostic::new(rule, &Span::new(&path, at..at + 1), "m");
            let (edit, scope) = allowance(&path, text, &finding).expect("a place");
            let at = edit.span.start as usize;
            (format!("{}{}{}", &text[..at], edit.replacement, &text[at..]), scope)
        };
        let text = "---\r\na: x\r\nb: |\r\n  y\r\n---\r\nz 🔥\r\n```\r\nw\r\n```\r\n";
        assert!(with(text, "x").0.contains("a: x # afterword: allow AW106\r\nb"));
        assert!(with(text, "z").0.contains("z 🔥 <!-- afterword: allow AW106 -->\r\n```"));
        for word in ["y", "w", "---"] {
            let (text, scope) = with(text, word);
            assert!(text.contains("---\r\n\r\n<!-- afterword: allow-file AW106 -->\r\nz"), "{text}");
            assert_eq!(scope, "in this file");
        }
    }
}
