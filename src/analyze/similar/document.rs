//! The terms of a report or of typed words.

use crate::{
    analyze::{factors_of, services_of},
    config::Config,
    model::{Report, marks::Kind},
    words::{
        stem::Stems,
        stop,
        table::Table,
        token::{
            Kind::{Joined, Part, Whole},
            tokens,
        },
    },
};
use std::collections::HashSet;

/// What a term stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Field {
    Factor,
    Service,
    Word,
}

/// A term of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Term {
    /// The same for the same field and stem, in every text.
    pub id: u64,
    pub field: Field,
    /// What it weighs by its places.
    pub weight: f32,
    stem: Piece,
    written: Piece,
}

/// A part of the words of a document.
#[derive(Clone, Copy, Debug)]
struct Piece {
    start: u32,
    length: u32,
}

/// The terms of one text, which depend on nothing else.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Stems, and words as they were written first, end to end.
    words: String,
    /// Each once.
    pub(super) terms: Vec<Term>,
}

impl Document {
    /// The terms of a report: words of title, summary and body, its factors and services.
    #[must_use]
    pub fn of(config: &Config, report: &Report) -> Self {
        Self::read(config, &mut Language::of(&config.lang), report)
    }

    pub(super) fn read(config: &Config, language: &mut Language, report: &Report) -> Self {
        let mut reader = Reader::new(language);
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
        reader.document
    }

    /// The terms of words that somebody typed, and of services.
    #[must_use]
    pub fn of_words(config: &Config, words: &str, services: &[&str]) -> Self {
        let mut language = Language::of(&config.lang);
        let mut reader = Reader::new(&mut language);
        reader.text(words, 2.0);
        for service in services {
            reader.name(Field::Service, config.service_id(service), 2.0);
        }
        reader.document
    }

    pub(super) fn stem(&self, term: &Term) -> &str {
        self.piece(term.stem)
    }

    pub(super) fn written(&self, term: &Term) -> &str {
        self.piece(term.written)
    }

    fn piece(&self, Piece { start, length }: Piece) -> &str {
        &self.words[start as usize..(start + length) as usize]
    }

    fn add(&mut self, word: &str) -> Piece {
        let start = small(self.words.len());
        self.words.push_str(word);
        Piece { start, length: small(word.len()) }
    }
}

fn small(length: usize) -> u32 {
    u32::try_from(length).expect("a report is below 4 GiB")
}

fn id_of(field: Field, stem: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    (field, stem).hash(&mut hasher);
    hasher.finish()
}

/// What words of a language mean, and the stems of those that were met.
pub(super) struct Language {
    stems: Stems,
    stops: HashSet<&'static str>,
    /// The numbers of the stems of words; none of a word that tells nothing.
    met: Table<Box<str>, Option<u32>>,
    numbers: Table<u64, u32>,
    known: Vec<Stem>,
    /// Documents that were read.
    documents: u32,
}

struct Stem {
    id: u64,
    text: Box<str>,
    /// The last document that has it, and its place among the terms there.
    last: (u32, u32),
}

impl Language {
    pub(super) fn of(lang: &str) -> Self {
        Self {
            stems: Stems::of(lang),
            stops: stop::words(lang).split(' ').chain(stop::dates(lang).split(' ')).collect(),
            met: Table::default(),
            numbers: Table::default(),
            known: Vec::new(),
            documents: 0,
        }
    }

    /// `None` for a word that tells nothing.
    fn stem(&mut self, word: &str) -> Option<&mut Stem> {
        let number = match self.met.get(word) {
            Some(number) => *number,
            None => self.meet(word),
        };
        self.known.get_mut(number? as usize)
    }

    fn meet(&mut self, word: &str) -> Option<u32> {
        let number = (tells(word) && !self.stops.contains(word)).then(|| {
            let text = self.stems.stem(word);
            let id = id_of(Field::Word, &text);
            let new = || {
                self.known.push(Stem { id, text: text.as_ref().into(), last: (0, 0) });
                small(self.known.len() - 1)
            };
            *self.numbers.entry(id).or_insert_with(new)
        });
        self.met.insert(word.into(), number);
        number
    }
}

struct Reader<'l> {
    language: &'l mut Language,
    document: Document,
}

impl<'l> Reader<'l> {
    fn new(language: &'l mut Language) -> Self {
        language.documents += 1;
        Self { language, document: Document::default() }
    }

    fn text(&mut self, text: &str, weight: f32) {
        // `GitHub` is one word, and `edge-api.prod` is itself and three.
        let mut compound = false;
        let Self { language, document } = self;
        let here = language.documents;
        tokens(text, &mut |word, kind| {
            match kind {
                Whole => compound = !word.chars().all(char::is_alphanumeric),
                Part if !compound => return,
                Joined => return,
                Part => {}
            }
            let Some(stem) = language.stem(word) else { return };
            if stem.last.0 != here {
                stem.last = (here, small(document.terms.len()));
                let written = document.add(word);
                let stem_piece = if word.starts_with(&*stem.text) {
                    Piece { length: small(stem.text.len()), ..written }
                } else {
                    document.add(&stem.text)
                };
                document.terms.push(Term { id: stem.id, field: Field::Word, weight: 0.0, stem: stem_piece, written });
            }
            document.terms[stem.last.1 as usize].weight += weight;
        });
    }

    fn name(&mut self, field: Field, name: &str, weight: f32) {
        let id = id_of(field, name);
        if self.document.terms.iter().any(|term| term.id == id) {
            return;
        }
        let piece = self.document.add(name);
        self.document.terms.push(Term { id, field, weight, stem: piece, written: piece });
    }
}

/// Not a number, a date or a single letter.
fn tells(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 2 && letters * 2 >= word.chars().count()
}
