//! Rates of events in time: exact intervals for one, an exact comparison of two.

use super::{CONFIDENCE, quantile_of, real};
use statrs::distribution::{Beta, Binomial, ChiSquared, Discrete, DiscreteCDF};

/// Events seen in an exposure (days, or deployments).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    pub events: usize,
    /// Above zero.
    pub exposure: f64,
}

impl Rate {
    /// Events per unit of exposure; `None` without exposure.
    #[must_use]
    pub fn value(self) -> Option<f64> {
        (self.exposure > 0.0).then(|| real(self.events) / self.exposure)
    }

    /// Garwood's exact interval of the rate, at [`CONFIDENCE`], per unit of exposure.
    #[must_use]
    pub fn interval(self) -> Option<(f64, f64)> {
        let (low, high) = garwood(self.events, CONFIDENCE)?;
        (self.exposure > 0.0).then(|| (low / self.exposure, high / self.exposure))
    }
}

/// The exact interval of a Poisson mean for a count x: `[χ²(α/2; 2x)/2, χ²(1−α/2; 2x+2)/2]`, from 0 for x = 0.
///
/// Garwood, Biometrika 28 (1936) 437–442. `None` for a confidence outside of (0, 1).
#[must_use]
pub fn garwood(events: usize, confidence: f64) -> Option<(f64, f64)> {
    let alpha = outside(confidence)?;
    let quantile = |p: f64, df: f64| ChiSquared::new(df).ok().map(|chi| quantile_of(&chi, p) / 2.0);
    let low = if events == 0 { 0.0 } else { quantile(alpha / 2.0, 2.0 * real(events))? };
    Some((low, quantile(1.0 - alpha / 2.0, 2.0 * real(events) + 2.0)?))
}

/// The most events that may be usual where none was seen, one-sided: −ln(1 − confidence); 3.0 for 95 % ("rule of
/// three", Hanley and Lippman-Hand, JAMA 249 (1983) 1743).
#[must_use]
pub fn most_when_none(confidence: f64) -> Option<f64> {
    outside(confidence).map(|alpha| -alpha.ln())
}

/// 1 − confidence, where that is a confidence.
fn outside(confidence: f64) -> Option<f64> {
    (confidence > 0.0 && confidence < 1.0).then_some(1.0 - confidence)
}

/// How the rate of `a` stands to that of `b`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Comparison {
    /// Rate of a over rate of b; infinite where b has no events.
    pub ratio: f64,
    /// Exact at [`CONFIDENCE`]; the upper end may be infinite.
    pub interval: (f64, f64),
    /// Two-sided by doubling the smaller tail. Agrees with the interval: below 0.05 exactly where that excludes 1.
    pub p: f64,
    /// Two-sided by adding all outcomes that are not more likely (what R's `poisson.test` prints). Does not agree with
    /// the interval.
    pub p_min_likelihood: f64,
}

/// Fewer events in both together cannot reach p < 0.05, whatever they are.
pub const FEWEST_EVENTS: usize = 6;

/// The conditional exact comparison: given n = x₁ + x₂ events, x₁ is binomial with probability T₁/(T₁+T₂); the
/// interval is Clopper and Pearson's for that probability, turned into a ratio by ρ = p·T₂ / ((1−p)·T₁).
///
/// Przyborowski and Wilenski, Biometrika 31 (1940) 313–323. `None` without events or exposure.
#[must_use]
pub fn compare(a: Rate, b: Rate) -> Option<Comparison> {
    let n = a.events + b.events;
    if n == 0 || a.exposure.min(b.exposure) <= 0.0 || !(a.exposure + b.exposure).is_finite() {
        return None;
    }
    let probability = a.exposure / (a.exposure + b.exposure);
    let binomial = Binomial::new(probability, n as u64).ok()?;
    let below = binomial.cdf(a.events as u64);
    // 1 − cdf loses digits where the tail is thin: the mirrored distribution has it as a cdf.
    let above = Binomial::new(1.0 - probability, n as u64).ok()?.cdf(b.events as u64);
    let ratio_of = |p: f64| p * b.exposure / ((1.0 - p) * a.exposure);
    let (low, high) = clopper_pearson(a.events, n, CONFIDENCE)?;
    Some(Comparison {
        ratio: (real(a.events) / a.exposure) / (real(b.events) / b.exposure),
        interval: (ratio_of(low), if high >= 1.0 { f64::INFINITY } else { ratio_of(high) }),
        p: (2.0 * below.min(above)).min(1.0),
        p_min_likelihood: min_likelihood(&binomial, a.events, n),
    })
}

fn min_likelihood(binomial: &Binomial, seen: usize, n: usize) -> f64 {
    let limit = binomial.pmf(seen as u64) * (1.0 + 1e-7);
    let sum: f64 = (0..=n as u64).map(|k| binomial.pmf(k)).filter(|p| *p <= limit).sum();
    sum.min(1.0)
}

/// The exact interval of a binomial probability: quantiles of Beta(x, n−x+1) and Beta(x+1, n−x).
#[must_use]
pub fn clopper_pearson(successes: usize, n: usize, confidence: f64) -> Option<(f64, f64)> {
    let alpha = outside(confidence)?;
    if n == 0 || successes > n {
        return None;
    }
    let (x, rest) = (real(successes), real(n - successes));
    let low = if successes == 0 { 0.0 } else { quantile_of(&Beta::new(x, rest + 1.0).ok()?, alpha / 2.0) };
    let high = if successes == n { 1.0 } else { quantile_of(&Beta::new(x + 1.0, rest).ok()?, 1.0 - alpha / 2.0) };
    Some((low, high))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::near;
    use proptest::prelude::*;

    const fn rate(events: usize, exposure: f64) -> Rate {
        Rate { events, exposure }
    }

    #[test]
    fn garwood_as_published() {
        let table = [
            (0, 0.0, 3.6889),
            (1, 0.0253, 5.5716),
            (2, 0.2422, 7.2247),
            (3, 0.6187, 8.7673),
            (5, 1.6235, 11.6683),
            (10, 4.7954, 18.3904),
            (20, 12.2165, 30.8884),
            (50, 37.1110, 65.9188),
        ];
        for (events, low, high) in table {
            let found = garwood(events, 0.95).expect("an interval");
            near(found.0, low, 4);
            near(found.1, high, 4);
        }
        near(most_when_none(0.95).expect("a limit"), 2.9957, 4);
        assert_eq!(garwood(3, 1.0), None);
    }

    /// R, `?poisson.test`: 137 events in 24.19893.
    #[test]
    fn one_rate_as_in_r() {
        let one = rate(137, 24.19893);
        near(one.value().expect("a rate"), 5.66141, 5);
        let (low, high) = one.interval().expect("an interval");
        near(low, 4.75312, 5);
        near(high, 6.69271, 5);
        assert_eq!(rate(3, 0.0).interval(), None);
    }

    /// R, `?poisson.test` and the package rateratio.test (Fay).
    #[test]
    fn two_rates_as_in_r() {
        let found = compare(rate(11, 800.0), rate(21, 3011.0)).expect("a comparison");
        near(found.ratio, 1.97149, 5);
        near(found.interval.0, 0.85843, 5);
        near(found.interval.1, 4.27727, 5);
        near(found.p_min_likelihood, 0.079_669, 6);
        near(found.p, 0.112_017, 6);
        let fay = compare(rate(2, 17_877.0), rate(9, 16_660.0)).expect("a comparison");
        near(fay.ratio, 0.20709, 5);
        near(fay.interval.0, 0.021_774, 6);
        near(fay.interval.1, 1.000_549, 6);
        near(fay.p, 0.050_106, 6);
        near(fay.p_min_likelihood, 0.033_094, 6);
    }

    #[test]
    fn without_events_nothing_is_compared() {
        assert_eq!(compare(rate(0, 1.0), rate(0, 1.0)), None);
        assert_eq!(compare(rate(1, 0.0), rate(1, 1.0)), None);
        let none_before = compare(rate(6, 1.0), rate(0, 1.0)).expect("a comparison");
        assert!(none_before.interval.1.is_infinite() && none_before.interval.0 > 1.0 && none_before.p < 0.05);
        // Six in all is the fewest that can tell.
        assert!(compare(rate(5, 1.0), rate(0, 1.0)).expect("a comparison").p > 0.05);
    }

    proptest! {
        #[test]
        fn exchanged_rates_give_the_inverse(x in 0_usize..60, y in 1_usize..60, t in 0.1_f64..500.0, u in 0.1_f64..500.0) {
            let (one, other) = (compare(rate(x, t), rate(y, u)), compare(rate(y, u), rate(x, t)));
            let (one, other) = (one.expect("events"), other.expect("events"));
            prop_assert!((one.p - other.p).abs() < 1e-6);
            prop_assert!(one.interval.0 <= one.ratio * (1.0 + 1e-9) && one.ratio <= one.interval.1 * (1.0 + 1e-9));
            if x > 0 {
                prop_assert!((one.ratio * other.ratio - 1.0).abs() < 1e-9);
                prop_assert!((one.interval.0 * other.interval.1 - 1.0).abs() < 1e-6);
            }
            prop_assert_eq!(one.p < 0.05 - 1e-9, one.interval.0 > 1.0 + 1e-9 || one.interval.1 < 1.0 - 1e-9);
        }
    }
}
