//! Which reports tell of incidents like a given one, and what the two have in common.
//!
//! Cosine of tf-idf weights over words, factors and services: w = field · (1 + ln tf) · ln((N+1)/df), at length one. Words
//! of the title and the summary count twice, factors three times. A report's vector keeps its heaviest terms and terms
//! of many reports are not looked at, so that the work grows with the reports and not with their square.

use super::{factors_of, is_counted, services_of};
use crate::{
    config::Config,
    model::{
        Report,
        corpus::Corpus,
        marks::{Kind, Mark},
    },
    stats::terms,
    words::{
        stem::Stems,
        stop,
        token::Kind::{Joined, Part, Whole},
        token::tokens,
    },
};
use rayon::prelude::*;
use std::{
    cmp::Ordering,
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

/// So many terms of a report are kept, the heaviest ones.
const KEPT: usize = 48;
/// Terms of more than this share of all reports tell nothing, as the words of a template.
const COMMON: f64 = 0.8;
/// Of a term that many reports have, only so many of the latest are looked at.
const LOOKED_AT: usize = 400;
/// Below this cosine two reports share a few words by chance.
pub const WEAKEST: f64 = 0.06;
/// Shared words that are told.
const TOLD: usize = 5;

/// What a term stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Field {
    Factor,
    Service,
    Word,
}

type Key = (Field, Box<str>);
/// What a term weighs by its places in a text, and how it was written first.
type Place = (f64, Box<str>);

/// The terms of one text, which depend on nothing else.
#[derive(Clone, Debug, Default)]
pub struct Document {
    terms: BTreeMap<Key, Place>,
}

impl Document {
    /// The terms of a report: words of title, summary and body, its factors and services.
    #[must_use]
    pub fn of(config: &Config, report: &Report) -> Self {
        let mut reader = Reader::new(&config.lang);
        reader.text(&report.title.value, 2.0);
        let summary = report.section("summary").map_or(0..0, |section| section.content.clone());
        let mut evidence = 0_usize;
        for mark in &report.marks.all {
            match mark.kind {
                Kind::EvidenceStart => evidence += 1,
                Kind::EvidenceEnd => evidence = evidence.saturating_sub(1),
                Kind::Text | Kind::Decoded(_) | Kind::Code(_) if evidence == 0 => {
                    let weight = if summary.contains(&(mark.start as usize)) { 2.0 } else { 1.0 };
                    reader.text(text_of(report, *mark), weight);
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
        let mut reader = Reader::new(&config.lang);
        reader.text(words, 2.0);
        for service in services {
            let id = config.service(service).map_or(*service, |service| &service.id.value);
            reader.name(Field::Service, id, 2.0);
        }
        reader.document
    }
}

fn text_of(report: &Report, mark: Mark) -> &str {
    report.marks.text(&report.body, mark)
}

struct Reader {
    stems: Stems,
    stops: &'static str,
    document: Document,
}

impl Reader {
    fn new(lang: &str) -> Self {
        Self { stems: Stems::of(lang), stops: stop::words(lang), document: Document::default() }
    }

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
            if !tells(word) || self.stops.split(' ').any(|stop| stop == word) {
                return;
            }
            let key = (Field::Word, self.stems.stem(word).into());
            self.document.terms.entry(key).or_insert_with(|| (0.0, word.into())).0 += weight;
        });
    }

    fn name(&mut self, field: Field, id: &str, weight: f64) {
        self.document.terms.insert((field, id.into()), (weight, id.into()));
    }
}

/// Not a number, a date or a single letter, and not the name of a month.
fn tells(word: &str) -> bool {
    const DATES: &[&str] = &[
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "utc",
    ];
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 2 && letters * 2 >= word.chars().count() && !DATES.contains(&word)
}

/// A report that is like another.
#[derive(Clone, Debug)]
pub struct Match {
    pub report: Arc<Report>,
    /// The author of the one names the other.
    pub named: bool,
    /// The cosine of the two, from 0 to 1.
    pub score: f64,
    /// Ids that both name.
    pub factors: Vec<String>,
    pub services: Vec<String>,
    /// At most five words that both have, the one that adds most first, as they were written in some report.
    pub words: Vec<String>,
}

impl Match {
    /// What the two have in common, in English, for programs' output: ids and words as they are written.
    #[must_use]
    pub fn why(&self) -> String {
        let named = self.named.then(|| "named in the report".to_owned());
        let ids: Vec<&str> = self.factors.iter().chain(&self.services).map(String::as_str).collect();
        let ids = (!ids.is_empty()).then(|| ids.join(", "));
        let words = (!self.words.is_empty()).then(|| format!("the words {}", self.words.join(", ")));
        named.into_iter().chain(ids).chain(words).collect::<Vec<_>>().join("; ")
    }
}

/// The weights of all reports that count, by report and by term.
#[derive(Clone, Debug, Default)]
pub struct Index {
    reports: Vec<Arc<Report>>,
    terms: Vec<Term>,
    numbers: HashMap<Key, u32>,
    /// Per report, sorted by term; of length one.
    vectors: Vec<Vec<(u32, f32)>>,
    /// Per term the places of reports, the latest first.
    postings: Vec<Vec<u32>>,
    places: HashMap<String, u32>,
}

#[derive(Clone, Debug)]
struct Term {
    field: Field,
    written: Box<str>,
    rarity: f64,
}

impl Index {
    /// The reports whose numbers are published; drafts are like nothing.
    #[must_use]
    pub fn of(config: &Config, corpus: &Corpus) -> Self {
        let mut reports: Vec<Arc<Report>> =
            corpus.reports.iter().filter(|report| is_counted(report)).cloned().collect();
        reports.sort_by(|a, b| {
            let key = |report: &Report| report.times.started.value.sort_key();
            (key(b), &b.id.value).cmp(&(key(a), &a.id.value))
        });
        let documents: Vec<Document> = reports.par_iter().map(|report| Document::of(config, report)).collect();
        Self::of_documents(reports, &documents)
    }

    fn of_documents(reports: Vec<Arc<Report>>, documents: &[Document]) -> Self {
        let mut found: HashMap<&Key, (usize, &str)> = HashMap::new();
        for document in documents {
            for (key, (_, written)) in &document.terms {
                found.entry(key).or_insert((0, written)).0 += 1;
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "a count of reports")]
        let common = |count: usize| count as f64 > COMMON * documents.len() as f64;
        let mut kept: Vec<_> = found
            .into_iter()
            .filter(|((field, _), (count, _))| *count >= 2 && !(*field == Field::Word && common(*count)))
            .collect();
        kept.sort_unstable_by_key(|(key, _)| *key);
        let term = |(key, (count, written)): &(&Key, (usize, &str))| Term {
            field: key.0,
            written: (*written).into(),
            // One more, so that what all of three reports share still counts a little.
            rarity: terms::rarity(documents.len() + 1, *count),
        };
        let terms: Vec<Term> = kept.iter().map(term).collect();
        let numbers = kept.iter().enumerate().map(|(at, (key, _))| ((*key).clone(), number(at))).collect();
        let places = reports.iter().enumerate().map(|(at, report)| (report.id.value.clone(), number(at))).collect();
        let mut index =
            Self { postings: vec![Vec::new(); terms.len()], terms, numbers, places, vectors: Vec::new(), reports };
        index.vectors = documents.par_iter().map(|document| index.vector(document)).collect();
        for (place, vector) in index.vectors.iter().enumerate() {
            for (term, _) in vector {
                let postings = &mut index.postings[*term as usize];
                if postings.len() < LOOKED_AT {
                    postings.push(number(place));
                }
            }
        }
        index
    }

    /// The heaviest terms of a document, at length one, sorted by term.
    fn vector(&self, document: &Document) -> Vec<(u32, f32)> {
        let weight = |(key, (count, _)): (&Key, &Place)| {
            let term = *self.numbers.get(key)?;
            let weight = if key.0 == Field::Word { terms::weight(*count) } else { *count };
            Some((term, weight * self.terms[term as usize].rarity)).filter(|(_, weight)| *weight > 0.0)
        };
        let mut weights: Vec<(u32, f64)> = document.terms.iter().filter_map(weight).collect();
        weights.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        weights.truncate(KEPT);
        let length = weights.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
        #[expect(clippy::cast_possible_truncation, reason = "a weight between 0 and 1")]
        let mut vector: Vec<(u32, f32)> =
            weights.into_iter().map(|(term, weight)| (term, (weight / length.max(f64::MIN_POSITIVE)) as f32)).collect();
        vector.sort_unstable_by_key(|(term, _)| *term);
        vector
    }

    /// The reports that are most like a report, of those that `fits`; at most `most`: those that its author names as
    /// related, then the most alike. The report itself is none of them, nor what its author says is not related.
    #[must_use]
    pub fn like(&self, config: &Config, report: &Report, most: usize, fits: impl Fn(&Report) -> bool) -> Vec<Match> {
        let known = self.places.get(&report.id.value).map(|place| *place as usize);
        let known = known.filter(|place| self.reports[*place].path == report.path);
        let read;
        let vector = if let Some(place) = known {
            &self.vectors[place]
        } else {
            read = self.vector(&Document::of(config, report));
            &read
        };
        let fits = |other: &Report| {
            let out = other.path == report.path || report.not_related.iter().any(|id| id.value == other.id.value);
            !out && fits(other)
        };
        let mut named: Vec<u32> = Vec::new();
        for id in report.recurrence_of.iter().chain(&report.related) {
            let place = self.places.get(&id.value).filter(|place| fits(&self.reports[**place as usize]));
            named.extend(place.filter(|place| !named.contains(place)));
        }
        named.truncate(most);
        let is_named = |other: &Report| named.iter().any(|place| self.reports[*place as usize].path == other.path);
        let others = self.nearest(vector, most - named.len(), |other| fits(other) && !is_named(other));
        let named = named.iter().map(|place| Match {
            named: true,
            ..self.told(vector, *place, dot(vector, &self.vectors[*place as usize]))
        });
        named.chain(others).collect()
    }

    /// The reports that are most like a document.
    #[must_use]
    pub fn like_document(&self, document: &Document, most: usize) -> Vec<Match> {
        self.nearest(&self.vector(document), most, |_| true)
    }

    fn nearest(&self, vector: &[(u32, f32)], most: usize, fits: impl Fn(&Report) -> bool) -> Vec<Match> {
        let mut places: Vec<u32> =
            vector.iter().flat_map(|(term, _)| &self.postings[*term as usize]).copied().collect();
        places.sort_unstable();
        places.dedup();
        let score = |place: u32| (dot(vector, &self.vectors[place as usize]), place);
        let mut scored: Vec<(f32, u32)> = places
            .into_iter()
            .filter(|place| fits(&self.reports[*place as usize]))
            .map(score)
            .filter(|(score, _)| f64::from(*score) >= WEAKEST)
            .collect();
        // Of two that are as much alike, the later one first: places are in that order.
        let order = |a: &(f32, u32), b: &(f32, u32)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        if scored.len() > most {
            scored.select_nth_unstable_by(most, order);
        }
        scored.truncate(most);
        scored.sort_unstable_by(order);
        scored.into_iter().map(|(score, place)| self.told(vector, place, score)).collect()
    }

    fn told(&self, vector: &[(u32, f32)], place: u32, score: f32) -> Match {
        let mut shared: Vec<(&Term, f32)> = common(vector, &self.vectors[place as usize])
            .map(|(term, product)| (&self.terms[term as usize], product))
            .collect();
        shared.sort_by(|a, b| b.1.total_cmp(&a.1));
        let names: Vec<&str> =
            shared.iter().filter(|(term, _)| term.field != Field::Word).map(|(term, _)| &*term.written).collect();
        let of = |field| {
            let terms = shared.iter().filter(move |(term, _)| term.field == field);
            terms.map(|(term, _)| term.written.to_string())
        };
        Match {
            report: self.reports[place as usize].clone(),
            named: false,
            score: f64::from(score),
            factors: of(Field::Factor).collect(),
            services: of(Field::Service).collect(),
            words: of(Field::Word).filter(|word| !names.contains(&word.as_str())).take(TOLD).collect(),
        }
    }
}

fn number(place: usize) -> u32 {
    u32::try_from(place).expect("fewer reports and terms than 2^32")
}

/// The terms of both, with the product of their weights. Both are sorted by term.
fn common<'v>(a: &'v [(u32, f32)], b: &'v [(u32, f32)]) -> impl Iterator<Item = (u32, f32)> {
    let mut b = b.iter().peekable();
    a.iter().filter_map(move |(term, weight)| {
        while b.next_if(|(other, _)| other.cmp(term) == Ordering::Less).is_some() {}
        b.next_if(|(other, _)| other == term).map(|(_, other)| (*term, weight * other))
    })
}

fn dot(a: &[(u32, f32)], b: &[(u32, f32)]) -> f32 {
    common(a, b).map(|(_, product)| product).sum()
}
