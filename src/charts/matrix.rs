//! Two kinds of things that occur together, as squares whose area is the count.

use super::{Anchor, Drawing, Length, Mark, text};

/// A row or a column, with its total.
#[derive(Clone, Debug)]
pub struct Line {
    pub text: String,
    pub url: String,
    pub total: usize,
}

/// A count where a row meets a column.
#[derive(Clone, Debug)]
pub struct Meeting {
    pub row: usize,
    pub column: usize,
    pub count: usize,
    pub url: String,
    pub says: String,
}

const PITCH: f64 = 22.0;
const LARGEST: f64 = 18.0;
const SMALLEST: f64 = 5.0;
const FONT: f64 = 13.0;
/// A label is cut from this width on.
const LABEL: f64 = 250.0;
/// Some system fonts are this much wider than the table of advances.
const WIDE: f64 = 1.16;

fn measured(words: &str) -> f64 {
    (text::width(words, FONT) * WIDE).min(LABEL)
}

/// The side of the square of a count; the area is proportional to it as far as the smallest square allows.
fn side(count: usize, most: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "counts of reports are far below 2^53")]
    let share = count as f64 / most.max(1) as f64;
    (LARGEST * share.sqrt()).max(SMALLEST)
}

/// Draws rows and columns in the order given; a total stands at the end of each.
#[must_use]
pub fn draw(id: &str, title: &str, about: &str, rows: &[Line], columns: &[Line], meetings: &[Meeting]) -> Drawing {
    let widest = |lines: &[Line]| lines.iter().map(|line| measured(&line.text)).fold(0.0, f64::max).ceil();
    let left = widest(rows) + 12.0;
    // Column labels are turned by fifty degrees.
    let top = (widest(columns) * 0.766).ceil() + 18.0;
    let middle = |index: usize, from: f64| from + PITCH * (f64::from(u32::try_from(index).unwrap_or(0)) + 0.5);
    let (right, bottom) = (middle(columns.len(), left) - PITCH / 2.0, middle(rows.len(), top) - PITCH / 2.0);
    let mut marks = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let y = middle(at, top);
        marks.push(Mark::Line { class: "grid", x1: Length::Units(left), y1: y, x2: Length::Units(right), y2: y });
        let words = label(row, Length::Units(left - 10.0), y + 4.4, Anchor::End, false);
        marks.push(Mark::Link { url: row.url.clone(), says: row.text.clone(), mark: Box::new(words) });
        marks.push(total(row.total, right + 8.0, y + 4.4, Anchor::Start));
    }
    for (at, column) in columns.iter().enumerate() {
        let x = middle(at, left);
        marks.push(Mark::Line { class: "grid", x1: Length::Units(x), y1: top, x2: Length::Units(x), y2: bottom });
        let words = label(column, Length::Units(x + 3.0), top - 8.0, Anchor::Start, true);
        marks.push(Mark::Link { url: column.url.clone(), says: column.text.clone(), mark: Box::new(words) });
        marks.push(total(column.total, x, bottom + 16.0, Anchor::Middle));
    }
    let most = meetings.iter().map(|meeting| meeting.count).max().unwrap_or(1);
    for Meeting { row, column, count, url, says } in meetings {
        let side = side(*count, most);
        let (x, y) = (middle(*column, left) - side / 2.0, middle(*row, top) - side / 2.0);
        let square = Mark::Rect { class: "square", x: Length::Units(x), y, width: Length::Units(side), height: side };
        marks.push(Mark::Link { url: url.clone(), says: says.clone(), mark: Box::new(square) });
    }
    // Turned labels lean over the right edge.
    let leaning =
        columns.iter().enumerate().map(|(at, column)| middle(at, left) + measured(&column.text) * 0.643 + 14.0);
    let rightmost = leaning.fold(right + 44.0, f64::max);
    Drawing {
        id: id.to_owned(),
        class: "matrix",
        width: Some(rightmost.ceil()),
        height: bottom + 24.0,
        title: title.to_owned(),
        about: about.to_owned(),
        marks,
    }
}

fn label(line: &Line, x: Length, y: f64, anchor: Anchor, turned: bool) -> Mark {
    Mark::Text { class: "name", x, y, anchor, turned, text: text::fitted(&line.text, FONT * WIDE, LABEL) }
}

fn total(count: usize, x: f64, y: f64, anchor: Anchor) -> Mark {
    Mark::Text { class: "number", x: Length::Units(x), y, anchor, turned: false, text: count.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, total: usize) -> Line {
        Line { text: text.to_owned(), url: format!("{text}/"), total }
    }

    #[test]
    fn area_is_the_count_until_a_square_would_vanish() {
        assert!((side(16, 16) - LARGEST).abs() < 1e-9);
        assert!((side(4, 16) - LARGEST / 2.0).abs() < 1e-9);
        assert!((side(1, 1000) - SMALLEST).abs() < 1e-9);
    }

    #[test]
    fn squares_stand_in_the_middle_of_their_cell_and_lead_to_what_they_count() {
        let (rows, columns) = ([line("dns", 4), line("<x>", 1)], [line("api", 4), line("db", 1)]);
        let meeting =
            |row, column, count| Meeting { row, column, count, url: "e#1".to_owned(), says: "4 & 4".to_owned() };
        let drawing = draw("m", "t", "a", &rows, &columns, &[meeting(0, 0, 4), meeting(1, 1, 1)]);
        let square = |index: usize| {
            let links = drawing.marks.iter().filter_map(|mark| match mark {
                Mark::Link { mark, .. } => match mark.as_ref() {
                    Mark::Rect { x: Length::Units(x), y, height, .. } => Some((x + height / 2.0, y + height / 2.0)),
                    _ => None,
                },
                _ => None,
            });
            links.collect::<Vec<_>>()[index]
        };
        assert!((square(1).0 - square(0).0 - PITCH).abs() < 1e-9);
        assert!((square(1).1 - square(0).1 - PITCH).abs() < 1e-9);
        let svg = drawing.svg().0;
        assert!(svg.contains(r#"href="e#1" tabindex="-1"><title>4 &amp; 4</title>"#), "{svg}");
        assert!(svg.contains("&lt;x&gt;") && !svg.contains("style"), "{svg}");
    }
}
