//! Places in a text as an editor counts them ↔ bytes. Nothing here panics, wherever a range points.

use lsp_types::{Position, Range, TextDocumentContentChangeEvent};
use std::ops;

/// What a column counts; the client and the server agree on it once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    #[default]
    Utf16,
}

/// A text with the beginnings of its lines. `\n`, `\r\n` and `\r` end a line.
#[derive(Debug)]
pub struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
    encoding: Encoding,
}

impl<'t> Lines<'t> {
    #[must_use]
    pub fn new(text: &'t str, encoding: Encoding) -> Self {
        let bytes = text.as_bytes();
        let ends = bytes.iter().enumerate().filter(|(at, byte)| match byte {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        });
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        Self { text, starts, encoding }
    }

    /// The bytes of a line, without its end.
    fn line(&self, line: usize) -> ops::Range<usize> {
        let start = self.starts[line.min(self.starts.len() - 1)];
        let end = self.starts.get(line + 1).copied().unwrap_or(self.text.len());
        start..start + self.text[start..end].trim_end_matches(['\r', '\n']).len()
    }

    /// The byte at a place: past the end of a line the line's end, past the last line the text's end, inside a
    /// character its first byte.
    #[must_use]
    pub fn offset(&self, at: Position) -> usize {
        if at.line as usize >= self.starts.len() {
            return self.text.len();
        }
        let line = self.line(at.line as usize);
        let mut units = 0;
        for (offset, c) in self.text[line.clone()].char_indices() {
            units += self.width(c);
            if units > at.character as usize {
                return line.start + offset;
            }
        }
        line.end
    }

    fn width(&self, c: char) -> usize {
        match self.encoding {
            Encoding::Utf8 => c.len_utf8(),
            Encoding::Utf16 => c.len_utf16(),
        }
    }

    /// The place of a byte; past the end the end.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset.min(self.text.len()));
        let line = self.starts.partition_point(|start| *start <= offset) - 1;
        let units: usize = self.text[self.starts[line]..offset].chars().map(|c| self.width(c)).sum();
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Position { line: number(line), character: number(units) }
    }

    #[must_use]
    pub fn range(&self, range: ops::Range<usize>) -> Range {
        Range { start: self.position(range.start), end: self.position(range.end.max(range.start)) }
    }

    #[must_use]
    pub fn bytes(&self, range: Range) -> ops::Range<usize> {
        let (start, end) = (self.offset(range.start), self.offset(range.end));
        start.min(end)..end.max(start)
    }
}

/// Applies changes in their order; one without a range is the whole text.
pub fn apply(text: &mut String, changes: Vec<TextDocumentContentChangeEvent>, encoding: Encoding) {
    for change in changes {
        match change.range {
            Some(range) => {
                let range = Lines::new(text, encoding).bytes(range);
                text.replace_range(range, &change.text);
            }
            None => *text = change.text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &str = "\u{feff}ä🔥b\r\nc\rd\n\n🔥";

    fn at(line: u32, character: u32) -> Position {
        Position { line, character }
    }

    #[test]
    fn utf16_and_utf8_columns() {
        let (utf16, utf8) = (Lines::new(TEXT, Encoding::Utf16), Lines::new(TEXT, Encoding::Utf8));
        let b = TEXT.find('b').expect("a b");
        assert_eq!((utf16.position(b), utf8.position(b)), (at(0, 4), at(0, 9)));
        assert_eq!((utf16.offset(at(0, 4)), utf8.offset(at(0, 9))), (b, b));
        assert_eq!(utf16.position(TEXT.find('d').expect("a d")), at(2, 0));
        assert_eq!(utf16.position(TEXT.len()), at(4, 2));
    }

    #[test]
    fn places_outside_the_text_are_moved_into_it() {
        let lines = Lines::new(TEXT, Encoding::Utf16);
        assert_eq!(lines.offset(at(0, 900)), TEXT.find('\r').expect("an end"));
        assert_eq!(lines.offset(at(900, 0)), TEXT.len());
        assert_eq!(lines.offset(at(0, 3)), "\u{feff}ä".len(), "between two halves of a character");
        assert_eq!(Lines::new("", Encoding::Utf8).position(7), at(0, 0));
    }

    #[test]
    fn changes_are_applied_in_order() {
        let change =
            |range, text: &str| TextDocumentContentChangeEvent { range, range_length: None, text: text.into() };
        let mut text = "a🔥b\r\nc".to_owned();
        let changes = vec![
            change(Some(Range { start: at(0, 3), end: at(1, 0) }), "\n\n"),
            change(Some(Range { start: at(2, 0), end: at(0, 1) }), "-"),
        ];
        apply(&mut text, changes, Encoding::Utf16);
        assert_eq!(text, "a-c");
        apply(&mut text, vec![change(None, "new")], Encoding::Utf16);
        assert_eq!(text, "new");
    }

    proptest! {
        #[test]
        fn every_place_leads_back(text in "(\\PC|\r|\n|🔥){0,60}", utf8 in any::<bool>(), line in 0..9_u32, character in 0..40_u32) {
            let lines = Lines::new(&text, if utf8 { Encoding::Utf8 } else { Encoding::Utf16 });
            for (offset, _) in text.char_indices().filter(|(at, _)| !text[..*at].ends_with('\r') || !text[*at..].starts_with('\n')) {
                prop_assert_eq!(lines.offset(lines.position(offset)), offset);
            }
            prop_assert!(text.is_char_boundary(lines.offset(at(line, character))));
        }

        #[test]
        fn changes_never_panic(text in "(\\PC|\n){0,40}", a in 0..5_u32, b in 0..50_u32, c in 0..5_u32, d in 0..50_u32) {
            let mut text = text;
            let range = Some(Range { start: at(a, b), end: at(c, d) });
            apply(&mut text, vec![TextDocumentContentChangeEvent { range, range_length: None, text: "x".into() }], Encoding::Utf16);
            prop_assert!(text.contains('x'));
        }
    }
}
