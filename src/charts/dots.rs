//! Durations as dots on a logarithmic axis, a row per group, with the median, its interval, and the ninth decile.

use super::{
    Anchor, Drawing, Length, Mark,
    axis::{self, Times},
};

/// One duration in seconds, and where its report stands.
#[derive(Clone, Debug)]
pub struct Dot {
    pub seconds: i64,
    pub says: String,
    pub url: String,
}

/// A group of durations. Seconds.
#[derive(Clone, Debug)]
pub struct Row {
    /// What the row is, with its n.
    pub name: String,
    /// What the bar of the median says.
    pub says: String,
    pub dots: Vec<Dot>,
    pub median: Option<i64>,
    pub interval: Option<(i64, i64)>,
    pub p90: Option<i64>,
}

const AXIS: f64 = 20.0;
const NAME: f64 = 18.0;
const STRIP: f64 = 34.0;
const UNDER: f64 = 16.0;
/// Rows with more are drawn as columns of how many, which is what dots above each other would show.
const SINGLE: usize = 60;
/// Columns over the width.
const BINS: usize = 50;

/// Draws the rows below each other on one axis, as wide as its place. `moment` says a round time.
#[must_use]
pub fn draw(id: &str, title: &str, about: &str, rows: &[Row], moment: &dyn Fn(i64) -> String) -> Drawing {
    let scale = Times::over(rows.iter().flat_map(|row| row.dots.iter().map(|dot| dot.seconds)));
    let row_height = NAME + STRIP + UNDER;
    let height = AXIS + row_height * f64::from(u32::try_from(rows.len()).unwrap_or(u32::MAX));
    let mut marks = Vec::new();
    for tick in scale.ticks() {
        let at = scale.place(tick);
        let x = Length::Share(at);
        marks.push(Mark::Line { class: "grid", x1: x, y1: AXIS - 3.0, x2: x, y2: height });
        marks.push(axis::note(x, 11.0, axis::inside(at), moment(tick)));
    }
    let mut top = AXIS;
    for row in rows {
        marks.push(Mark::Text {
            class: "name",
            x: Length::Share(0.0),
            y: top + 13.0,
            anchor: Anchor::Start,
            turned: false,
            text: row.name.clone(),
        });
        let floor = top + NAME + STRIP;
        marks.extend(if row.dots.len() > SINGLE { columns(row, scale, floor) } else { dots(row, scale, floor) });
        marks.push(axis::across("floor", floor));
        marks.extend(summary(row, scale, floor + 8.0));
        top += row_height;
    }
    Drawing {
        id: id.to_owned(),
        class: "dots",
        width: None,
        height,
        title: title.to_owned(),
        about: about.to_owned(),
        marks,
    }
}

/// The column of a duration.
fn bin(scale: Times, seconds: i64) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "shares are from 0 to 1"
    )]
    let bin = (scale.place(seconds) * BINS as f64) as usize;
    bin.min(BINS - 1)
}

/// A dot each; those at one place stand above each other, closer together where they are many.
fn dots(row: &Row, scale: Times, floor: f64) -> Vec<Mark> {
    let mut counts = [0_u32; BINS];
    for dot in &row.dots {
        counts[bin(scale, dot.seconds)] += 1;
    }
    let most = counts.iter().copied().max().unwrap_or(1).max(1);
    let pitch = ((STRIP - 8.0) / f64::from(most - 1).max(1.0)).min(7.0);
    let mut stacked = [0_u32; BINS];
    let mark = |dot: &Dot| {
        let level = &mut stacked[bin(scale, dot.seconds)];
        let y = floor - 4.5 - f64::from(*level) * pitch;
        *level += 1;
        let mark = Mark::Dot { class: "dot", x: Length::Share(scale.place(dot.seconds)), y, radius: 3.0 };
        Mark::Link { url: dot.url.clone(), says: dot.says.clone(), mark: Box::new(mark) }
    };
    row.dots.iter().map(mark).collect()
}

fn columns(row: &Row, scale: Times, floor: f64) -> Vec<Mark> {
    let mut counts = [0_u32; BINS];
    for dot in &row.dots {
        counts[bin(scale, dot.seconds)] += 1;
    }
    let most = f64::from(counts.iter().copied().max().unwrap_or(1).max(1));
    let filled = counts.iter().enumerate().filter(|(_, count)| **count > 0);
    let column = |(at, count): (usize, &u32)| {
        let height = (f64::from(*count) / most * STRIP).max(1.0);
        #[expect(clippy::cast_precision_loss, reason = "fifty columns")]
        let x = Length::Share((at as f64 + 0.1) / BINS as f64);
        #[expect(clippy::cast_precision_loss, reason = "fifty columns")]
        let width = Length::Share(0.8 / BINS as f64);
        let bar = Mark::Rect { class: "column", x, y: floor - height, width, height };
        Mark::Said { says: count.to_string(), mark: Box::new(bar) }
    };
    filled.map(column).collect()
}

/// The interval as a bar, the median as a stroke through it, the ninth decile as a stroke of its own.
fn summary(row: &Row, scale: Times, y: f64) -> Vec<Mark> {
    let place = |seconds: i64| Length::Share(scale.place(seconds));
    let stroke = |class, at: i64| Mark::Line { class, x1: place(at), y1: y - 5.0, x2: place(at), y2: y + 5.0 };
    let mut marks = Vec::new();
    if let Some((low, high)) = row.interval {
        let bar = Mark::Line { class: "interval", x1: place(low), y1: y, x2: place(high), y2: y };
        marks.push(Mark::Said { says: row.says.clone(), mark: Box::new(bar) });
    }
    marks.extend(row.p90.map(|p90| stroke("p90", p90)));
    if let Some(median) = row.median {
        marks.push(Mark::Said { says: row.says.clone(), mark: Box::new(stroke("median", median)) });
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(n: i64) -> Row {
        let dots = (1..=n).map(|n| Dot { seconds: n * 60, says: format!("<{n}>"), url: format!("{n}/") }).collect();
        let (median, interval) = (Some(n * 30), Some((60, n * 60)));
        Row { name: format!("detect & n = {n}"), says: "median".to_owned(), dots, median, interval, p90: Some(n * 54) }
    }

    #[test]
    fn each_duration_is_a_dot_that_leads_to_its_report() {
        let drawing = draw("d", "t", "a", &[row(12), row(3)], &|seconds| format!("{seconds} s"));
        let svg = drawing.svg().0;
        assert_eq!(svg.matches("class=\"dot\"").count(), 15, "{svg}");
        assert_eq!(svg.matches("class=\"median\"").count(), 2, "{svg}");
        assert!(svg.contains("href=\"7/\"") && svg.contains("&lt;7&gt;") && svg.contains("detect &amp; n"), "{svg}");
        assert!(!svg.contains("style"), "{svg}");
    }

    #[test]
    fn many_are_columns_and_nothing_leaves_its_strip() {
        let drawing = draw("d", "t", "a", &[row(4000)], &|seconds| seconds.to_string());
        assert!(drawing.marks.len() < 90, "{}", drawing.marks.len());
        let same = Row { dots: vec![row(1).dots[0].clone(); SINGLE], ..row(1) };
        for mark in draw("d", "t", "a", &[same], &|s| s.to_string()).marks {
            if let Mark::Link { mark, .. } = mark
                && let Mark::Dot { y, .. } = *mark
            {
                assert!(y > AXIS + NAME - 1.0, "{y}");
            }
        }
    }

    #[test]
    fn without_values_there_is_an_axis_still() {
        let empty = Row { dots: Vec::new(), median: None, interval: None, p90: None, ..row(1) };
        assert!(draw("d", "t", "a", &[empty], &|s| s.to_string()).svg().0.contains("class=\"floor\""));
    }
}
