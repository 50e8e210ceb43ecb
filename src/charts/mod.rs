//! Charts as SVG, drawn when the site is built: typed marks with classes of the theme, a title, a description, and a
//! table with the same data.
//!
//! Nothing here knows incidents or words: callers give texts, addresses and numbers. Marks carry no style attribute,
//! so a strict policy lets them through, and colors, textures and dark mode are the theme's.

use crate::markup::{Html, escape};
use std::fmt::{self, Write as _};

mod axis;
pub mod calendar;
pub mod columns;
pub mod dots;
pub mod heat;
pub mod matrix;
pub mod months;
pub mod pareto;
pub mod rails;
pub mod series;
pub mod survival;
mod table;
pub mod text;

pub use table::{Cell, twin};

/// A position or length: user units, or a share of the width that the drawing is given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Length {
    Units(f64),
    /// 0 to 1.
    Share(f64),
}

/// Short and the same everywhere: one decimal for units, two for percent, no trailing zeros.
impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (value, decimals, unit) = match self {
            Self::Units(units) => (*units, 1, ""),
            Self::Share(share) => (share * 100.0, 2, "%"),
        };
        if value.fract() == 0.0 && value.abs() < 1e9 {
            #[expect(clippy::cast_possible_truncation, reason = "a whole number below 10^9")]
            return write!(f, "{}{unit}", value as i64);
        }
        let text = format!("{value:.decimals$}");
        let text = text.trim_end_matches('0').trim_end_matches('.');
        let text = if text == "-0" || text.is_empty() { "0" } else { text };
        write!(f, "{text}{unit}")
    }
}

/// The side of a text that stands at its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

/// One mark. `class` is all that says how it looks.
#[derive(Clone, Debug)]
pub enum Mark {
    Rect {
        class: &'static str,
        x: Length,
        y: f64,
        width: Length,
        height: f64,
    },
    Line {
        class: &'static str,
        x1: Length,
        y1: f64,
        x2: Length,
        y2: f64,
    },
    Dot {
        class: &'static str,
        x: Length,
        y: f64,
        radius: f64,
    },
    /// A path around the point `at`.
    Shape {
        class: &'static str,
        at: (f64, f64),
        path: &'static str,
    },
    Text {
        class: &'static str,
        x: Length,
        y: f64,
        anchor: Anchor,
        turned: bool,
        text: String,
    },
    /// A mark that leads somewhere, and what it says when pointed at. Keyboards reach the same address in the table.
    Link {
        url: String,
        says: String,
        mark: Box<Mark>,
    },
    /// A mark that says something when pointed at.
    Said {
        says: String,
        mark: Box<Mark>,
    },
}

/// The shape of a severity's rank, 0 the most severe: square, diamond, triangle, then circles. The size falls too.
#[must_use]
pub const fn severity_shape(rank: usize) -> &'static str {
    match rank {
        0 => "M-5-5h10v10h-10z",
        1 => "M0-5.6l5.6 5.6-5.6 5.6-5.6-5.6z",
        2 => "M0-4.4l4.8 8.4h-9.6z",
        _ => "M-3.2 0a3.2 3.2 0 1 1 6.4 0a3.2 3.2 0 1 1-6.4 0z",
    }
}

impl Mark {
    fn write(&self, out: &mut String) {
        let written = match self {
            Self::Rect { class, x, y, width, height } => {
                let (y, height) = (Length::Units(*y), Length::Units(*height));
                write!(out, r#"<rect class="{class}" x="{x}" y="{y}" width="{width}" height="{height}"></rect>"#)
            }
            Self::Line { class, x1, y1, x2, y2 } => {
                let (y1, y2) = (Length::Units(*y1), Length::Units(*y2));
                write!(out, r#"<line class="{class}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"></line>"#)
            }
            Self::Dot { class, x, y, radius } => {
                let (y, radius) = (Length::Units(*y), Length::Units(*radius));
                write!(out, r#"<circle class="{class}" cx="{x}" cy="{y}" r="{radius}"></circle>"#)
            }
            Self::Shape { class, at, path } => {
                let (x, y) = (Length::Units(at.0), Length::Units(at.1));
                write!(out, r#"<path class="{class}" transform="translate({x} {y})" d="{path}"></path>"#)
            }
            Self::Text { class, x, y, anchor, turned, text } => {
                let anchor = match anchor {
                    Anchor::Start => "",
                    Anchor::Middle => r#" text-anchor="middle""#,
                    Anchor::End => r#" text-anchor="end""#,
                };
                let (y, text) = (Length::Units(*y), escape(text));
                let turn = if *turned { format!(r#" transform="rotate(-50 {x} {y})""#) } else { String::new() };
                write!(out, r#"<text class="{class}" x="{x}" y="{y}"{anchor}{turn}>{text}</text>"#)
            }
            Self::Link { url, says, mark } => {
                let _ = write!(out, r#"<a href="{}" tabindex="-1"><title>{}</title>"#, escape(url), escape(says));
                mark.write(out);
                write!(out, "</a>")
            }
            Self::Said { says, mark } => {
                let _ = write!(out, "<g><title>{}</title>", escape(says));
                mark.write(out);
                write!(out, "</g>")
            }
        };
        written.expect("a string takes all that is written to it");
    }
}

/// A drawing. `id` must be unique on its page.
#[derive(Clone, Debug)]
pub struct Drawing {
    pub id: String,
    pub class: &'static str,
    /// Units wide; `None` is as wide as its place, with positions as shares.
    pub width: Option<f64>,
    pub height: f64,
    pub title: String,
    /// What one would read off it, in a sentence or two.
    pub about: String,
    pub marks: Vec<Mark>,
}

impl Drawing {
    /// The SVG element. One with links is a group of marks, any other one image.
    #[must_use]
    pub fn svg(&self) -> Html {
        let Self { id, class, width, height, title, about, marks } = self;
        let role = if marks.iter().any(|mark| matches!(mark, Mark::Link { .. })) { "group" } else { "img" };
        let height = Length::Units(*height);
        let size = width.map_or_else(
            || format!(r#"height="{height}""#),
            |width| {
                let width = Length::Units(width);
                format!(r#"width="{width}" height="{height}" viewBox="0 0 {width} {height}""#)
            },
        );
        let (id, title, about) = (escape(id), escape(title), escape(about));
        let mut out = format!(
            r#"<svg class="chart {class}" {size} role="{role}" aria-labelledby="{id}-t" aria-describedby="{id}-d"><title id="{id}-t">{title}</title><desc id="{id}-d">{about}</desc>"#
        );
        for mark in marks {
            mark.write(&mut out);
        }
        out.push_str("</svg>");
        Html(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawing(marks: Vec<Mark>) -> Drawing {
        let (title, about) = ("A <b>\"title\"".to_owned(), "One & two.".to_owned());
        Drawing { id: "x".to_owned(), class: "c", width: Some(100.0), height: 20.0, title, about, marks }
    }

    #[test]
    fn lengths_are_short() {
        for (length, text) in [
            (Length::Units(0.0), "0"),
            (Length::Units(-0.04), "0"),
            (Length::Units(12.0), "12"),
            (Length::Units(120.55), "120.5"),
            (Length::Share(0.5), "50%"),
            (Length::Share(1.0 / 3.0), "33.33%"),
            (Length::Share(1.0), "100%"),
        ] {
            assert_eq!(length.to_string(), text);
        }
    }

    #[test]
    fn texts_are_escaped_and_named() {
        let mark = Mark::Rect { class: "m", x: Length::Units(1.0), y: 2.0, width: Length::Share(0.25), height: 4.0 };
        let link = Mark::Link { url: "a?b&c\"".to_owned(), says: "<i>".to_owned(), mark: Box::new(mark) };
        let Html(svg) = drawing(vec![link]).svg();
        assert!(svg.contains(r#"<title id="x-t">A &lt;b&gt;&quot;title&quot;</title>"#), "{svg}");
        assert!(svg.contains(r#"<desc id="x-d">One &amp; two.</desc>"#), "{svg}");
        assert!(svg.contains(r#"href="a?b&amp;c&quot;""#), "{svg}");
        assert!(svg.contains("<title>&lt;i&gt;</title>"), "{svg}");
        assert!(svg.contains(r#"x="1" y="2" width="25%" height="4""#), "{svg}");
        assert!(svg.contains(r#"role="group""#) && !svg.contains("style"), "{svg}");
    }

    #[test]
    fn a_drawing_without_links_is_one_image() {
        let text = Mark::Text {
            class: "t",
            x: Length::Share(0.5),
            y: 9.0,
            anchor: Anchor::End,
            turned: false,
            text: "n".into(),
        };
        let Html(svg) = drawing(vec![text]).svg();
        assert!(svg.contains(r#"role="img" aria-labelledby="x-t" aria-describedby="x-d""#), "{svg}");
        assert!(svg.contains(r#"<text class="t" x="50%" y="9" text-anchor="end">n</text>"#), "{svg}");
    }

    #[test]
    fn each_severity_has_a_shape_of_its_own() {
        let shapes: std::collections::BTreeSet<_> = (0..4).map(severity_shape).collect();
        assert_eq!(shapes.len(), 4);
        assert_eq!(severity_shape(3), severity_shape(9));
    }
}
