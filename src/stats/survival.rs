//! How long things stay open, where some still are.

use super::{CONFIDENCE, normal_quantile, real};
use statrs::distribution::{ChiSquared, ContinuousCDF};

/// Fewer events have no curve.
pub const FEWEST: usize = 5;

/// A time at which something ended, or until which it was open when last looked at (censored).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observed {
    pub time: f64,
    pub ended: bool,
}

/// The curve after a time at which something ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    pub time: f64,
    /// Open until just before.
    pub at_risk: usize,
    pub ended: usize,
    /// The share that stays open longer.
    pub open: f64,
    /// Greenwood's standard error of it.
    pub error: f64,
    /// At [`CONFIDENCE`], on the scale of log(−log S), which stays within 0 and 1; `None` where all or none ended.
    pub interval: Option<(f64, f64)>,
}

/// The estimate of Kaplan and Meier: S(t) = Π(1 − dᵢ/nᵢ). What ends comes before what is censored at the same time.
///
/// Kaplan and Meier, JASA 53 (1958) 457–481; Kalbfleisch and Prentice for the interval.
#[must_use]
pub fn kaplan_meier(observed: &[Observed]) -> Vec<Point> {
    let z = normal_quantile(0.5 + CONFIDENCE / 2.0);
    let (mut open, mut greenwood) = (1.0_f64, 0.0_f64);
    let mut points = Vec::new();
    for (time, at_risk, ended) in steps(observed) {
        let (n, d) = (real(at_risk), real(ended));
        open *= 1.0 - d / n;
        greenwood += if at_risk > ended { d / (n * (n - d)) } else { f64::INFINITY };
        let (error, interval) = if open > 0.0 {
            let half = z * greenwood.sqrt() / open.ln().abs();
            (open * greenwood.sqrt(), Some((open.powf(half.exp()), open.powf((-half).exp()))))
        } else {
            (0.0, None)
        };
        points.push(Point { time, at_risk, ended, open, error, interval });
    }
    points
}

/// Times of events, how many were at risk, how many events: in the order of time.
fn steps(observed: &[Observed]) -> Vec<(f64, usize, usize)> {
    let mut sorted: Vec<Observed> = observed.iter().filter(|one| one.time.is_finite()).copied().collect();
    sorted.sort_by(|a, b| a.time.total_cmp(&b.time));
    let mut left = sorted.len();
    let mut steps = Vec::new();
    for tied in sorted.chunk_by(|a, b| a.time.total_cmp(&b.time).is_eq()) {
        let ended = tied.iter().filter(|one| one.ended).count();
        if ended > 0 {
            steps.push((tied[0].time, left, ended));
        }
        left -= tied.len();
    }
    steps
}

/// The first time after which at most half are open, with the interval in which the curve's limits cross a half; each
/// end `None` where they do not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Median {
    pub time: f64,
    pub low: Option<f64>,
    pub high: Option<f64>,
}

/// A share is a product of rounded factors: (n−1)/n·(n−2)/(n−1)·… of thirty may end a little above a half.
const HALF: f64 = 0.5 + 1e-9;

/// `None` while more than half are open.
#[must_use]
pub fn median(points: &[Point]) -> Option<Median> {
    let first = |fits: &dyn Fn(&Point) -> bool| points.iter().find(|point| fits(point)).map(|point| point.time);
    Some(Median {
        time: first(&|point| point.open <= HALF)?,
        low: first(&|point| point.interval.is_some_and(|(low, _)| low <= HALF)),
        high: first(&|point| point.interval.is_some_and(|(_, high)| high <= HALF)),
    })
}

/// A time with one of several ways to end; `None` is censored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome<K> {
    pub time: i64,
    pub cause: Option<K>,
}

/// The shares that ended each way until each time at which something ended, in the order of `causes`: the estimate of
/// Aalen and Johansen, `F_k(t) = Σ S(tᵢ−)·dₖᵢ/nᵢ`. They and the share that is open add up to one.
///
/// Aalen and Johansen, Scandinavian Journal of Statistics 5 (1978) 141–150.
#[must_use]
pub fn aalen_johansen<K: Copy + PartialEq>(observed: &[Outcome<K>], causes: &[K]) -> Vec<(i64, Vec<f64>)> {
    let mut sorted = observed.to_vec();
    sorted.sort_by_key(|one| one.time);
    let (mut left, mut open) = (sorted.len(), 1.0);
    let mut shares = vec![0.0; causes.len()];
    let mut curve = Vec::new();
    for tied in sorted.chunk_by(|a, b| a.time == b.time) {
        let n = real(left);
        let ended = tied.iter().filter(|one| one.cause.is_some()).count();
        for (share, cause) in shares.iter_mut().zip(causes) {
            let this = tied.iter().filter(|one| one.cause == Some(*cause)).count();
            *share += open * real(this) / n;
        }
        open *= 1.0 - real(ended) / n;
        if ended > 0 {
            curve.push((tied[0].time, shares.clone()));
        }
        left -= tied.len();
    }
    curve
}

/// Whether two groups end at the same pace.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogRank {
    pub chi_square: f64,
    pub p: f64,
}

/// The log-rank test of two groups, with the hypergeometric variance (Mantel, Cancer Chemotherapy Reports 50 (1966)
/// 163–170). `None` where it has no variance.
#[must_use]
pub fn log_rank(a: &[Observed], b: &[Observed]) -> Option<LogRank> {
    let both: Vec<Observed> = a.iter().chain(b).copied().collect();
    let at_risk = |group: &[Observed], time: f64| group.iter().filter(|one| one.time >= time).count();
    let ended = |group: &[Observed], time: f64| {
        group.iter().filter(|one| one.ended && one.time.total_cmp(&time).is_eq()).count()
    };
    let (mut difference, mut variance) = (0.0, 0.0);
    for (time, n, d) in steps(&both) {
        let (n, d, ours) = (real(n), real(d), real(at_risk(a, time)));
        difference += real(ended(a, time)) - d * ours / n;
        if n > 1.0 {
            variance += d * (ours / n) * (1.0 - ours / n) * (n - d) / (n - 1.0);
        }
    }
    if variance <= 0.0 {
        return None;
    }
    let chi_square = difference * difference / variance;
    Some(LogRank { chi_square, p: ChiSquared::new(1.0).ok()?.sf(chi_square) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::near;
    use proptest::prelude::*;

    const fn at(time: f64, ended: bool) -> Observed {
        Observed { time, ended }
    }

    /// Freireich and others, Blood 21 (1963) 699–716: weeks in remission under 6-MP; a minus is censored.
    fn treated() -> Vec<Observed> {
        let weeks = [6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35];
        weeks.iter().map(|week: &i32| at(f64::from(week.abs()), *week > 0)).collect()
    }

    fn placebo() -> Vec<Observed> {
        let weeks = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23];
        weeks.iter().map(|week| at(f64::from(*week), true)).collect()
    }

    #[test]
    fn the_curve_is_the_published_one() {
        let points = kaplan_meier(&treated());
        let wanted = [
            (6.0, 0.8571, 0.0764),
            (7.0, 0.8067, 0.0869),
            (10.0, 0.7529, 0.0963),
            (13.0, 0.6902, 0.1068),
            (16.0, 0.6275, 0.1141),
            (22.0, 0.5378, 0.1282),
            (23.0, 0.4482, 0.1346),
        ];
        assert_eq!(points.len(), wanted.len());
        for (point, (time, open, error)) in points.iter().zip(wanted) {
            near(point.time, time, 9);
            near(point.open, open, 4);
            near(point.error, error, 4);
        }
        // R's survfit with conf.type = "log-log".
        let (low, high) = points[0].interval.expect("an interval");
        near(low, 0.6197, 3);
        near(high, 0.9516, 3);
        let median = median(&points).expect("a median");
        assert_eq!((median.time, median.low, median.high), (23.0, Some(13.0), None));
    }

    /// R, `survdiff`: χ² = 16.8 on 1 degree of freedom, p = 4e−05.
    #[test]
    fn the_groups_differ_as_published() {
        let found = log_rank(&treated(), &placebo()).expect("a test");
        near(found.chi_square, 16.79, 2);
        near(found.p, 4.17e-5, 7);
        assert_eq!(log_rank(&treated(), &[]), None);
    }

    #[test]
    fn all_ended_and_none() {
        let all = kaplan_meier(&placebo());
        assert!(all.last().is_some_and(|point| point.open.abs() < 1e-12 && point.interval.is_none()));
        near(median(&all).expect("a median").time, 8.0, 9);
        assert_eq!(kaplan_meier(&[at(3.0, false)]), []);
        assert_eq!(median(&[]), None);
    }

    #[test]
    fn competing_ends_share_what_is_not_open() {
        let one = |time, cause| Outcome { time, cause };
        let observed = [one(1, Some('d')), one(2, Some('x')), one(2, None), one(3, Some('d')), one(4, None)];
        let curve = aalen_johansen(&observed, &['d', 'x']);
        // By hand: 1/5; then 4/5·1/4; then 4/5·3/4·1/2.
        near(curve[0].1[0], 0.2, 12);
        near(curve[1].1[1], 0.2, 12);
        near(curve[2].1[0], 0.2 + 0.3, 12);
    }

    proptest! {
        #[test]
        fn curves_fall_and_causes_add_up(times in prop::collection::vec((0_i64..40, 0_u8..3), 1..50)) {
            let observed: Vec<Observed> =
                times.iter().map(|(time, kind)| at(f64::from(i32::try_from(*time).unwrap_or(0)), *kind > 0)).collect();
            let points = kaplan_meier(&observed);
            let mut before = 1.0;
            for point in &points {
                prop_assert!(point.open <= before && point.open >= -1e-12);
                if let Some((low, high)) = point.interval {
                    prop_assert!(low <= point.open + 1e-12 && point.open <= high + 1e-12);
                }
                before = point.open;
            }
            let outcomes: Vec<Outcome<u8>> =
                times.iter().map(|(time, kind)| Outcome { time: *time, cause: (*kind > 0).then_some(*kind) }).collect();
            for (point, (_, shares)) in points.iter().zip(aalen_johansen(&outcomes, &[1, 2])) {
                prop_assert!((point.open + shares.iter().sum::<f64>() - 1.0).abs() < 1e-9);
            }
        }
    }
}
