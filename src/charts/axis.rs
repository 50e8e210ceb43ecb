//! Scales and their ticks: from zero in round steps, and of times on a logarithmic axis.

use super::{Anchor, Length, Mark};

/// Labels that fit beside each other in the width of a phone.
const LABELS: usize = 7;

/// Round values from above zero to the first that is not below `most`: two to five of them.
#[must_use]
pub(super) fn ticks(most: f64) -> Vec<f64> {
    let most = if most.is_finite() && most > 0.0 { most } else { 1.0 };
    let magnitude = 10_f64.powf((most / 4.0).log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|factor| factor * magnitude).find(|step| most / step <= 4.0);
    let step = step.unwrap_or(10.0 * magnitude);
    let mut ticks = vec![step];
    while ticks.last().is_some_and(|last| *last < most - step * 1e-9) {
        let next = f64::from(u32::try_from(ticks.len() + 1).unwrap_or(u32::MAX)) * step;
        ticks.push(next);
    }
    ticks
}

/// A number of a tick, without more decimals than it has.
#[must_use]
pub(super) fn plain(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Every how many-th of `n` labels is said, so that they do not run into each other.
#[must_use]
pub(super) fn every(n: usize) -> usize {
    n.div_ceil(LABELS).max(1)
}

/// A position from zero at the floor to the largest tick at the ceiling.
#[derive(Clone, Copy, Debug)]
pub(super) struct Linear {
    pub(super) floor: f64,
    pub(super) ceiling: f64,
    pub(super) most: f64,
}

impl Linear {
    pub(super) fn y(self, value: f64) -> f64 {
        self.floor - (value.clamp(0.0, self.most) / self.most) * (self.floor - self.ceiling)
    }

    /// A line at each tick.
    pub(super) fn grid(self, ticks: &[f64]) -> impl Iterator<Item = Mark> {
        ticks.iter().map(move |tick| across("grid", self.y(*tick)))
    }

    /// What each tick is, above the beginning or the end of its line.
    pub(super) fn labels(self, ticks: &[f64], anchor: Anchor, says: &dyn Fn(f64) -> String) -> Vec<Mark> {
        let x = Length::Share(if anchor == Anchor::End { 1.0 } else { 0.0 });
        ticks.iter().map(|tick| note(x, self.y(*tick) - 4.0, anchor, says(*tick))).collect()
    }
}

/// A line over the whole width.
pub(super) fn across(class: &'static str, y: f64) -> Mark {
    Mark::Line { class, x1: Length::Share(0.0), y1: y, x2: Length::Share(1.0), y2: y }
}

/// A label.
pub(super) fn note(x: Length, y: f64, anchor: Anchor, text: String) -> Mark {
    Mark::Text { class: "label", x, y, anchor, turned: false, text }
}

/// The side of a label that keeps it inside of the drawing.
pub(super) fn inside(share: f64) -> Anchor {
    match share {
        at if at < 0.08 => Anchor::Start,
        at if at > 0.92 => Anchor::End,
        _ => Anchor::Middle,
    }
}

/// Seconds on a logarithmic axis, in round times.
#[derive(Clone, Copy, Debug)]
pub(super) struct Times {
    from: f64,
    to: f64,
}

/// Round times: a second to a year.
const ROUND: [i64; 14] = [
    1,
    10,
    60,
    300,
    900,
    3600,
    4 * 3600,
    12 * 3600,
    86_400,
    3 * 86_400,
    7 * 86_400,
    30 * 86_400,
    90 * 86_400,
    365 * 86_400,
];

#[expect(clippy::cast_precision_loss, reason = "times of incidents are far below 2^53 seconds")]
fn log(seconds: i64) -> f64 {
    (seconds.max(1) as f64).ln()
}

impl Times {
    /// From the round time at or below the least value to the one at or above the largest; a value below a second
    /// stands at a second.
    pub(super) fn over(values: impl Iterator<Item = i64> + Clone) -> Self {
        let (least, most) = (values.clone().min().unwrap_or(60).max(1), values.max().unwrap_or(3600).max(1));
        let from = ROUND.iter().rev().find(|round| **round <= least).copied().unwrap_or(1);
        let to = ROUND.iter().find(|round| **round >= most).copied().unwrap_or(most);
        let to = if to <= from { from * 10 } else { to };
        Self { from: log(from), to: log(to) }
    }

    /// The share of the width; one percent is left free on both sides.
    pub(super) fn place(self, seconds: i64) -> f64 {
        0.01 + 0.98 * ((log(seconds) - self.from) / (self.to - self.from)).clamp(0.0, 1.0)
    }

    /// Round times that are at least the width of a label apart.
    pub(super) fn ticks(self) -> Vec<i64> {
        const APART: f64 = 0.14;
        let mut ticks: Vec<i64> = Vec::new();
        for round in ROUND.into_iter().filter(|round| (self.from - 1e-9..=self.to + 1e-9).contains(&log(*round))) {
            if ticks.last().is_none_or(|last| self.place(round) - self.place(*last) >= APART) {
                ticks.push(round);
            }
        }
        ticks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_reach_the_largest_value() {
        for (most, expected) in [
            (0.0, vec![0.25, 0.5, 0.75, 1.0]),
            (3.0, vec![1.0, 2.0, 3.0]),
            (4.0, vec![1.0, 2.0, 3.0, 4.0]),
            (7.3, vec![2.0, 4.0, 6.0, 8.0]),
            (40.0, vec![10.0, 20.0, 30.0, 40.0]),
            (1234.0, vec![500.0, 1000.0, 1500.0]),
        ] {
            assert_eq!(ticks(most), expected, "{most}");
        }
        assert!(ticks(f64::NAN).len() <= 5 && ticks(f64::INFINITY).len() <= 5);
        assert_eq!((plain(2.5), plain(10.0)), ("2.5".to_owned(), "10".to_owned()));
    }

    #[test]
    fn times_stand_in_order_within_the_drawing() {
        let values = [0, 59, 61, 5000, 90_000_000];
        let times = Times::over(values.into_iter());
        let places: Vec<f64> = values.iter().map(|value| times.place(*value)).collect();
        assert!(places.is_sorted() && places.iter().all(|place| (0.01..=0.99).contains(place)), "{places:?}");
        for pair in times.ticks().windows(2) {
            assert!(times.place(pair[1]) - times.place(pair[0]) >= 0.14);
        }
        let one = Times::over(std::iter::once(60));
        assert!((one.place(60) - 0.01).abs() < 1e-9);
        assert!(Times::over(std::iter::empty()).ticks().len() > 1);
    }
}
