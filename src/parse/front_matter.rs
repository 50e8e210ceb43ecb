//! A file → its front matter and its body, with exact offsets whatever the line ends are.

use crate::{
    diag::{Diagnostic, reader},
    snapshot::{RelPath, Span},
};
use std::ops::Range;

/// Where the parts of a file are, in bytes.
#[derive(Debug, PartialEq, Eq)]
pub struct Parts {
    /// The opening `---`.
    pub fence: Range<usize>,
    pub yaml: Range<usize>,
    pub body: usize,
}

/// Decodes a file; says where it stops being text in UTF-8.
pub fn decode<'b>(path: &RelPath, bytes: &'b [u8]) -> Result<&'b str, Diagnostic> {
    let line = |at: usize| bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
    if bytes.contains(&0)
        && let Some(at) = bytes.iter().position(|byte| *byte == 0)
        && std::str::from_utf8(&bytes[..at]).is_ok()
    {
        let message = format!("not text from line {} on: there is a zero byte", line(at));
        let finding = Diagnostic::new(reader::UNREADABLE_FILE, &Span::new(path, at..at + 1), message);
        return Err(finding.help("delete it; a file of UTF-16 is to be saved as UTF-8"));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
        let line = line(at);
        let message = if utf16 { "this file is UTF-16".to_owned() } else { format!("not UTF-8 from line {line} on") };
        Diagnostic::new(reader::UNREADABLE_FILE, &Span::new(path, at..at + 1), message).help("save it as UTF-8")
    })
}

/// Splits a file at its fences.
pub fn split(path: &RelPath, text: &str) -> Result<Parts, Diagnostic> {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let first = text[start..].split_inclusive('\n').next().unwrap_or("");
    if first.trim_end() != "---" {
        return Err(Diagnostic::new(
            reader::MISSING_FRONT_MATTER,
            &Span::new(path, start..start + first.trim_end().len()),
            "no front matter",
        )
        .label("the first line is not `---`")
        .help("begin with `---`, the fields, `---`; `afterword new` writes a report to fill in"));
    }
    let yaml = start + first.len();
    let mut at = yaml;
    for line in text[yaml..].split_inclusive('\n') {
        if line.trim_end() == "---" || line.trim_end() == "..." {
            return Ok(Parts { fence: start..start + 3, yaml: yaml..at, body: at + line.len() });
        }
        at += line.len();
    }
    Err(Diagnostic::new(
        reader::MISSING_FRONT_MATTER,
        &Span::new(path, start..start + 3),
        "the front matter is not closed",
    )
    .label("opened here")
    .help("put `---` on a line of its own after the last field"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_exact() {
        let path = RelPath::new("x.md").expect("a path");
        for (text, yaml, body) in [
            ("---\na: 1\n---\nB", "a: 1\n", "B"),
            ("\u{feff}---\r\na: 1\r\n---\r\nB\r\n", "a: 1\r\n", "B\r\n"),
            ("---\na: 1\n---", "a: 1\n", ""),
            ("---\n---\nx\n---\ny\n", "", "x\n---\ny\n"),
        ] {
            let parts = split(&path, text).expect("two fences");
            assert_eq!((&text[parts.yaml], &text[parts.body..]), (yaml, body));
        }
        assert!(split(&path, "# Title\n").is_err());
        assert!(split(&path, "---\na: 1\n").is_err());
        assert!(split(&path, "").is_err());
    }
}
