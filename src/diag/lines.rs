//! Byte offsets → lines and columns, as people and editors count them.

use crate::snapshot::{Snapshot, Span};

/// 1-based; columns count Unicode scalars.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub line: usize,
    pub column: usize,
}

/// Where a span begins and ends. For a file that is not there, or an offset past its end: the nearest place there is.
#[must_use]
pub fn places(span: &Span, snapshot: &Snapshot) -> (Place, Place) {
    let bytes = snapshot.files.get(&span.path).map_or(&[][..], |file| &file.bytes);
    (place(bytes, span.start as usize), place(bytes, span.end as usize))
}

fn place(bytes: &[u8], offset: usize) -> Place {
    let before = &bytes[..offset.min(bytes.len())];
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let text = String::from_utf8_lossy(&before[line_start..]);
    let text = if line == 1 { text.trim_start_matches('\u{feff}') } else { &text };
    Place { line, column: text.chars().count() + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = "\u{feff}é: 1\nüb: x".as_bytes();
        assert_eq!(place(text, 5), Place { line: 1, column: 2 });
        assert_eq!(place(text, text.len() - 1), Place { line: 2, column: 5 });
        assert_eq!(place(text, 900), Place { line: 2, column: 6 });
    }
}
