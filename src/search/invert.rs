//! Documents → words with the reports that hold them. Words are interned per chunk of reports; chunks are then merged
//! in the order of words and reports, so that the result does not depend on how many threads there are.

use super::{
    document::Document,
    formula::{K1, LEVELS, LOWEST, STEP},
};
use crate::words::{
    stem::Stems,
    table::Table,
    token::{Kind, tokens},
};
use rayon::prelude::*;

/// Reports that share one table of words.
pub(super) const CHUNK: usize = 256;

/// One chunk of reports.
pub(super) struct Chunk {
    /// Words as they are written, with the number of their stem.
    words: Vec<(Box<str>, u32)>,
    stems: Vec<Box<str>>,
    /// (stem, report and level), by stem and then by report.
    posts: Vec<(u32, u32)>,
}

/// The words of reports, by chunk.
struct Builder {
    language: Stems,
    ids: Table<Box<str>, u32>,
    words: Vec<(Box<str>, u32)>,
    stem_ids: Table<Box<str>, u32>,
    stems: Vec<Box<str>>,
    posts: Vec<(u32, u32)>,
    /// What each stem weighs in the report at hand.
    weights: Vec<f32>,
    touched: Vec<u32>,
}

impl Builder {
    fn stem_of(&mut self, word: &str) -> u32 {
        if let Some(stem) = self.ids.get(word) {
            return *stem;
        }
        let stem = self.language.stem(word);
        let next = u32::try_from(self.stems.len()).expect("fewer stems than 2^32");
        let number = self.stem_ids.get(stem.as_ref()).copied().unwrap_or(next);
        if number == next {
            self.stem_ids.insert(stem.as_ref().into(), next);
            self.stems.push(stem.as_ref().into());
            self.weights.push(0.0);
        }
        self.ids.insert(word.into(), number);
        self.words.push((word.into(), number));
        number
    }

    fn add(&mut self, report: u32, document: &Document, found: &mut Vec<u32>) {
        for (field, text) in &document.fields {
            found.clear();
            let mut length = 0_u16;
            tokens(text, &mut |word, kind| {
                length = length.saturating_add(u16::from(kind == Kind::Whole));
                found.push(self.stem_of(word));
            });
            let weight = field.weight / (1.0 - field.b + field.b * f32::from(length) / field.usual);
            for stem in &*found {
                let so_far = &mut self.weights[*stem as usize];
                if *so_far == 0.0 {
                    self.touched.push(*stem);
                }
                *so_far += weight;
            }
        }
        for stem in self.touched.drain(..) {
            let weight = std::mem::take(&mut self.weights[stem as usize]);
            self.posts.push((stem, report * LEVELS + level(weight / (K1 + weight))));
        }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 15")]
fn level(impact: f32) -> u32 {
    let steps = (f64::from(impact) / LOWEST).ln() / STEP.ln();
    (steps.round().max(0.0) as u32).min(LEVELS - 1)
}

/// Reads the words of some reports; the number of the first one is `first`.
pub(super) fn chunk(lang: &str, first: u32, documents: impl Iterator<Item = Document>) -> Chunk {
    let mut builder = Builder {
        language: Stems::of(lang),
        ids: Table::default(),
        words: Vec::new(),
        stem_ids: Table::default(),
        stems: Vec::new(),
        posts: Vec::new(),
        weights: Vec::new(),
        touched: Vec::new(),
    };
    let mut found = Vec::new();
    for (report, document) in (first..).zip(documents) {
        builder.add(report, &document, &mut found);
    }
    let Builder { words, stems, mut posts, .. } = builder;
    posts.sort_unstable();
    Chunk { words, stems, posts }
}

/// All words in their order, and the reports of each stem.
pub(super) struct Index {
    /// Words as written, sorted, with the number of their group: words of one stem are one group.
    pub words: Vec<(Box<str>, u32)>,
    /// Per group: (report, level), by report.
    pub groups: Vec<Vec<(u32, u8)>>,
}

impl Index {
    /// Of groups of synonyms those with a word that is told.
    pub(super) fn told<'g>(&self, groups: impl Iterator<Item = &'g str>) -> impl Iterator<Item = &'g str> {
        let known = |word: &str| self.words.binary_search_by(|(other, _)| (**other).cmp(word)).is_ok();
        groups.filter(move |group| group.split(' ').any(known))
    }
}

/// Brings the chunks together. Groups are numbered in the order of their first word.
pub(super) fn merge(mut chunks: Vec<Chunk>) -> Index {
    let all: Vec<(&str, &str)> = chunks
        .iter()
        .flat_map(|chunk| chunk.words.iter().map(|(word, stem)| (&**word, &*chunk.stems[*stem as usize])))
        .collect();
    let mut all = all;
    all.par_sort_unstable();
    all.dedup();
    let mut numbers: Table<Box<str>, u32> = Table::default();
    let mut words = Vec::with_capacity(all.len());
    for (word, stem) in all {
        let next = u32::try_from(numbers.len()).expect("fewer stems than 2^32");
        let number = *numbers.entry(stem.into()).or_insert(next);
        words.push((Box::from(word), number));
    }
    let mut lists: Vec<Vec<(u32, u32, u32)>> = vec![Vec::new(); numbers.len()];
    for (at, chunk) in (0..).zip(&mut chunks) {
        chunk.words = Vec::new();
        let mut from = 0;
        for run in chunk.posts.chunk_by(|a, b| a.0 == b.0) {
            let to = from + u32::try_from(run.len()).expect("few");
            lists[numbers[&chunk.stems[run[0].0 as usize]] as usize].push((at, from, to));
            from = to;
        }
    }
    let group = |parts: Vec<(u32, u32, u32)>| {
        let posts = parts.into_iter().flat_map(|(chunk, from, to)| {
            chunks[chunk as usize].posts[from as usize..to as usize].iter().map(|(_, packed)| *packed)
        });
        posts.map(|packed| (packed / LEVELS, u8::try_from(packed % LEVELS).expect("a level"))).collect()
    };
    Index { words, groups: lists.into_par_iter().map(group).collect() }
}
