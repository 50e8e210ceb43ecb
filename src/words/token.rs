//! Text → the words it is found by: compounds whole and in parts, scripts without spaces in pairs of characters.
//!
//! `themes/default/static/search.js` does the same; `tests/search/tokens.json` is read by both.

use crate::words::fold::{fold, is_cjk, is_word};

/// What a word is of the run of characters that it was found in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The run itself: `edge-api-50.prod`.
    Whole,
    /// A part of a compound: `edge`.
    Part,
    /// Two parts written together: `failover` of `fail-over`.
    Joined,
}

/// Longer runs are no words; their parts may be.
const LONGEST: usize = 64;

const fn is_joiner(c: char) -> bool {
    matches!(c, '-' | '_' | '.' | ':' | '/' | '@')
}

/// Calls `found` with every word of a text, in order.
pub fn tokens(text: &str, found: &mut impl FnMut(&str, Kind)) {
    let mut rest = text;
    let mut buffer = String::new();
    loop {
        rest = &rest[gap(rest)..];
        if rest.is_empty() {
            return;
        }
        let length = run(rest);
        of_run(&rest[..length], &mut buffer, found);
        rest = &rest[length..];
    }
}

/// The length of what stands before the first word.
fn gap(text: &str) -> usize {
    let ascii = text.bytes().take_while(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric()).count();
    if text.as_bytes().get(ascii).is_none_or(u8::is_ascii) {
        return ascii;
    }
    text[ascii..].find(is_word).map_or(text.len(), |length| ascii + length)
}

/// Where the word characters end that stand from a place on.
fn word_end(text: &str, from: usize) -> usize {
    let end = from + text.as_bytes()[from..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    if text.as_bytes().get(end).is_none_or(u8::is_ascii) {
        return end;
    }
    text[end..].find(|c| !is_word(c)).map_or(text.len(), |length| end + length)
}

/// The length of the run of word characters and single joiners that a text begins with.
fn run(text: &str) -> usize {
    let word = |from| word_end(text, from);
    let mut end = word(0);
    loop {
        let rest = &text[end..];
        if matches!(rest.as_bytes().first(), None | Some(b' ' | b'\n')) {
            return end;
        }
        let joiner = if rest.starts_with("://") || rest.starts_with("::") {
            if rest.starts_with("://") { 3 } else { 2 }
        } else {
            match rest.chars().next() {
                Some(c) if is_joiner(c) || matches!(c, '\'' | '’' | '‐' | '‑') => c.len_utf8(),
                Some(',') if is_thousand(&rest[1..]) => 1,
                _ => return end,
            }
        };
        let next = word(end + joiner);
        if next == end + joiner {
            return end;
        }
        end = next;
    }
}

/// Three digits and no fourth: what stands after the comma of a number.
fn is_thousand(text: &str) -> bool {
    text.bytes().take(4).take_while(u8::is_ascii_digit).count() == 3
}

fn of_run(run: &str, buffer: &mut String, found: &mut impl FnMut(&str, Kind)) {
    let is_plain = |text: &str| text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    if run.starts_with(|first: char| first.is_ascii_alphanumeric()) && is_plain(&run[1..]) {
        if run.len() <= LONGEST {
            found(if is_plain(&run[..1]) { run } else { lower(run, buffer) }, Kind::Whole);
        }
        return;
    }
    let folded = fold(run);
    if is_plain(&folded) {
        if folded.len() <= LONGEST {
            found(&folded, Kind::Whole);
        }
        return;
    }
    let plain = if folded.contains(['\'', ',']) { without_marks(&folded) } else { folded.into_owned() };
    let outside = |c: char| !is_word(c) && !is_joiner(c);
    for compound in plain.split(outside).map(|part| part.trim_matches(is_joiner)).filter(|part| !part.is_empty()) {
        of_compound(compound, buffer, found);
    }
}

/// Without `'s` at the end of words, other apostrophes, and the commas of numbers.
fn without_marks(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let next = chars.get(at + 1).copied();
        match chars[at] {
            '\'' if matches!(next, Some('s' | 'S')) && !chars.get(at + 2).is_some_and(|c| is_word(*c)) => at += 1,
            '\'' => {}
            ',' => {
                let digits = chars[at + 1..].iter().take(4).take_while(|c| c.is_ascii_digit()).count();
                if !(at > 0 && chars[at - 1].is_ascii_digit() && digits == 3) {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
        at += 1;
    }
    out
}

fn lower<'b>(text: &str, buffer: &'b mut String) -> &'b str {
    buffer.clear();
    if text.is_ascii() {
        buffer.push_str(text);
        buffer.make_ascii_lowercase();
    } else {
        buffer.push_str(&text.to_lowercase());
    }
    buffer
}

fn of_compound(compound: &str, buffer: &mut String, found: &mut impl FnMut(&str, Kind)) {
    if compound.contains(is_cjk) {
        return of_cjk(compound, buffer, found);
    }
    let short = |text: &str| text.len() <= LONGEST || text.chars().count() <= LONGEST;
    if short(compound) {
        found(lower(compound, buffer), Kind::Whole);
    }
    let is_clock = compound.contains(':') && compound.chars().all(|c| c.is_ascii_digit() || c == ':');
    let atoms = compound.split(is_joiner).filter(|atom| !atom.is_empty());
    let single = compound.split(is_joiner).nth(1).is_none();
    if is_clock {
        return;
    }
    for atom in atoms {
        let mut rest = atom;
        while !rest.is_empty() {
            let (part, after) = rest.split_at(camel(rest));
            let whole = single && part.len() == compound.len();
            if !whole && part.chars().nth(1).is_some() && short(part) {
                found(lower(part, buffer), Kind::Part);
            }
            rest = after;
        }
    }
    if let Some((first, second)) = compound.split_once('-')
        && first.chars().chain(second.chars()).all(char::is_alphabetic)
        && short(compound)
    {
        let together = format!("{first}{second}");
        found(lower(&together, buffer), Kind::Joined);
    }
}

/// Where the first part of a word in mixed case ends: `timeOut` after `time`, `OOMKilled` after `OOM`.
fn camel(atom: &str) -> usize {
    let mut before = None;
    for (at, c) in atom.char_indices() {
        if let Some(last) = before
            && c.is_uppercase()
        {
            let after = &atom[at + c.len_utf8()..];
            let last: char = last;
            let two_lower = after.chars().take(2).filter(|c| c.is_lowercase()).count() == 2;
            if last.is_lowercase() || (last.is_uppercase() && two_lower) {
                return at;
            }
        }
        before = Some(c);
    }
    atom.len()
}

/// Pairs of characters; what stands between them in other scripts is a word as anywhere.
fn of_cjk(compound: &str, buffer: &mut String, found: &mut impl FnMut(&str, Kind)) {
    let mut rest = compound;
    while let Some(first) = rest.chars().next() {
        let cjk = is_cjk(first);
        let end = rest.find(|c| is_cjk(c) != cjk).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        rest = after;
        if !cjk {
            let part = part.trim_matches(is_joiner);
            if !part.is_empty() {
                of_compound(part, buffer, found);
            }
            continue;
        }
        let chars: Vec<char> = part.chars().collect();
        if chars.len() == 1 {
            found(part, Kind::Whole);
        }
        for pair in chars.windows(2) {
            found(&pair.iter().collect::<String>(), Kind::Whole);
        }
    }
}
