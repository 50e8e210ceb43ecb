//! When things begin: weekdays by hours, each field with its count in it, so that shade is never all that tells.

use super::{Anchor, Drawing, Length, Mark};

/// Counts by weekday (from Monday) and hour.
pub type Counts = [[usize; 24]; 7];

/// A field with a count: what it says, and where its reports are listed.
#[derive(Clone, Debug)]
pub struct Field {
    pub says: String,
    pub url: String,
}

const PITCH: f64 = 14.0;
const LEFT: f64 = 22.0;
const TOP: f64 = 18.0;
const ROW: f64 = 18.0;
/// Room for the totals of rows.
const RIGHT: f64 = 30.0;

/// Shades from few to many: a fifth of the largest count each.
const SHADES: [&str; 5] = ["shade-1", "shade-2", "shade-3", "shade-4", "shade-5"];

fn shade(count: usize, most: usize) -> &'static str {
    let level = (count * SHADES.len()).div_ceil(most.max(1)).clamp(1, SHADES.len());
    SHADES[level - 1]
}

/// Draws seven rows of twenty-four fields, with the total of each row. `field` is asked for fields that have a count.
#[must_use]
pub fn draw(
    id: &str,
    title: &str,
    about: &str,
    counts: &Counts,
    weekdays: &[&str],
    field: &dyn Fn(usize, usize) -> Field,
) -> Drawing {
    let most = counts.iter().flatten().copied().max().unwrap_or(0);
    let place = |index: usize| f64::from(u32::try_from(index).unwrap_or(0));
    let label = |class, x: f64, y: f64, anchor, text: String| Mark::Text {
        class,
        x: Length::Units(x),
        y,
        anchor,
        turned: false,
        text,
    };
    let mut marks = Vec::new();
    for hour in (0..24).step_by(6) {
        let x = LEFT + PITCH * place(hour);
        marks.push(label("label", x, 11.0, Anchor::Start, format!("{hour:02}:00")));
        let x = Length::Units(x);
        marks.push(Mark::Line { class: "grid", x1: x, y1: TOP - 4.0, x2: x, y2: TOP + ROW * 7.0 });
    }
    for (day, hours) in counts.iter().enumerate() {
        let y = TOP + ROW * place(day);
        let name: String = weekdays.get(day).copied().unwrap_or_default().chars().take(2).collect();
        marks.push(label("label", 0.0, y + 13.0, Anchor::Start, name));
        for (hour, count) in hours.iter().enumerate() {
            let x = Length::Units(LEFT + PITCH * place(hour) + 0.5);
            let (width, height) = (Length::Units(PITCH - 1.0), ROW - 1.0);
            if *count == 0 {
                continue;
            }
            let Field { says, url } = field(day, hour);
            let rect = Mark::Rect { class: shade(*count, most), x, y: y + 0.5, width, height };
            marks.push(Mark::Link { url, says, mark: Box::new(rect) });
            let class = if shade(*count, most) >= SHADES[3] { "within dark" } else { "within" };
            marks.push(label(class, LEFT + PITCH * (place(hour) + 0.5), y + 13.0, Anchor::Middle, short(*count)));
        }
        let total: usize = hours.iter().sum();
        marks.push(label("number", LEFT + PITCH * 24.0 + 5.0, y + 13.0, Anchor::Start, total.to_string()));
    }
    Drawing {
        id: id.to_owned(),
        class: "heat",
        width: Some(LEFT + PITCH * 24.0 + RIGHT),
        height: TOP + ROW * 7.0 + 2.0,
        title: title.to_owned(),
        about: about.to_owned(),
        marks,
    }
}

/// A count in at most two letters; the field's words say it whole.
fn short(count: usize) -> String {
    if count < 100 { count.to_string() } else { "…".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_count_stands_in_its_field_and_rows_add_up() {
        let mut counts: Counts = [[0; 24]; 7];
        counts[0][9] = 4;
        counts[0][10] = 1;
        counts[6][23] = 120;
        let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        let field = |day: usize, hour: usize| Field { says: format!("<{day} {hour}>"), url: format!("#{day}-{hour}") };
        let drawing = draw("h", "t", "a", &counts, &weekdays, &field);
        let svg = drawing.svg().0;
        assert_eq!(svg.matches("<a ").count(), 3, "{svg}");
        assert!(svg.contains(">5</text>") && svg.contains(">120</text>") && svg.contains(">…</text>"), "{svg}");
        assert!(svg.contains("&lt;6 23&gt;") && svg.contains("href=\"#0-9\"") && !svg.contains("style"), "{svg}");
        assert!(drawing.width.is_some_and(|width| width <= 390.0 - 2.0), "{:?}", drawing.width);
    }

    #[test]
    fn the_least_count_is_told_from_none_and_the_largest_is_darkest() {
        assert_eq!((shade(1, 100), shade(100, 100), shade(1, 1)), ("shade-1", "shade-5", "shade-5"));
    }
}
