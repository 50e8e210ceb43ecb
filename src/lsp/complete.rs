//! What may be written at a place.

use super::{
    names::{self, Known},
    place::Place,
    repository::Repository,
    table,
};
use crate::{lint::rules, schema::Field, snapshot::RelPath};
use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionList, CompletionTextEdit, Documentation, MarkupContent, MarkupKind,
    Position, TextEdit,
};
use std::{borrow::Cow, ops::Range};

/// More are not sent: the client asks again when more letters are typed.
const AT_MOST: usize = 100;

/// One that may be chosen. Borrowed, because most of ten thousand are not.
struct Choice<'l> {
    label: Cow<'l, str>,
    about: &'l str,
    /// What is written after the label.
    tail: &'static str,
    kind: CompletionItemKind,
    /// What an editor shows beside the list.
    field: Option<&'static Field>,
}

#[must_use]
pub fn complete(repository: &Repository, path: &RelPath, at: Position) -> Option<CompletionList> {
    let live = &repository.live;
    let (text, lines) = (live.text(path)?, repository.lines(path));
    let offset = lines.offset(at);
    let (word, choices) = match names::place_at(live, path, offset) {
        Place::Key { keys, word } => {
            let choices = self::keys(repository, path, &strs(&keys), &word);
            (word, choices)
        }
        Place::Value { keys, word } => match names::kind_of(live, path, &keys) {
            Some(kind) => (word, names::known(live, kind).into_iter().map(name).collect()),
            None => (word, words(repository, path, &strs(&keys))),
        },
        Place::Allow { word } => (word, rules()),
        Place::Link { word } => (word, reports(repository, path)),
        Place::Body => return None,
    };
    let typed = text[word.start..offset.clamp(word.start, word.end)].to_lowercase();
    let holds = |text: &str| typed.is_empty() || text.to_lowercase().contains(&typed);
    let mut choices = choices.into_iter().filter(|choice| holds(&choice.label) || holds(choice.about));
    let lead = if text[..word.start].ends_with([':', '=']) { " " } else { "" };
    let range = lines.range(word);
    let items = choices.by_ref().take(AT_MOST).enumerate().map(|(n, choice)| CompletionItem {
        sort_text: Some(format!("{n:03}")),
        filter_text: Some(format!("{} {}", choice.label, choice.about).trim_end().to_owned()),
        detail: Some(choice.about.to_owned()).filter(|about| !about.is_empty()),
        kind: Some(choice.kind),
        documentation: choice.field.map(|field| {
            let (kind, value) = (MarkupKind::Markdown, table::describe(field));
            Documentation::MarkupContent(MarkupContent { kind, value })
        }),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit {
            range,
            new_text: format!("{lead}{}{}", choice.label, choice.tail),
        })),
        label: choice.label.into_owned(),
        ..CompletionItem::default()
    });
    let items: Vec<_> = items.collect();
    Some(CompletionList { is_incomplete: choices.next().is_some(), items })
}

fn plain<'l>(label: impl Into<Cow<'l, str>>, kind: CompletionItemKind) -> Choice<'l> {
    Choice { label: label.into(), about: "", tail: "", kind, field: None }
}

fn name(known: Known<'_>) -> Choice<'_> {
    Choice { about: known.about, ..plain(known.id, CompletionItemKind::REFERENCE) }
}

fn strs(keys: &[String]) -> Vec<&str> {
    keys.iter().map(String::as_str).collect()
}

fn keys(repository: &Repository, path: &RelPath, keys: &[&str], word: &Range<usize>) -> Vec<Choice<'static>> {
    let rest = repository.live.text(path).map_or("", |text| &text[word.end..]).trim_start_matches(' ');
    let tail = match (rest.starts_with([':', '=']), path.as_str().ends_with(".toml")) {
        (true, _) => "",
        (false, true) => " = ",
        (false, false) => ": ",
    };
    let open = table::open(&repository.live, path, keys, word).into_iter();
    open.map(|field| Choice { tail, field: Some(field), ..plain(field.key, CompletionItemKind::PROPERTY) }).collect()
}

fn words(repository: &Repository, path: &RelPath, keys: &[&str]) -> Vec<Choice<'static>> {
    let words = table::field(&repository.live, path, keys).map_or_else(Vec::new, |field| field.value.words());
    words.into_iter().map(|word| plain(word, CompletionItemKind::ENUM_MEMBER)).collect()
}

fn rules() -> Vec<Choice<'static>> {
    let rules = rules::ALL.iter().map(|rule| rule.id);
    rules.map(|id| Choice { about: id.name, ..plain(id.code, CompletionItemKind::CONSTANT) }).collect()
}

/// Reports by the way that leads to them from this file.
fn reports<'l>(repository: &'l Repository, path: &RelPath) -> Vec<Choice<'l>> {
    let others = repository.live.corpus().reports.iter().rev().filter(|report| report.path != *path);
    let choices = others.map(|report| Choice {
        about: &report.title.value,
        ..plain(way(path, &report.path), CompletionItemKind::FILE)
    });
    choices.collect()
}

/// The relative address of a file as another one links it.
fn way(from: &RelPath, to: &RelPath) -> String {
    let from: Vec<&str> = from.parent().split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = to.as_str().split('/').collect();
    let same = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let parts = from[same..].iter().map(|_| "..").chain(to[same..].iter().copied());
    parts.map(|part| part.replace(' ', "%20")).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_between_files() {
        let path = |text| RelPath::new(text).expect("a path");
        assert_eq!(way(&path("reports/2024/a.md"), &path("reports/2024/b c.md")), "b%20c.md");
        assert_eq!(way(&path("reports/2024/a.md"), &path("reports/2023/b.md")), "../2023/b.md");
        assert_eq!(way(&path("a.md"), &path("reports/b.md")), "reports/b.md");
    }
}
