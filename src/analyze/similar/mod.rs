//! Which reports tell of incidents like a given one, and what the two have in common.
//!
//! Cosine of tf-idf weights over words, factors and services: w = field · (1 + ln tf) · ln((N+1)/df), at length one. Words
//! of the title and the summary count twice, factors three times. A report's vector keeps its heaviest terms and terms
//! of many reports are not looked at, so that the work grows with the reports and not with their square.
//! A term of one report alone joins no two of them; only words and reports from outside are compared by it.

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
    vectors: Vec<Vector>,
    /// Per term the places of reports with its weight there, the latest first.
    postings: Vec<Vec<(u32, f32)>>,
    places: HashMap<String, u32>,
}

/// Weights by term.
type Vector = Vec<(u32, f32)>;

#[derive(Clone, Debug)]
struct Term {
    field: Field,
    written: Box<str>,
    rarity: f64,
    /// One report alone has it: it stands in no vector of a report, and its posting is relative to that report's length.
    lone: bool,
}

impl Index {
    /// Of reports that stand newest first, as [`super::counted`] gives them: drafts are like nothing. For words and
    /// reports from outside: what one report alone has is known too.
    #[must_use]
    pub fn of(config: &Config, reports: Vec<Arc<Report>>) -> Self {
        let documents = Memo::default().documents(config, &reports);
        Self::of_documents(reports, &documents, 1)
    }

    /// For reports that are in the index, with what is kept from the time before. They are ranked as by [`Index::of`].
    #[must_use]
    pub fn again(config: &Config, reports: Vec<Arc<Report>>, memo: &Memo) -> Self {
        let documents = memo.documents(config, &reports);
        Self::of_documents(reports, &documents, 2)
    }

    /// With the terms that at least so many reports have.
    fn of_documents(reports: Vec<Arc<Report>>, documents: &[Arc<Document>], fewest: usize) -> Self {
        let found = found(documents);
        #[expect(clippy::cast_precision_loss, reason = "a count of reports")]
        let common = |count: usize| count as f64 > COMMON * documents.len() as f64;
        let mut kept: Vec<(u64, Found<'_>)> = found
            .into_iter()
            .filter(|(_, term)| term.count >= fewest && !(term.field == Field::Word && common(term.count)))
            .collect();
        kept.sort_unstable_by_key(|(_, term)| (term.field, term.stem));
        let term = |(_, found): &(u64, Found<'_>)| Term {
            field: found.field,
            written: found.written.into(),
            // One more, so that what all of three reports share still counts a little.
            rarity: terms::rarity(documents.len() + 1, found.count),
            lone: found.count < 2,
        };
        let terms: Vec<Term> = kept.iter().map(term).collect();
        let numbers = kept.iter().enumerate().map(|(at, (id, _))| (*id, number(at))).collect();
        let places = reports.iter().enumerate().map(|(at, report)| (report.id.value.clone(), number(at))).collect();
        let mut index =
            Self { postings: vec![Vec::new(); terms.len()], terms, numbers, places, vectors: Vec::new(), reports };
        let read: Vec<_> = documents.par_iter().map(|document| index.read(document)).collect();
        for (place, (vector, lone)) in read.iter().enumerate() {
            for (term, weight) in vector.iter().chain(lone) {
                index.postings[*term as usize].push((number(place), *weight));
            }
        }
        index.vectors = read.into_iter().map(|(vector, _)| vector).collect();
        index
    }

    /// The vector of a report in the index, and its lone terms with their weights relative to its length.
    fn read(&self, document: &Document) -> (Vector, Vector) {
        let (lone, shared): (Vec<_>, Vec<_>) =
            self.weights(document).partition(|(term, _)| self.terms[*term as usize].lone);
        let (vector, length) = unit(shared);
        // Of a report that shares no term with another, lone ones are all there is.
        let length = length.max(1e-6);
        #[expect(clippy::cast_possible_truncation, reason = "a weight of some thousands of lengths at most")]
        let lone = lone.into_iter().map(|(term, weight)| (term, (weight / length) as f32)).collect();
        (vector, lone)
    }

    fn weights<'a>(&'a self, document: &'a Document) -> impl Iterator<Item = (u32, f64)> + 'a {
        document.terms.iter().filter_map(|term| {
            let (number, count) = (*self.numbers.get(&term.id)?, f64::from(term.weight));
            let weight = if term.field == Field::Word { terms::weight(count) } else { count };
            Some((number, weight * self.terms[number as usize].rarity)).filter(|(_, weight)| *weight > 0.0)
        })
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
            (read, _) = unit(self.weights(&Document::of(config, report)).collect());
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
        let named =
            named.iter().map(|place| Match { named: true, ..self.told(vector, *place, self.cosine(vector, *place)) });
        named.chain(others).collect()
    }

    /// The reports that are most like a document.
    #[must_use]
    pub fn like_document(&self, document: &Document, most: usize) -> Vec<Match> {
        let (vector, _) = unit(self.weights(document).collect());
        self.nearest(&vector, 0, most, |_| true)
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
            *score = self.cosine(vector, *place);
        }
        scored.retain(|(score, _)| *score >= WEAKEST);
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

    /// That of a report's vector with those of its lone terms that are asked for.
    fn cosine(&self, vector: &[(u32, f32)], place: u32) -> f32 {
        let (mut sum, mut squares) = (dot(vector, &self.vectors[place as usize]), 1.0);
        for (_, weight, theirs) in self.lone(vector, place) {
            sum += weight * theirs;
            squares += theirs * theirs;
        }
        sum / squares.sqrt()
    }

    /// Terms that one report alone has, with their weights in a vector and there.
    fn lone<'a>(&'a self, vector: &'a [(u32, f32)], place: u32) -> impl Iterator<Item = (u32, f32, f32)> + 'a {
        let lone = vector.iter().filter(|(term, _)| self.terms[*term as usize].lone);
        lone.filter_map(move |(term, weight)| {
            let (at, theirs) = *self.postings[*term as usize].first()?;
            (at == place).then_some((*term, *weight, theirs))
        })
    }

    fn told(&self, vector: &[(u32, f32)], place: u32, score: f32) -> Match {
        let lone = self.lone(vector, place).map(|(term, weight, theirs)| (term, weight * theirs));
        let mut shared: Vec<(&Term, f32)> = common(vector, &self.vectors[place as usize])
            .chain(lone)
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

/// The heaviest weights, at length one and sorted by term, and the length that they had.
fn unit(mut weights: Vec<(u32, f64)>) -> (Vector, f64) {
    weights.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    weights.truncate(KEPT);
    let length = weights.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
    #[expect(clippy::cast_possible_truncation, reason = "a weight between 0 and 1")]
    let mut vector: Vector =
        weights.into_iter().map(|(term, weight)| (term, (weight / length.max(f64::MIN_POSITIVE)) as f32)).collect();
    vector.sort_unstable_by_key(|(term, _)| *term);
    (vector, length)
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
