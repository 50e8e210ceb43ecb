//! Where a body's text, code and blocks begin and end: what one walk over its Markdown leaves for all who look at prose.

/// A piece of a body, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    pub kind: Kind,
    pub start: u32,
    pub end: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words as they are written.
    Text,
    /// Words that are written otherwise (`&amp;`): the place among [`Marks::decoded`].
    Decoded(u32),
    /// Code within a line: without its backticks it has so many bytes.
    Code(u32),
    /// The end of a line within a block.
    Break,
    /// A paragraph, an item or a cell begins or ends.
    Edge,
    /// Quotations and blocks of code: evidence, not the writer's words.
    EvidenceStart,
    EvidenceEnd,
    HeadingStart,
    HeadingEnd,
}

/// All marks of a body, in the order of the text.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    pub all: Vec<Mark>,
    pub decoded: Vec<Box<str>>,
}

impl Marks {
    pub fn push(&mut self, kind: Kind, range: &std::ops::Range<usize>) {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        self.all.push(Mark { kind, start: clamp(range.start), end: clamp(range.end) });
    }

    /// Words: as they are written, where the body has them so.
    pub fn push_text(&mut self, body: &str, text: &str, range: &std::ops::Range<usize>) {
        if body.get(range.clone()) == Some(text) {
            return self.push(Kind::Text, range);
        }
        let place = u32::try_from(self.decoded.len()).unwrap_or(u32::MAX);
        self.decoded.push(text.into());
        self.push(Kind::Decoded(place), range);
    }

    /// What a mark's words are.
    #[must_use]
    pub fn text<'t>(&'t self, body: &'t str, mark: Mark) -> &'t str {
        match mark.kind {
            Kind::Decoded(place) => self.decoded.get(place as usize).map_or("", AsRef::as_ref),
            _ => body.get(mark.start as usize..mark.end as usize).unwrap_or(""),
        }
    }
}
