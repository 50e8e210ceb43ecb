//! `<!-- afterword: internal -->…<!-- /internal -->`: parts of a body that only the organization reads.

use super::front_matter;
use crate::snapshot::RelPath;
use std::ops::Range;

/// What a comment opens or closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Open,
    Close,
}

/// The comments of a text from `body` on that open or close a part, in bytes of the text.
fn marks(text: &str, body: usize) -> Vec<(Mark, Range<usize>)> {
    let (mut marks, mut at, mut close) = (Vec::new(), body, body);
    while let Some(start) = text[at..].find("<!--").map(|found| at + found) {
        // The end of a comment is looked for once, however many begin before it.
        if close < start + 4 {
            close = text[start + 4..].find("-->").map_or(text.len(), |found| start + 4 + found);
        }
        marks.extend(mark(&text[start + 4..close]).map(|mark| (mark, start..(close + 3).min(text.len()))));
        // A comment may hold the beginning of another: nothing is skipped but the `<!--` itself.
        at = start + 4;
    }
    marks
}

/// The internal parts of a text from `body` on, with their comments, in bytes of the text. A part that is never closed
/// reaches to the end: a forgotten comment must not publish anything. Parts do not nest.
#[must_use]
pub fn parts(text: &str, body: usize) -> Vec<Range<usize>> {
    let (mut parts, mut open) = (Vec::new(), None);
    for (mark, at) in marks(text, body) {
        match (mark, open) {
            (Mark::Open, None) => open = Some(at.start),
            (Mark::Close, Some(from)) => {
                parts.push(whole_lines(text, body, from..at.end));
                open = None;
            }
            _ => {}
        }
    }
    parts.extend(open.map(|from| from..text.len()));
    parts
}

/// Comments without the other half of their pair.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Unpaired {
    /// It is never closed: everything after it is withheld.
    pub open: Option<Range<usize>>,
    /// They close what was not opened: what stands before them is published.
    pub close: Vec<Range<usize>>,
}

/// The comments of a file that are not half of a pair; those in its front matter are text.
#[must_use]
pub fn unpaired(path: &RelPath, text: &str) -> Unpaired {
    let mut unpaired = Unpaired::default();
    if !text.contains("<!--") {
        return unpaired;
    }
    let body = front_matter::split(path, text).map_or(0, |parts| parts.body);
    for (mark, at) in marks(text, body) {
        match mark {
            Mark::Open => drop(unpaired.open.get_or_insert(at)),
            Mark::Close if unpaired.open.take().is_none() => unpaired.close.push(at),
            Mark::Close => {}
        }
    }
    unpaired
}

/// The text without its internal parts.
#[must_use]
pub fn without(text: &str, parts: &[Range<usize>]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for part in parts {
        out.push_str(&text[at..part.start.max(at)]);
        at = part.end.max(at);
    }
    out + &text[at..]
}

/// Characters of a comment that are looked at.
const LONGEST: usize = 200;

fn mark(comment: &str) -> Option<Mark> {
    // Long enough for the marks with the blanks that somebody may put in.
    let words = comment.chars().take(LONGEST).filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    match words.strip_prefix("afterword:").unwrap_or(&words) {
        "/internal" => Some(Mark::Close),
        // Opening takes the name, so that a comment of somebody else hides nothing; a note behind the word is fine.
        word if words.starts_with("afterword:") && word.starts_with("internal") => Some(Mark::Open),
        _ => None,
    }
}

/// A part that fills its lines takes the last line end with it, so that rows around it stay one table.
fn whole_lines(text: &str, body: usize, part: Range<usize>) -> Range<usize> {
    let line = text[body..part.start].rfind('\n').map_or(body, |end| body + end + 1);
    let rest = text[part.end..].split_inclusive('\n').next().unwrap_or("");
    if text[line..part.start].trim().is_empty() && rest.trim().is_empty() {
        return line..part.end + rest.len();
    }
    part
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_of_pairs_are_found() {
        let path = RelPath::new("reports/a.md").expect("a path");
        let found = |text: &str| {
            let Unpaired { open, close } = unpaired(&path, text);
            (open.map(|at| at.start), close.iter().map(|at| at.start).collect::<Vec<_>>())
        };
        assert_eq!(found("<!-- afterword: internal -->a<!-- /internal -->"), (None, vec![]));
        assert_eq!(found("a <!-- afterword: internal -->b"), (Some(2), vec![]));
        assert_eq!(found("<!-- internal -->a<!-- /internal -->"), (None, vec![18]));
        let nested = "<!-- afterword: internal -->1<!-- afterword: internal -->2<!-- /internal -->3<!-- /internal -->";
        assert_eq!(found(nested), (None, vec![77]));
    }

    fn shown(text: &str) -> String {
        without(text, &parts(text, 0))
    }

    #[test]
    fn parts_go_with_their_comments() {
        for (text, rest) in [
            ("a <!-- afterword: internal -->b<!-- /internal --> c", "a  c"),
            ("a\n<!-- afterword: internal -->\nb\n<!-- /internal -->\nc\n", "a\nc\n"),
            ("a\n<!--AFTERWORD:Internal-->b<!-- afterword: /internal -->\r\nc", "a\nc"),
            ("a <!-- afterword: internal until May -->b<!--\n/internal\n-->", "a "),
            ("a <!-- afterword: internal -->b", "a "),
            ("a <!-- afterword: internal -->b<!-- internal -->c", "a "),
            ("a <!-- afterword: internal", "a "),
            ("a <!-- internal -->b<!-- /internal -->", "a <!-- internal -->b<!-- /internal -->"),
            ("<!-- x <!-- afterword: internal -->b<!-- /internal -->é", "<!-- x é"),
            ("<!-- afterword: internal -->1<!-- /internal -->2<!-- afterword: internal -->3<!-- /internal -->", "2"),
            (
                "<!-- afterword: internal -->1<!-- afterword: internal -->2<!-- /internal -->3<!-- /internal -->",
                "3<!-- /internal -->",
            ),
        ] {
            assert_eq!(shown(text), rest, "{text}");
        }
    }
}
