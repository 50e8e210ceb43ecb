//! Numbers and texts as literals of a script: numbers as printable characters of their own, so that compression sees them.

/// Last character of a number, 58 of them.
const LAST: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789QRSTUVWXYZ!#$%&'()*+,-";
/// Characters before the last one, 16 of them.
const MORE: &[u8] = b"./:;=>?@[]^_`{|}";

/// Appends a number.
pub(super) fn number(out: &mut String, value: u32) {
    let (high, low) = (value / 58, value % 58);
    let mut shift = 28;
    let mut begun = false;
    while shift >= 0 && high > 0 {
        let digit = (high >> shift) & 15;
        begun |= digit > 0;
        if begun {
            out.push(char::from(MORE[digit as usize]));
        }
        shift -= 4;
    }
    out.push(char::from(LAST[low as usize]));
}

/// Appends ascending numbers as their distances.
pub(super) fn ascending(out: &mut String, values: impl Iterator<Item = u32>) {
    let mut next = 0;
    for value in values {
        number(out, value - next);
        next = value + 1;
    }
}

/// A text as a literal that is safe in any script: nothing in it can end the literal, a line or an element.
pub(super) fn literal(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '<' | '\u{2028}' | '\u{2029}' | '\u{feff}' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c if c.is_control() => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
}

/// A list of texts as a literal.
pub(super) fn literals<'t>(out: &mut String, texts: impl IntoIterator<Item = &'t str>) {
    out.push('[');
    for (at, text) in texts.into_iter().enumerate() {
        out.push_str(if at == 0 { "" } else { "," });
        literal(out, text);
    }
    out.push(']');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_short_as_they_can_be() {
        for (value, expected) in [(0, "a"), (57, "-"), (58, "/a"), (58 * 16, "/.a"), (58 * 17 + 1, "//b")] {
            let mut out = String::new();
            number(&mut out, value);
            assert_eq!(out, expected, "{value}");
        }
    }

    #[test]
    fn alphabets_do_not_meet_each_other_levels_or_the_space() {
        let all: std::collections::BTreeSet<u8> = LAST.iter().chain(MORE).copied().chain(b'A'..=b'P').collect();
        assert_eq!(all.len(), 58 + 16 + 16);
        assert!(!all.contains(&b' ') && !all.contains(&b'"') && !all.contains(&b'\\') && !all.contains(&b'<'));
    }

    #[test]
    fn no_text_ends_its_literal() {
        let mut out = String::new();
        literal(&mut out, "</script>\"\\\n\u{2028}\u{0}");
        assert_eq!(out, "\"\\u003c/script>\\\"\\\\\\n\\u2028\\u0000\"");
    }
}
