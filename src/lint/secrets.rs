//! What must not be published: shapes of secrets, addresses of people and machines.

use super::{
    finder::{self, Finder},
    triggers,
};
use regex::bytes::Regex;
use std::{ops::Range, sync::LazyLock};

/// Shapes of tokens that say themselves what they are, and what to call them.
const TOKENS: &[(&str, &str)] = &[
    ("an AWS access key", r"(?-i)\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    ("a GitHub token", r"(?-i)\b(?:gh[pousr]_[0-9A-Za-z]{36,}|github_pat_[0-9A-Za-z_]{22,})\b"),
    ("a GitLab token", r"(?-i)\bglpat-[0-9A-Za-z_-]{20,}"),
    ("a Slack token", r"(?-i)\bxox[abeprs]-[0-9A-Za-z-]{10,}"),
    ("a Slack webhook", r"(?-i)hooks\.slack\.com/services/T[0-9A-Za-z]+/B[0-9A-Za-z]+/[0-9A-Za-z]{16,}"),
    ("a Stripe key", r"(?-i)\b[rs]k_live_[0-9A-Za-z]{16,}"),
    ("an API key", r"(?-i)\bsk-(?:[a-z]+-)*[0-9A-Za-z_-]{32,}"),
    ("a Google API key", r"(?-i)\bAIza[0-9A-Za-z_-]{35}"),
    ("an npm token", r"(?-i)\bnpm_[0-9A-Za-z]{36}\b"),
    ("a PyPI token", r"(?-i)\bpypi-[0-9A-Za-z_-]{50,}"),
    ("a SendGrid key", r"(?-i)\bSG\.[0-9A-Za-z_-]{22}\.[0-9A-Za-z_-]{43}"),
    ("a JSON web token", r"(?-i)\beyJ[0-9A-Za-z_-]{8,}\.eyJ[0-9A-Za-z_-]{8,}\.[0-9A-Za-z_-]{8,}"),
    (
        "a private key",
        r"(?-i)-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----(?s:.*?)(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|\z)",
    ),
    ("a password in an address", r"(?-i)\b[a-z][a-z0-9+.-]*://[^\s/:@<>]+:[^\s/@<>]{4,}@"),
];

/// A value beside a word that announces a secret.
const BESIDE: &str = r#"\b(?:password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key|auth[_-]?key|client[_-]?secret|bearer)\b["']?\s*(?:[:=]|\s)\s*["'`]?([0-9A-Za-z_/+=.~!@#$%^&*-]{16,})"#;

/// The same from where such a word begins. Words such as `token` stand in many texts, so that nothing else is looked at.
static BESIDE_HERE: LazyLock<Regex> = LazyLock::new(|| finder::compile(&format!(r"\A(?:{BESIDE})")));

/// Bits per character from which a value looks random: words and paths stay below, keys above.
const RANDOM: f64 = 3.6;

static FINDER: LazyLock<Finder> = LazyLock::new(|| Finder::new(&sources(), triggers::SECRETS));

/// All shapes: tokens, and values beside words.
#[must_use]
pub fn sources() -> Vec<&'static str> {
    TOKENS.iter().map(|(_, source)| *source).chain([BESIDE]).collect()
}

/// The secrets of a text, with what they are, in order.
#[must_use]
pub fn find(text: &str) -> Vec<(Range<usize>, &'static str)> {
    let bytes = text.as_bytes();
    let (mut tokens, mut words) = (Vec::new(), Vec::new());
    FINDER.each(text, |index, at| if index < TOKENS.len() { tokens.push(index) } else { words.push(at) });
    tokens.sort_unstable();
    tokens.dedup();
    let mut found = Vec::new();
    for index in tokens {
        found.extend(FINDER.regex(index).find_iter(bytes).map(|hit| (hit.range(), TOKENS[index].0)));
    }
    let mut behind = 0;
    for at in words {
        let Some(hit) = (at >= behind).then(|| BESIDE_HERE.captures(&bytes[at..])).flatten() else { continue };
        behind = at + hit.get(0).map_or(0, |whole| whole.end());
        if let Some(value) = hit.get(1).filter(|value| looks_random(value.as_bytes())) {
            found.push((at + value.start()..at + value.end(), "a secret"));
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
        for index in 0..sources().len() {
            let _ = FINDER.regex(index);
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
