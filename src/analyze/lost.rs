//! What was lost over windows that overlap: the integral of the worst that is stated at each moment.

use super::downtime::Felt;
use std::collections::BTreeMap;

/// A half-open span of seconds and what was lost in each of them, never below 0.
pub(super) type Weighted = (i64, i64, f64);

/// The integral over time of the largest weight at each moment: degree x seconds where weights are degrees, customers x
/// seconds where they are customers. Overlapping windows count once, with the larger of them.
pub(super) fn integral(windows: &[Weighted]) -> f64 {
    let mut edges: Vec<(i64, u64, bool)> = windows
        .iter()
        .filter(|(from, to, _)| from < to)
        .flat_map(|&(from, to, weight)| [(from, weight.to_bits(), true), (to, weight.to_bits(), false)])
        .collect();
    edges.sort_unstable();
    // The bits of numbers that are not negative stand in the order of the numbers.
    let mut open: BTreeMap<u64, usize> = BTreeMap::new();
    let (mut sum, mut since) = (0.0, 0);
    for (at, weight, begins) in edges {
        let worst = open.last_key_value().map_or(0.0, |(weight, _)| f64::from_bits(*weight));
        sum += worst * length(at - since);
        since = at;
        let count = open.entry(weight).or_default();
        if begins {
            *count += 1;
        } else if *count > 1 {
            *count -= 1;
        } else {
            open.remove(&weight);
        }
    }
    sum
}

#[expect(clippy::cast_precision_loss, reason = "seconds of incidents are far below 2^53")]
fn length(seconds: i64) -> f64 {
    if seconds > 0 { seconds as f64 } else { 0.0 }
}

/// A window by the share that was lost in it; one of which nobody says how much was lost counts whole.
pub(super) fn by_degree(felt: &Felt<'_>) -> Weighted {
    (felt.from, felt.to, felt.degree.unwrap_or(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_worst_of_each_moment_counts_once() {
        assert!((integral(&[(0, 60, 0.5), (30, 90, 1.0)]) - (30.0 * 0.5 + 60.0)).abs() < 1e-9);
        assert!((integral(&[(0, 60, 1.0), (0, 60, 1.0), (10, 20, 0.2)]) - 60.0).abs() < 1e-9);
        assert!((integral(&[(0, 10, 300.0), (20, 30, 100.0)]) - 4000.0).abs() < 1e-9);
        assert!(integral(&[]).abs() < 1e-9);
    }

    proptest! {
        /// As counted second by second.
        #[test]
        fn as_second_by_second(windows in prop::collection::vec((0_i64..60, 1_i64..30, 0_u8..5), 0..12)) {
            let windows: Vec<Weighted> =
                windows.into_iter().map(|(from, length, weight)| (from, from + length, f64::from(weight))).collect();
            let worst = |at: i64| {
                windows.iter().filter(|(from, to, _)| *from <= at && at < *to).map(|(.., weight)| *weight).fold(0.0, f64::max)
            };
            let slow: f64 = (0..100).map(worst).sum();
            prop_assert!((integral(&windows) - slow).abs() < 1e-6);
        }
    }
}
