//! A number per period with its interval, and the limits within which chance alone would keep it.

use super::{
    Anchor, Drawing, Length, Mark,
    axis::{self, Linear},
};

/// One period. Values are at least zero, in one unit for all.
#[derive(Clone, Debug)]
pub struct Point {
    /// Said below it where there is room.
    pub short: String,
    /// Period, value, interval and n, in words.
    pub says: String,
    pub url: String,
    pub value: f64,
    pub interval: Option<(f64, f64)>,
    /// Lower and upper control limits of this period; a lower one of zero is not drawn.
    pub limits: Option<(f64, f64)>,
    /// The period is not over: drawn open.
    pub unfinished: bool,
    /// Beyond a limit, or one of a long run on one side: drawn with a ring.
    pub signal: bool,
}

const HEIGHT: f64 = 170.0;
const FLOOR: f64 = 148.0;
const CEILING: f64 = 18.0;
/// An interval that reaches further than this many times the largest value is cut, and drawn with an open end.
const REACH: f64 = 3.0;

/// Draws periods from left to right from zero, as wide as its place. `center` is the line of the middle, with its label.
#[must_use]
pub fn draw(id: &str, title: &str, about: &str, points: &[Point], center: Option<(f64, &str)>) -> Drawing {
    let values = points.iter().map(|point| point.value).chain(center.map(|(value, _)| value));
    let largest = values.fold(0.0, f64::max);
    let highs = points.iter().flat_map(|point| [point.interval, point.limits]).flatten().map(|(_, high)| high);
    let most = highs.fold(largest, f64::max).min(if largest > 0.0 { largest * REACH } else { f64::INFINITY });
    let ticks = axis::ticks(most);
    let scale = Linear { floor: FLOOR, ceiling: CEILING, most: ticks.last().copied().unwrap_or(1.0) };
    let mut marks: Vec<Mark> = scale.grid(&ticks).collect();
    let slot = 1.0 / f64::from(u32::try_from(points.len().max(1)).unwrap_or(u32::MAX));
    let middle = |at: usize| (f64::from(u32::try_from(at).unwrap_or(u32::MAX)) + 0.5) * slot;
    for (at, point) in points.iter().enumerate() {
        marks.extend(limits(point, middle(at), slot, scale));
    }
    marks.extend(center.map(|(value, _)| axis::across("center", scale.y(value))));
    marks.push(axis::across("floor", FLOOR));
    let every = axis::every(points.len());
    for (at, point) in points.iter().enumerate() {
        let x = middle(at);
        marks.extend(interval(point, x, scale));
        if point.signal {
            marks.push(Mark::Dot { class: "ring", x: Length::Share(x), y: scale.y(point.value), radius: 7.5 });
        }
        let class = if point.unfinished { "point unfinished" } else { "point" };
        let dot = Mark::Dot { class, x: Length::Share(x), y: scale.y(point.value), radius: 3.5 };
        marks.push(Mark::Link { url: point.url.clone(), says: point.says.clone(), mark: Box::new(dot) });
        if (points.len() - 1 - at).is_multiple_of(every) {
            marks.push(axis::note(Length::Share(x), HEIGHT - 6.0, axis::inside(x), point.short.clone()));
        }
    }
    marks.extend(scale.labels(&ticks, Anchor::Start, &axis::plain));
    let middle = center.map(|(value, label)| (scale.y(value) - 4.0, label.to_owned()));
    marks.extend(middle.map(|(y, label)| axis::note(Length::Share(1.0), y, Anchor::End, label)));
    Drawing {
        id: id.to_owned(),
        class: "series",
        width: None,
        height: HEIGHT,
        title: title.to_owned(),
        about: about.to_owned(),
        marks,
    }
}

fn limits(point: &Point, x: f64, slot: f64, scale: Linear) -> Vec<Mark> {
    let Some((low, high)) = point.limits else { return Vec::new() };
    let line = |value: f64| Mark::Line {
        class: "limit",
        x1: Length::Share(x - slot / 2.0),
        y1: scale.y(value),
        x2: Length::Share(x + slot / 2.0),
        y2: scale.y(value),
    };
    let low = (low > 0.0).then_some(low);
    low.into_iter().chain((high <= scale.most).then_some(high)).map(line).collect()
}

fn interval(point: &Point, x: f64, scale: Linear) -> Vec<Mark> {
    let Some((low, high)) = point.interval else { return Vec::new() };
    let share = Length::Share(x);
    let mut marks = vec![Mark::Line { class: "interval", x1: share, y1: scale.y(low), x2: share, y2: scale.y(high) }];
    if high > scale.most {
        // It goes on: an arrow head instead of an end.
        marks.push(Mark::Text {
            class: "label",
            x: share,
            y: CEILING - 2.0,
            anchor: Anchor::Middle,
            turned: false,
            text: "↑".to_owned(),
        });
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(value: f64, interval: Option<(f64, f64)>) -> Point {
        Point {
            short: "Q1".to_owned(),
            says: "<Q1>".to_owned(),
            url: "q1/".to_owned(),
            value,
            interval,
            limits: Some((0.0, 6.0)),
            unfinished: false,
            signal: value > 6.0,
        }
    }

    fn dots(drawing: &Drawing) -> Vec<f64> {
        let link = |mark: &Mark| match mark {
            Mark::Link { mark, .. } => match mark.as_ref() {
                Mark::Dot { y, .. } => Some(*y),
                _ => None,
            },
            _ => None,
        };
        drawing.marks.iter().filter_map(link).collect()
    }

    #[test]
    fn heights_start_at_zero_and_stay_in_the_drawing() {
        let points = [point(0.0, Some((0.0, 3.7))), point(4.0, Some((1.1, 10.2))), point(8.0, None)];
        let drawing = draw("s", "t", "a", &points, Some((4.0, "4")));
        let ys = dots(&drawing);
        assert!((ys[0] - FLOOR).abs() < 1e-9);
        assert!(((ys[0] - ys[1]) * 2.0 - (ys[0] - ys[2])).abs() < 1e-9, "{ys:?}");
        assert!(ys.iter().all(|y| (CEILING..=FLOOR).contains(y)));
        let svg = drawing.svg().0;
        assert_eq!(svg.matches("class=\"ring\"").count(), 1, "{svg}");
        assert_eq!(svg.matches("class=\"limit\"").count(), 3, "a lower limit of zero is not drawn: {svg}");
        assert!(svg.contains("&lt;Q1&gt;") && !svg.contains("style"), "{svg}");
    }

    #[test]
    fn an_interval_that_leaves_the_drawing_has_an_open_end() {
        let svg = draw("s", "t", "a", &[point(1.0, Some((0.1, 40.0)))], None).svg().0;
        assert!(svg.contains(">↑</text>"), "{svg}");
        let none = draw("s", "t", "a", &[], None).svg().0;
        assert!(none.contains("class=\"floor\""), "{none}");
    }

    #[test]
    fn labels_of_sixty_months_do_not_run_into_each_other() {
        let points: Vec<Point> = (0..60).map(|_| point(1.0, None)).collect();
        let svg = draw("s", "t", "a", &points, None).svg().0;
        assert!(svg.matches(">Q1</text>").count() <= 7, "{svg}");
    }
}
