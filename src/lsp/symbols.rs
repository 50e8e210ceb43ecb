//! The outline of a file: sections, rows of the timeline, action items.

use super::{position::Lines, repository::Repository};
use crate::{model::Section, parse::sections, snapshot::RelPath};
use lsp_types::{DocumentSymbol, Location, SymbolInformation, SymbolKind, Uri};
use std::ops::Range;

#[must_use]
pub fn symbols(repository: &Repository, path: &RelPath) -> Vec<DocumentSymbol> {
    let live = &repository.live;
    let lines = repository.lines(path);
    let report = live.corpus().readable_at(path);
    let mut all: Vec<DocumentSymbol> = match (report, live.corpus().prose_at(path)) {
        (Some(report), _) => report.sections.iter().map(|found| section(found, report.body_at, &lines)).collect(),
        (None, Some(prose)) => {
            let sections = sections::find(prose.body, path, prose.body_at, live.config());
            sections.iter().map(|found| section(found, prose.body_at, &lines)).collect()
        }
        (None, None) => Vec::new(),
    };
    let Some(report) = report else { return all };
    for entry in &report.timeline.entries {
        let words = entry.text.lines().next().unwrap_or("").trim();
        let row = symbol(words, SymbolKind::EVENT, entry.span.range(), entry.span.range(), &lines);
        let holds = |section: &&mut DocumentSymbol| {
            section.range.start <= row.range.start && row.range.end <= section.range.end
        };
        match all.iter_mut().find(holds) {
            Some(section) => section.children.get_or_insert_default().push(row),
            None => all.push(row),
        }
    }
    for action in &report.actions {
        let name = format!("{} {}", action.id.value, action.title.value);
        all.push(symbol(&name, SymbolKind::OBJECT, action.span.range(), action.title.span.range(), &lines));
    }
    all.sort_by_key(|symbol| symbol.range.start);
    all
}

fn section(section: &Section, body_at: usize, lines: &Lines<'_>) -> DocumentSymbol {
    let heading = section.heading.span.range();
    let whole = heading.start..(body_at + section.content.end).max(heading.end);
    symbol(&section.heading.value, SymbolKind::NAMESPACE, whole, heading, lines)
}

#[expect(deprecated, reason = "the type demands a value for a field of old")]
fn symbol(
    name: &str,
    kind: SymbolKind,
    whole: Range<usize>,
    name_at: Range<usize>,
    lines: &Lines<'_>,
) -> DocumentSymbol {
    let inside = whole.start <= name_at.start && name_at.end <= whole.end;
    let range = lines.range(whole);
    DocumentSymbol {
        name: if name.is_empty() { "(no words)".to_owned() } else { name.to_owned() },
        detail: None,
        kind,
        tags: None,
        deprecated: None,
        range,
        selection_range: if inside { lines.range(name_at) } else { range },
        children: None,
    }
}

/// The same without nesting, for clients that know no other.
#[must_use]
#[expect(deprecated, reason = "the type demands a value for a field of old")]
pub fn flat(symbols: &[DocumentSymbol], uri: &Uri) -> Vec<SymbolInformation> {
    let mut all = Vec::new();
    for symbol in symbols {
        all.push(SymbolInformation {
            name: symbol.name.clone(),
            kind: symbol.kind,
            tags: None,
            deprecated: None,
            location: Location { uri: uri.clone(), range: symbol.range },
            container_name: None,
        });
        all.extend(flat(symbol.children.as_deref().unwrap_or_default(), uri));
    }
    all
}
