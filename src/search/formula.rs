//! Every number that results are ordered by. The client reads them from `search/index.js` (member `k`), `rank.rs` from here;
//! `tests/search/ranking.json` holds both to the same order.
//!
//! The score of a report is the sum over the words of the query of `idf × factor × impact`, times the square of the share
//! of words that it has, weighed by their idf. The impact of a word is BM25F's `w / (K1 + w)` in steps (`invert.rs`).

/// Where the weight of a word reaches half of what it can reach.
pub(super) const K1: f32 = 4.0;
/// Impacts are told in this many steps, each greater than the one before by the same factor.
pub(super) const LEVELS: u32 = 16;
pub(super) const LOWEST: f64 = 0.1;
pub(super) const STEP: f64 = 1.162;
/// A word that means the same as the one typed (`words::synonyms`).
pub(super) const SYNONYM: f64 = 0.8;
/// A word that begins like the one typed, where that is no word itself.
pub(super) const BEGINS: f64 = 0.6;
/// The same beside a word that is there as typed.
pub(super) const BESIDE: f64 = 0.3;
/// A word with another ending.
pub(super) const ENDING: f64 = 0.5;
/// A word with one letter more, less, other or exchanged.
pub(super) const SLIP: f64 = 0.45;
/// Words of a query that are looked for in the dictionary, the first ones: somebody pastes a stack trace, and each may cost a file.
pub(super) const WORDS: usize = 40;
/// Words of a long question that are looked up, the rarest ones.
pub(super) const LONGEST: usize = 8;
/// Words that a beginning stands for.
pub(super) const BEGINNINGS: usize = 8;
/// Words that a slip of the pen stands for.
pub(super) const SLIPS: usize = 6;
/// Reports below this share of the best score are not shown.
pub(super) const LEAST: f64 = 0.1;
/// Reports that are looked into for a phrase.
pub(super) const LOOKED: usize = 40;

/// For the manifest, in the order that the client expects.
pub(super) fn manifest() -> String {
    format!(
        "[{LOWEST},{STEP},{BEGINS},{BESIDE},{ENDING},{SLIP},{LONGEST},{BEGINNINGS},{SLIPS},{LEAST},{LOOKED},{WORDS},{SYNONYM}]"
    )
}

/// What a level of impact counts.
pub(super) fn impact(level: u8) -> f64 {
    (0..level).fold(LOWEST, |impact, _| impact * STEP)
}

/// How much a word tells that stands in `df` of `n` reports.
#[expect(clippy::cast_precision_loss, reason = "reports are far below 2^53")]
pub(super) fn idf(n: usize, df: usize) -> f64 {
    let (n, df) = (n as f64, df as f64);
    (1.0 + (n - df.min(n) + 0.5) / (df + 0.5)).ln()
}
