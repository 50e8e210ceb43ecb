//! Custom properties in style sheets, with the rules they stand in: as much of CSS as that needs.

use std::ops::Range;

/// `--name: value;` somewhere in a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration<'c> {
    /// Selectors and at-rules around it, from outside.
    pub scope: Vec<&'c str>,
    pub name: &'c str,
    pub value: &'c str,
    /// The comment behind it on its line; empty where there is none.
    pub comment: &'c str,
    pub range: Range<usize>,
}

/// All custom properties that a sheet sets, in its order.
#[must_use]
pub fn declarations(css: &str) -> Vec<Declaration<'_>> {
    let (mut found, mut scope) = (Vec::new(), Vec::new());
    let (mut start, mut at, mut parentheses) = (0, 0, 0_usize);
    let bytes = css.as_bytes();
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'/' if css[at..].starts_with("/*") => at = end_of(css, at + 2, "*/").saturating_sub(1),
            quote @ (b'"' | b'\'') => at = end_of_string(bytes, at, *quote),
            b'(' => parentheses += 1,
            b')' => parentheses = parentheses.saturating_sub(1),
            b'{' if parentheses == 0 => {
                scope.push(css[skip_comments(css, start)..at].trim());
                start = at + 1;
            }
            b';' if parentheses == 0 => {
                found.extend(declaration(css, start..at, &scope));
                start = at + 1;
            }
            b'}' if parentheses == 0 => {
                found.extend(declaration(css, start..at, &scope));
                scope.pop();
                start = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

fn end_of(css: &str, from: usize, what: &str) -> usize {
    css.get(from..).and_then(|rest| rest.find(what)).map_or(css.len(), |at| from + at + what.len())
}

/// The closing quote, or the last byte.
fn end_of_string(bytes: &[u8], open: usize, quote: u8) -> usize {
    let mut at = open + 1;
    while at < bytes.len() && bytes[at] != quote && bytes[at] != b'\n' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at
}

/// Where something stands that is neither space nor comment.
fn skip_comments(css: &str, mut at: usize) -> usize {
    loop {
        let rest = &css[at..];
        at += rest.len() - rest.trim_start().len();
        if !css[at..].starts_with("/*") {
            return at;
        }
        at = end_of(css, at + 2, "*/");
    }
}

fn declaration<'c>(css: &'c str, range: Range<usize>, scope: &[&'c str]) -> Option<Declaration<'c>> {
    let start = skip_comments(css, range.start);
    let written = css.get(start..range.end)?.trim_end();
    let (name, value) = written.split_once(':')?;
    let rest = css.get(range.end + 1..)?.lines().next().unwrap_or("").trim();
    let comment =
        rest.strip_prefix("/*").and_then(|rest| rest.split_once("*/")).map_or("", |(comment, _)| comment.trim());
    let is_custom = name.starts_with("--");
    is_custom.then(|| Declaration {
        scope: scope.to_vec(),
        name: name.trim(),
        value: value.trim(),
        comment,
        range: start..start + written.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_stand_in_their_rules() {
        let css = "/* { */ @layer base { :root { --a: url(\"x;}\"); /* first */ --b : red }\n @media print { :root{--c:1;} } } i{color:red}";
        let found = declarations(css);
        let told: Vec<_> = found.iter().map(|d| (d.scope.join(" "), d.name, d.value, d.comment)).collect();
        assert_eq!(
            told,
            [
                ("@layer base :root".to_owned(), "--a", "url(\"x;}\")", "first"),
                ("@layer base :root".to_owned(), "--b", "red", ""),
                ("@layer base @media print :root".to_owned(), "--c", "1", ""),
            ]
        );
        assert_eq!(&css[found[1].range.clone()], "--b : red");
    }

    #[test]
    fn what_is_cut_short_is_read_as_far_as_it_goes() {
        for css in ["/*", "a{--x:'", "}}--a:1;", "a{--b:(;}", "--é:1;", "\"\\"] {
            let _ = declarations(css);
        }
    }
}
