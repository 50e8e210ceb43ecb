//! Twelve months, or some years, in the space of a word. The number stands beside it in words, so the drawing itself
//! is hidden from those who hear a page.

use super::Length;
use crate::markup::Html;
use std::fmt::Write as _;

const HEIGHT: f64 = 20.0;

/// The counts of consecutive periods, oldest first, on one scale from zero; one without any is a dash on the floor.
#[must_use]
pub fn draw(counts: &[usize]) -> Html {
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    let width = counts.len() * 7;
    let mut out = format!(
        "<svg class=\"chart months\" width=\"{width}\" height=\"20\" viewBox=\"0 0 {width} 20\" aria-hidden=\"true\">\
         <line class=\"none\" x1=\"0\" y1=\"19.2\" x2=\"{width}\" y2=\"19.2\"></line>"
    );
    for (at, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let height = 3.0 + share(*count, most) * (HEIGHT - 3.0);
        let (y, height) = (Length::Units(HEIGHT - height), Length::Units(height));
        let _ =
            write!(out, "<rect class=\"column\" x=\"{}\" y=\"{y}\" width=\"5\" height=\"{height}\"></rect>", at * 7);
    }
    out.push_str("</svg>");
    Html(out)
}

#[expect(clippy::cast_precision_loss, reason = "counts of reports are far below 2^53")]
fn share(count: usize, most: usize) -> f64 {
    count as f64 / most as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_without_incidents_is_told_from_one_with_few() {
        let Html(svg) = draw(&[0, 1, 50]);
        assert_eq!(svg.matches("<rect").count(), 2, "{svg}");
        assert!(svg.contains(r#"<rect class="column" x="7" y="16.7" width="5" height="3.3">"#), "{svg}");
        assert!(svg.contains(r#"<rect class="column" x="14" y="0" width="5" height="20">"#), "{svg}");
        assert!(svg.contains("viewBox=\"0 0 21 20\"") && !svg.contains("style"), "{svg}");
    }
}
