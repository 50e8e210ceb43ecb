//! Quantiles of small samples, and the exact interval of a median.

/// The quantile of sorted values by Hyndman and Fan's type 7 (linear between order statistics; what R does by default).
///
/// `None` for no values. The unit is that of the values.
#[must_use]
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sample sizes and seconds are far below 2^53"
)]
pub fn type7(sorted: &[i64], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let place = last as f64 * share.clamp(0.0, 1.0);
    let below = place.floor() as usize;
    let (low, high) = (sorted[below] as f64, sorted[(below + 1).min(last)] as f64);
    Some(low + (high - low) * (place - below as f64))
}

/// The order-statistic interval of a median with a coverage of at least 95 %: (x₍k₎, x₍n+1−k₎) for the largest k
/// with 1 − 2·P(Bin(n, ½) ≤ k − 1) ≥ 0.95. Exact and free of assumptions; `None` for fewer than six values.
#[must_use]
pub fn median_interval(sorted: &[i64]) -> Option<(i64, i64)> {
    let k = median_interval_rank(sorted.len())?;
    Some((sorted[k - 1], sorted[sorted.len() - k]))
}

/// The rank k (from 1) of [`median_interval`] for n values.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "sample sizes are far below 2^53")]
pub fn median_interval_rank(n: usize) -> Option<usize> {
    let mut log_term = -(n as f64) * std::f64::consts::LN_2;
    let mut below = 0.0;
    let mut best = None;
    for k in 1..=n / 2 {
        below += log_term.exp();
        if 1.0 - 2.0 * below < 0.95 {
            break;
        }
        best = Some(k);
        log_term += ((n - k + 1) as f64 / k as f64).ln();
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_values() {
        let ten: Vec<i64> = (1..=10).collect();
        assert_eq!(type7(&ten, 0.9), Some(9.1));
        assert_eq!(type7(&[], 0.5), None);
        let ranks = [(5, None), (6, Some(1)), (8, Some(1)), (10, Some(2)), (15, Some(4)), (20, Some(6)), (25, Some(8))];
        for (n, rank) in ranks {
            assert_eq!(median_interval_rank(n), rank, "n = {n}");
        }
    }
}
