//! Words of texts as numbers: which tell two groups of texts apart, and which texts are alike.

use super::real;

/// How much more often a word is in one group of texts than in another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogOdds {
    /// The difference of the logarithms of the odds.
    pub delta: f64,
    /// In standard errors: beyond 1.96 the word tells the groups apart.
    pub z: f64,
}

/// The log-odds ratio with an informative Dirichlet prior, of counts of the same words in two groups:
/// δ = ln[(y₁+α)/(n₁+α₀−y₁−α)] − ln[(y₂+α)/(n₂+α₀−y₂−α)], var ≈ 1/(y₁+α) + 1/(y₂+α), z = δ/√var.
///
/// Monroe, Colaresi and Quinn, Political Analysis 16 (2008) 372–403. `prior` has a value above zero per word. Counts are
/// best those of texts that have the word: then one long text makes no word typical. `None` where lengths differ.
#[must_use]
pub fn log_odds(first: &[usize], second: &[usize], prior: &[f64]) -> Option<Vec<LogOdds>> {
    if first.len() != second.len() || first.len() != prior.len() || prior.iter().any(|alpha| *alpha <= 0.0) {
        return None;
    }
    let (n1, n2, a0) = (real(first.iter().sum()), real(second.iter().sum()), prior.iter().sum::<f64>());
    let one = |((y1, y2), alpha): ((&usize, &usize), &f64)| {
        let (y1, y2) = (real(*y1) + alpha, real(*y2) + alpha);
        let delta = (y1 / (n1 + a0 - y1)).ln() - (y2 / (n2 + a0 - y2)).ln();
        LogOdds { delta, z: delta / (1.0 / y1 + 1.0 / y2).sqrt() }
    };
    Some(first.iter().zip(second).zip(prior).map(one).collect())
}

/// The weight of a term that stands `count` times in a text: 1 + ln count, and 0 for none (Manning, Raghavan and
/// Schütze, Introduction to Information Retrieval, 6.4.1).
#[must_use]
pub fn weight(count: f64) -> f64 {
    if count > 0.0 { 1.0 + count.ln() } else { 0.0 }
}

/// How rare a term is: ln(N/df), and 0 where no text has it.
#[must_use]
pub fn rarity(texts: usize, with_term: usize) -> f64 {
    if with_term == 0 { 0.0 } else { (real(texts) / real(with_term)).ln() }
}

/// The cosine of two vectors of equal length, `None` where one has no length.
#[must_use]
pub fn cosine(a: &[f64], b: &[f64]) -> Option<f64> {
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let length = (product(a, a) * product(b, b)).sqrt();
    (a.len() == b.len() && length > 0.0).then(|| product(a, b) / length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::near;

    #[test]
    fn words_that_tell_apart() {
        let found = log_odds(&[8, 2, 40], &[1, 12, 87], &[0.9, 1.4, 12.7]).expect("odds");
        for (found, (delta, z)) in found.iter().zip([(2.24533, 2.80958), (-0.87110, -1.43451), (-0.41930, -2.46196)]) {
            near(found.delta, delta, 5);
            near(found.z, z, 5);
        }
        assert_eq!(log_odds(&[1], &[1, 2], &[1.0]), None);
        assert_eq!(log_odds(&[1], &[1], &[0.0]), None);
    }

    /// Manning, Raghavan and Schütze, 6.3: three novels by affection, jealous, gossip (and wuthering).
    #[test]
    fn novels_that_are_alike() {
        let (sas, pap, wh) = ([115.0, 10.0, 2.0], [58.0, 7.0, 0.0], [20.0, 11.0, 6.0]);
        near(cosine(&sas, &pap).expect("a cosine"), 0.99929, 4);
        near(cosine(&sas, &wh).expect("a cosine"), 0.88889, 4);
        near(cosine(&pap, &wh).expect("a cosine"), 0.89717, 1);
        let logs = |counts: [f64; 4]| counts.map(|count: f64| if count > 0.0 { 1.0 + count.log10() } else { 0.0 });
        let (sas, pap, wh) =
            (logs([115.0, 10.0, 2.0, 0.0]), logs([58.0, 7.0, 0.0, 0.0]), logs([20.0, 11.0, 6.0, 38.0]));
        near(cosine(&sas, &pap).expect("a cosine"), 0.9421, 4);
        near(cosine(&sas, &wh).expect("a cosine"), 0.7887, 4);
        near(cosine(&pap, &wh).expect("a cosine"), 0.6940, 4);
        assert_eq!(cosine(&[0.0], &[1.0]), None);
    }

    #[test]
    fn weights() {
        near(weight(std::f64::consts::E), 2.0, 12);
        assert!(weight(0.0).abs() < 1e-12 && rarity(10, 0).abs() < 1e-12 && rarity(10, 10).abs() < 1e-12);
    }
}
