//! What may be said of factors: whether they became rarer, which go together, and which words tell their incidents
//! from others. All of it is a hypothesis, with the number of tests that were made.

use super::{
    Analysis, Group,
    comparison::{Comparison, Days, Subject, judged},
    factors_of, recurrence,
};
use crate::{
    config::Config,
    markup,
    model::Report,
    stats::{
        association::{self, Counts},
        multiplicity, terms,
    },
    words::{fold::fold, stop, table::Table},
};
use rayon::prelude::*;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Two factors that were named in the same incidents more often than chance alone would have it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair<'a> {
    pub a: &'a str,
    pub b: &'a str,
    pub counts: Counts,
    /// N·n(AB)/(n(A)·n(B))
    pub lift: f64,
    /// Fisher's exact p, one-sided.
    pub p: f64,
    /// After Benjamini and Hochberg, over all pairs that were tested.
    pub q: f64,
}

/// A word of the incidents of a factor.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    pub text: String,
    /// Incidents of the factor with it, and all incidents with it.
    pub here: usize,
    pub everywhere: usize,
    /// Of the log-odds ratio with a Dirichlet prior.
    pub z: f64,
}

/// What is computed once for all factors.
#[derive(Clone, Debug, Default)]
pub struct Patterns<'a> {
    /// The last twelve months against the twelve before, by factor.
    changes: BTreeMap<&'a str, Comparison<'a>>,
    /// Pairs that pass, the strongest lift first.
    pub pairs: Vec<Pair<'a>>,
    /// Pairs that were named together often enough to be tested.
    pub pairs_tested: usize,
    words: Vocabulary<'a>,
}

/// The words of all reports.
#[derive(Clone, Debug, Default)]
struct Vocabulary<'a> {
    /// In their order, with how many reports have each.
    all: Vec<(String, usize)>,
    /// The places in `all` of the words of each report, by its id.
    of: Table<&'a str, Vec<usize>>,
}

impl<'a> Vocabulary<'a> {
    fn of(reports: &'a [Arc<Report>], stop: &BTreeSet<&str>) -> Self {
        let words: Vec<BTreeSet<String>> = reports.par_iter().map(|report| words_of(report, stop)).collect();
        let mut counts: Table<&str, usize> = Table::default();
        for word in words.iter().flatten() {
            *counts.entry(word).or_default() += 1;
        }
        let mut all: Vec<(String, usize)> = counts.iter().map(|(word, count)| ((*word).to_owned(), *count)).collect();
        all.sort_unstable();
        let places: Table<&str, usize> =
            all.iter().enumerate().map(|(place, (word, _))| (word.as_str(), place)).collect();
        let of = |(report, words): (&'a Arc<Report>, &BTreeSet<String>)| {
            (report.id.value.as_str(), words.iter().map(|word| places[word.as_str()]).collect())
        };
        let of = reports.iter().zip(&words).map(of).collect();
        Self { all, of }
    }
}

/// Words that tell a factor's incidents apart, at most.
const WORDS: usize = 8;
/// A word in fewer incidents of the factor is no pattern.
const FEWEST_WITH_WORD: usize = 3;
/// From so many standard errors on.
const APART: f64 = 1.96;
/// What the prior weighs, in reports.
const PRIOR: f64 = 50.0;

impl<'a> Patterns<'a> {
    /// Pure; the same analysis gives the same result.
    #[must_use]
    pub fn of(config: &Config, analysis: &'a Analysis, days: &Days<'a>) -> Self {
        let reports = &analysis.overall.reports;
        let (pairs, pairs_tested) = pairs(reports);
        let stop: BTreeSet<&str> = stop::words(&config.lang).split_whitespace().collect();
        let words = Vocabulary::of(reports, &stop);
        Self { changes: changes(config, analysis, days), pairs, pairs_tested, words }
    }

    /// The last twelve months against the twelve before; `None` for too few incidents.
    #[must_use]
    pub fn change(&self, factor: &str) -> Option<&Comparison<'a>> {
        self.changes.get(factor)
    }

    /// How many factors were compared.
    #[must_use]
    pub fn compared(&self) -> usize {
        self.changes.len()
    }

    /// The pairs with a factor.
    pub fn pairs_of(&self, factor: &str) -> impl Iterator<Item = &Pair<'a>> {
        self.pairs.iter().filter(move |pair| pair.a == factor || pair.b == factor)
    }

    /// Words of titles and summaries that stand in a factor's incidents more often than in others, by how surely.
    #[must_use]
    pub fn words(&self, group: &Group) -> Vec<Word> {
        let mut here = vec![0_usize; self.words.all.len()];
        for report in &*group.reports {
            for place in self.words.of.get(report.id.value.as_str()).into_iter().flatten() {
                here[*place] += 1;
            }
        }
        let total: usize = self.words.all.iter().map(|(_, count)| count).sum();
        let counted = self.words.all.iter().zip(here).filter(|(_, here)| *here > 0);
        let counted: Vec<(&str, usize, usize)> =
            counted.map(|((word, everywhere), here)| (word.as_str(), here, *everywhere)).collect();
        let (first, second): (Vec<usize>, Vec<usize>) =
            counted.iter().map(|(_, here, everywhere)| (*here, everywhere.saturating_sub(*here))).unzip();
        #[expect(clippy::cast_precision_loss, reason = "counts of reports are far below 2^53")]
        let prior: Vec<f64> =
            counted.iter().map(|(_, _, everywhere)| PRIOR * *everywhere as f64 / total.max(1) as f64).collect();
        let Some(odds) = terms::log_odds(&first, &second, &prior) else { return Vec::new() };
        let told = counted.iter().zip(odds).filter(|((_, here, _), odds)| *here >= FEWEST_WITH_WORD && odds.z >= APART);
        let mut told: Vec<Word> = told
            .map(|((text, here, everywhere), odds)| Word {
                text: (*text).to_owned(),
                here: *here,
                everywhere: *everywhere,
                z: odds.z,
            })
            .collect();
        told.sort_by(|a, b| b.z.total_cmp(&a.z).then_with(|| a.text.cmp(&b.text)));
        told.truncate(WORDS);
        told
    }
}

fn changes<'a>(config: &Config, analysis: &'a Analysis, days: &Days<'a>) -> BTreeMap<&'a str, Comparison<'a>> {
    let compared = analysis.by_factor.iter().filter_map(|(id, group)| {
        let sides = days.last_year(&recurrence::dates(group, &config.time_zone))?;
        Some((Subject::Factor(id), sides))
    });
    let named = |one: Comparison<'a>| match one.subject {
        Subject::Factor(id) => Some((id, one)),
        _ => None,
    };
    judged(compared.collect()).into_iter().filter_map(named).collect()
}

fn pairs<'a>(reports: &'a [Arc<Report>]) -> (Vec<Pair<'a>>, usize) {
    let mut single: BTreeMap<&str, usize> = BTreeMap::new();
    let mut both: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for report in reports {
        let factors = factors_of(report);
        for (at, a) in factors.iter().enumerate() {
            *single.entry(a).or_default() += 1;
            factors[at + 1..].iter().for_each(|b| *both.entry((a, b)).or_default() += 1);
        }
    }
    let tested: Vec<Pair<'a>> = both
        .into_iter()
        .filter(|(_, count)| *count >= association::FEWEST)
        .filter_map(|((a, b), count)| {
            let counts = Counts { all: reports.len(), a: single[a], b: single[b], both: count };
            Some(Pair { a, b, counts, lift: counts.lift()?, p: counts.p()?, q: 1.0 })
        })
        .collect();
    let q = multiplicity::benjamini_hochberg(&tested.iter().map(|pair| pair.p).collect::<Vec<_>>());
    let count = tested.len();
    let mut told: Vec<Pair<'a>> = tested
        .into_iter()
        .zip(q)
        .map(|(pair, q)| Pair { q, ..pair })
        .filter(|pair| pair.lift > association::LEAST_LIFT && pair.q <= multiplicity::LEVEL)
        .collect();
    told.sort_by(|one, other| other.lift.total_cmp(&one.lift).then_with(|| (one.a, one.b).cmp(&(other.a, other.b))));
    (told, count)
}

/// The words of the title and the summary, each once.
fn words_of(report: &Report, stop: &BTreeSet<&str>) -> BTreeSet<String> {
    let summary = report.section_text("summary").map(markup::text).unwrap_or_default();
    let text = format!("{} {summary}", report.title.value).to_lowercase();
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '_');
    words
        .map(|word| word.trim_matches(['-', '_']))
        .filter(|word| {
            word.chars().count() > 2 && word.chars().any(char::is_alphabetic) && !stop.contains(fold(word).as_ref())
        })
        .map(str::to_owned)
        .collect()
}
