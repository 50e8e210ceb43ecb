//! Lines of Markdown: fences of code, rows of tables.

use std::ops::Range;

/// Whether a line is in fenced code or delimits it.
pub fn fence(line: &str, open: &mut Option<String>) -> bool {
    let text = line.trim_start();
    let mark: String = ['`', '~']
        .into_iter()
        .map(|mark| text.chars().take_while(|c| *c == mark).collect::<String>())
        .find(|run| run.len() >= 3)
        .unwrap_or_default();
    match open {
        Some(opened) => {
            if mark.len() >= opened.len() && mark.starts_with(opened.as_str()) && text.trim_end().len() == mark.len() {
                *open = None;
            }
            true
        }
        None if !mark.is_empty() && !text[mark.len()..].contains('`') => {
            *open = Some(mark);
            true
        }
        None => false,
    }
}

/// The blocks of code between fences, with these.
#[must_use]
pub fn fenced(text: &str) -> Vec<Range<usize>> {
    let (mut blocks, mut open, mut at) = (Vec::<Range<usize>>::new(), None, 0);
    for line in text.split_inclusive('\n') {
        let (start, goes_on) = (at, open.is_some());
        at += line.len();
        match (fence(line, &mut open), blocks.last_mut()) {
            (true, Some(block)) if goes_on => block.end = at,
            (true, _) => blocks.push(start..at),
            (false, _) => {}
        }
    }
    blocks
}

/// The cells of a row; `\|` stays in its cell.
#[must_use]
pub fn split(line: &str) -> Vec<String> {
    let text = line.trim();
    let text = text.strip_prefix('|').unwrap_or(text);
    let (mut cells, mut escaped) = (vec![String::new()], false);
    for c in text.chars() {
        match c {
            '|' if !escaped => cells.push(String::new()),
            c => cells.last_mut().into_iter().for_each(|cell| cell.push(c)),
        }
        escaped = c == '\\' && !escaped;
    }
    if cells.len() > 1 && cells.last().is_some_and(|cell| cell.trim().is_empty()) {
        cells.pop();
    }
    cells.into_iter().map(|cell| cell.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn blocks_of_code() {
        let text = "a\n```sh\nb\n~~~\n```\nc\n~~~\nd\n```\n~~~\n```\ne";
        let blocks: Vec<&str> = super::fenced(text).into_iter().map(|block| &text[block]).collect();
        assert_eq!(blocks, ["```sh\nb\n~~~\n```\n", "~~~\nd\n```\n~~~\n", "```\ne"]);
    }
}
