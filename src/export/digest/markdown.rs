//! A digest as Markdown.

use super::{address, over, read_all};
use crate::pages::{
    digest::sheet::{Entry, Figure, Layout, Part, Sheet},
    line::Line,
    subject::Directory,
};

pub(super) fn render(directory: &Directory<'_>, sheet: &Sheet) -> String {
    let say = |line: &Line| said(directory, line);
    let mut out = format!("# {}\n\n{}\n\n{}\n", escaped(&sheet.title), escaped(&over(sheet)), say(&sheet.lead));
    out.push('\n');
    for figure in &sheet.figures {
        out.push_str(&format!("- **{}:** {}\n", escaped(&figure.name), value(directory, figure)));
    }
    for part in &sheet.parts {
        out.push_str(&section(directory, part));
    }
    out.push_str(&format!("\n---\n\n{}\n", say(&sheet.method)));
    if let Some(line) = read_all(directory, sheet) {
        out.push_str(&format!("\n{}\n", say(&line)));
    }
    out
}

fn value(directory: &Directory<'_>, figure: &Figure) -> String {
    let missing = || escaped(directory.words.text("digest.not_recorded"));
    let value = figure.value.as_ref().map_or_else(missing, |value| said(directory, value));
    let notes: Vec<String> = figure.notes.iter().map(|note| said(directory, note)).collect();
    if notes.is_empty() { value } else { format!("{value} ({})", notes.join("; ")) }
}

fn section(directory: &Directory<'_>, part: &Part) -> String {
    let mut out = format!("\n## {}\n\n", escaped(&part.heading));
    match (&part.editor, part.entries.is_empty()) {
        (Some(words), _) => out.push_str(&format!("{}\n", words.markdown.trim())),
        (None, true) => out.push_str(&format!("{}\n", said(directory, &part.empty))),
        (None, false) => {
            for entry in &part.entries {
                out.push_str(&item(directory, part.layout, entry));
            }
        }
    }
    if !part.note.is_empty() {
        out.push_str(&format!("\n{}\n", said(directory, &part.note)));
    }
    out
}

fn item(directory: &Directory<'_>, layout: Layout, entry: &Entry) -> String {
    let lines: Vec<String> = entry.lines.iter().map(|line| said(directory, line)).collect();
    let lines = lines.join("; ");
    match layout {
        Layout::Plain => format!("- {lines}\n"),
        Layout::Labeled => format!("- **{}:** {lines}\n", escaped(&entry.label)),
        Layout::Incidents => {
            let (label, when) = (escaped(&entry.label), escaped(&entry.when));
            let lasted = if entry.value.is_empty() { String::new() } else { format!(" ({})", escaped(&entry.value)) };
            format!("- **{label}** {when}: {lines}{lasted}\n")
        }
    }
}

fn said(directory: &Directory<'_>, line: &Line) -> String {
    let run = |run: &crate::pages::line::Run| {
        let text = if run.code { format!("`{}`", run.text) } else { escaped(&run.text) };
        let url = if run.url.is_empty() { String::new() } else { address(directory, &run.url) };
        if url.is_empty() { text } else { format!("[{text}](<{url}>)") }
    };
    line.0.iter().map(run).collect()
}

/// Text that no reader of Markdown or HTML takes for markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&' | '!' => {
                out.push('\\');
                out.push(c);
            }
            // The invisible space keeps a mention from being found after entities are decoded.
            '@' => out.push_str("&#64;&#8203;"),
            '\u{a0}' => out.push(' '),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn words_stay_words() {
        assert_eq!(escaped("a*b* <script> [x](y)\nz @all"), "a\\*b\\* \\<script\\> \\[x\\](y) z &#64;&#8203;all");
    }
}
