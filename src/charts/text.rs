//! How wide a text is, from a table of advance widths of a common sans-serif face; good to a few percent in others.

/// Advance widths of U+0020 to U+007E in thousandths of the font size.
#[rustfmt::skip]
const ADVANCE: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/// A letter of another alphabet; ideographs are as wide as they are high.
fn advance(c: char) -> u32 {
    let code = c as u32;
    match code {
        0x20..=0x7e => u32::from(ADVANCE[(code - 0x20) as usize]),
        0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xff00..=0xff60 => 1000,
        0x300..=0x36f => 0,
        _ => 600,
    }
}

/// The width of a text in units, for a font of `size` units.
#[must_use]
pub fn width(text: &str, size: f64) -> f64 {
    f64::from(text.chars().map(advance).sum::<u32>()) * size / 1000.0
}

/// The text, or its beginning with an ellipsis, so that it is at most `most` units wide.
#[must_use]
pub fn fitted(text: &str, size: f64, most: f64) -> String {
    if width(text, size) <= most {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        kept.push(c);
        if width(&kept, size) + width("…", size) > most {
            kept.pop();
            break;
        }
    }
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_follow_the_letters() {
        assert!((width("iiii", 10.0) - 8.88).abs() < 1e-9);
        assert!(width("WWWW", 10.0) > 3.0 * width("iiii", 10.0));
        assert!((width("漢字", 10.0) - 20.0).abs() < 1e-9);
    }

    #[test]
    fn a_long_text_ends_in_an_ellipsis_within_its_place() {
        let text = "monitoring depended on failed system";
        assert_eq!(fitted("short", 12.0, 100.0), "short");
        let cut = fitted(text, 12.0, 100.0);
        assert!(cut.ends_with('…') && width(&cut, 12.0) <= 100.0, "{cut}");
        assert!(cut.chars().count() > 10, "{cut}");
    }
}
