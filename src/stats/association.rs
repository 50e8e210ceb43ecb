//! Things that occur together: support, confidence and lift. What they show is a hypothesis, never a cause.

use super::{real, table};

/// Of n transactions, some hold A, some B, some both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    pub all: usize,
    pub a: usize,
    pub b: usize,
    pub both: usize,
}

/// Fewer together are not told.
pub const FEWEST: usize = 3;
/// Less lift is not told.
pub const LEAST_LIFT: f64 = 1.2;

impl Counts {
    /// n(AB)/N
    #[must_use]
    pub fn support(self) -> Option<f64> {
        (self.all > 0).then(|| real(self.both) / real(self.all))
    }

    /// n(AB)/n(A): of those with A, the share that has B.
    #[must_use]
    pub fn confidence(self) -> Option<f64> {
        (self.a > 0).then(|| real(self.both) / real(self.a))
    }

    /// N·n(AB)/(n(A)·n(B)): how many times as often as if they were independent.
    #[must_use]
    pub fn lift(self) -> Option<f64> {
        (self.a > 0 && self.b > 0).then(|| real(self.all) * real(self.both) / (real(self.a) * real(self.b)))
    }

    /// Fisher's exact p that they occur together more often, one-sided; `None` where a margin is zero or counts
    /// contradict each other.
    #[must_use]
    pub fn p(self) -> Option<f64> {
        let (first, second) = (self.a.checked_sub(self.both)?, self.b.checked_sub(self.both)?);
        let neither = self.all.checked_sub(self.both + first + second)?;
        Some(table::fisher(self.both, first, second, neither)?.greater)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::near;

    /// Tan, Steinbach and Kumar, Introduction to Data Mining: {Milk, Diaper} → Beer in five baskets.
    #[test]
    fn as_published() {
        let counts = Counts { all: 5, a: 3, b: 3, both: 2 };
        near(counts.support().expect("some"), 0.4, 9);
        near(counts.confidence().expect("some"), 0.6667, 4);
        near(counts.lift().expect("some"), 1.1111, 4);
        let none = Counts { all: 0, a: 0, b: 0, both: 0 };
        assert_eq!((none.support(), none.confidence(), none.lift(), none.p()), (None, None, None, None));
        assert_eq!(Counts { all: 3, a: 1, b: 1, both: 2 }.p(), None);
    }

    /// 242 reports: automation 101, configuration change 111, both 73; lift 1.576, p 1.9e−12.
    #[test]
    fn a_strong_pair() {
        let counts = Counts { all: 242, a: 101, b: 111, both: 73 };
        near(counts.lift().expect("some"), 1.576, 3);
        let p = counts.p().expect("a test");
        assert!((1.8e-12..2.0e-12).contains(&p), "{p}");
    }
}
