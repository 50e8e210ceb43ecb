//! Many tests at once: how many of those that are called findings may be none.

use super::real;

/// The q-values of Benjamini and Hochberg, in the order of the p-values: calling all with q ≤ 0.10 findings makes at
/// most a tenth of them wrong on average, for independent or positively dependent tests.
///
/// Benjamini and Hochberg, JRSS B 57 (1995) 289–300.
#[must_use]
pub fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|a, b| p[*b].total_cmp(&p[*a]));
    let mut q = vec![1.0; p.len()];
    let mut least = 1.0_f64;
    for (at, index) in order.into_iter().enumerate() {
        let rank = p.len() - at;
        least = least.min(p[index] * (real(p.len()) / real(rank)));
        q[index] = least;
    }
    q
}

/// What a digest accepts.
pub const LEVEL: f64 = 0.10;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::near;
    use proptest::prelude::*;

    /// The fifteen p-values of the authors' example; q as R's `p.adjust(method = "BH")` gives them.
    #[test]
    fn as_published() {
        let p = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
            0.7590, 1.0,
        ];
        let q = benjamini_hochberg(&p);
        for (found, wanted) in q.iter().zip([0.0015, 0.003, 0.0095, 0.035_625, 0.0603, 0.063_857]) {
            near(*found, wanted, 6);
        }
        assert_eq!(q.iter().filter(|q| **q <= 0.05).count(), 4, "the authors reject four");
    }

    proptest! {
        #[test]
        fn order_is_kept_and_nothing_becomes_surer(p in prop::collection::vec(0.0_f64..=1.0, 0..40)) {
            let q = benjamini_hochberg(&p);
            for (a, qa) in p.iter().zip(&q) {
                prop_assert!(qa >= a && *qa <= 1.0);
                for (b, qb) in p.iter().zip(&q) {
                    prop_assert!(a > b || qa <= qb);
                }
            }
        }
    }
}
