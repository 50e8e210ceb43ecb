//! Shares: k of n.

use super::{normal_quantile, real};

/// Wilson's interval of a share: the values p for which |k/n − p| ≤ z·√(p(1−p)/n). Stays within 0 and 1, and is
/// usable for any n from one on.
///
/// Wilson, JASA 22 (1927) 209–212. `None` for n = 0 or k > n.
#[must_use]
pub fn wilson(k: usize, all: usize, confidence: f64) -> Option<(f64, f64)> {
    if all == 0 || k > all || !(confidence > 0.0 && confidence < 1.0) {
        return None;
    }
    let z = normal_quantile(0.5 + confidence / 2.0);
    let (n, share) = (real(all), real(k) / real(all));
    let middle = (share + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let half = z / (1.0 + z * z / n) * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    let low = if k == 0 { 0.0 } else { middle - half };
    Some((low, if k == all { 1.0 } else { middle + half }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::near;

    /// Newcombe, Statistics in Medicine 17 (1998) 857–872, table I, method 3.
    #[test]
    fn as_published() {
        for (k, n, low, high) in
            [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
        {
            let found = wilson(k, n, 0.95).expect("an interval");
            near(found.0, low, 4);
            near(found.1, high, 4);
        }
    }

    #[test]
    fn shares_stay_shares() {
        assert_eq!(wilson(0, 0, 0.95), None);
        assert_eq!(wilson(2, 1, 0.95), None);
        for n in 1..40 {
            for k in 0..=n {
                let (low, high) = wilson(k, n, 0.95).expect("an interval");
                let share = real(k) / real(n);
                assert!((0.0..=1.0).contains(&low) && low <= share + 1e-12 && share <= high + 1e-12 && high <= 1.0);
            }
        }
    }
}
