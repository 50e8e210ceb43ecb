//! What may be said of a factor: whether it became rarer, what goes together with it, which words tell its incidents
//! apart, and whether it came back after work against it was done.

use crate::{
    analyze::{
        Group, followup,
        pattern::{Pair, Patterns},
    },
    markup::Html,
    model::Report,
    pages::{
        Input, digest, incident_url,
        views::{self, Link},
    },
};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
pub(super) struct Said {
    /// The last twelve months against the twelve before, in a sentence.
    change: Option<Html>,
    /// Factors that were compared so.
    compared: usize,
    pairs: Vec<PairView>,
    pairs_tested: usize,
    words: Vec<WordView>,
    after: Vec<After>,
    after_more: usize,
}

#[derive(Serialize)]
struct PairView {
    other: Link,
    both: usize,
    here: usize,
    lift: String,
    p: String,
    q: String,
}

#[derive(Serialize)]
struct WordView {
    text: String,
    here: usize,
    everywhere: usize,
}

/// Work against a factor that was done, and the incidents with the factor since then.
#[derive(Serialize)]
struct After {
    title: String,
    done: String,
    report: Link,
    times: usize,
    latest: Option<Link>,
}

/// Finished work that a page lists, the latest first.
const LISTED: usize = 6;

/// A report and the day on which its work was done.
type Done<'i> = (&'i Report, &'i crate::model::Action, Date);

/// Finished work by the factor that it was against.
pub(super) fn done<'i>(input: &'i Input<'_>) -> BTreeMap<&'i str, Vec<Done<'i>>> {
    let mut by_factor: BTreeMap<&str, Vec<Done<'i>>> = BTreeMap::new();
    for report in input.newest {
        for action in &report.actions {
            let Some(day) = followup::done_on(action) else { continue };
            for factor in &action.addresses {
                by_factor.entry(&factor.value).or_default().push((report, action, day));
            }
        }
    }
    for all in by_factor.values_mut() {
        all.sort_by_key(|(report, _, day)| (std::cmp::Reverse(*day), &report.path));
    }
    by_factor
}

pub(super) fn of(
    input: &Input<'_>,
    id: &str,
    group: &Group,
    patterns: &Patterns<'_>,
    done: &[Done<'_>],
    page: &str,
) -> Said {
    let words = patterns.words(group).into_iter();
    Said {
        change: patterns.change(id).map(|change| digest::sentence(input, change).html(page)),
        compared: patterns.compared(),
        pairs: patterns.pairs_of(id).map(|pair| pair_view(input, id, pair)).collect(),
        pairs_tested: patterns.pairs_tested,
        words: words.map(|word| WordView { text: word.text, here: word.here, everywhere: word.everywhere }).collect(),
        after: done.iter().take(LISTED).map(|done| after(input, group, done)).collect(),
        after_more: done.len().saturating_sub(LISTED),
    }
}

fn pair_view(input: &Input<'_>, id: &str, pair: &Pair<'_>) -> PairView {
    let (other, here) = if pair.a == id { (pair.b, pair.counts.a) } else { (pair.a, pair.counts.b) };
    PairView {
        other: super::link(input, other),
        both: pair.counts.both,
        here,
        lift: input.words.decimals(pair.lift, 2),
        p: input.words.probability(pair.p),
        q: input.words.probability(pair.q),
    }
}

fn after(input: &Input<'_>, group: &Group, (report, action, day): &Done<'_>) -> After {
    let zone = &input.config.time_zone;
    let later = group.reports.iter().take_while(|report| report.times.started.value.date(zone) > *day);
    let later: Vec<_> = later.collect();
    After {
        title: action.title.value.clone(),
        done: input.words.date(*day),
        report: views::link(report),
        times: later.len(),
        latest: later.first().map(|report| Link { text: report.title.value.clone(), url: incident_url(report) }),
    }
}
