//! Many expressions over many short texts: one pass for the words that each of them needs, and an expression is
//! compiled and run only where its words stand.
//!
//! Compiling all expressions took four fifths of checking one file. What words an expression needs is in `triggers`.

use regex::bytes::{Regex, RegexBuilder};
use std::sync::OnceLock;

/// What an expression begins with that tells capital letters from small ones; all others do not.
pub const EXACT: &str = "(?-i)";

struct Expression {
    source: &'static str,
    compiled: OnceLock<Regex>,
}

/// The beginning of a word, or a sign, without which an expression matches nothing.
struct Trigger {
    text: &'static str,
    expression: usize,
    /// With regard to case.
    exact: bool,
    /// A word ends where it ends.
    whole: bool,
}

/// Expressions that are looked for together.
pub struct Finder {
    expressions: Vec<Expression>,
    /// By [`bucket`].
    words: Vec<Trigger>,
    /// Where each bucket of `words` begins, and where the last one ends.
    buckets: Vec<usize>,
    /// A bit for each [`filter`] of the first four letters of a word: most words of a text have none.
    first_four: Vec<u64>,
    signs: Vec<Trigger>,
}

const BUCKETS: usize = 1 << 10;
/// Bits of `first_four`: eight kilobytes, which stay in the nearest cache.
const FILTER_BITS: u32 = 16;

impl Finder {
    /// `triggers` has the words of each expression, of which one stands in whatever it matches: see
    /// [`super::triggers`] for how they are written.
    #[must_use]
    pub fn new(sources: &[&'static str], triggers: &[&[&'static str]]) -> Self {
        assert_eq!(sources.len(), triggers.len(), "BLESS=1 cargo test triggers writes src/lint/triggers.rs anew");
        let trigger = |expression: usize, written: &'static str| Trigger {
            text: written.trim_end_matches('|'),
            expression,
            exact: sources[expression].starts_with(EXACT),
            whole: written.ends_with('|'),
        };
        let all = triggers.iter().enumerate().flat_map(|(at, words)| words.iter().map(move |word| trigger(at, word)));
        let (mut words, signs): (Vec<_>, Vec<_>) =
            all.partition(|trigger| trigger.text.bytes().next().is_some_and(is_word));
        words.sort_by_key(|word| bucket(word.text.as_bytes()));
        let buckets = (0..=BUCKETS).map(|at| words.partition_point(|word| bucket(word.text.as_bytes()) < at)).collect();
        let mut first_four = vec![0; 1 << (FILTER_BITS - 6)];
        for word in &words {
            for letters in continuations(word.text.as_bytes()) {
                let bit = filter(letters);
                first_four[bit >> 6] |= 1 << (bit & 63);
            }
        }
        let expressions = sources.iter().map(|source| Expression { source, compiled: OnceLock::new() }).collect();
        Self { expressions, words, buckets, first_four, signs }
    }

    /// The expressions that may match somewhere in a text, in order; all others do not.
    #[must_use]
    pub fn candidates(&self, text: &str) -> Vec<usize> {
        let signs = self.signs.iter().filter(|sign| text.contains(sign.text));
        let mut found: Vec<usize> = signs.map(|sign| sign.expression).collect();
        let bytes = text.as_bytes();
        for at in word_starts(bytes) {
            let bit = filter(four(&bytes[at..]));
            if self.first_four[bit >> 6] >> (bit & 63) & 1 != 0 {
                let bucket = bucket(&bytes[at..]);
                let words = &self.words[self.buckets[bucket]..self.buckets[bucket + 1]];
                found.extend(words.iter().filter(|word| word.begins(&bytes[at..])).map(|word| word.expression));
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// An expression by its place among the sources.
    #[must_use]
    pub fn regex(&self, index: usize) -> &Regex {
        let Expression { source, compiled } = &self.expressions[index];
        compiled.get_or_init(|| compile(source))
    }
}

impl Trigger {
    fn begins(&self, text: &[u8]) -> bool {
        let Some((start, rest)) = text.split_at_checked(self.text.len()) else { return false };
        let same =
            if self.exact { start == self.text.as_bytes() } else { start.eq_ignore_ascii_case(self.text.as_bytes()) };
        same && !(self.whole && rest.first().copied().is_some_and(is_word))
    }
}

/// Two letters without regard to case; what is no letter shares a bucket with some letter.
fn bucket(word: &[u8]) -> usize {
    letter(word, 0) << 5 | letter(word, 1)
}

fn letter(word: &[u8], at: usize) -> usize {
    usize::from(word.get(at).copied().unwrap_or(0) & 31)
}

/// Four letters without regard to case, five bits in each byte.
fn four(word: &[u8]) -> u32 {
    let letters = match word.first_chunk::<4>() {
        Some(four) => *four,
        None => std::array::from_fn(|at| word.get(at).copied().unwrap_or(0)),
    };
    u32::from_le_bytes(letters) & 0x1f1f_1f1f
}

/// All that the first four letters can be of a text that begins with a word.
fn continuations(word: &[u8]) -> impl Iterator<Item = u32> {
    let free = 4 - word.len().min(4);
    let start = four(word);
    (0..1_u32 << (5 * free)).map(move |rest| {
        let letters = (0..free).map(|at| (rest >> (5 * at) & 31) << (8 * (3 - at)));
        letters.fold(start, |all, letter| all | letter)
    })
}

fn filter(letters: u32) -> usize {
    (letters.wrapping_mul(0x9e37_79b1) >> (32 - FILTER_BITS)) as usize
}

/// What `\w` is in expressions over bytes.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Where words begin. Sixty-four bytes at a time become bits of one number: a branch at each byte would be foreseen wrong
/// at each word.
fn word_starts(bytes: &[u8]) -> impl Iterator<Item = usize> {
    let mut before = 0;
    bytes.chunks(64).enumerate().flat_map(move |(chunk, bytes)| {
        let mut words = 0_u64;
        for (at, eight) in bytes.chunks(8).enumerate() {
            let mut flags = [0; 8];
            flags.iter_mut().zip(eight).for_each(|(flag, byte)| *flag = u8::from(is_word(*byte)));
            // Gathers the lowest bit of each byte in the highest byte.
            words |= (u64::from_le_bytes(flags).wrapping_mul(0x0102_0408_1020_4080) >> 56) << (at * 8);
        }
        let mut starts = words & !(words << 1 | before);
        before = words >> 63;
        std::iter::from_fn(move || {
            let at = (starts != 0).then(|| starts.trailing_zeros() as usize)?;
            starts &= starts - 1;
            Some(chunk * 64 + at)
        })
    })
}

/// Compiles an expression as all of them are.
#[must_use]
pub fn compile(source: &str) -> Regex {
    RegexBuilder::new(source).case_insensitive(true).unicode(false).build().expect("a constant that a test compiles")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_begin_where_no_word_was() {
        let text = format!("  one, two_2 {} – ünder x {}end", "a".repeat(70), "-".repeat(63));
        let naive = text.bytes().enumerate().filter(|(at, byte)| {
            is_word(*byte) && !at.checked_sub(1).is_some_and(|before| is_word(text.as_bytes()[before]))
        });
        assert!(naive.map(|(at, _)| at).eq(word_starts(text.as_bytes())));
    }

    #[test]
    fn an_expression_is_a_candidate_where_one_of_its_words_stands() {
        let finder = Finder::new(&["(?-i)Ed (?:ran|typed)", "root cause", "a@b"], &[&["Ed|"], &["root"], &["@"]]);
        for (text, found) in [
            ("Ed ran it", vec![0]),
            ("Edge nodes and ed", vec![]),
            ("The ROOT cause, said x@y", vec![1, 2]),
            ("uprooted", vec![]),
            ("r", vec![]),
        ] {
            assert_eq!(finder.candidates(text), found, "{text}");
        }
        assert!(finder.regex(1).is_match(b"Root Cause"));
    }
}
