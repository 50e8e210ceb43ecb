//! Whether events come faster or slower in the course of time, and whether they come in clusters.

use super::{normal_cdf, real};
use statrs::distribution::{ChiSquared, ContinuousCDF};

/// Fewer events tell no trend.
pub const FEWEST: usize = 5;

/// A test of a trend in exact times.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trend {
    /// Positive where events come faster.
    pub statistic: f64,
    /// Two-sided.
    pub p: f64,
}

/// Laplace's test of times since the beginning of an observation of length T:
/// U = (Σtᵢ/n − T/2) / (T·√(1/12n)), standard normal where the rate is constant.
///
/// Cox and Lewis, The Statistical Analysis of Series of Events (1966); NIST/SEMATECH e-Handbook, 8.2.3.4. `None` for
/// fewer than [`FEWEST`] events or times outside of the observation.
#[must_use]
pub fn laplace(times: &[f64], length: f64) -> Option<Trend> {
    let n = usable(times, length)?;
    let mean = times.iter().sum::<f64>() / n;
    let statistic = (mean - length / 2.0) / (length * (1.0 / (12.0 * n)).sqrt());
    Some(Trend { statistic, p: 2.0 * normal_cdf(-statistic.abs()) })
}

/// The test of MIL-HDBK-189 against a power law: 2·Σln(T/tᵢ) is χ² with 2n degrees of freedom where the rate is
/// constant; larger values mean that events come slower. `statistic` is that sum.
#[must_use]
pub fn military_handbook(times: &[f64], length: f64) -> Option<Trend> {
    let n = usable(times, length)?;
    if times.iter().any(|time| *time <= 0.0) {
        return None;
    }
    let statistic = 2.0 * times.iter().map(|time| (length / time).ln()).sum::<f64>();
    let chi = ChiSquared::new(2.0 * n).ok()?;
    Some(Trend { statistic, p: (2.0 * chi.cdf(statistic).min(chi.sf(statistic))).min(1.0) })
}

fn usable(times: &[f64], length: f64) -> Option<f64> {
    let within = times.iter().all(|time| (0.0..=length).contains(time));
    (times.len() >= FEWEST && length > 0.0 && length.is_finite() && within).then(|| real(times.len()))
}

/// Whether counts of equal periods vary more than chance alone would have it: (n−1)·s²/x̄ against χ² with n−1 degrees of
/// freedom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dispersion {
    /// Variance over mean: 1 for chance alone.
    pub index: f64,
    /// One-sided: that they vary more.
    pub p: f64,
}

/// Fisher's test of dispersion (Statistical Methods for Research Workers, 1925). `None` for fewer than two periods or
/// no events.
#[must_use]
pub fn dispersion(counts: &[usize]) -> Option<Dispersion> {
    if counts.len() < 2 {
        return None;
    }
    let n = real(counts.len());
    let mean = real(counts.iter().sum()) / n;
    if mean <= 0.0 {
        return None;
    }
    let squares: f64 = counts.iter().map(|count| (real(*count) - mean).powi(2)).sum();
    let chi = ChiSquared::new(n - 1.0).ok()?;
    Some(Dispersion { index: squares / (n - 1.0) / mean, p: chi.sf(squares / mean) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::near;

    /// Repair times of the NIST/SEMATECH e-Handbook, 8.2.3.4, of a test that ended at 1,500 hours; computed by hand.
    #[test]
    fn repairs_that_come_slower() {
        let hours = [5.0, 40.0, 43.0, 175.0, 389.0, 712.0, 747.0, 795.0, 1299.0, 1478.0];
        let military = military_handbook(&hours, 1500.0).expect("a test");
        near(military.statistic, 37.2281, 4);
        let laplace = laplace(&hours, 1500.0).expect("a test");
        near(laplace.statistic, -1.3269, 4);
    }

    #[test]
    fn even_times_have_no_trend() {
        let even: Vec<f64> = (1..=9).map(|n| f64::from(n) * 10.0).collect();
        near(laplace(&even, 100.0).expect("a test").statistic, 0.0, 9);
        assert_eq!(laplace(&even[..4], 100.0), None);
        assert_eq!(laplace(&even, 50.0), None);
        assert_eq!(military_handbook(&[0.0, 1.0, 2.0, 3.0, 4.0], 9.0), None);
    }

    #[test]
    fn clusters_are_told_from_chance() {
        let even = dispersion(&[4, 4, 4, 4]).expect("a test");
        near(even.index, 0.0, 9);
        near(even.p, 1.0, 9);
        let clustered = dispersion(&[0, 0, 20, 0, 0, 0, 18, 0]).expect("a test");
        assert!(clustered.index > 10.0 && clustered.p < 1e-6);
        assert_eq!(dispersion(&[0, 0]), None);
    }
}
