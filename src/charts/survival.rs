//! What share is still open after so many days: a curve in steps with its interval.

use super::{
    Anchor, Drawing, Length, Mark,
    axis::{self, Linear},
};

/// After this many days the share falls to `open`, within `low` and `high`. Shares are from 0 to 1.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    pub days: f64,
    pub open: f64,
    pub interval: Option<(f64, f64)>,
}

const HEIGHT: f64 = 180.0;
const FLOOR: f64 = 156.0;
const CEILING: f64 = 18.0;

/// What is drawn, in days.
#[derive(Clone, Debug)]
pub struct Curve {
    /// In the order of days.
    pub steps: Vec<Step>,
    /// Ages at which something was still open when last looked at.
    pub still: Vec<f64>,
    /// The axis reaches at least so far.
    pub last: f64,
}

/// Draws the curve from everything open at day zero. `days` says a number of days, `share` a share.
#[must_use]
pub fn draw(
    id: &str,
    title: &str,
    about: &str,
    curve: &Curve,
    days: &dyn Fn(f64) -> String,
    share: &dyn Fn(f64) -> String,
) -> Drawing {
    let Curve { steps, still, last } = curve;
    let last = steps.iter().map(|step| step.days).chain(still.iter().copied()).fold(*last, f64::max).max(1.0);
    let scale = Linear { floor: FLOOR, ceiling: CEILING, most: 1.0 };
    let place = |at: f64| (at / last).clamp(0.0, 1.0);
    let quarters = [0.25, 0.5, 0.75, 1.0];
    let mut marks: Vec<Mark> = scale.grid(&quarters).collect();
    marks.push(axis::across("floor", FLOOR));
    let band = |from: f64, to: f64, (low, high): (f64, f64)| Mark::Rect {
        class: "band",
        x: Length::Share(place(from)),
        y: scale.y(high),
        width: Length::Share((place(to) - place(from)).max(0.0)),
        height: scale.y(low) - scale.y(high),
    };
    let ends = steps.iter().skip(1).map(|step| step.days).chain([last]);
    let bands = steps.iter().zip(ends).filter_map(|(step, end)| Some(band(step.days, end, step.interval?)));
    marks.extend(bands);
    marks.extend(falls(steps, last, scale, &place));
    let open_at = |at: f64| steps.iter().take_while(|step| step.days <= at).last().map_or(1.0, |step| step.open);
    let mut still = still.clone();
    still.sort_by(f64::total_cmp);
    still.dedup();
    for at in still {
        let (x, y) = (Length::Share(place(at)), scale.y(open_at(at)));
        marks.push(Mark::Line { class: "still", x1: x, y1: y - 4.0, x2: x, y2: y + 4.0 });
    }
    let ticks = axis::ticks(last);
    marks.push(axis::note(Length::Share(0.0), HEIGHT - 8.0, Anchor::Start, days(0.0)));
    for tick in ticks.into_iter().filter(|tick| *tick <= last) {
        let at = place(tick);
        let x = Length::Share(at);
        marks.push(Mark::Line { class: "grid", x1: x, y1: FLOOR, x2: x, y2: FLOOR + 4.0 });
        marks.push(axis::note(x, HEIGHT - 8.0, axis::inside(at), days(tick)));
    }
    // The curve falls from left to right, and leaves room there.
    marks.extend(scale.labels(&quarters, Anchor::End, share));
    Drawing {
        id: id.to_owned(),
        class: "survival",
        width: None,
        height: HEIGHT,
        title: title.to_owned(),
        about: about.to_owned(),
        marks,
    }
}

/// Level pieces and falls.
fn falls(steps: &[Step], last: f64, scale: Linear, place: &dyn Fn(f64) -> f64) -> Vec<Mark> {
    let mut marks = Vec::new();
    let (mut at, mut open) = (0.0, 1.0);
    for (days, next) in steps.iter().map(|step| (step.days, step.open)).chain([(last, f64::NAN)]) {
        let (x1, x2, y) = (Length::Share(place(at)), Length::Share(place(days)), scale.y(open));
        marks.push(Mark::Line { class: "curve", x1, y1: y, x2, y2: y });
        if next.is_finite() {
            marks.push(Mark::Line { class: "curve", x1: x2, y1: y, x2, y2: scale.y(next) });
            open = next;
        }
        at = days;
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn svg(steps: &[Step], still: &[f64]) -> String {
        let days = |days: f64| format!("day {days}");
        let share = |share: f64| format!("{:.0} %", share * 100.0);
        let curve = Curve { steps: steps.to_vec(), still: still.to_vec(), last: 10.0 };
        draw("s", "t", "a", &curve, &days, &share).svg().0
    }

    #[test]
    fn the_curve_starts_with_all_and_falls_in_steps() {
        let steps = [
            Step { days: 5.0, open: 0.5, interval: Some((0.2, 0.8)) },
            Step { days: 20.0, open: 0.25, interval: None },
        ];
        let svg = svg(&steps, &[7.0, 7.0]);
        assert_eq!(svg.matches("class=\"curve\"").count(), 5, "{svg}");
        assert_eq!(svg.matches("class=\"band\"").count(), 1, "{svg}");
        assert_eq!(svg.matches("class=\"still\"").count(), 1, "{svg}");
        let (top, middle) = (CEILING, FLOOR - (FLOOR - CEILING) / 2.0);
        assert!(svg.contains(&format!("x1=\"0%\" y1=\"{top}\" x2=\"25%\" y2=\"{top}\"")), "{svg}");
        assert!(svg.contains(&format!("x1=\"25%\" y1=\"{top}\" x2=\"25%\" y2=\"{middle}\"")), "{svg}");
        assert!(!svg.contains("style"), "{svg}");
    }

    #[test]
    fn nothing_done_is_a_level_line() {
        let svg = svg(&[], &[3.0]);
        assert_eq!(svg.matches("class=\"curve\"").count(), 1, "{svg}");
    }
}
