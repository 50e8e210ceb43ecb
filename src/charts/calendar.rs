//! A year as weeks and weekdays, in two halves that stand side by side or below each other: a mark on each day with
//! an incident, its shape and size the severity's.

use super::{Anchor, Drawing, Length, Mark, severity_shape};
use jiff::civil::{Date, date};

/// What happened on a day. Several on one day share a mark: that of the most severe.
#[derive(Clone, Debug)]
pub struct Day {
    pub date: Date,
    /// 0 is the most severe.
    pub rank: usize,
    pub class: &'static str,
    pub url: String,
    pub says: String,
    /// More than one incident.
    pub many: bool,
}

/// Names as the reader's language has them.
#[derive(Clone, Copy, Debug)]
pub struct Names<'n> {
    pub months: &'n [&'n str; 12],
    /// From Monday.
    pub weekdays: &'n [&'n str],
}

const PITCH: f64 = 12.0;
const LEFT: f64 = 17.0;
const TOP: f64 = 22.0;
/// Weeks that half a year can touch: the second half of 2012 begins on a Sunday and ends on a Monday.
const WEEKS: f64 = 28.0;

/// Both halves of a year. `days` may hold other years; `title` and `about` tell of the whole year.
#[must_use]
pub fn halves(id: &str, year: i16, days: &[Day], names: Names<'_>, title: &str, about: &str) -> [Drawing; 2] {
    [(1, 6), (7, 12)].map(|(from, to)| {
        let first = date(year, from, 1);
        let last = date(year, to, 1).last_of_month();
        Drawing {
            id: format!("{id}-{year}-{from}"),
            class: "calendar",
            width: Some(LEFT + WEEKS * PITCH + 1.0),
            height: TOP + 7.0 * PITCH,
            title: format!(
                "{title}, {}–{}",
                names.months[usize::from(from.unsigned_abs()) - 1],
                names.months[usize::from(to.unsigned_abs()) - 1]
            ),
            about: about.to_owned(),
            marks: half(first, last, days, names),
        }
    })
}

/// Where a day stands: the column is its week, counted from the week of `first`.
fn place(first: Date, day: Date) -> (f64, f64) {
    let offset = i32::from(first.weekday().to_monday_zero_offset());
    let since = day.since(first).map_or(0, |span| span.get_days()) + offset;
    (LEFT + (f64::from(since / 7) + 0.5) * PITCH, TOP + (f64::from(since % 7) + 0.5) * PITCH)
}

fn half(first: Date, last: Date, days: &[Day], names: Names<'_>) -> Vec<Mark> {
    let mut marks = Vec::new();
    for row in [0, 2, 4, 6] {
        let y = TOP + (f64::from(row) + 0.5) * PITCH + 3.6;
        let name = usize::try_from(row).ok().and_then(|row| names.weekdays.get(row)).copied().unwrap_or_default();
        let text = name.chars().take(1).collect();
        marks.push(Mark::Text { class: "label", x: Length::Units(0.0), y, anchor: Anchor::Start, turned: false, text });
    }
    // A dotted line per weekday: a dot for each day.
    for ahead in 0..7 {
        let Ok(from) = first.checked_add(jiff::Span::new().days(ahead)) else { continue };
        let (x1, y) = place(first, from);
        let back = (last.weekday().to_monday_zero_offset() - from.weekday().to_monday_zero_offset()).rem_euclid(7);
        let Ok(to) = last.checked_sub(jiff::Span::new().days(i64::from(back))) else { continue };
        let (x2, _) = place(first, to);
        marks.push(Mark::Line { class: "days", x1: Length::Units(x1), y1: y, x2: Length::Units(x2 + 0.1), y2: y });
    }
    for month in first.month()..=last.month() {
        let (x, _) = place(first, date(first.year(), month, 1));
        let text = names.months[usize::from(month.unsigned_abs()) - 1].to_owned();
        let x = Length::Units(x - PITCH / 2.0);
        marks.push(Mark::Text { class: "label", x, y: 11.0, anchor: Anchor::Start, turned: false, text });
    }
    for day in days.iter().filter(|day| day.date >= first && day.date <= last) {
        let at = place(first, day.date);
        if day.many {
            marks.push(Mark::Shape { class: "many", at, path: "M-7.2 0a7.2 7.2 0 1 1 14.4 0a7.2 7.2 0 1 1-14.4 0z" });
        }
        let mark = Box::new(Mark::Shape { class: day.class, at, path: severity_shape(day.rank) });
        marks.push(Mark::Link { url: day.url.clone(), says: day.says.clone(), mark });
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::Html;

    const NAMES: Names<'static> = Names {
        months: &["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
        weekdays: &["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    };

    fn day(date: Date) -> Day {
        Day { date, rank: 0, class: "s1", url: "../a/".to_owned(), says: "A & B".to_owned(), many: false }
    }

    #[test]
    fn days_stand_in_their_week_and_on_their_weekday() {
        let is = |(x, y): (f64, f64), column: f64, row: f64| {
            (x - LEFT - (column + 0.5) * PITCH).abs() < 1e-9 && (y - TOP - (row + 0.5) * PITCH).abs() < 1e-9
        };
        // 1 January 2024 was a Monday.
        let first = date(2024, 1, 1);
        assert!(is(place(first, first), 0.0, 0.0));
        assert!(is(place(first, date(2024, 1, 7)), 0.0, 6.0));
        assert!(is(place(first, date(2024, 1, 8)), 1.0, 0.0));
        // 1 July 2023 was a Saturday: it stands in the first column, on the sixth row.
        assert!(is(place(date(2023, 7, 1), date(2023, 7, 1)), 0.0, 5.0));
    }

    #[test]
    fn a_day_is_in_one_half_and_nothing_leaves_the_drawing() {
        for year in 2010..2040 {
            let all: Vec<Day> = [(1, 1), (6, 30), (7, 1), (12, 31)].map(|(m, d)| day(date(year, m, d))).into();
            let [first, second] = halves("c", year, &all, NAMES, "2024", "four");
            for half in [&first, &second] {
                let Html(svg) = half.svg();
                assert_eq!(svg.matches("<a ").count(), 2, "{year}");
                assert!(svg.contains("<title>A &amp; B</title>"));
                let edge = half.width.expect("a width");
                for mark in &half.marks {
                    if let Mark::Link { mark, .. } = mark
                        && let Mark::Shape { at, .. } = mark.as_ref()
                    {
                        assert!(at.0 + 5.6 <= edge && at.1 + 5.6 <= half.height, "{year}: {at:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_same_days_give_the_same_bytes() {
        let svg = || halves("c", 2024, &[day(date(2024, 2, 29))], NAMES, "2024", "one")[0].svg().0;
        assert_eq!(svg(), svg());
        assert!(!svg().contains("style"));
    }
}
