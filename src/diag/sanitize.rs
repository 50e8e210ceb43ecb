//! Text from the repository, made safe for a terminal: nothing in it can move the cursor, color or reorder what is shown.

/// Control characters, bidi controls and invisible characters become visible escapes. Line feeds and tabs stay.
#[must_use]
pub fn sanitize(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if is_unsafe(c) {
            safe.push_str(&format!("\\u{{{:x}}}", u32::from(c)));
        } else {
            safe.push(c);
        }
    }
    safe
}

/// The same on one line, for paths and messages that must not begin a line of their own.
#[must_use]
pub fn one_line(text: &str) -> String {
    sanitize(text).replace('\n', "\\n")
}

/// Lines for a log of any agent: Azure Pipelines takes `##vso[` anywhere in a line for a command. As long as it was, so
/// that marks below a line still point at their place.
#[must_use]
pub fn without_commands(log: &str) -> String {
    log.replace("##vso[", "#-vso[")
}

/// Whether a character could change what a reader sees around it.
#[must_use]
pub fn is_unsafe(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    #[test]
    fn escapes_are_shown() {
        assert_eq!(super::sanitize("a\u{1b}[2Jb\u{202e}c\rd\u{9b}é\n"), "a\\u{1b}[2Jb\\u{202e}c\\u{d}d\\u{9b}é\n");
        assert_eq!(super::sanitize("a\u{61c}\u{2028}\u{ad}"), "a\\u{61c}\\u{2028}\\u{ad}");
        assert_eq!(super::one_line("a\nerror"), "a\\nerror");
        assert_eq!(super::without_commands("a ###vso[b] ##vso[c]"), "a ##-vso[b] #-vso[c]");
    }
}
