//! What the client finds, found here: for the expectations of a repository that `check --search` holds the search to.
//!
//! It follows `themes/default/static/search.js` step by step, shards included, and shares its numbers (`formula.rs`).

use super::{
    dictionary::{self, Shard},
    document::Document,
    facets::{self, Values},
    formula::{self, BEGINNINGS, BEGINS, BESIDE, ENDING, LEAST, LONGEST, LOOKED, SLIP, SLIPS, SYNONYM},
    in_order,
    invert::{self, Index},
    postings,
    query::{self, Filter, Query, Token},
};
use crate::{
    config::Config,
    model::{Report, corpus::Corpus},
    pages,
    words::{Words, fold, stop, synonyms},
};
use jiff::civil::Date;
use rayon::prelude::*;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// The search over the reports of a corpus.
pub struct Ranking<'w> {
    words: &'w Words,
    reports: Vec<(Date, Arc<Report>)>,
    index: Index,
    /// Places of the words of each group.
    members: Vec<Vec<usize>>,
    shards: Vec<Shard>,
    ends: Vec<(String, Vec<String>)>,
    facets: BTreeMap<&'static str, Values>,
    stop: BTreeSet<&'static str>,
    synonyms: Vec<&'static str>,
}

/// A word of a query, and the groups that stand for it with how well.
type Clause = Vec<(u32, f64)>;

impl<'w> Ranking<'w> {
    /// `words` are those of the site: they name the sections of a report.
    #[must_use]
    pub fn new(config: &Config, corpus: &Corpus, words: &'w Words) -> Self {
        let reports = in_order(config, corpus);
        let chunk = |(at, reports): (usize, &[(Date, Arc<Report>)])| {
            let documents = reports.iter().map(|(_, report)| Document::of(config, corpus, words, report));
            let first = u32::try_from(at * invert::CHUNK).expect("fewer reports than 2^32");
            invert::chunk(&config.lang, first, documents)
        };
        let index = invert::merge(reports.par_chunks(invert::CHUNK).enumerate().map(chunk).collect());
        let mut members = vec![Vec::new(); index.groups.len()];
        for (at, (_, group)) in index.words.iter().enumerate() {
            members[*group as usize].push(at);
        }
        let facets = facets::of(config, corpus, &reports).into();
        let (shards, ends) = (dictionary::shards(&index), dictionary::ends(&index));
        let stop = stop::words(&config.lang).split_whitespace().collect();
        let synonyms = synonyms::groups(&config.lang).collect();
        Self { words, reports, index, members, shards, ends, facets, stop, synonyms }
    }

    /// Whether a report is among those that can be found.
    #[must_use]
    pub fn knows(&self, id: &str) -> bool {
        self.reports.iter().any(|(_, report)| report.id.value == id)
    }

    /// The ids of the reports that a query finds, the best first.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<&str> {
        let asked = query::parse(text);
        let clauses = self.rarest(self.clauses(&asked));
        let allowed = self.allowed(&asked);
        let count = self.reports.len();
        let (mut score, mut share, mut had) = (vec![0.0_f32; count], vec![0.0_f32; count], vec![0_usize; count]);
        let mut total = 0.0;
        for clause in &clauses {
            let (idf, best) = self.impacts(clause);
            total += idf;
            for (report, impact) in best {
                let report = report as usize;
                score[report] = narrow(f64::from(score[report]) + idf * impact);
                share[report] = narrow(f64::from(share[report]) + idf);
                had[report] += 1;
            }
        }
        let narrowed = !asked.filters.is_empty() || !asked.without.is_empty();
        let open = (0..count).filter(|r| allowed[*r] && if clauses.is_empty() { narrowed } else { had[*r] > 0 });
        let mut found: Vec<(usize, f64)> = open
            .map(|r| {
                let part = f64::from(share[r]) / total;
                (r, if clauses.is_empty() { 0.0 } else { f64::from(score[r]) * (part * part) })
            })
            .collect();
        found.sort_by(|(a, x), (b, y)| y.total_cmp(x).then(b.cmp(a)));
        let least = found.first().map_or(0.0, |(_, score)| score * LEAST);
        let most = found.iter().map(|(r, _)| had[*r]).max().unwrap_or(0);
        found.retain(|(r, score)| *score >= least && had[*r] * 2 >= most);
        if !asked.phrases.is_empty() {
            found.truncate(LOOKED);
            found.retain(|(r, _)| holds(&self.reports[*r].1, self.words, &asked.phrases));
        }
        found.into_iter().map(|(r, _)| self.reports[r].1.id.value.as_str()).collect()
    }

    fn clauses(&self, asked: &Query) -> Vec<Clause> {
        let alone = asked.words.len() == 1;
        let told = |token: &&Token| !self.stop.contains(token.whole.as_str()) || (token.open && alone);
        let mut words: Vec<&Token> = asked.words.iter().filter(told).collect();
        if words.is_empty() {
            words = asked.words.iter().collect();
        }
        words.into_iter().flat_map(|token| self.resolve(token)).filter(|clause| !clause.is_empty()).collect()
    }

    /// The rarest words of a long question, each once.
    fn rarest(&self, clauses: Vec<Clause>) -> Vec<Clause> {
        let mut order: Vec<usize> = (0..clauses.len()).collect();
        order.sort_by_key(|at| self.class(clauses[*at][0].0));
        order.truncate(LONGEST);
        let mut seen = BTreeSet::new();
        let kept = clauses.into_iter().enumerate().map(|(at, clause)| (seen.insert(clause[0].0), at, clause));
        kept.filter(|(new, at, _)| *new && order.contains(at)).map(|(.., clause)| clause).collect()
    }

    /// How much a word tells, and the best impact of it in each report that has it.
    fn impacts(&self, clause: &Clause) -> (f64, BTreeMap<u32, f64>) {
        let (mut best, mut df) = (BTreeMap::new(), 0);
        for (group, factor) in clause {
            let posts = &self.index.groups[*group as usize];
            let same = |other: f64| (factor - other).abs() < 1e-9;
            df += if same(clause[0].1) || same(SYNONYM) { posts.len() } else { 0 };
            for (level, reports) in (0..).zip(postings::by_level(posts)) {
                let impact = factor * formula::impact(level);
                for report in reports {
                    let so_far = best.entry(report).or_insert(0.0);
                    *so_far = impact.max(*so_far);
                }
            }
        }
        (formula::idf(self.reports.len(), df), best)
    }

    fn class(&self, group: u32) -> usize {
        dictionary::class(self.index.groups[group as usize].len())
    }

    fn lookup(&self, word: &str) -> Option<u32> {
        let at = self.index.words.binary_search_by(|(other, _)| (**other).cmp(word)).ok()?;
        Some(self.index.words[at].1)
    }

    fn exact(&self, token: &Token) -> Option<u32> {
        self.lookup(&token.whole).or_else(|| self.lookup(token.joined.as_ref()?))
    }

    fn resolve(&self, token: &Token) -> Vec<Clause> {
        let exact = self.exact(token);
        let mut found: Clause = exact.iter().map(|group| (*group, 1.0)).collect();
        for group in self.synonyms(&token.whole, exact) {
            if found.iter().all(|(other, _)| *other != group) {
                found.push((group, SYNONYM));
            }
        }
        if (token.open || exact.is_none()) && token.whole.chars().nth(1).is_some() {
            let factor = if exact.is_some() { BESIDE } else { BEGINS };
            let mut others = self.beginning(&token.whole);
            others.retain(|group| found.iter().all(|(other, _)| other != group));
            found.extend(others.into_iter().map(|group| (group, factor)));
        }
        if !found.is_empty() {
            return vec![found];
        }
        if !token.parts.is_empty() {
            let part = |part: &String| self.resolve(&Token { whole: part.clone(), ..Token::default() });
            return token.parts.iter().flat_map(part).collect();
        }
        vec![self.similar(&token.whole)]
    }

    /// What means the same as a word, or as another one of its group.
    fn synonyms(&self, word: &str, exact: Option<u32>) -> impl Iterator<Item = u32> {
        let members = exact.into_iter().flat_map(|group| &self.members[group as usize]);
        let forms: Vec<&str> = std::iter::once(word).chain(members.map(|at| &*self.index.words[*at].0)).collect();
        let group = self.synonyms.iter().find(|group| group.split(' ').any(|other| forms.contains(&other)));
        group.into_iter().flat_map(|group| group.split(' ')).filter_map(|other| self.lookup(other))
    }

    /// The words of the shards that may begin with a prefix, at most `limit` shards.
    fn near(&self, prefix: &str, limit: usize) -> impl Iterator<Item = &(Box<str>, u32)> {
        let first = place(self.shards.iter().map(|shard| shard.key.as_str()), prefix);
        let begin =
            move |(at, shard): &(usize, &Shard)| *at == 0 || shard.key.starts_with(prefix) || &*shard.key <= prefix;
        let shards = self.shards.iter().skip(first).enumerate().take_while(begin).take(limit);
        let words: Vec<&(Box<str>, u32)> =
            shards.flat_map(|(_, shard)| &self.index.words[shard.words.clone()]).collect();
        words.into_iter()
    }

    /// The more frequent first, then those with the shorter first word.
    fn order(&self, group: u32) -> (std::cmp::Reverse<usize>, usize) {
        let first = &self.index.words[self.members[group as usize][0]].0;
        (std::cmp::Reverse(self.class(group)), first.encode_utf16().count())
    }

    fn beginning(&self, prefix: &str) -> Vec<u32> {
        let mut found: Vec<u32> = Vec::new();
        for (_, group) in self.near(prefix, 2).filter(|(word, _)| word.starts_with(prefix)) {
            if !found.contains(group) {
                found.push(*group);
            }
        }
        found.sort_by_key(|group| self.order(*group));
        found.truncate(BEGINNINGS);
        found
    }

    /// Words that differ by one letter, or by their ending alone.
    fn similar(&self, word: &str) -> Clause {
        let length = word.chars().count();
        if length < 4 {
            return Vec::new();
        }
        let mut found: Clause = Vec::new();
        let add = |found: &mut Clause, group: u32, factor: f64| {
            if !found.iter().any(|(other, _)| *other == group) {
                found.push((group, factor));
            }
        };
        let head = |count: usize| word.chars().take(count).collect::<String>();
        let from = |found: &mut Clause, prefix: &str, limit: usize| {
            self.near(prefix, limit).filter(|(other, _)| one_edit(word, other)).for_each(|(_, g)| add(found, *g, SLIP));
        };
        from(&mut found, word, 1);
        for other in self.by_ends(word) {
            if let Some(group) = self.lookup(&other) {
                add(&mut found, group, SLIP);
            }
        }
        for (count, limit) in [(3, 3), (2, 4)] {
            if found.is_empty() {
                from(&mut found, &head(count), limit);
            }
        }
        let keep = (length - 2).max(4);
        let prefix = head(keep);
        let ending = |other: &str| other.starts_with(&prefix) && other.encode_utf16().count() < keep + 4;
        for (_, group) in self.near(&prefix, 1).filter(|(other, _)| ending(other)) {
            add(&mut found, *group, ENDING);
        }
        found.sort_by_key(|(group, _)| self.order(*group));
        found.truncate(SLIPS);
        found
    }

    /// Words that end like this one and differ by one letter, at most six.
    fn by_ends(&self, word: &str) -> Vec<String> {
        let reversed: String = word.chars().rev().collect();
        let key: String = reversed.chars().take(2).collect();
        let first = place(self.ends.iter().map(|(key, _)| key.as_str()), &reversed);
        let begin = |(at, (other, _)): &(usize, &(String, Vec<String>))| *at == 0 || other.starts_with(&key);
        let shards = self.ends.iter().skip(first).enumerate().take_while(begin).take(3);
        let near = shards.flat_map(|(_, (_, words))| words).filter(|other| one_edit(&reversed, other));
        near.take(6).map(|other| other.chars().rev().collect()).collect()
    }

    /// Which reports the operators let through.
    fn allowed(&self, asked: &Query) -> Vec<bool> {
        let mut allowed = vec![true; self.reports.len()];
        for filter in &asked.filters {
            let mask = self.narrowed(filter);
            allowed.iter_mut().zip(mask).for_each(|(allowed, through)| *allowed &= through != filter.not);
        }
        for group in asked.without.iter().filter_map(|token| self.exact(token)) {
            self.index.groups[group as usize].iter().for_each(|(report, _)| allowed[*report as usize] = false);
        }
        allowed
    }

    fn narrowed(&self, filter: &Filter) -> Vec<bool> {
        let dates = |test: &dyn Fn(Date) -> bool| self.reports.iter().map(|(date, _)| test(*date)).collect();
        let from = || {
            let mut parts = filter.value.split('-').map(|part| part.parse::<i16>().ok());
            let part = |part: Option<Option<i16>>| i8::try_from(part.flatten().unwrap_or(1)).unwrap_or(1);
            let year = parts.next().flatten()?;
            Date::new(year, part(parts.next()), part(parts.next())).ok()
        };
        match filter.facet {
            "year" => dates(&|date| date.year().to_string() == filter.value),
            "before" => dates(&|date| from().is_some_and(|from| date < from)),
            "after" => dates(&|date| from().is_some_and(|from| date >= from)),
            facet => {
                let plain = |text: &str| fold::fold(text).to_lowercase();
                let (wanted, values) = (plain(&filter.value), &self.facets[facet]);
                let mut mask = vec![false; self.reports.len()];
                let same =
                    |(id, (name, _)): &(&String, &(String, Vec<u32>))| plain(id) == wanted || plain(name) == wanted;
                let some = values.iter().any(|value| same(&value));
                let like = |(id, (name, _)): &(&String, &(String, Vec<u32>))| {
                    plain(id).contains(&wanted) || plain(name).contains(&wanted)
                };
                for (_, (_, reports)) in values.iter().filter(|value| if some { same(value) } else { like(value) }) {
                    for report in reports {
                        mask[*report as usize] = true;
                    }
                }
                mask
            }
        }
    }
}

/// As the client keeps it.
#[expect(clippy::cast_possible_truncation, reason = "the client sums in single precision")]
fn narrow(value: f64) -> f32 {
    value as f32
}

/// The shard that a word would stand in.
fn place<'k>(keys: impl Iterator<Item = &'k str>, word: &str) -> usize {
    keys.enumerate().skip(1).take_while(|(_, key)| *key <= word).last().map_or(0, |(at, _)| at)
}

/// Whether two words differ by one letter: one more, one less, another, or two exchanged.
fn one_edit(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a == b || a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let from = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let rest = a.len().min(b.len()) - from;
    let end = a.iter().rev().zip(b.iter().rev()).take(rest).take_while(|(x, y)| x == y).count();
    let (x, y) = (&a[from..a.len() - end], &b[from..b.len() - end]);
    x.len().max(y.len()) == 1 || (x.len() == 2 && y.len() == 2 && x[0] == y[1] && x[1] == y[0])
}

/// Whether a title, a heading or the words of a section hold every phrase.
fn holds(report: &Report, words: &Words, phrases: &[Vec<String>]) -> bool {
    let parts = pages::parts(report, words);
    let texts = parts.iter().flat_map(|part| [&part.heading, &part.text]).chain([&report.title.value]);
    let texts: Vec<Vec<String>> =
        texts.map(|text| query::words(text).into_iter().map(|token| token.whole).collect()).collect();
    phrases.iter().all(|phrase| texts.iter().any(|text| text.windows(phrase.len()).any(|window| window == phrase)))
}
