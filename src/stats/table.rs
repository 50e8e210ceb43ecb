//! Tables of counts: whether two properties go together, whether weekdays are alike.

use super::real;
use statrs::{
    distribution::{ChiSquared, ContinuousCDF},
    function::factorial::ln_binomial,
};

/// Fisher's exact test of a table of two by two, its margins given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fisher {
    /// That both occur together more often, one-sided.
    pub greater: f64,
    /// That they do less often.
    pub less: f64,
    /// All tables that are not more likely than the one seen.
    pub p: f64,
}

/// The logarithms of how many ways lead to each table with the margins of one, from the fewest that have both properties.
struct Ways {
    logs: Vec<f64>,
    fewest: usize,
}

impl Ways {
    fn of(both: usize, first: usize, second: usize, neither: usize) -> Option<Self> {
        let (row, column, all) = (both + first, both + second, both + first + second + neither);
        if row == 0 || column == 0 || row == all || column == all {
            return None;
        }
        let fewest = (row + column).saturating_sub(all);
        let log_ways =
            |k: usize| ln_binomial(column as u64, k as u64) + ln_binomial((all - column) as u64, (row - k) as u64);
        Some(Self { logs: (fewest..=row.min(column)).map(log_ways).collect(), fewest })
    }
}

/// `both` have both properties, `first` and `second` only one, `neither` none.
///
/// Fisher, JRSS 98 (1935) 39–82. `None` where a margin is zero.
#[must_use]
pub fn fisher(both: usize, first: usize, second: usize, neither: usize) -> Option<Fisher> {
    let Ways { logs, fewest } = Ways::of(both, first, second, neither)?;
    let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let weights: Vec<f64> = logs.iter().map(|log| (log - most).exp()).collect();
    let total: f64 = weights.iter().sum();
    let at = both - fewest;
    let share = |weights: &[f64]| (weights.iter().sum::<f64>() / total).min(1.0);
    let limit = weights[at] * (1.0 + 1e-7);
    let p = weights.iter().filter(|weight| **weight <= limit).sum::<f64>() / total;
    Some(Fisher { greater: share(&weights[at..]), less: share(&weights[..=at]), p: p.min(1.0) })
}

/// The conditional estimate of greatest likelihood, as R has it: the odds ratio under which the expected count is the one
/// seen, by halving on its logarithm. 0 or infinite at the edge; `None` where a margin is zero.
#[must_use]
pub fn odds_ratio(both: usize, first: usize, second: usize, neither: usize) -> Option<f64> {
    let Ways { logs, fewest: from } = Ways::of(both, first, second, neither)?;
    let seen = both;
    if seen == from {
        return Some(0.0);
    }
    if seen == from + logs.len() - 1 {
        return Some(f64::INFINITY);
    }
    let expected = |log_odds: f64| {
        let tilted: Vec<f64> = logs.iter().enumerate().map(|(at, log)| log + log_odds * real(at)).collect();
        let most = tilted.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let weights = tilted.iter().map(|log| (log - most).exp());
        let (sum, total) = weights
            .enumerate()
            .fold((0.0, 0.0), |(sum, total), (at, weight)| (sum + weight * real(from + at), total + weight));
        sum / total
    };
    let (mut low, mut high) = (-50.0_f64, 50.0_f64);
    for _ in 0..200 {
        let middle = f64::midpoint(low, high);
        if expected(middle) < real(seen) {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(f64::midpoint(low, high).exp())
}

/// Fewer events say nothing about weekdays: five a day.
pub const FEWEST_FOR_WEEKDAYS: usize = 35;

/// Pearson's χ² against equal shares, with its p. `None` for fewer than [`FEWEST_FOR_WEEKDAYS`] events.
#[must_use]
pub fn weekdays(counts: &[usize; 7]) -> Option<(f64, f64)> {
    let all: usize = counts.iter().sum();
    if all < FEWEST_FOR_WEEKDAYS {
        return None;
    }
    let expected = real(all) / 7.0;
    let chi: f64 = counts.iter().map(|count| (real(*count) - expected).powi(2) / expected).sum();
    Some((chi, ChiSquared::new(6.0).ok()?.sf(chi)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::near;

    /// Fisher's lady who tastes tea, and Agresti's Job satisfaction style examples: R, `?fisher.test`.
    #[test]
    fn as_in_r() {
        let tea = fisher(3, 1, 1, 3).expect("a test");
        near(tea.greater, 0.2429, 4);
        near(tea.p, 0.4857, 4);
        near(odds_ratio(3, 1, 1, 3).expect("a ratio"), 6.408_309, 4);
        // Convictions of twins (Fisher 1962): monozygotic 10 and 3, dizygotic 2 and 15.
        let twins = fisher(2, 15, 10, 3).expect("a test");
        near(twins.less, 0.000_465_2, 7);
        near(odds_ratio(2, 15, 10, 3).expect("a ratio"), 0.046_936_61, 6);
    }

    #[test]
    fn edges() {
        assert_eq!(fisher(0, 0, 3, 4), None);
        assert_eq!(fisher(3, 0, 2, 0), None);
        let never = fisher(0, 5, 5, 5).expect("a test");
        near(odds_ratio(0, 5, 5, 5).expect("a ratio"), 0.0, 12);
        near(never.greater, 1.0, 12);
        assert!(odds_ratio(5, 0, 0, 5).expect("a ratio").is_infinite());
    }

    #[test]
    fn weekdays_need_enough_events() {
        assert_eq!(weekdays(&[4, 4, 4, 4, 4, 4, 4]), None);
        let (chi, p) = weekdays(&[10, 10, 10, 10, 10, 0, 0]).expect("a test");
        near(chi, 20.0, 9);
        near(p, 0.002_769, 6);
    }
}
