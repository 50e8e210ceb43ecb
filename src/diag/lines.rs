//! Byte offsets → lines and columns, as people and editors count them.

use crate::snapshot::{Snapshot, Span};

/// 1-based; columns count Unicode scalars unless [`places_in`] is told otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub line: usize,
    pub column: usize,
}

/// What a column counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Columns {
    /// Unicode scalars; a byte order mark is not counted.
    Scalars,
    /// UTF-16 code units, as SARIF wants them; a byte order mark is not counted.
    Utf16,
    /// Bytes of the file as they are, as reviewdog wants them.
    Bytes,
}

/// Where a span begins and ends. For a file that is not there, or an offset past its end: the nearest place there is.
#[must_use]
pub fn places(span: &Span, snapshot: &Snapshot) -> (Place, Place) {
    places_in(span, snapshot, Columns::Scalars)
}

/// The same with columns of another kind.
#[must_use]
pub fn places_in(span: &Span, snapshot: &Snapshot, columns: Columns) -> (Place, Place) {
    let bytes = bytes_of(span, snapshot);
    (place(bytes, span.start as usize, columns), place(bytes, span.end as usize, columns))
}

/// The bytes of a span; fewer where the file is shorter.
#[must_use]
pub fn text_of<'s>(span: &Span, snapshot: &'s Snapshot) -> &'s [u8] {
    let bytes = bytes_of(span, snapshot);
    let end = (span.end as usize).min(bytes.len());
    &bytes[(span.start as usize).min(end)..end]
}

/// The whole line in which a span begins, without its line end.
#[must_use]
pub fn line_of<'s>(span: &Span, snapshot: &'s Snapshot) -> &'s [u8] {
    let bytes = bytes_of(span, snapshot);
    let at = (span.start as usize).min(bytes.len());
    let start = bytes[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let end = bytes[at..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |more| at + more);
    bytes[start..end].trim_ascii_end()
}

fn bytes_of<'s>(span: &Span, snapshot: &'s Snapshot) -> &'s [u8] {
    snapshot.files.get(&span.path).map_or(&[][..], |file| &file.bytes)
}

fn place(bytes: &[u8], offset: usize, columns: Columns) -> Place {
    let before = &bytes[..offset.min(bytes.len())];
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let text = String::from_utf8_lossy(&before[line_start..]);
    let text = if line == 1 { text.trim_start_matches('\u{feff}') } else { &text };
    let length = match columns {
        Columns::Scalars => text.chars().count(),
        Columns::Utf16 => text.encode_utf16().count(),
        Columns::Bytes => before.len() - line_start,
    };
    Place { line, column: length + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let place = |bytes, offset| super::place(bytes, offset, Columns::Scalars);
        let text = "\u{feff}é: 1\nüb: x".as_bytes();
        assert_eq!(place(text, 5), Place { line: 1, column: 2 });
        assert_eq!(place(text, text.len() - 1), Place { line: 2, column: 5 });
        assert_eq!(place(text, 900), Place { line: 2, column: 6 });
    }

    #[test]
    fn columns_of_other_kinds() {
        let text = "\u{feff}a\u{1f525}b\na\u{1f525}b".as_bytes();
        let columns = |kind| (place(text, 8, kind).column, place(text, text.len() - 1, kind));
        assert_eq!(columns(Columns::Scalars), (3, Place { line: 2, column: 3 }));
        assert_eq!(columns(Columns::Utf16), (4, Place { line: 2, column: 4 }));
        assert_eq!(columns(Columns::Bytes), (9, Place { line: 2, column: 6 }));
    }
}
