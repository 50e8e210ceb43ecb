//! A digest as plain text, in lines of at most 76 characters.

use super::{address, over};
use crate::{
    markup,
    pages::{
        digest::sheet::{Entry, Layout, Part, Sheet},
        line::typed,
        subject::Directory,
    },
};

const WIDTH: usize = 76;

pub(super) fn render(directory: &Directory<'_>, sheet: &Sheet) -> String {
    let mut out = format!("{}\n{}\n\n", sheet.title, over(sheet));
    out.push_str(&wrapped(&sheet.lead.text(), "", ""));
    out.push('\n');
    for figure in &sheet.figures {
        let missing = || directory.words.text("digest.not_recorded").to_owned();
        let value = figure.value.as_ref().map_or_else(missing, super::Line::text);
        let notes: Vec<String> = figure.notes.iter().map(super::Line::text).collect();
        let notes = if notes.is_empty() { String::new() } else { format!(" ({})", notes.join("; ")) };
        out.push_str(&wrapped(&format!("{}: {value}{notes}", figure.name), "  ", "    "));
    }
    for part in &sheet.parts {
        out.push_str(&section(part));
    }
    out.push_str(&format!("\n{}\n", "-".repeat(WIDTH)));
    out.push_str(&wrapped(&sheet.method.text(), "", ""));
    let all = address(directory, &sheet.address);
    if !all.is_empty() {
        out.push_str(&format!("\n{all}\n"));
    }
    out
}

fn section(part: &Part) -> String {
    let mut out = format!("\n{}\n\n", part.heading.to_uppercase());
    match (&part.editor, part.entries.is_empty()) {
        (Some(words), _) => {
            for line in markup::text(&words.markdown).lines().filter(|line| !line.trim().is_empty()) {
                out.push_str(&wrapped(line, "  ", "  "));
            }
        }
        (None, true) => out.push_str(&wrapped(&part.empty.text(), "  ", "  ")),
        (None, false) => part.entries.iter().for_each(|entry| out.push_str(&item(part.layout, entry))),
    }
    if !part.note.is_empty() {
        out.push('\n');
        out.push_str(&wrapped(&part.note.text(), "  ", "  "));
    }
    out
}

fn item(layout: Layout, entry: &Entry) -> String {
    let lines: Vec<String> = entry.lines.iter().map(super::Line::text).collect();
    let lines = lines.join("; ");
    let text = match layout {
        Layout::Plain => lines,
        Layout::Labeled => format!("{}: {lines}", entry.label),
        Layout::Incidents if entry.value.is_empty() => format!("{} {}: {lines}", entry.label, entry.when),
        Layout::Incidents => format!("{} {}: {lines} ({})", entry.label, entry.when, typed(&entry.value)),
    };
    wrapped(&text, "- ", "  ")
}

/// Words in lines; the first begins with `first`, the others with `next`.
fn wrapped(text: &str, first: &str, next: &str) -> String {
    let mut out = String::from(first);
    let mut width = first.chars().count();
    let mut begun = false;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if begun && width + 1 + length > WIDTH {
            out.push('\n');
            out.push_str(next);
            width = next.chars().count();
            begun = false;
        }
        if begun {
            out.push(' ');
            width += 1;
        }
        out.push_str(word);
        width += length;
        begun = true;
    }
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_short_and_no_word_is_lost() {
        let text = "word ".repeat(100) + &"x".repeat(90);
        let lines = wrapped(&text, "- ", "  ");
        assert!(lines.lines().all(|line| line.chars().count() <= WIDTH || line.contains("xxx")), "{lines}");
        assert_eq!(lines.split_whitespace().count(), 102);
        assert!(lines.starts_with("- word") && lines.lines().nth(1).is_some_and(|line| line.starts_with("  word")));
    }
}
