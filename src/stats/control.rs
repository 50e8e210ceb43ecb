//! Control charts: within which limits counts and values stay when only chance moves them.
//!
//! Montgomery, Introduction to Statistical Quality Control; NIST/SEMATECH e-Handbook, 6.3.

use super::real;

/// Points for which limits are drawn; twenty are better.
pub const FEWEST: usize = 12;
/// So many in a row on one side of the middle are a signal.
pub const RUN: usize = 8;
/// The mean moving range of two values from a normal distribution, in standard deviations.
const D2: f64 = 1.128;
/// Factor from the mean moving range to the upper limit of moving ranges.
const D4: f64 = 3.268;

/// The middle, and for each point its limits.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    pub center: f64,
    /// Lower and upper, one pair per point.
    pub limits: Vec<(f64, f64)>,
}

impl Chart {
    /// The places of points beyond a limit, and of points that complete or continue a run of [`RUN`] on one side of the
    /// middle.
    #[must_use]
    pub fn signals(&self, points: &[f64]) -> Vec<usize> {
        let (mut side, mut run) = (0_i8, 0_usize);
        let mut found = Vec::new();
        for (at, (point, (low, high))) in points.iter().zip(&self.limits).enumerate() {
            let now = if *point > self.center {
                1
            } else if *point < self.center {
                -1
            } else {
                0
            };
            run = if now != 0 && now == side { run + 1 } else { usize::from(now != 0) };
            side = now;
            if point < low || point > high || run >= RUN {
                found.push(at);
            }
        }
        found
    }
}

/// Limits of single values and of the steps between them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Individuals {
    pub mean: f64,
    /// The mean of the absolute steps from one value to the next.
    pub moving_range: f64,
    /// mean ± 3·moving range/1.128
    pub limits: (f64, f64),
    /// 3.268·moving range: a larger step is a signal.
    pub range_limit: f64,
}

/// The `XmR` chart of values in the order of time. `None` for fewer than two.
#[must_use]
pub fn xmr(values: &[f64]) -> Option<Individuals> {
    if values.len() < 2 || values.iter().any(|value| !value.is_finite()) {
        return None;
    }
    let mean = values.iter().sum::<f64>() / real(values.len());
    let moving_range = mean_step(values)?;
    let half = 3.0 * moving_range / D2;
    Some(Individuals { mean, moving_range, limits: (mean - half, mean + half), range_limit: D4 * moving_range })
}

fn mean_step(values: &[f64]) -> Option<f64> {
    let steps = values.windows(2).map(|pair| (pair[1] - pair[0]).abs());
    (values.len() > 1).then(|| steps.sum::<f64>() / real(values.len() - 1))
}

/// Counts over equal periods: c̄ ± 3√c̄, not below zero.
#[must_use]
pub fn c(counts: &[usize]) -> Option<Chart> {
    u(&counts.iter().map(|count| (*count, 1.0)).collect::<Vec<_>>())
}

/// Events and exposure of each period: ū ± 3√(ū/nᵢ), not below zero, in events per unit of exposure.
#[must_use]
pub fn u(periods: &[(usize, f64)]) -> Option<Chart> {
    u_widened(periods, 1.0)
}

/// Laney's u′ chart: limits widened by the spread of z = (uᵢ − ū)/√(ū/nᵢ) from one period to the next, for counts that
/// cluster more than chance alone would.
///
/// Laney, Quality Engineering 14 (2002) 531–537.
#[must_use]
pub fn u_laney(periods: &[(usize, f64)]) -> Option<Chart> {
    let center = u(periods)?.center;
    if center <= 0.0 {
        return None;
    }
    let z = periods.iter().map(|(count, exposure)| (real(*count) / exposure - center) / (center / exposure).sqrt());
    u_widened(periods, mean_step(&z.collect::<Vec<_>>())? / D2)
}

fn u_widened(periods: &[(usize, f64)], sigma: f64) -> Option<Chart> {
    let exposure: f64 = periods.iter().map(|(_, exposure)| exposure).sum();
    if periods.iter().any(|(_, exposure)| *exposure <= 0.0) || exposure <= 0.0 || !exposure.is_finite() {
        return None;
    }
    let center = real(periods.iter().map(|(count, _)| count).sum()) / exposure;
    let limits = periods.iter().map(|(_, exposure)| {
        let half = 3.0 * (center / exposure).sqrt() * sigma;
        ((center - half).max(0.0), center + half)
    });
    Some(Chart { center, limits: limits.collect() })
}

/// Whole numbers between rare events, such as days: ḡ ± 3√(ḡ(ḡ+1)), not below zero (Kaminsky and others, Journal of
/// Quality Technology 24 (1992) 63–69, for counts from zero).
#[must_use]
pub fn g(between: &[usize]) -> Option<Chart> {
    if between.is_empty() {
        return None;
    }
    let center = real(between.iter().sum()) / real(between.len());
    let half = 3.0 * (center * (center + 1.0)).sqrt();
    Some(Chart { center, limits: vec![((center - half).max(0.0), center + half); between.len()] })
}

/// Time between rare events: an `XmR` chart of y = t^(1/3.6), its middle and limits turned back into times (Nelson,
/// Journal of Quality Technology 26 (1994) 239–241).
#[must_use]
pub fn t(times: &[f64]) -> Option<Chart> {
    const POWER: f64 = 3.6;
    if times.iter().any(|time| *time < 0.0) {
        return None;
    }
    let roots: Vec<f64> = times.iter().map(|time| time.powf(1.0 / POWER)).collect();
    let Individuals { mean, limits: (low, high), .. } = xmr(&roots)?;
    let back = |root: f64| root.max(0.0).powf(POWER);
    Some(Chart { center: back(mean), limits: vec![(back(low), back(high)); times.len()] })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::near;

    /// NIST/SEMATECH e-Handbook, 6.3.2.2.
    #[test]
    fn xmr_as_published() {
        let values = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1];
        let found = xmr(&values).expect("a chart");
        near(found.mean, 50.81, 6);
        near(found.moving_range, 1.8778, 4);
        near(found.limits.1, 55.8041, 4);
        near(found.limits.0, 45.8159, 4);
        assert_eq!(xmr(&[1.0]), None);
    }

    /// Montgomery, 6th edition, example 7.3: nonconformities in 26 samples of 100 printed circuit boards.
    #[test]
    fn c_as_published() {
        let counts =
            [21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16, 19, 10, 17, 13, 22, 18, 39, 30, 24, 16, 19, 17, 15];
        let chart = c(&counts).expect("a chart");
        near(chart.center, 19.85, 2);
        near(chart.limits[0].1, 33.21, 1);
        near(chart.limits[0].0, 6.48, 1);
        let points: Vec<f64> = counts.iter().map(|count| real(*count)).collect();
        // Samples 6 and 20 lie beyond the limits, as in the book.
        assert_eq!(chart.signals(&points), [5, 19]);
    }

    /// Montgomery, 6th edition, example 7.5: dyed cloth, ū = 1.42 per inspection unit.
    #[test]
    fn u_as_published() {
        let rolls = [
            (14, 10.0),
            (12, 8.0),
            (20, 13.0),
            (11, 10.0),
            (7, 9.5),
            (10, 10.0),
            (21, 12.0),
            (16, 10.5),
            (19, 12.0),
            (23, 12.5),
        ];
        let chart = u(&rolls).expect("a chart");
        near(chart.center, 1.42, 2);
        // The book computes limits from the rounded middle.
        near(chart.limits[0].1, 2.55, 1);
        near(chart.limits[0].0, 0.29, 1);
        near(chart.limits[1].1, 2.68, 1);
        assert_eq!(u(&[(1, 0.0)]), None);
    }

    #[test]
    fn laney_is_u_where_chance_is_all_and_wider_where_counts_cluster() {
        let clustered: Vec<(usize, f64)> = (0..20).map(|n| (if n % 5 == 0 { 300 } else { 100 }, 10.0)).collect();
        let (plain, widened) = (u(&clustered).expect("a chart"), u_laney(&clustered).expect("a chart"));
        near(plain.center, widened.center, 9);
        assert!(widened.limits[0].1 > plain.limits[0].1 + 5.0);
        assert_eq!(u_laney(&[(0, 1.0), (0, 1.0)]), None);
    }

    #[test]
    fn rare_events() {
        let chart = g(&[10, 20, 30]).expect("a chart");
        near(chart.center, 20.0, 9);
        near(chart.limits[0].1, 20.0 + 3.0 * 420.0_f64.sqrt(), 9);
        near(chart.limits[0].0, 0.0, 9);
        let chart = t(&[8.0, 8.0, 8.0]).expect("a chart");
        near(chart.center, 8.0, 9);
        near(chart.limits[0].1, 8.0, 9);
        assert_eq!(t(&[-1.0, 2.0]), None);
    }

    #[test]
    fn eight_on_one_side_are_a_signal() {
        let chart = Chart { center: 5.0, limits: vec![(0.0, 10.0); 12] };
        let mut points = vec![6.0; 8];
        points.extend([4.0, 5.0, 6.0, 11.0]);
        assert_eq!(chart.signals(&points), [7, 11]);
        assert_eq!(chart.signals(&[5.0; 12]), Vec::<usize>::new());
    }
}
