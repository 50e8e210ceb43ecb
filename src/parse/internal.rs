//! `<!-- afterword: internal -->…<!-- /internal -->`: parts of a body that only the organization reads.

use std::ops::Range;

/// What a comment opens or closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Open,
    Close,
}

/// The internal parts of a text from `body` on, with their comments, in bytes of the text. A part that is never closed
/// reaches to the end: a forgotten comment must not publish anything. Parts do not nest.
#[must_use]
pub fn parts(text: &str, body: usize) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let (mut open, mut at, mut close) = (None, body, body);
    while let Some(start) = text[at..].find("<!--").map(|found| at + found) {
        // The end of a comment is looked for once, however many begin before it.
        if close < start + 4 {
            close = text[start + 4..].find("-->").map_or(text.len(), |found| start + 4 + found);
        }
        let end = (close + 3).min(text.len());
        match (mark(&text[start + 4..close]), open) {
            (Some(Mark::Open), None) => open = Some(start),
            (Some(Mark::Close), Some(from)) => {
                parts.push(whole_lines(text, body, from..end));
                open = None;
            }
            _ => {}
        }
        // A comment may hold the beginning of another: nothing is skipped but the `<!--` itself.
        at = start + 4;
    }
    parts.extend(open.map(|from| from..text.len()));
    parts
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
