//! `src/lint/triggers.rs` says of each expression of the language rules and of secrets which words stand in whatever it
//! matches. They are read off its syntax here; `BLESS=1 cargo test triggers` writes them.

use afterword::lint::{
    finder::EXACT,
    language, secrets,
    triggers::{LANGUAGE, SECRETS},
};
use regex_syntax::{
    ParserBuilder,
    hir::{Class, Hir, HirKind, Look},
};
use std::{collections::BTreeSet, fmt::Write as _, fs};

const FILE: &str = "src/lint/triggers.rs";

const HEAD: &str = "\
//! Beginnings of words, or signs, that stand in whatever an expression matches: one of them, or it matches nothing.
//! Written by `BLESS=1 cargo test triggers` from the expressions; `|` stands where the word must end.

";

/// Words of which one is in every match, and how much they tell.
#[derive(Clone)]
struct Needed {
    words: BTreeSet<String>,
    score: f64,
}

/// All texts that an expression matches.
type Spelled = Vec<String>;

/// A word longer than this tells nothing more.
const LONG: usize = 12;

#[test]
fn every_expression_has_its_words() {
    let tables = [("LANGUAGE", language::sources(), LANGUAGE), ("SECRETS", secrets::sources(), SECRETS)];
    let mut written = HEAD.to_owned();
    let mut missed = Vec::new();
    for (name, sources, table) in tables {
        let _ = writeln!(written, "#[rustfmt::skip]\npub const {name}: &[&[&str]] = &[");
        for (at, source) in sources.iter().enumerate() {
            let words = words(source);
            let _ = writeln!(written, "    &{words:?},");
            if table.get(at).is_none_or(|table| table.iter().ne(words.iter())) {
                missed.push(*source);
            }
        }
        written.push_str("];\n");
        if table.len() != sources.len() {
            missed.push(name);
        }
    }
    if std::env::var_os("BLESS").is_some() {
        fs::write(FILE, written).expect("the table can be written");
    } else {
        assert!(missed.is_empty(), "BLESS=1 cargo test triggers writes {FILE} anew for: {missed:#?}");
    }
}

fn words(source: &str) -> Vec<String> {
    let hir = ParserBuilder::new().unicode(false).utf8(false).build().parse(source.trim_start_matches(EXACT));
    let hir = hir.expect("expressions compile");
    let best = [4, 32, 256, 4096]
        .into_iter()
        .filter_map(|limit| needed(&hir, false, limit))
        .max_by(|a, b| a.score.total_cmp(&b.score));
    best.unwrap_or_else(|| panic!("no words are needed by {source}")).words.into_iter().collect()
}

/// The most telling words of an expression, `limit` of them at the most. `starts`: a word begins where it does.
fn needed(hir: &Hir, starts: bool, limit: usize) -> Option<Needed> {
    match hir.kind() {
        HirKind::Capture(inner) => needed(&inner.sub, starts, limit),
        HirKind::Repetition(inner) if inner.min > 0 => needed(&inner.sub, starts, limit),
        HirKind::Concat(parts) => {
            let starts = |at: usize| word_may_start(&parts[..at], starts, limit);
            let within = parts.iter().enumerate().filter_map(|(at, part)| needed(part, starts(at), limit));
            let runs = (0..parts.len()).flat_map(|from| runs(&parts[from..], starts(from), limit));
            within.chain(runs).max_by(|a, b| a.score.total_cmp(&b.score))
        }
        HirKind::Alternation(branches) => {
            let branches: Option<Vec<Needed>> = branches.iter().map(|branch| needed(branch, starts, limit)).collect();
            let words: BTreeSet<String> = branches?.into_iter().flat_map(|branch| branch.words).collect();
            (words.len() <= limit).then(|| scored(words))
        }
        _ => spelled(hir, limit).and_then(|spelled| told(&spelled, starts, false)),
    }
}

/// What can be spelled out from the beginning of some parts, ended after each of them.
fn runs(parts: &[Hir], starts: bool, limit: usize) -> Vec<Needed> {
    let mut run: Spelled = vec![String::new()];
    let mut found = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        let Some(next) = spelled(part, limit).filter(|next| next.len() * run.len() <= limit) else { break };
        run = cross(&run, &next);
        found.extend(told(&run, starts, parts.get(at + 1).is_some_and(is_boundary)));
    }
    found
}

fn cross(run: &Spelled, next: &Spelled) -> Spelled {
    run.iter().flat_map(|text| next.iter().map(move |more| format!("{text}{more}"))).collect()
}

fn is_boundary(hir: &Hir) -> bool {
    matches!(hir.kind(), HirKind::Look(Look::WordAscii | Look::WordUnicode))
}

/// Whether what comes behind these parts begins a word, if it is one. `starts`: so it would without them.
fn word_may_start(parts: &[Hir], starts: bool, limit: usize) -> bool {
    let Some((last, before)) = parts.split_last() else { return starts };
    match last.kind() {
        HirKind::Empty => word_may_start(before, starts, limit),
        HirKind::Repetition(inner) => {
            let again = word_may_start(std::slice::from_ref(&*inner.sub), false, limit);
            again && (inner.min > 0 || word_may_start(before, starts, limit))
        }
        HirKind::Alternation(branches) => branches.iter().all(|branch| {
            let starts = word_may_start(before, starts, limit);
            word_may_start(std::slice::from_ref(branch), starts, limit)
        }),
        HirKind::Capture(inner) => {
            let starts = word_may_start(before, starts, limit);
            word_may_start(std::slice::from_ref(&*inner.sub), starts, limit)
        }
        HirKind::Concat(inner) => word_may_start(inner, word_may_start(before, starts, limit), limit),
        HirKind::Look(look) => *look == Look::Start || is_boundary(last),
        _ => spelled(last, limit).is_some_and(|all| all.iter().all(|text| text.ends_with(|c| !is_word(c)))),
    }
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// Everything an expression matches, when that is little.
fn spelled(hir: &Hir, limit: usize) -> Option<Spelled> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Some(vec![String::new()]),
        HirKind::Literal(literal) => Some(vec![String::from_utf8(literal.0.to_vec()).ok()?]),
        HirKind::Class(Class::Bytes(class)) => {
            let bytes: Vec<u8> = class.ranges().iter().flat_map(|range| range.start()..=range.end()).collect();
            let few = bytes.len() <= limit.min(26) && bytes.is_ascii();
            few.then(|| bytes.iter().map(|byte| char::from(*byte).to_string()).collect())
        }
        HirKind::Capture(inner) => spelled(&inner.sub, limit),
        HirKind::Repetition(inner) if inner.min == 0 && inner.max == Some(1) => {
            Some([spelled(&inner.sub, limit)?, vec![String::new()]].concat())
        }
        HirKind::Concat(parts) => parts.iter().try_fold(vec![String::new()], |run, part| {
            Some(cross(&run, &spelled(part, limit)?)).filter(|run| run.len() <= limit)
        }),
        HirKind::Alternation(branches) => {
            let branches: Option<Vec<Spelled>> = branches.iter().map(|branch| spelled(branch, limit)).collect();
            Some(branches?.concat()).filter(|all| all.len() <= limit)
        }
        _ => None,
    }
}

/// What was spelled out as words to look for, from the first that begins in it; a sign where there is none.
/// Nothing where one of them is empty.
fn told(spelled: &Spelled, starts: bool, ends: bool) -> Option<Needed> {
    let word = |text: &String| {
        let within = !starts && text.starts_with(is_word);
        let text = if within { text.trim_start_matches(is_word) } else { text };
        let sign = text.trim();
        let text = text.trim_start_matches(|c| !is_word(c));
        if text.is_empty() {
            return (!sign.is_empty()).then(|| sign.to_owned());
        }
        let cut = text.char_indices().map(|(at, _)| at).nth(LONG).unwrap_or(text.len());
        let end = if ends && cut == text.len() && text.ends_with(is_word) { "|" } else { "" };
        Some(format!("{}{end}", &text[..cut]))
    };
    let words: Option<BTreeSet<String>> = spelled.iter().map(word).collect();
    words.map(scored)
}

/// The least telling of the words decides; many are worse than few.
fn scored(words: BTreeSet<String>) -> Needed {
    let bits = |word: &String| -> f64 {
        word.chars()
            .map(|c| match c {
                ' ' => 2.0,
                'e' | 't' | 'a' | 'o' | 'i' | 'n' | 's' | 'r' | 'h' => 3.5,
                '|' => 2.5,
                c if c.is_ascii_uppercase() => 9.0,
                c if c.is_ascii_lowercase() => 5.5,
                _ => 7.0,
            })
            .sum()
    };
    let least = words.iter().map(bits).fold(f64::INFINITY, f64::min);
    let many = f64::from(u32::try_from(words.len()).expect("few")).log2();
    Needed { score: least - 1.5 * many, words }
}
