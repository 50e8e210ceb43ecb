//! What must not be published: shapes of secrets, addresses of people and machines.

use regex::bytes::{Regex, RegexSet};
use std::{
    ops::Range,
    sync::{LazyLock, OnceLock},
};

/// Shapes of tokens that say themselves what they are, and what to call them.
const TOKENS: &[(&str, &str)] = &[
    ("an AWS access key", r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    ("a GitHub token", r"\b(?:gh[pousr]_[0-9A-Za-z]{36,}|github_pat_[0-9A-Za-z_]{22,})\b"),
    ("a GitLab token", r"\bglpat-[0-9A-Za-z_-]{20,}"),
    ("a Slack token", r"\bxox[abeprs]-[0-9A-Za-z-]{10,}"),
    ("a Slack webhook", r"hooks\.slack\.com/services/T[0-9A-Za-z]+/B[0-9A-Za-z]+/[0-9A-Za-z]{16,}"),
    ("a Stripe key", r"\b[rs]k_live_[0-9A-Za-z]{16,}"),
    ("an API key", r"\bsk-(?:[a-z]+-)*[0-9A-Za-z_-]{32,}"),
    ("a Google API key", r"\bAIza[0-9A-Za-z_-]{35}"),
    ("an npm token", r"\bnpm_[0-9A-Za-z]{36}\b"),
    ("a PyPI token", r"\bpypi-[0-9A-Za-z_-]{50,}"),
    ("a SendGrid key", r"\bSG\.[0-9A-Za-z_-]{22}\.[0-9A-Za-z_-]{43}"),
    ("a JSON web token", r"\beyJ[0-9A-Za-z_-]{8,}\.eyJ[0-9A-Za-z_-]{8,}\.[0-9A-Za-z_-]{8,}"),
    ("a private key", r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----(?s:.*?)(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|\z)"),
    ("a password in an address", r"\b[a-z][a-z0-9+.-]*://[^\s/:@<>]+:[^\s/@<>]{4,}@"),
];

/// A value beside a word that announces a secret.
const BESIDE: &str = r#"(?i)\b(?:password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key|auth[_-]?key|client[_-]?secret|bearer)\b["']?\s*(?:[:=]|\s)\s*["'`]?([0-9A-Za-z_/+=.~!@#$%^&*-]{16,})"#;

/// Bits per character from which a value looks random: words and paths stay below, keys above.
const RANDOM: f64 = 3.6;

struct LazyRegex {
    source: &'static str,
    compiled: OnceLock<Regex>,
}

impl LazyRegex {
    fn get(&self) -> &Regex {
        let compile = || Regex::new(&format!("(?-u){}", self.source)).expect("a constant that a test compiles");
        self.compiled.get_or_init(compile)
    }
}

struct Shapes {
    any: RegexSet,
    /// Compiled when the set has found something.
    tokens: Vec<LazyRegex>,
    beside: LazyRegex,
}

static SHAPES: LazyLock<Shapes> = LazyLock::new(|| {
    let regex = |source: &'static str| LazyRegex { source, compiled: OnceLock::new() };
    let sources: Vec<String> =
        TOKENS.iter().map(|(_, source)| *source).chain([BESIDE]).map(|source| format!("(?-u){source}")).collect();
    Shapes {
        any: RegexSet::new(sources).expect("constants that a test compiles"),
        tokens: TOKENS.iter().map(|&(_, source)| regex(source)).collect(),
        beside: regex(BESIDE),
    }
});

/// Compiles the shapes ahead of their first use.
pub(super) fn prepare() {
    LazyLock::force(&SHAPES);
}

/// The secrets of a text, with what they are, in order.
#[must_use]
pub fn find(text: &str) -> Vec<(Range<usize>, &'static str)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    // Whether any matches is told much faster than which.
    if !SHAPES.any.is_match(bytes) {
        return found;
    }
    for index in SHAPES.any.matches(bytes) {
        if let Some(regex) = SHAPES.tokens.get(index) {
            found.extend(regex.get().find_iter(bytes).map(|hit| (hit.range(), TOKENS[index].0)));
        } else {
            let values = SHAPES.beside.get().captures_iter(bytes).filter_map(|hit| hit.get(1));
            let random = values.filter(|value| looks_random(value.as_bytes()));
            found.extend(random.map(|value| (value.range(), "a secret")));
        }
    }
    found.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    let mut end = 0;
    found.retain(|(range, _)| {
        let apart = range.start >= end;
        end = end.max(range.end);
        apart
    });
    found
}

/// Letters and digits without the pattern of words: Shannon entropy of the bytes.
#[expect(clippy::cast_precision_loss, reason = "counts of bytes of one word")]
fn looks_random(value: &[u8]) -> bool {
    let kinds = [u8::is_ascii_digit, u8::is_ascii_lowercase, u8::is_ascii_uppercase];
    if kinds.iter().filter(|kind| value.iter().any(kind)).count() < 2 {
        return false;
    }
    let mut counts = [0_u32; 256];
    for byte in value {
        counts[usize::from(*byte)] += 1;
    }
    let entropy: f64 = counts
        .iter()
        .filter(|count| **count > 0)
        .map(|count| f64::from(*count) / value.len() as f64)
        .map(|share| -share * share.log2())
        .sum();
    entropy >= RANDOM && value.iter().any(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_told_from_words() {
        for shape in SHAPES.tokens.iter().chain([&SHAPES.beside]) {
            let _ = shape.get();
        }
        // Put together here, so that no scanner takes this file for a leak.
        let github = format!("ghp_{}", "a1B2c3D4e5".repeat(4));
        let key = format!("AKIA{}", "IOSFODNN7EXAMPLE");
        let jwt = format!("{}.{}.{}", "eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiIxMjM0In0", "dBjftJeZ4CVP-mB92K27");
        for secret in [&github, &key, &jwt] {
            assert_eq!(find(&format!("It was {secret}.")).len(), 1, "{secret}");
        }
        let random = "q8Zr2LmX0vTn4KpW7cYb";
        assert_eq!(find(&format!("password: {random}")).len(), 1);
        assert_eq!(
            find(&format!("{}\nabc\n{}", "-----BEGIN RSA PRIVATE KEY-----", "-----END RSA PRIVATE KEY-----")).len(),
            1
        );
        for fine in [
            "the token was rejected by the authorization-service",
            "password: <redacted-by-the-author>",
            "commit 3f2504e04f8911d39a0c0305e82c3301 was reverted",
            "secret management moved to configuration-service-v2",
            "https://user@example.com/path",
        ] {
            assert_eq!(find(fine), Vec::new(), "{fine}");
        }
    }
}
