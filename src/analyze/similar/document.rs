//! The terms of a report or of typed words.

use crate::{
    analyze::{factors_of, services_of},
    config::Config,
    model::{Report, marks::Kind},
    words::{
        stem::Stems,
        stop,
        token::Kind::{Joined, Part, Whole},
        token::tokens,
    },
};
use std::collections::{HashMap, HashSet};

/// What a term stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Field {
    Factor,
    Service,
    Word,
}

pub(super) type Key = (Field, Box<str>);
/// What a term weighs by its places in a text, and how it was written first.
pub(super) type Place = (f64, Box<str>);

/// The terms of one text, which depend on nothing else.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Sorted, each once.
    pub(super) terms: Vec<(Key, Place)>,
}

impl Document {
    /// The terms of a report: words of title, summary and body, its factors and services.
    #[must_use]
    pub fn of(config: &Config, report: &Report) -> Self {
        Self::read(config, &mut Language::of(&config.lang), report)
    }

    pub(super) fn read(config: &Config, language: &mut Language, report: &Report) -> Self {
        let mut reader = Reader { language, terms: HashMap::new() };
        reader.text(&report.title.value, 2.0);
        let summary = report.section("summary").map_or(0..0, |section| section.content.clone());
        let mut evidence = 0_usize;
        for mark in &report.marks.all {
            match mark.kind {
                Kind::EvidenceStart => evidence += 1,
                Kind::EvidenceEnd => evidence = evidence.saturating_sub(1),
                Kind::Text | Kind::Decoded(_) | Kind::Code(_) if evidence == 0 => {
                    let weight = if summary.contains(&(mark.start as usize)) { 2.0 } else { 1.0 };
                    reader.text(report.marks.text(&report.body, *mark), weight);
                }
                _ => {}
            }
        }
        for id in factors_of(report) {
            reader.name(Field::Factor, id, 3.0);
        }
        for id in services_of(config, report) {
            reader.name(Field::Service, &id, 2.0);
        }
        reader.document()
    }

    /// The terms of words that somebody typed, and of services.
    #[must_use]
    pub fn of_words(config: &Config, words: &str, services: &[&str]) -> Self {
        let mut language = Language::of(&config.lang);
        let mut reader = Reader { language: &mut language, terms: HashMap::new() };
        reader.text(words, 2.0);
        for service in services {
            let id = config.service(service).map_or(*service, |service| &service.id.value);
            reader.name(Field::Service, id, 2.0);
        }
        reader.document()
    }
}

/// What words of a language mean, and the stems of those that were met.
pub(super) struct Language {
    stems: Stems,
    stops: HashSet<&'static str>,
    met: HashMap<Box<str>, Option<Box<str>>>,
}

impl Language {
    pub(super) fn of(lang: &str) -> Self {
        Self {
            stems: Stems::of(lang),
            stops: stop::words(lang).split(' ').chain(stop::dates(lang).split(' ')).collect(),
            met: HashMap::new(),
        }
    }

    /// `None` for a word that tells nothing.
    fn stem(&mut self, word: &str) -> Option<Box<str>> {
        if let Some(known) = self.met.get(word) {
            return known.clone();
        }
        let stem = (tells(word) && !self.stops.contains(word)).then(|| self.stems.stem(word).into());
        self.met.insert(word.into(), stem.clone());
        stem
    }
}

struct Reader<'l> {
    language: &'l mut Language,
    terms: HashMap<Key, Place>,
}

impl Reader<'_> {
    fn text(&mut self, text: &str, weight: f64) {
        // `GitHub` is one word, and `edge-api.prod` is itself and three.
        let mut compound = false;
        tokens(text, &mut |word, kind| {
            match kind {
                Whole => compound = !word.chars().all(char::is_alphanumeric),
                Part if !compound => return,
                Joined => return,
                Part => {}
            }
            if let Some(stem) = self.language.stem(word) {
                self.terms.entry((Field::Word, stem)).or_insert_with(|| (0.0, word.into())).0 += weight;
            }
        });
    }

    fn name(&mut self, field: Field, id: &str, weight: f64) {
        self.terms.insert((field, id.into()), (weight, id.into()));
    }

    fn document(self) -> Document {
        let mut terms: Vec<(Key, Place)> = self.terms.into_iter().collect();
        terms.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        Document { terms }
    }
}

/// Not a number, a date or a single letter.
fn tells(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 2 && letters * 2 >= word.chars().count()
}
