//! Statistics of few, skewed values, which know no incidents. Every function is pure and gives `None` where its input
//! does not carry an answer; nothing here reads a clock, and what is drawn at random is drawn from a fixed generator.
//!
//! | need | module |
//! |---|---|
//! | quantiles, the exact interval of a median | [`quantile`] |
//! | one rate, two rates, what none seen means | [`rate`] |
//! | a share | [`share`] |
//! | two samples of durations | [`ranks`] |
//! | an interval for any other statistic | [`bootstrap`] |
//! | counts and values over time, and their limits | [`control`] |
//! | a trend in exact times, clustering | [`trend`] |
//! | what is still open | [`survival`] |
//! | two kinds of things that occur together | [`table`], [`association`] |
//! | many tests at once | [`multiplicity`] |
//! | words that tell two groups of texts apart, texts that are alike | [`terms`] |

pub mod association;
pub mod bootstrap;
pub mod control;
pub mod multiplicity;
pub mod quantile;
pub mod ranks;
pub mod rate;
pub mod share;
pub mod survival;
pub mod table;
pub mod terms;
pub mod trend;

use statrs::distribution::{Continuous, ContinuousCDF};

/// The confidence of every interval that is printed.
pub const CONFIDENCE: f64 = 0.95;

/// The standard normal distribution function.
#[must_use]
pub fn normal_cdf(z: f64) -> f64 {
    0.5 * statrs::function::erf::erfc(-z / std::f64::consts::SQRT_2)
}

/// The quantile of the standard normal distribution for a probability strictly between 0 and 1.
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    -std::f64::consts::SQRT_2 * statrs::function::erf::erfc_inv(2.0 * p)
}

/// The quantile of a distribution for a probability strictly between 0 and 1, to the digits of its distribution function:
/// the library's own stops after six in the tails of a beta distribution.
fn quantile_of<D: Continuous<f64, f64> + ContinuousCDF<f64, f64>>(distribution: &D, p: f64) -> f64 {
    let mut x = distribution.inverse_cdf(p);
    for _ in 0..4 {
        let next = x - (distribution.cdf(x) - p) / distribution.pdf(x);
        if !(distribution.min() < next && next < distribution.max()) {
            break;
        }
        x = next;
    }
    x
}

/// A count as a number.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
const fn real(n: usize) -> f64 {
    n as f64
}

#[cfg(test)]
fn near(found: f64, wanted: f64, digits: i32) {
    let unit = 0.5 * 10_f64.powi(-digits) * 1.000_001;
    assert!((found - wanted).abs() <= unit, "found {found}, wanted {wanted} to {digits} decimals");
}
