//! Which reports tell of incidents like a given one, and what the two have in common.
//!
//! Cosine of tf-idf weights over words, factors and services: w = field · (1 + ln tf) · ln((N+1)/df), at length one. Words
//! of the title and the summary count twice, factors three times. A report's vector keeps its heaviest terms and terms
//! of many reports are not looked at, so that the work grows with the reports and not with their square.

use crate::{config::Config, model::Report, stats::terms, words::table::Table};
use document::Field;
use rayon::prelude::*;
use std::{cell::RefCell, cmp::Ordering, collections::HashMap, sync::Arc};

mod document;
mod memo;

pub use document::Document;
pub use memo::Memo;

/// So many terms of a report are kept, the heaviest ones.
const KEPT: usize = 48;
/// Terms of more than this share of all reports tell nothing, as the words of a template.
const COMMON: f64 = 0.8;
/// Of a term that many reports have, so many before a report are looked at, and half as many after it.
const LOOKED_AT: usize = 300;
/// Below this cosine two reports share a few words by chance.
const WEAKEST: f32 = 0.06;
/// Shared words that are told.
const TOLD: usize = 5;

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
    /// By the ids of terms.
    numbers: Table<u64, u32>,
    /// Per report, sorted by term; of length one.
    vectors: Vec<Vec<(u32, f32)>>,
    /// Per term the places of reports with its weight there, the latest first.
    postings: Vec<Vec<(u32, f32)>>,
    places: HashMap<String, u32>,
}

#[derive(Clone, Debug)]
struct Term {
    field: Field,
    written: Box<str>,
    rarity: f64,
}

impl Index {
    /// Of reports that stand newest first, as [`super::counted`] gives them: drafts are like nothing.
    #[must_use]
    pub fn of(config: &Config, reports: Vec<Arc<Report>>) -> Self {
        Self::again(config, reports, &Memo::default())
    }

    /// The same as [`Index::of`], with what is kept from the time before.
    #[must_use]
    pub fn again(config: &Config, reports: Vec<Arc<Report>>, memo: &Memo) -> Self {
        let documents = memo.documents(config, &reports);
        Self::of_documents(reports, &documents)
    }

    fn of_documents(reports: Vec<Arc<Report>>, documents: &[Arc<Document>]) -> Self {
        let found = found(documents);
        #[expect(clippy::cast_precision_loss, reason = "a count of reports")]
        let common = |count: usize| count as f64 > COMMON * documents.len() as f64;
        let mut kept: Vec<(u64, Found<'_>)> = found
            .into_iter()
            .filter(|(_, term)| term.count >= 2 && !(term.field == Field::Word && common(term.count)))
            .collect();
        kept.sort_unstable_by_key(|(_, term)| (term.field, term.stem));
        let term = |(_, found): &(u64, Found<'_>)| Term {
            field: found.field,
            written: found.written.into(),
            // One more, so that what all of three reports share still counts a little.
            rarity: terms::rarity(documents.len() + 1, found.count),
        };
        let terms: Vec<Term> = kept.iter().map(term).collect();
        let numbers = kept.iter().enumerate().map(|(at, (id, _))| (*id, number(at))).collect();
        let places = reports.iter().enumerate().map(|(at, report)| (report.id.value.clone(), number(at))).collect();
        let mut index =
            Self { postings: vec![Vec::new(); terms.len()], terms, numbers, places, vectors: Vec::new(), reports };
        index.vectors = documents.par_iter().map(|document| index.vector(document)).collect();
        for (place, vector) in index.vectors.iter().enumerate() {
            for (term, weight) in vector {
                index.postings[*term as usize].push((number(place), *weight));
            }
        }
        index
    }

    /// The heaviest terms of a document, at length one, sorted by term.
    fn vector(&self, document: &Document) -> Vec<(u32, f32)> {
        let weight = |term: &document::Term| {
            let (number, count) = (*self.numbers.get(&term.id)?, f64::from(term.weight));
            let weight = if term.field == Field::Word { terms::weight(count) } else { count };
            Some((number, weight * self.terms[number as usize].rarity)).filter(|(_, weight)| *weight > 0.0)
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
        let fits = |place: u32| {
            let other = &*self.reports[place as usize];
            let itself = known.map_or_else(|| other.path == report.path, |known| known == place as usize);
            !itself && !report.not_related.iter().any(|id| id.value == other.id.value) && fits(other)
        };
        let mut named: Vec<u32> = Vec::new();
        for id in report.recurrence_of.iter().chain(&report.related) {
            let place = self.places.get(&id.value).filter(|place| fits(**place));
            named.extend(place.filter(|place| !named.contains(place)));
        }
        named.truncate(most);
        let others = self
            .nearest(vector, self.place_of(report), most - named.len(), |place| fits(place) && !named.contains(&place));
        let named = named.iter().map(|place| Match {
            named: true,
            ..self.told(vector, *place, dot(vector, &self.vectors[*place as usize]))
        });
        named.chain(others).collect()
    }

    /// The reports that are most like a document.
    #[must_use]
    pub fn like_document(&self, document: &Document, most: usize) -> Vec<Match> {
        self.nearest(&self.vector(document), 0, most, |_| true)
    }

    /// Where a report stands, or would stand, among those from the latest to the first.
    fn place_of(&self, report: &Report) -> u32 {
        let key = report.times.started.value.sort_key();
        number(self.reports.partition_point(|other| other.times.started.value.sort_key() > key))
    }

    fn nearest(&self, vector: &[(u32, f32)], at: u32, most: usize, fits: impl Fn(u32) -> bool) -> Vec<Match> {
        // Of two that are as much alike, the later one first: places are in that order.
        let order = |a: &(f32, u32), b: &(f32, u32)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        let mut scored = self.sums(vector, at);
        scored.retain(|(score, place)| *score >= WEAKEST && fits(*place));
        // A sum lacks terms that were not looked at for a report, so more than are wanted are compared whole.
        let compared = most * 4;
        if scored.len() > compared {
            scored.select_nth_unstable_by(compared, order);
        }
        scored.truncate(compared);
        for (score, place) in &mut scored {
            *score = dot(vector, &self.vectors[*place as usize]);
        }
        scored.sort_unstable_by(order);
        scored.truncate(most);
        scored.into_iter().map(|(score, place)| self.told(vector, place, score)).collect()
    }

    /// What the terms that are looked at add to the cosine with each report that shares one, and its place.
    fn sums(&self, vector: &[(u32, f32)], at: u32) -> Vec<(f32, u32)> {
        thread_local! {
            /// Zero for every report, before and after.
            static SUMS: RefCell<Vec<f32>> = const { RefCell::new(Vec::new()) };
        }
        SUMS.with_borrow_mut(|sums| {
            sums.resize(sums.len().max(self.reports.len()), 0.0);
            let mut touched = Vec::new();
            for (term, weight) in vector {
                let postings = &self.postings[*term as usize];
                let here = postings.partition_point(|(place, _)| *place < at);
                let seen = here.saturating_sub(LOOKED_AT / 2)..(here + LOOKED_AT).min(postings.len());
                for (place, other) in &postings[seen] {
                    let sum = &mut sums[*place as usize];
                    if *sum == 0.0 {
                        touched.push(*place);
                    }
                    *sum += weight * other;
                }
            }
            touched.into_iter().map(|place| (std::mem::take(&mut sums[place as usize]), place)).collect()
        })
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

/// A term of some documents: how many have it, and how the first of them wrote it.
struct Found<'d> {
    count: usize,
    field: Field,
    stem: &'d str,
    written: &'d str,
}

fn found(documents: &[Arc<Document>]) -> Table<u64, Found<'_>> {
    /// Documents that are counted by one thread.
    const TOGETHER: usize = 2048;
    let parts: Vec<Table<u64, Found<'_>>> = documents.par_chunks(TOGETHER).map(found_in).collect();
    let mut all = Table::default();
    for (id, term) in parts.into_iter().flatten() {
        all.entry(id).and_modify(|known: &mut Found<'_>| known.count += term.count).or_insert(term);
    }
    all
}

fn found_in(documents: &[Arc<Document>]) -> Table<u64, Found<'_>> {
    let mut found = Table::default();
    for document in documents {
        for term in &document.terms {
            let new =
                || Found { count: 0, field: term.field, stem: document.stem(term), written: document.written(term) };
            found.entry(term.id).or_insert_with(new).count += 1;
        }
    }
    found
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
