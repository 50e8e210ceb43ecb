//! Blameless language: phrases that judge people, found in sentences of reports.
//!
//! A rule is a [`Phrase`] in its own file; all phrases are looked for in one pass over each text. What is evidence is
//! not looked at: quotations, code, log lines. Questions are exempt unless the phrase says otherwise.

use crate::{
    config::Config,
    diag::Diagnostic,
    lint::{Check, Rule, finder::Finder, rules, triggers},
    model::Report,
    snapshot::{RelPath, Span},
};
use regex::bytes::{RegexSet, RegexSetBuilder};
use std::{
    ops::Range,
    sync::{LazyLock, OnceLock},
};

mod text;
pub use text::{Block, Part};

/// Words that judge, and where they do.
#[derive(Debug)]
pub struct Phrase {
    /// Regular expressions over ASCII, of which one must match; without regard to case unless they say `(?-i)`.
    pub find: &'static [&'static str],
    /// The sentence is fine when one of these matches in it.
    pub unless: &'static [&'static str],
    /// Parts of a report that are looked at; empty means all.
    pub parts: &'static [Part],
    /// Whether a question is no exemption.
    pub questions: bool,
    /// What is wrong with it, after the words found: `judges what happened by what is known now`.
    pub says: &'static str,
    pub help: &'static str,
}

struct Compiled {
    rule: &'static Rule,
    phrase: &'static Phrase,
    /// Compiled when something was found: most runs need few of them.
    unless: OnceLock<RegexSet>,
}

struct Engine {
    finder: Finder,
    /// For each expression of the finder: its phrase.
    owners: Vec<usize>,
    phrases: Vec<Compiled>,
}

static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
    let phrases: Vec<Compiled> =
        phrases().map(|(rule, phrase)| Compiled { rule, phrase, unless: OnceLock::new() }).collect();
    let owners = phrases.iter().enumerate().flat_map(|(at, phrase)| phrase.phrase.find.iter().map(move |_| at));
    Engine { owners: owners.collect(), finder: Finder::new(&sources(), triggers::LANGUAGE), phrases }
});

/// The rules that are phrases, in the order of their codes.
fn phrases() -> impl Iterator<Item = (&'static Rule, &'static Phrase)> {
    rules::ALL.iter().filter_map(|rule| match rule.check {
        Check::Language(phrase) => Some((rule, phrase)),
        _ => None,
    })
}

/// The expressions of all phrases, in order.
#[must_use]
pub fn sources() -> Vec<&'static str> {
    phrases().flat_map(|(_, phrase)| phrase.find).copied().collect()
}

fn set(sources: &[&str]) -> RegexSet {
    let built = RegexSetBuilder::new(sources).case_insensitive(true).unicode(false).size_limit(64 << 20).build();
    built.expect("constants that a test compiles")
}

/// One place where a phrase was found.
#[derive(Debug)]
pub struct Hit {
    pub rule: &'static Rule,
    phrase: &'static Phrase,
    /// In the block.
    range: Range<usize>,
}

/// All phrases in one block of text.
#[must_use]
pub fn hits(block: &Block) -> Vec<Hit> {
    let text = block.text.as_bytes();
    let engine = &*ENGINE;
    let mut hits: Vec<Hit> = Vec::new();
    for index in engine.finder.candidates(&block.text) {
        let compiled = &engine.phrases[engine.owners[index]];
        if !compiled.phrase.parts.is_empty() && !compiled.phrase.parts.contains(&block.part) {
            continue;
        }
        let find = engine.finder.regex(index);
        for found in find.find_iter(text) {
            let range = trimmed(text, found.range());
            let sentence = block.sentence(range.start);
            let words = &text[sentence];
            let question = words.trim_ascii_end().ends_with(b"?") && !compiled.phrase.questions;
            let overlaps = |hit: &Hit| {
                hit.rule.id == compiled.rule.id && hit.range.start < range.end && range.start < hit.range.end
            };
            if !question
                && !compiled.unless.get_or_init(|| set(compiled.phrase.unless)).is_match(words)
                && !hits.iter().any(overlaps)
            {
                hits.push(Hit { rule: compiled.rule, phrase: compiled.phrase, range });
            }
        }
    }
    hits
}

fn trimmed(text: &[u8], range: Range<usize>) -> Range<usize> {
    let start = range.start + text[range.clone()].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    start..range.end
}

/// The findings of all language rules in a report.
pub(super) fn check(report: &Report, config: &Config) -> Vec<Diagnostic> {
    let english = report.lang.as_deref().unwrap_or(&config.lang).starts_with("en");
    if !english {
        return Vec::new();
    }
    let mut found = Vec::new();
    text::each(report, |block| {
        found.extend(hits(block).into_iter().filter_map(|hit| finding(report, block, &hit, config)));
    });
    found
}

fn finding(report: &Report, block: &Block, hit: &Hit, config: &Config) -> Option<Diagnostic> {
    let words = block.text.get(hit.range.clone())?;
    let is_name = |name: &str| name.eq_ignore_ascii_case(words.trim_start_matches('@'));
    let known = |name: &str| is_name(name) || name.split(' ').next().is_some_and(|first| words.starts_with(first));
    if hit.rule.id.name == "named-person"
        && config.services.values().any(|service| known(&service.name) || is_name(&service.id.value))
    {
        return None;
    }
    if hit.rule.id.name == "single-cause" && report.factors.len() > 1 {
        return None;
    }
    let span = block.span(&report.path, hit.range.clone());
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(Diagnostic::new(hit.rule.id, &span, format!("`{words}` {}", hit.phrase.says)).help(hit.phrase.help))
}

/// The codes of the rules that a text in this part of a report breaks: for measuring the rules.
#[must_use]
pub fn judge(part: Part, markdown: &str) -> Vec<&'static str> {
    let path = RelPath::new("sentence.md").expect("a constant path");
    let at = Span::start_of(&path);
    let mut codes = Vec::new();
    text::of_markdown(markdown, at.start as usize, part, |block| {
        codes.extend(hits(block).into_iter().map(|hit| hit.rule.id.code));
    });
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// The sentences of one part of a report, with their places.
#[must_use]
pub fn sentences(report: &Report, part: Part) -> Vec<(String, Span)> {
    let mut all = Vec::new();
    text::of_part(report, part, |block| {
        let mut at = 0;
        while at < block.text.len() {
            let range = block.sentence(at);
            let range = trimmed(block.text.as_bytes(), range.start.max(at)..range.end);
            at = range.end.max(at + 1);
            if let Some(words) = block.text.get(range.clone()).filter(|words| !words.trim().is_empty()) {
                all.push((words.to_owned(), block.span(&report.path, range)));
            }
        }
    });
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_compiles() {
        for phrase in &ENGINE.phrases {
            let _ = set(phrase.phrase.unless);
            assert!(!phrase.phrase.find.is_empty());
            phrase.phrase.find.iter().for_each(|source| drop(crate::lint::finder::compile(source)));
        }
    }
}
