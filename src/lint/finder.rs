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
    words: Vec<Trigger>,
    /// What the first four bytes of a word can be, as [`Four`] sees them, and the word among `words`; by [`bucket`].
    starts: Vec<(Four, u16)>,
    /// Where each bucket of `starts` begins, and where the last one ends.
    buckets: Vec<u16>,
    /// A bit for each [`hash`] of a start: most words of a text have none.
    known: Vec<u64>,
    /// Signs, each with the expressions that need it.
    signs: Vec<(&'static str, Vec<usize>)>,
}

/// Bits of `known`: eight kilobytes, which stay in the nearest cache.
const HASH_BITS: u32 = 16;
const BUCKET_BITS: u32 = 11;

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
        let (words, loose): (Vec<_>, Vec<_>) =
            all.partition(|trigger| trigger.text.bytes().next().is_some_and(is_word));
        let mut signs: Vec<(&str, Vec<usize>)> = Vec::new();
        for sign in loose {
            match signs.iter_mut().find(|(text, _)| *text == sign.text) {
                Some((_, expressions)) => expressions.push(sign.expression),
                None => signs.push((sign.text, vec![sign.expression])),
            }
        }
        let number = |at: usize| u16::try_from(at).expect("a few thousand words");
        let mut starts: Vec<(Four, u16)> = words
            .iter()
            .enumerate()
            .flat_map(|(at, word)| word.starts().into_iter().map(move |four| (four, number(at))))
            .collect();
        starts.sort_by_key(|(four, _)| bucket(*four));
        let begins = |at: usize| number(starts.partition_point(|(four, _)| bucket(*four) < at));
        let buckets = (0..=1 << BUCKET_BITS).map(begins).collect();
        let mut known = vec![0; 1 << (HASH_BITS - 6)];
        for (four, _) in &starts {
            known[hash(*four) >> 6] |= 1 << (hash(*four) & 63);
        }
        let expressions = sources.iter().map(|source| Expression { source, compiled: OnceLock::new() }).collect();
        Self { expressions, words, starts, buckets, known, signs }
    }

    /// The expressions that may match somewhere in a text, in order; all others do not.
    #[must_use]
    pub fn candidates(&self, text: &str) -> Vec<usize> {
        let mut found = Vec::new();
        self.each(text, |expression, _| found.push(expression));
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Tells of each expression where one of its words stands; of a sign only that it stands somewhere, as at 0.
    pub fn each(&self, text: &str, mut tell: impl FnMut(usize, usize)) {
        for (_, expressions) in self.signs.iter().filter(|(sign, _)| text.contains(sign)) {
            for expression in expressions {
                tell(*expression, 0);
            }
        }
        let bytes = text.as_bytes();
        each_word(bytes, |at, four| {
            let hash = hash(four);
            if self.known[hash >> 6] >> (hash & 63) & 1 == 0 {
                return;
            }
            let bucket = bucket(four);
            let starts = usize::from(self.buckets[bucket])..usize::from(self.buckets[bucket + 1]);
            for (_, word) in self.starts[starts].iter().filter(|(start, _)| *start == four) {
                let word = &self.words[usize::from(*word)];
                if word.begins(&bytes[at..]) {
                    tell(word.expression, at);
                }
            }
        });
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

    /// What the first four bytes of a word can be that begins with it.
    fn starts(&self) -> Vec<Four> {
        let word = self.text.bytes().take_while(|byte| is_word(*byte)).count();
        let ends = word < self.text.len() || self.whole;
        let mut starts = vec![four(self.text.as_bytes(), word)];
        let mut longest = starts.clone();
        for at in word..if ends { word } else { 4 } {
            let longer = |four: &Four| WORD.map(|byte| four | Four::from(byte) << (8 * at));
            longest = longest.iter().flat_map(longer).collect();
            starts.extend(&longest);
        }
        starts
    }
}

/// The first four bytes of a word, the first of them lowest; letters in lower case, 0 past the end of the word.
type Four = u32;

/// What can stand in a word, in lower case; `_` as [`four`] has it.
const WORD: [u8; 37] = *b"abcdefghijklmnopqrstuvwxyz0123456789\x7f";

/// The bit that makes small letters of capital ones. It is set in digits, and makes something of `_` that is no other's.
const LOWER: u32 = 0x2020_2020;
/// The bytes of a word of so many.
const KEPT: [u32; 5] = [0, 0xff, 0xffff, 0x00ff_ffff, 0xffff_ffff];

/// Of a text that begins with a word of so many bytes.
fn four(text: &[u8], length: usize) -> Four {
    let first = match text.first_chunk::<4>() {
        Some(four) => *four,
        None => std::array::from_fn(|at| text.get(at).copied().unwrap_or(0)),
    };
    (u32::from_le_bytes(first) | LOWER) & KEPT[length.min(4)]
}

fn hash(four: Four) -> usize {
    (four.wrapping_mul(0x9e37_79b1) >> (32 - HASH_BITS)) as usize
}

fn bucket(four: Four) -> usize {
    (four.wrapping_mul(0x9e37_79b1) >> (32 - BUCKET_BITS)) as usize
}

/// What `\w` is in expressions over bytes. Without a branch, so that many bytes are looked at at once.
#[inline]
#[expect(clippy::needless_bitwise_bool, reason = "without a branch")]
fn is_word(byte: u8) -> bool {
    ((byte | 0x20).wrapping_sub(b'a') < 26) | (byte.wrapping_sub(b'0') < 10) | (byte == b'_')
}

/// Tells where each word begins, and its first four bytes. Sixty-four bytes at a time become bits of one number: a branch
/// at each byte would be foreseen wrong at each word.
fn each_word(bytes: &[u8], mut tell: impl FnMut(usize, Four)) {
    let (blocks, rest) = bytes.as_chunks::<64>();
    let mut last = [0; 64];
    last[..rest.len()].copy_from_slice(rest);
    let mut all = blocks.iter().chain([&last]).map(words);
    let (mut before, mut here) = (0, all.next().unwrap_or(0));
    for block in 0..=blocks.len() {
        let next = all.next().unwrap_or(0);
        let mut starts = here & !(here << 1 | before);
        while starts != 0 {
            let bit = starts.trailing_zeros();
            starts &= starts - 1;
            let from_here = here >> bit | if bit > 60 { next << (64 - bit) } else { 0 };
            let at = block * 64 + bit as usize;
            tell(at, four(&bytes[at..], from_here.trailing_ones() as usize));
        }
        (before, here) = (here >> 63, next);
    }
}

/// A bit for each byte that stands in a word, the first of them lowest.
fn words(block: &[u8; 64]) -> u64 {
    let mut flags = [0; 64];
    flags.iter_mut().zip(block).for_each(|(flag, byte)| *flag = u8::from(is_word(*byte)));
    let (eights, _) = flags.as_chunks::<8>();
    // Gathers the lowest bit of each byte in the highest byte.
    let gathered = |eight: &[u8; 8]| u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    eights.iter().rev().fold(0, |bits, eight| bits << 8 | gathered(eight))
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
        let mut found = Vec::new();
        each_word(text.as_bytes(), |at, four| found.push((at, four)));
        assert!(naive.map(|(at, _)| at).eq(found.iter().map(|(at, _)| *at)));
        for (at, four) in found {
            let word: Vec<u8> = text.bytes().skip(at).take_while(|byte| is_word(*byte)).take(4).collect();
            assert_eq!(four, super::four(&word, word.len()), "{at}");
        }
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
