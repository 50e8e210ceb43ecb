//! Two samples of durations, by their ranks: no mean, so that one long value does not decide.

use super::{CONFIDENCE, normal_cdf, normal_quantile, real};

/// How p was computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// All ways to divide the pooled values, with their ties.
    Exact,
    /// The normal distribution, with the variance corrected for ties and for continuity.
    Normal,
}

/// Whether one sample tends to larger values than the other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MannWhitney {
    /// Pairs in which x is larger; a tie counts half (R's W).
    pub u: f64,
    /// That x tends to be larger, one-sided.
    pub greater: f64,
    /// That x tends to be smaller, one-sided.
    pub less: f64,
    /// Twice the smaller of both, at most 1.
    pub p: f64,
    pub method: Method,
}

/// Up to so many values in both samples the distribution is exact.
pub const EXACT: usize = 50;
/// Fewer on a side cannot be compared.
pub const FEWEST: usize = 5;

/// The rank sum test of Wilcoxon, Mann and Whitney. Exact given the ties for up to [`EXACT`] values in all.
///
/// Mann and Whitney, Annals of Mathematical Statistics 18 (1947) 50–60. `None` for an empty sample or values that are
/// not numbers.
#[must_use]
pub fn mann_whitney(x: &[f64], y: &[f64]) -> Option<MannWhitney> {
    if x.is_empty() || y.is_empty() || x.iter().chain(y).any(|value| !value.is_finite()) {
        return None;
    }
    let doubled = doubled_ranks(x, y);
    let sum: usize = doubled[..x.len()].iter().sum();
    let least = x.len() * (x.len() + 1);
    // Ranks are doubled, so that ties are whole numbers.
    let u = real(sum - least) / 2.0;
    let (less, greater, method) = if doubled.len() <= EXACT {
        let (less, greater) = exact_tails(&doubled, x.len(), sum);
        (less, greater, Method::Exact)
    } else {
        let (less, greater) = normal_tails(&doubled, x.len(), u)?;
        (less, greater, Method::Normal)
    };
    Some(MannWhitney { u, greater, less, p: (2.0 * less.min(greater)).min(1.0), method })
}

/// Twice the mid-ranks of the pooled values, those of x first.
fn doubled_ranks(x: &[f64], y: &[f64]) -> Vec<usize> {
    let pooled: Vec<f64> = x.iter().chain(y).copied().collect();
    let mut sorted = pooled.clone();
    sorted.sort_by(f64::total_cmp);
    let rank = |value: &f64| {
        let below = sorted.partition_point(|other| other < value);
        let through = sorted.partition_point(|other| other <= value);
        below + 1 + through
    };
    pooled.iter().map(rank).collect()
}

/// The shares of all choices of `n` ranks whose sum is at most, and at least, `seen`.
fn exact_tails(doubled: &[usize], n: usize, seen: usize) -> (f64, f64) {
    let ways = ways(doubled, n);
    let all: f64 = ways.iter().sum();
    let below: f64 = ways[..=seen].iter().sum();
    let above: f64 = ways[seen..].iter().sum();
    (below / all, above / all)
}

/// In how many ways `n` of the ranks have each sum.
fn ways(doubled: &[usize], n: usize) -> Vec<f64> {
    let most: usize = doubled.iter().sum();
    let mut ways = vec![vec![0.0_f64; most + 1]; n + 1];
    ways[0][0] = 1.0;
    for (done, rank) in doubled.iter().enumerate() {
        for chosen in (1..=n.min(done + 1)).rev() {
            let (fewer, more) = ways.split_at_mut(chosen);
            let (from, to) = (&fewer[chosen - 1], &mut more[0]);
            for sum in *rank..=most {
                to[sum] += from[sum - rank];
            }
        }
    }
    ways.swap_remove(n)
}

fn normal_tails(doubled: &[usize], of_first: usize, u: f64) -> Option<(f64, f64)> {
    let (first, second, all) = (real(of_first), real(doubled.len() - of_first), real(doubled.len()));
    let mut sorted = doubled.to_vec();
    sorted.sort_unstable();
    let ties: f64 = sorted.chunk_by(|a, b| a == b).map(|tied| real(tied.len()).powi(3) - real(tied.len())).sum();
    let variance = first * second / 12.0 * ((all + 1.0) - ties / (all * (all - 1.0)));
    if variance <= 0.0 {
        return None;
    }
    let z = |corrected: f64| (corrected - first * second / 2.0) / variance.sqrt();
    Some((normal_cdf(z(u + 0.5)), normal_cdf(-z(u - 0.5))))
}

/// How far apart two samples are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shift {
    /// The median of all differences x − y.
    pub estimate: f64,
    /// At least [`CONFIDENCE`]; `None` where the samples are too small for one.
    pub interval: Option<(f64, f64)>,
}

/// The estimate of Hodges and Lehmann, with the interval between two ordered differences that the distribution of U
/// without ties gives (the normal one beyond [`EXACT`] values).
///
/// Hodges and Lehmann, Annals of Mathematical Statistics 34 (1963) 598–611; Bauer, JASA 67 (1972) 687–690.
///
/// A sample of more than [`KEPT`] values is represented by as many of its quantiles, so that the work stays bounded.
#[must_use]
pub fn hodges_lehmann(x: &[f64], y: &[f64]) -> Option<Shift> {
    if x.is_empty() || y.is_empty() || x.iter().chain(y).any(|value| !value.is_finite()) {
        return None;
    }
    let (kept, other) = (thinned(x), thinned(y));
    let mut differences: Vec<f64> = kept.iter().flat_map(|x| other.iter().map(move |y| x - y)).collect();
    let n = differences.len();
    let mut ranked = |at: usize| *differences.select_nth_unstable_by(at, f64::total_cmp).1;
    let estimate = f64::midpoint(ranked((n - 1) / 2), ranked(n / 2));
    let interval = critical(x.len(), y.len()).map(|k| {
        let k = (k * n / (x.len() * y.len())).max(1);
        (ranked(k - 1), ranked(n - k))
    });
    Some(Shift { estimate, interval })
}

/// Values of a sample whose differences are all looked at.
const KEPT: usize = 300;

fn thinned(sample: &[f64]) -> Vec<f64> {
    let mut sorted = sample.to_vec();
    sorted.sort_by(f64::total_cmp);
    if sorted.len() <= KEPT {
        return sorted;
    }
    (0..KEPT).map(|at| sorted[(2 * at + 1) * sorted.len() / (2 * KEPT)]).collect()
}

/// The ratio of two samples of positive durations: [`hodges_lehmann`] on logarithms. Values below 1 count as 1.
#[must_use]
pub fn ratio(x: &[f64], y: &[f64]) -> Option<Shift> {
    let logs = |values: &[f64]| values.iter().map(|value| value.max(1.0).ln()).collect::<Vec<_>>();
    let Shift { estimate, interval } = hodges_lehmann(&logs(x), &logs(y))?;
    Some(Shift { estimate: estimate.exp(), interval: interval.map(|(low, high)| (low.exp(), high.exp())) })
}

/// The largest k for which P(U ≤ k − 1) ≤ α/2: from the k-th smallest difference to the k-th largest.
fn critical(m: usize, n: usize) -> Option<usize> {
    let tail = (1.0 - CONFIDENCE) / 2.0;
    if m + n > EXACT {
        let (m, n) = (real(m), real(n));
        let below = m * n / 2.0 - normal_quantile(1.0 - tail) * (m * n * (m + n + 1.0) / 12.0).sqrt();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rank")]
        return (below >= 1.0).then(|| below.round() as usize);
    }
    // Without ties ranks need not be doubled.
    let ways = ways(&(1..=m + n).collect::<Vec<_>>(), m);
    let all: f64 = ways.iter().sum();
    let mut below = 0.0;
    let likely = ways[m * (m + 1) / 2..].iter().take_while(|count| {
        below += **count / all;
        below <= tail
    });
    Some(likely.count()).filter(|k| *k > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::near;
    use proptest::prelude::*;

    const X: [f64; 10] = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
    const Y: [f64; 5] = [1.15, 0.88, 0.90, 0.74, 1.21];

    /// Hollander and Wolfe, as in R, `?wilcox.test`.
    #[test]
    fn as_in_r() {
        let found = mann_whitney(&X, &Y).expect("a test");
        near(found.u, 35.0, 9);
        near(found.greater, 0.127_206, 6);
        assert_eq!(found.method, Method::Exact);
        let shift = hodges_lehmann(&X, &Y).expect("an estimate");
        near(shift.estimate, 0.305, 9);
        let (low, high) = shift.interval.expect("an interval");
        near(low, -0.15, 9);
        near(high, 0.76, 9);
    }

    #[test]
    fn ties_are_exact() {
        // Of the six ways to divide 1 1 2 3 in two pairs, the first pair has a rank sum of at most 3 in one.
        let found = mann_whitney(&[1.0, 1.0], &[2.0, 3.0]).expect("a test");
        near(found.less, 1.0 / 6.0, 12);
        near(found.greater, 1.0, 12);
        // Nothing but ties tells nothing.
        near(mann_whitney(&[1.0; 9], &[1.0; 7]).expect("a test").p, 1.0, 12);
        assert_eq!(mann_whitney(&[1.0; 40], &[1.0; 40]), None);
        assert_eq!(mann_whitney(&[], &[1.0]), None);
        assert_eq!(mann_whitney(&[f64::NAN], &[1.0]), None);
    }

    #[test]
    fn small_samples_have_no_interval() {
        assert_eq!(hodges_lehmann(&[1.0, 2.0, 3.0], &[1.0, 2.0, 3.0]).expect("an estimate").interval, None);
        assert!(hodges_lehmann(&[1.0, 2.0, 3.0, 4.0], &[1.0, 2.0, 3.0, 4.0]).expect("one").interval.is_some());
    }

    #[test]
    fn both_methods_agree_where_they_meet() {
        let x: Vec<f64> = (0..25).map(|n| f64::from(n * 7 % 25) + 3.0).collect();
        let y: Vec<f64> = (0..25).map(|n| f64::from(n) + 0.5).collect();
        let exact = mann_whitney(&x, &y).expect("a test");
        let (less, greater) = normal_tails(&doubled_ranks(&x, &y), 25, exact.u).expect("tails");
        assert!((exact.less - less).abs() < 0.003 && (exact.greater - greater).abs() < 0.003);
    }

    #[test]
    fn twice_as_long_is_a_ratio_of_two() {
        let y: Vec<f64> = (1..30).map(|n| f64::from(n * n) * 60.0).collect();
        let x: Vec<f64> = y.iter().map(|value| value * 2.0).collect();
        let found = ratio(&x, &y).expect("a ratio");
        near(found.estimate, 2.0, 9);
        let (low, high) = found.interval.expect("an interval");
        assert!(low < 2.0 && 2.0 < high);
    }

    #[test]
    fn large_samples_are_thinned_without_moving() {
        let y: Vec<f64> = (0..2000).map(|n| f64::from(n * 37 % 2000)).collect();
        let x: Vec<f64> = y.iter().map(|value| value + 100.0).collect();
        let found = hodges_lehmann(&x, &y).expect("an estimate");
        assert!((found.estimate - 100.0).abs() < 7.0, "{found:?}");
        let (low, high) = found.interval.expect("an interval");
        // Of a uniform distribution over 2,000 the standard error of the shift is 2000·√(1/6·2000).
        assert!(low < 100.0 && 100.0 < high && (50.0..110.0).contains(&(high - low)), "{low} {high}");
    }

    proptest! {
        #[test]
        fn pairs_are_all_counted(x in prop::collection::vec(0_i32..9, 1..9), y in prop::collection::vec(0_i32..9, 1..9)) {
            let (x, y): (Vec<f64>, Vec<f64>) = (x.into_iter().map(f64::from).collect(), y.into_iter().map(f64::from).collect());
            let (one, other) = (mann_whitney(&x, &y).expect("a test"), mann_whitney(&y, &x).expect("a test"));
            prop_assert!((one.u + other.u - real(x.len() * y.len())).abs() < 1e-9);
            prop_assert!((one.less - other.greater).abs() < 1e-9 && (0.0..=1.0).contains(&one.p));
        }
    }
}
