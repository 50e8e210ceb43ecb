//! What a digest asks to decide: the editor's words, else the long-term follow-up work that the reports name.

use super::sheet::{Editor, Entry, Layout, Part};
use crate::{
    analyze::{Group, period::Period},
    markup,
    model::{Action, ActionStatus, Category, Horizon, Report},
    pages::{Input, line::Line, views},
};

use std::ops::Range;

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
        let markdown = note.body[told(&note.body)?].to_owned();
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

/// An editor's words without the part that stands on the first sheet. Empty where nothing is left but a paragraph that
/// the sheet begins with.
pub(super) fn rest(body: &str, lead: &str) -> String {
    let told = told(body).map(|told| {
        let heading = body[..told.start].trim_end_matches('\n').rfind('\n').map_or(0, |end| end + 1);
        heading..told.end
    });
    let rest = told.map_or_else(|| body.to_owned(), |told| format!("{}{}", &body[..told.start], &body[told.end..]));
    let words = markup::text(&rest);
    if lead.contains(words.trim()) && !rest.contains("](") { String::new() } else { rest }
}

/// Where the words for the first sheet stand, if they fit on it.
fn told(body: &str) -> Option<Range<usize>> {
    section(body).filter(|told| body[told.clone()].chars().count() <= EDITOR)
}

/// Where the text below a heading about decisions stands.
fn section(body: &str) -> Option<Range<usize>> {
    let is_heading = |line: &str| line.starts_with("## ");
    let lines = body.split_inclusive('\n');
    let (mut at, mut from) = (0, None);
    for line in lines {
        match from {
            Some(from) if is_heading(line) => return Some(from..at),
            None if is_heading(line) && HEADINGS.iter().any(|word| line.to_lowercase().contains(word)) => {
                from = Some(at + line.len());
            }
            _ => {}
        }
        at += line.len();
    }
    from.map(|from| from..body.len()).filter(|text| !body[text.clone()].trim().is_empty())
}

/// Work that takes long and is not recorded as ended, of the most severe incidents first.
fn themes(input: &Input<'_>, group: &Group) -> Vec<Entry> {
    let ended = |action: &Action| {
        let status = action.status.as_ref().map(|status| status.value);
        matches!(status, Some(ActionStatus::Done | ActionStatus::Dropped))
    };
    let mut work: Vec<(&Report, &Action)> = Vec::new();
    for report in &*group.reports {
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
    use super::{rest, section};

    #[test]
    fn the_editor_is_read_to_the_next_heading() {
        let note = "Words.\n\n## Decisions asked\n\n- Fund it.\n\n## More\n\nText.\n";
        let told = |body: &'static str| section(body).map(|told| &body[told]);
        assert_eq!(told(note), Some("\n- Fund it.\n\n"));
        assert_eq!(told("## Entscheidungen\n\n- x\n"), Some("\n- x\n"));
        assert_eq!(told("Words.\n"), None);
    }

    #[test]
    fn what_stands_on_the_first_sheet_is_not_said_again() {
        assert_eq!(
            rest("Words.\n\n## Decisions\n\n- Fund it.\n\n## More\n\nText.\n", ""),
            "Words.\n\n## More\n\nText.\n"
        );
        assert_eq!(rest("Words.\n\n## Decisions\n\n- Fund it.\n", "9 incidents. Words."), "");
        assert_eq!(rest("[Words](x).\n", "9 incidents. Words."), "[Words](x).\n");
        assert_eq!(rest("Words.\n", "9 incidents."), "Words.\n");
    }
}
