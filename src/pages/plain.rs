//! Text of the repository as plain words for machines: no markup, nothing invisible that reorders or hides, one line.

/// Characters that no machine format may get: controls, and what changes the direction of the text around it.
#[must_use]
pub fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{e007f}')
}

/// All on one line, with single spaces.
#[must_use]
pub fn line(text: &str) -> String {
    if is_line(text) {
        return text.to_owned();
    }
    let kept: String = text
        .chars()
        .filter_map(|c| if c.is_whitespace() || c == '\u{2028}' { Some(' ') } else { (!is_harmful(c)).then_some(c) })
        .collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether nothing is to be done for it; most texts are so.
fn is_line(text: &str) -> bool {
    let printable = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    printable && !text.starts_with(' ') && !text.ends_with(' ') && !text.contains("  ")
}

/// The first sentence, and the next ones while they are a short beginning; at most `limit` characters, cut at a word.
#[must_use]
pub fn brief(text: &str, limit: usize) -> String {
    /// Shorter beginnings say too little alone.
    const SHORT: usize = 90;
    let text = line(text);
    let mut end = 0;
    for stop in ends(&text) {
        if end > 0 && (chars(&text[..end]) >= SHORT || chars(&text[..stop]) > limit) {
            break;
        }
        end = stop;
    }
    cut(text[..end].trim_end(), limit)
}

fn chars(text: &str) -> usize {
    text.chars().count()
}

/// At most `limit` characters; what is cut ends at a word and in `…`.
#[must_use]
pub fn cut(text: &str, limit: usize) -> String {
    if chars(text) <= limit {
        return text.to_owned();
    }
    let room: String = text.chars().take(limit.saturating_sub(1)).collect();
    let next = text[room.len()..].chars().next();
    let whole = if next == Some(' ') { room.as_str() } else { room.rsplit_once(' ').map_or(&*room, |(kept, _)| kept) };
    let kept = whole.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '–' | '-' | '('));
    format!("{kept}…")
}

/// Where sentences end; the last is the end of the text.
fn ends(text: &str) -> Vec<usize> {
    const ABBREVIATIONS: &[&str] =
        &["approx", "ca", "cf", "e.g", "etc", "fig", "i.e", "incl", "no", "resp", "vs", "z.b"];
    let mut found = Vec::new();
    for (at, mark) in text.match_indices(['.', '!', '?', '。']) {
        let after = at + mark.len();
        let mut rest = text[after..].chars();
        let ends = mark == "。" || (rest.next() == Some(' ') && rest.next().is_some_and(|c| !c.is_lowercase()));
        let word = text[..at].rsplit(' ').next().unwrap_or("").trim_start_matches('(').to_lowercase();
        let abbreviated = mark == "." && (ABBREVIATIONS.contains(&word.as_str()) || chars(&word) == 1);
        if ends && !abbreviated {
            found.push(after);
        }
    }
    found.push(text.len());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_sentence() {
        let long = "For 73 hours the platform was down for all players, because a streaming feature of Consul contended. Then more.";
        assert_eq!(brief(long, 160), long.trim_end_matches(" Then more."));
        let two = "Short. Then a bit more of it follows here, so that a reader learns something and it is long enough.";
        assert_eq!(brief(&format!("{two} End."), 160), two);
        assert_eq!(brief("It took 1.5 hours (approx. 90 minutes, e.g. Two meals) and no more than that", 160), {
            "It took 1.5 hours (approx. 90 minutes, e.g. Two meals) and no more than that"
        });
        assert_eq!(brief("", 160), "");
    }

    #[test]
    fn cut_at_a_word() {
        assert_eq!(cut("one two three", 9), "one two…");
        assert_eq!(cut("one two three", 8), "one two…");
        assert_eq!(cut("one two, three", 10), "one two…");
        assert_eq!(cut("unbroken", 4), "unb…");
        assert_eq!(cut("whole", 5), "whole");
        assert!(chars(&brief(&"word ".repeat(90), 160)) <= 160);
    }

    #[test]
    fn nothing_hides() {
        assert_eq!(line("a\u{202e}b\u{0}\r\n\tc\u{2028}d\u{feff}\u{9b}e"), "ab c de");
    }
}
