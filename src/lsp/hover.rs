//! What is told of the thing under the pointer: what a name stands for, what a key may hold, why a rule finds something.

use super::{names, place::Place, repository::Repository, table};
use crate::{
    lint::{self, Rule},
    snapshot::RelPath,
};
use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind, Position};
use std::ops::Range;

#[must_use]
pub fn hover(repository: &Repository, path: &RelPath, at: Position) -> Option<Hover> {
    let lines = repository.lines(path);
    let offset = lines.offset(at);
    let (mut parts, mut range) = (Vec::new(), None);
    if let Some((text, place)) = of_place(repository, path, offset) {
        parts.push(text);
        range = Some(place);
    }
    for finding in repository.live.findings(path) {
        let place = finding.primary().range();
        let covers = place.contains(&offset) || place.end == offset;
        if let Some(rule) = lint::find(finding.rule.code).filter(|_| covers && place.end > 0) {
            parts.push(explained(rule));
            range = range.or(Some(place));
        }
    }
    parts.dedup();
    let value = parts.join("\n\n---\n\n");
    let contents = HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value });
    (!parts.is_empty()).then(|| Hover { contents, range: range.map(|range| lines.range(range)) })
}

fn of_place(repository: &Repository, path: &RelPath, offset: usize) -> Option<(String, Range<usize>)> {
    let live = &repository.live;
    if let Some(name) = names::at(live, path, offset)
        && let Some(text) = names::describe(live, name.kind, &name.id)
    {
        return Some((text, name.range));
    }
    let text = live.text(path)?;
    match names::place_at(live, path, offset) {
        Place::Allow { word } => lint::find(&text[word.clone()]).map(|rule| (explained(rule), word)),
        Place::Key { keys, word } => {
            let keys: Vec<&str> = keys.iter().map(String::as_str).chain([&text[word.clone()]]).collect();
            let field = table::field(live, path, &keys)?;
            Some((table::describe(field), word))
        }
        _ => None,
    }
}

/// The page of a rule, as `afterword explain` prints it, with smaller headings.
fn explained(rule: &Rule) -> String {
    let text = rule.explain.trim().replace("\n## ", "\n#### ");
    let text = text.strip_prefix("## ").map_or(text.clone(), |rest| format!("#### {rest}"));
    format!("### {} {}\n\n{text}", rule.id.code, rule.id.name)
}
