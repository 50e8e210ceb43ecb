//! Counts over equal periods as columns, each with its number.

use super::{Anchor, Drawing, Length, Mark};

/// One column. `short` is said below it.
#[derive(Clone, Debug)]
pub struct Column {
    pub short: String,
    pub says: String,
    pub count: usize,
    /// The period is not over: drawn open.
    pub unfinished: bool,
}

const HEIGHT: f64 = 96.0;
const FLOOR: f64 = 78.0;
const CEILING: f64 = 16.0;

/// Draws the columns from left to right on one scale from zero.
#[must_use]
pub fn draw(id: &str, title: &str, about: &str, columns: &[Column]) -> Drawing {
    let pitch = if columns.len() > 8 { 25.0 } else { 40.0 };
    let most = columns.iter().map(|column| column.count).max().unwrap_or(0).max(1);
    let mut marks = Vec::new();
    let mut middle = pitch / 2.0;
    for column in columns {
        let height = ratio(column.count, most) * (FLOOR - CEILING);
        let class = if column.unfinished { "column unfinished" } else { "column" };
        let (x, width) = (Length::Units(middle - pitch * 0.3), Length::Units(pitch * 0.6));
        let bar = Mark::Rect { class, x, y: FLOOR - height, width, height };
        if column.count > 0 {
            marks.push(Mark::Said { says: column.says.clone(), mark: Box::new(bar) });
        }
        let label = |class, y, text: String| Mark::Text {
            class,
            x: Length::Units(middle),
            y,
            anchor: Anchor::Middle,
            turned: false,
            text,
        };
        marks.push(label("number", FLOOR - height - 4.0, column.count.to_string()));
        marks.push(label("label", HEIGHT - 3.0, column.short.clone()));
        middle += pitch;
    }
    let width = middle - pitch / 2.0;
    marks.push(Mark::Line { class: "floor", x1: Length::Units(0.0), y1: FLOOR, x2: Length::Units(width), y2: FLOOR });
    Drawing {
        id: id.to_owned(),
        class: "columns",
        width: Some(width),
        height: HEIGHT,
        title: title.to_owned(),
        about: about.to_owned(),
        marks,
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of reports are far below 2^53")]
fn ratio(count: usize, most: usize) -> f64 {
    count as f64 / most as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(count: usize) -> Column {
        Column { short: "’24".to_owned(), says: format!("{count} <in> 2024"), count, unfinished: false }
    }

    #[test]
    fn heights_are_on_one_scale_from_zero() {
        let drawing = draw("c", "t", "a", &[column(0), column(2), column(4)]);
        let heights: Vec<f64> = drawing
            .marks
            .iter()
            .filter_map(|mark| match mark {
                Mark::Said { mark, .. } => match mark.as_ref() {
                    Mark::Rect { height, y, .. } => {
                        assert!((y + height - FLOOR).abs() < 1e-9);
                        Some(*height)
                    }
                    _ => None,
                },
                _ => None,
            })
            .collect();
        assert_eq!(heights, [31.0, 62.0]);
        let svg = drawing.svg().0;
        assert!(svg.contains("2 &lt;in&gt; 2024") && svg.contains(">0</text>") && !svg.contains("style"), "{svg}");
    }

    #[test]
    fn fourteen_columns_fit_on_a_phone() {
        let columns: Vec<Column> = (0..14).map(column).collect();
        assert!(draw("c", "t", "a", &columns).width.is_some_and(|width| width <= 354.0));
    }
}
