//! What a digest asks to decide: the editor's words, else the long-term follow-up work that the reports name.

use super::sheet::{Editor, Entry, Layout, Part};
use crate::{
    analyze::{Group, period::Period},
    model::{Action, ActionStatus, Category, Horizon, Report},
    pages::{Input, line::Line, views},
};

/// Items of a theme on the first page.
const ITEMS: usize = 1;
/// Editor's words that fit on the first page, in characters.
const EDITOR: usize = 900;
/// Beginnings of words for decisions, in the languages of the interface.
const HEADINGS: [&str; 2] = ["decision", "entscheid"];

const THEMES: [(&str, &[Category]); 3] = [
    ("infrastructure", &[Category::TechnicalFix, Category::Tooling]),
    ("training", &[Category::Communication]),
    ("process", &[Category::Process]),
];

pub(super) fn of(input: &Input<'_>, period: Period, group: &Group) -> Part {
    let note = input.corpus.digest_notes.get(&period.to_string());
    let editor = note.and_then(|note| {
        let markdown = section(&note.body).filter(|words| words.chars().count() <= EDITOR)?.to_owned();
        Some(Editor { markdown, path: note.path.clone() })
    });
    let entries = if editor.is_some() { Vec::new() } else { themes(input, group) };
    let from = if entries.is_empty() { "" } else { input.words.text("digest.decisions_from") };
    Part {
        id: "decisions",
        heading: input.words.text("digest.decisions").to_owned(),
        layout: Layout::Labeled,
        note: Line::plain(from),
        entries,
        editor,
        empty: Line::say(input.words, "digest.decisions_none", &[]),
    }
}

/// The text below a heading about decisions.
fn section(body: &str) -> Option<&str> {
    let is_heading = |line: &str| line.starts_with("## ");
    let lines = body.split_inclusive('\n');
    let (mut at, mut from) = (0, None);
    for line in lines {
        match from {
            Some(from) if is_heading(line) => return Some(&body[from..at]),
            None if is_heading(line) && HEADINGS.iter().any(|word| line.to_lowercase().contains(word)) => {
                from = Some(at + line.len());
            }
            _ => {}
        }
        at += line.len();
    }
    from.map(|from| &body[from..]).filter(|text| !text.trim().is_empty())
}

/// Work that takes long and is not recorded as ended, of the most severe incidents first.
fn themes(input: &Input<'_>, group: &Group) -> Vec<Entry> {
    let ended = |action: &Action| {
        let status = action.status.as_ref().map(|status| status.value);
        matches!(status, Some(ActionStatus::Done | ActionStatus::Dropped))
    };
    let mut work: Vec<(&Report, &Action)> = Vec::new();
    for report in &group.reports {
        let open = report.actions.iter().filter(|action| !ended(action) && action.horizon == Some(Horizon::LongTerm));
        work.extend(open.map(|action| (report.as_ref(), action)));
    }
    work.sort_by_key(|(report, _)| input.config.severity_rank(&report.severity.value));
    let asked = |(report, action): &(&Report, &Action)| {
        let views::Link { text, url } = views::link(report);
        Line::plain(format!("{} ·", action.title.value)).then(Line::link(text, url))
    };
    let theme = |(id, categories): (&'static str, &[Category])| {
        let ours =
            work.iter().filter(|(_, action)| action.category.is_some_and(|category| categories.contains(&category)));
        let label = input.words.term("theme", id).into_owned();
        Entry { label, lines: ours.take(ITEMS).map(asked).collect(), ..Entry::default() }
    };
    THEMES.into_iter().map(theme).filter(|theme| !theme.lines.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::section;

    #[test]
    fn the_editor_is_read_to_the_next_heading() {
        let note = "Words.\n\n## Decisions asked\n\n- Fund it.\n\n## More\n\nText.\n";
        assert_eq!(section(note), Some("\n- Fund it.\n\n"));
        assert_eq!(section("## Entscheidungen\n\n- x\n"), Some("\n- x\n"));
        assert_eq!(section("Words.\n"), None);
    }
}
