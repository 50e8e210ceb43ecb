//! Incidents that are alike: measured on labeled reports against simpler rankings, and what every ranking must keep to.

use crate::support::{own_repository, snapshot};
use afterword::{
    analyze::{
        self,
        similar::{Document, Index, Match},
    },
    config::Config,
    model::{Report, Visibility, corpus::Corpus},
    pipeline,
    words::token::tokens,
};
use jiff::{ToSpan, civil::date};
use std::{collections::BTreeMap, fs, sync::Arc};

/// Ids of reports, or words that somebody types, and the ids that should be found.
type Queries = BTreeMap<String, Vec<String>>;

#[derive(serde::Deserialize)]
struct Labels {
    reports: BTreeMap<String, Queries>,
    words: Queries,
}

/// What a ranking gives for a query: ids, the best first.
type Ranking<'r> = Box<dyn Fn(&str) -> Vec<String> + 'r>;

#[derive(Debug)]
struct Score {
    first: f64,
    among_five: f64,
    reciprocal: f64,
}

/// Hit@1, Recall@5 and the mean reciprocal rank.
#[expect(clippy::cast_precision_loss, reason = "counts of reports")]
fn score(queries: &Queries, ranking: &Ranking<'_>) -> Score {
    let mut sum = Score { first: 0.0, among_five: 0.0, reciprocal: 0.0 };
    for (query, relevant) in queries {
        let ranked = ranking(query);
        let place = ranked.iter().position(|found| relevant.contains(found));
        sum.first += f64::from(u8::from(place == Some(0)));
        let found = ranked.iter().take(5).filter(|found| relevant.contains(found)).count();
        sum.among_five += found as f64 / relevant.len().min(5) as f64;
        sum.reciprocal += place.map_or(0.0, |place| 1.0 / (place + 1) as f64);
    }
    let count = queries.len() as f64;
    Score { first: sum.first / count, among_five: sum.among_five / count, reciprocal: sum.reciprocal / count }
}

fn before(a: &Report, b: &Report) -> bool {
    a.times.started.value.sort_key() < b.times.started.value.sort_key()
}

/// The reports before the one that the query names, all for words, by a number, the largest first; equal ones by id.
fn ranked(corpus: &Corpus, query: &str, value: impl Fn(&Report) -> f64) -> Vec<String> {
    let asking = corpus.by_id(query);
    let candidates = corpus.reports.iter().filter(|other| asking.is_none_or(|asking| before(other, asking)));
    let mut all: Vec<(f64, &str)> = candidates.map(|other| (value(other), other.id.value.as_str())).collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    all.into_iter().map(|(_, id)| id.to_owned()).collect()
}

fn counts(texts: &[&str]) -> BTreeMap<String, f64> {
    let mut counts = BTreeMap::new();
    for text in texts {
        tokens(text, &mut |word, _| *counts.entry(word.to_owned()).or_default() += 1.0);
    }
    counts
}

/// Okapi BM25 with k1 = 1.2 and b = 0.75 over title and body, the report or the words as the query.
#[expect(clippy::cast_precision_loss, reason = "counts of reports")]
fn bm25(corpus: &Corpus) -> Ranking<'_> {
    let words = |report: &Report| counts(&[&report.title.value, &report.body]);
    let all: BTreeMap<&str, BTreeMap<String, f64>> =
        corpus.reports.iter().map(|report| (report.id.value.as_str(), words(report))).collect();
    let length = |counts: &BTreeMap<String, f64>| counts.values().sum::<f64>();
    let usual = all.values().map(length).sum::<f64>() / all.len() as f64;
    let mut with: BTreeMap<String, f64> = BTreeMap::new();
    for word in all.values().flat_map(BTreeMap::keys) {
        *with.entry(word.clone()).or_default() += 1.0;
    }
    let count = all.len() as f64;
    Box::new(move |query| {
        let asked = all.get(query).cloned().unwrap_or_else(|| counts(&[query]));
        ranked(corpus, query, |other| {
            let counts = &all[other.id.value.as_str()];
            let norm = 1.2 * (0.25 + 0.75 * length(counts) / usual);
            let weight = |word: &String| {
                let (tf, with) = (counts.get(word).copied().unwrap_or(0.0), with.get(word).copied().unwrap_or(0.0));
                (1.0 + (count - with + 0.5) / (with + 0.5)).ln() * tf * 2.2 / (tf + norm)
            };
            asked.keys().map(weight).sum()
        })
    })
}

#[expect(clippy::cast_precision_loss, reason = "counts of factors")]
fn shared_factors(corpus: &Corpus) -> Ranking<'_> {
    Box::new(|query| {
        let mine = corpus.by_id(query).map(|report| analyze::factors_of(report)).unwrap_or_default();
        ranked(corpus, query, |other| analyze::factors_of(other).iter().filter(|id| mine.contains(id)).count() as f64)
    })
}

/// One order for all, by a digest of the query and the id.
fn random(corpus: &Corpus) -> Ranking<'_> {
    Box::new(|query| {
        ranked(corpus, query, |other| {
            let digest = blake3::hash(format!("{query} {}", other.id.value).as_bytes());
            f64::from(u32::from_le_bytes(digest.as_bytes()[..4].try_into().expect("four bytes")))
        })
    })
}

fn matches(config: &Config, corpus: &Corpus, index: &Index, query: &str, most: usize) -> Vec<Match> {
    match corpus.by_id(query) {
        Some(report) => index.like(config, report, most, |other| before(other, report)),
        None => index.like_document(&Document::of_words(config, query, &[]), most),
    }
}

fn ours<'r>(config: &'r Config, corpus: &'r Corpus, index: &'r Index) -> Ranking<'r> {
    Box::new(|query| {
        let found = matches(config, corpus, index, query, 100);
        found.into_iter().map(|found| found.report.id.value.clone()).collect()
    })
}

fn labels(corpus: &Corpus) -> Labels {
    let labels = fs::read_to_string("tests/similar/queries.toml").expect("the labels");
    let labels: Labels = toml::from_str(&labels).expect("queries and lists of ids");
    let known = |id: &str| corpus.by_id(id).unwrap_or_else(|| panic!("{id} is a report"));
    for (id, relevant) in labels.reports.values().flatten() {
        for other in relevant {
            assert!(before(known(other), known(id)), "{other} before {id}");
        }
    }
    for id in labels.words.values().flatten() {
        known(id);
    }
    labels
}

fn print_lists(queries: &Queries, matches: impl Fn(&str) -> Vec<Match>) {
    for (query, relevant) in queries {
        println!("{query}");
        for found in matches(query) {
            let mark = if relevant.contains(&found.report.id.value) { '+' } else { ' ' };
            let why = [found.factors, found.services, found.words].concat().join(", ");
            println!("  {mark} {:.3} {} ({why})", found.score, found.report.id.value);
        }
    }
}

#[test]
fn labeled_reports_are_found_more_often_than_by_simpler_rankings() {
    let snapshot = own_repository();
    let checked = pipeline::check(&snapshot);
    let (config, corpus) = (&checked.config, pipeline::published(&checked, Visibility::Public));
    let Labels { reports, words } = labels(&corpus);
    let index = Index::of(config, analyze::counted(&corpus));
    let rankings = [
        ("afterword", ours(config, &corpus, &index)),
        ("BM25", bm25(&corpus)),
        ("shared factors", shared_factors(&corpus)),
        ("random", random(&corpus)),
    ];
    for (name, queries) in reports.iter().chain([(&"words".to_owned(), &words)]) {
        println!("{} queries, {name}\n{:<16} Hit@1  Recall@5  MRR", queries.len(), "");
        for (name, ranking) in &rankings {
            let Score { first, among_five, reciprocal } = score(queries, ranking);
            println!("{name:<16} {first:.3}  {among_five:.3}     {reciprocal:.3}");
        }
        if std::env::var_os("AFTERWORD_MISSES").is_some() {
            print_lists(queries, |query| matches(config, &corpus, &index, query, 5));
        }
    }
    let every: Queries = reports.into_values().flatten().collect();
    assert!(every.len() >= 55 && words.len() >= 20);
    let scores: Vec<Score> = rankings.iter().map(|(_, ranking)| score(&every, ranking)).collect();
    let [ours, others @ ..] = &scores[..] else { panic!("four rankings") };
    for other in others {
        assert!(ours.among_five > other.among_five && ours.reciprocal > other.reciprocal, "{scores:?}");
    }
}

fn report(id: &str, day: &str, front: &str, words: &str) -> (String, String) {
    let text = format!(
        "---\ntitle: {id} {words}\nseverity: sev2\nstatus: reviewed\nservices: [checkout]\nstarted_at: {day}T10:00:00Z\n\
         {front}---\n\n## Summary\n\n{words}\n"
    );
    (format!("reports/{}/{day}-{id}.md", &day[..4]), text)
}

fn read(reports: &[(String, String)]) -> (Config, Corpus) {
    let site =
        "title = \"T\"\n[services.checkout]\nname = \"Checkout\"\n[severities.sev2]\nname = \"Two\"\nmeaning = \"m\"\n";
    let files = reports.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    let files: Vec<(&str, &str)> = files.chain([("site.toml", site)]).collect();
    let checked = pipeline::check(&snapshot(&files));
    let corpus = pipeline::published(&checked, Visibility::Public);
    assert_eq!(corpus.reports.len(), reports.len(), "{:?}", checked.diagnostics);
    (checked.config, corpus)
}

fn by_end<'c>(corpus: &'c Corpus, end: &str) -> &'c Arc<Report> {
    corpus.reports.iter().find(|report| report.id.value.ends_with(end)).expect("a report")
}

#[test]
fn what_the_author_says_is_not_related_is_left_out() {
    let other = "not_related: [2025-01-01-first]\n";
    let (config, corpus) = read(&[
        report("first", "2025-01-01", "", "replica lag broke failover"),
        report("second", "2025-01-02", "", "replica lag broke failover"),
        report("third", "2025-01-03", other, "replica lag broke failover"),
        report("fourth", "2025-01-04", "", "expired certificate"),
        report("fifth", "2025-01-05", "", "expired certificate"),
    ]);
    let index = Index::of(&config, analyze::counted(&corpus));
    let ids =
        |found: Vec<Match>| -> Vec<String> { found.into_iter().map(|found| found.report.id.value.clone()).collect() };
    let third = by_end(&corpus, "third");
    assert_eq!(ids(index.like(&config, third, 1, |_| true)), ["2025-01-02-second"]);
    assert_eq!(ids(index.like(&config, third, 2, |other| other.id.value.contains("first"))), [""; 0]);
    let found = index.like_document(&Document::of_words(&config, "certificates expired", &[]), 5);
    assert_eq!(found[0].words, ["certificate", "expired"]);
    assert_eq!(ids(found), ["2025-01-05-fifth", "2025-01-04-fourth"]);
    assert!(index.like_document(&Document::of_words(&config, "nothing of the kind", &[]), 5).is_empty());
}

/// A rare word is the best one to ask for; so is that of a draft, which is in no index.
#[test]
fn words_that_one_report_alone_has_find_it() {
    let (config, corpus) = read(&[
        report("first", "2025-01-01", "", "kafka brokers ran out of memory"),
        report("second", "2025-01-02", "", "memory leak of a proxy ran for days"),
        report("third", "2025-01-03", "", "expired certificate of a proxy"),
    ]);
    let found = |words| {
        Index::of(&config, analyze::counted(&corpus)).like_document(&Document::of_words(&config, words, &[]), 5)
    };
    let kafka = found("kafka");
    assert_eq!(kafka.len(), 1);
    assert_eq!(
        (kafka[0].report.id.value.as_str(), &kafka[0].words[..]),
        ("2025-01-01-first", &["kafka".to_owned()][..])
    );
    let both = found("kafka memory");
    assert_eq!(both[0].report.id.value, "2025-01-01-first");
    assert!(both[0].score > both[1].score && both[0].score <= 1.0, "{both:?}");
}

/// Of a term that hundreds of later reports have, the earlier ones are still found.
#[test]
fn old_reports_have_similar_ones_too() {
    let first = date(2020, 1, 1);
    let reports: Vec<_> = (0..700_i32)
        .map(|at| {
            let day = first.saturating_add(at.days()).to_string();
            let words = if at % 5 < 3 { "replica lag" } else { "expired certificate" };
            report(&format!("r{at}"), &day, "", words)
        })
        .collect();
    let (config, corpus) = read(&reports);
    let index = Index::of(&config, analyze::counted(&corpus));
    let old = by_end(&corpus, "-r6");
    let found = index.like(&config, old, 5, |other| before(other, old));
    let ids: Vec<&str> = found.iter().map(|found| found.report.id.value.as_str()).collect();
    assert_eq!(ids, ["2020-01-06-r5", "2020-01-03-r2", "2020-01-02-r1", "2020-01-01-r0"]);
    assert!(found.iter().all(|found| found.score > 0.9), "{found:?}");
}
