//! An interval for a statistic that has no formula of its own, by resampling with a fixed generator.

use super::{normal_cdf, normal_quantile, real};

/// Resamples: odd, so that no order statistic lies between two of them.
pub const RESAMPLES: usize = 9_999;
/// Fewer values have no interval.
pub const FEWEST: usize = 10;

/// The bias-corrected and accelerated interval of a statistic, from [`RESAMPLES`] resamples:
/// z₀ = Φ⁻¹(#{θ* < θ̂}/B), a = Σ(θ̄ − θ₍ᵢ₎)³ / 6(Σ(θ̄ − θ₍ᵢ₎)²)^1.5 from leaving out one value at a time, and
/// αₖ = Φ(z₀ + (z₀ + zₖ)/(1 − a(z₀ + zₖ))).
///
/// Efron, JASA 82 (1987) 171–185. `None` for fewer than [`FEWEST`] values, and where the statistic never varies. Not for
/// the median of few values: [`super::quantile::median_interval`] is exact.
#[must_use]
pub fn bca(values: &[f64], statistic: &dyn Fn(&[f64]) -> f64, confidence: f64, seed: u64) -> Option<(f64, f64)> {
    if values.len() < FEWEST || !(confidence > 0.0 && confidence < 1.0) {
        return None;
    }
    let estimate = statistic(values);
    let mut generator = Generator(seed);
    let mut resample = vec![0.0; values.len()];
    let mut found: Vec<f64> = Vec::with_capacity(RESAMPLES);
    for _ in 0..RESAMPLES {
        resample.fill_with(|| values[generator.below(values.len())]);
        found.push(statistic(&resample));
    }
    found.sort_by(f64::total_cmp);
    // A tie with the estimate counts half, or a statistic with few values would have no bias to correct.
    let below = found.partition_point(|value| *value < estimate);
    let through = found.partition_point(|value| *value <= estimate);
    let share = f64::midpoint(real(below), real(through)) / real(RESAMPLES);
    if !estimate.is_finite() || share <= 0.0 || share >= 1.0 || found[0] >= found[RESAMPLES - 1] {
        return None;
    }
    let bias = normal_quantile(share);
    let acceleration = acceleration(values, statistic);
    let end = |p: f64| {
        let z = bias + normal_quantile(p);
        let level = normal_cdf(bias + z / (1.0 - acceleration * z));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rank within the resamples")]
        let rank = (level * real(RESAMPLES + 1)).round().clamp(1.0, real(RESAMPLES)) as usize;
        found[rank - 1]
    };
    let tail = (1.0 - confidence) / 2.0;
    Some((end(tail), end(1.0 - tail)))
}

fn acceleration(values: &[f64], statistic: &dyn Fn(&[f64]) -> f64) -> f64 {
    let without = |at: usize| {
        let rest: Vec<f64> = values[..at].iter().chain(&values[at + 1..]).copied().collect();
        statistic(&rest)
    };
    let left: Vec<f64> = (0..values.len()).map(without).collect();
    let mean = left.iter().sum::<f64>() / real(left.len());
    let power = |n: i32| left.iter().map(|value| (mean - value).powi(n)).sum::<f64>();
    let squares = power(2);
    if squares > 0.0 { power(3) / (6.0 * squares.powf(1.5)) } else { 0.0 }
}

/// `SplitMix64` (Steele, Lea and Flood, OOPSLA 2014): one word of state, the same numbers on every machine.
#[derive(Clone, Copy, Debug)]
pub struct Generator(pub u64);

impl Generator {
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 up to a bound above zero, which is left out; the high half of a product, without a detectable bias for
    /// bounds of the size of samples.
    pub const fn below(&mut self, bound: usize) -> usize {
        #[expect(clippy::cast_possible_truncation, reason = "the high half of a product is below the bound")]
        let index = ((self.next() as u128 * bound as u128) >> 64) as usize;
        index
    }

    /// From 0 up to 1, which is left out.
    #[expect(clippy::cast_precision_loss, reason = "53 bits")]
    pub const fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean(values: &[f64]) -> f64 {
        values.iter().sum::<f64>() / real(values.len())
    }

    /// The reference implementation's first numbers for the seed 1234567.
    #[test]
    fn the_generator_is_the_published_one() {
        let mut generator = Generator(1_234_567);
        let first: Vec<u64> = (0..3).map(|_| generator.next()).collect();
        assert_eq!(first, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
        assert!((0..1000).all(|_| generator.below(7) < 7 && generator.unit() < 1.0));
    }

    #[test]
    fn the_same_seed_gives_the_same_interval_around_the_mean() {
        let values: Vec<f64> = (1..=30).map(|n| f64::from(n * n % 31)).collect();
        let interval = bca(&values, &mean, 0.95, 7);
        assert_eq!(interval, bca(&values, &mean, 0.95, 7));
        let (low, high) = interval.expect("an interval");
        // That of the normal distribution, about: mean ± 1.96 s/√n.
        let (middle, n) = (mean(&values), real(values.len()));
        let spread = (values.iter().map(|value| (value - middle).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
        let half = 1.96 * spread / n.sqrt();
        assert!((low - (middle - half)).abs() < 0.35 && (high - (middle + half)).abs() < 0.35, "{low} {high}");
        let wider = bca(&values, &mean, 0.99, 7).expect("an interval");
        assert!(wider.0 < low && high < wider.1);
    }

    #[test]
    fn without_variation_there_is_no_interval() {
        assert_eq!(bca(&[1.0; 20], &mean, 0.95, 1), None);
        assert_eq!(bca(&[1.0, 2.0, 3.0], &mean, 0.95, 1), None);
    }

    /// Of 300 samples of 40 exponential values, the interval of the mean holds the true one in about 95 %.
    #[test]
    fn it_covers_what_it_says() {
        let mut generator = Generator(99);
        let covered = (0..300_u64).filter(|seed| {
            let values: Vec<f64> = (0..40).map(|_| -(1.0 - generator.unit()).ln()).collect();
            bca(&values, &mean, 0.95, *seed).is_some_and(|(low, high)| low <= 1.0 && 1.0 <= high)
        });
        let share = real(covered.count()) / 300.0;
        assert!((0.89..=0.98).contains(&share), "{share}");
    }
}
