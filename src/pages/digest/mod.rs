//! Digests: one page per month, quarter and year from the first incident until today, those without incidents too.
//! What is read first fits on one sheet of paper ([`sheet`]); the rest is appendix.

use super::{
    Input, actions, budget,
    durations::{self, Durations},
    evidence::{self, Evidence},
    impact::{self, Impact},
    line::Line,
    over_time, root_of, toll,
    views::{self, Link, Measure, Row, Segment, Severity},
    years,
};
use crate::{
    analyze::{Group, comparison::Comparison, period::Period},
    markup::{self, Env, Html},
    words::Words,
};
use rayon::prelude::*;
use serde::Serialize;
use sheet::{Compared, Entry, Part, Shared, Sheet};

pub mod amounts;
mod changes;
mod decisions;
mod felt;
mod lead;
mod learning;
mod overview;
mod patterns;
mod revised;
pub mod sheet;
mod strip;

pub(super) use overview::pages as overview;

#[derive(Serialize)]
struct View {
    title: String,
    /// For search engines and feeds.
    description: String,
    over: String,
    days: String,
    unfinished: Option<String>,
    count: usize,
    by_severity: Vec<Severity>,
    front: Front,
    rows: Vec<Row>,
    more: Option<Link>,
    evidence: Option<Evidence>,
    measured: Vec<Measure>,
    impact: Option<Impact>,
    behind: String,
    toll: Vec<toll::Amount>,
    budgets: Vec<budget::Row>,
    deployed: Html,
    repeating: Vec<views::Counted>,
    /// Action items that were due in the period.
    due: Vec<actions::Item>,
    due_count: usize,
    note: Option<Html>,
    over_time: Option<views::Chart>,
    durations: Option<Durations>,
    compared: Vec<ComparedView>,
    amounts: Option<amounts::View>,
    revised: Option<revised::Revised>,
    revisions: String,
    method: Html,
    previous: Option<Link>,
    next: Option<Link>,
}

/// A row of the table of comparisons.
#[derive(Serialize)]
struct ComparedView {
    name: Html,
    now: String,
    before: String,
    ratio: String,
    interval: String,
    p: String,
    q: String,
    verdict: String,
}

/// The first sheet as its template lays it out.
#[derive(Serialize)]
struct Front {
    lead: Html,
    figures: Vec<FigureView>,
    parts: Vec<PartView>,
}

#[derive(Serialize)]
struct FigureView {
    name: String,
    value: Option<Html>,
    notes: Vec<Html>,
}

#[derive(Serialize)]
struct PartView {
    id: &'static str,
    heading: String,
    layout: &'static str,
    entries: Vec<EntryView>,
    editor: Option<Html>,
    empty: Html,
    note: Html,
}

#[derive(Serialize)]
struct EntryView {
    class: String,
    label: String,
    when: String,
    lines: Vec<Html>,
    bar: Vec<Segment>,
    value: String,
}

/// Due items that a digest lists.
const DUE: usize = 60;

pub(super) fn url(period: Period) -> String {
    format!("digests/{period}/index.html")
}

pub(super) fn link(input: &Input<'_>, period: Period) -> Link {
    Link { text: title(input.words, period), url: url(period) }
}

pub(super) fn title(words: &Words, period: Period) -> String {
    match period {
        Period::Month { year, month } => words.month(year, month),
        Period::Quarter { year, quarter } => words.quarter(year, quarter),
        Period::Year { year } => year.to_string(),
    }
}

pub(super) fn pages(input: &Input<'_>) {
    let periods = &input.analysis.by_period;
    let shared = Shared::of(input);
    let kind = |period: Period| std::mem::discriminant(&period);
    let same_kind = |at: usize, other: Option<usize>| {
        let other = periods.get(other?)?.0;
        (kind(other) == kind(periods[at].0)).then(|| link(input, other))
    };
    periods.par_iter().enumerate().filter(|(_, (period, _))| input.wants_below(&url(*period))).for_each(
        |(at, (period, group))| {
            let neighbors = (same_kind(at, Some(at + 1)), same_kind(at, at.checked_sub(1)));
            page(input, *period, group, &shared, neighbors);
        },
    );
}

fn page(
    input: &Input<'_>,
    period: Period,
    group: &Group,
    shared: &Shared<'_>,
    (previous, next): (Option<Link>, Option<Link>),
) {
    let sheet = sheet::of(input, period, group, shared);
    let address = sheet.address.clone();
    let note = input.corpus.digest_notes.get(&period.to_string());
    let due = shared.due_in(input, period);
    let lead = sheet.lead.text();
    let behind = format!("{}#{}", evidence::url(&address, group), evidence::FAILED);
    let deployed = years::deployed(input, None, (period.first(), period.end()), group, &behind);
    let view = View {
        description: input.words.say("head.digest", &[("title", (&sheet.title).into()), ("lead", (&lead).into())]),
        front: front(input, &sheet),
        over_time: over_time::of(
            input,
            "over-time-chart",
            input.words.text("charts.series_title"),
            &shared.all,
            over_time::of_digest(period),
            &address,
        ),
        durations: durations::of(input, group, &address),
        compared: sheet.compared.iter().map(|one| compared(input, one, &address)).collect(),
        amounts: sheet.amounts.as_ref().map(|amounts| amounts::view(input, amounts)),
        revised: revised::of(input, &shared.arrivals, period, group),
        revisions: revised::policy(input, &shared.arrivals),
        method: sheet.method.html(&address),
        count: group.reports.len(),
        by_severity: views::by_severity(input, group, &address),
        rows: views::rows(input, group),
        more: evidence::more(input, &address, group),
        evidence: evidence::inline(input, group, &address),
        measured: views::measures(input, group, &address),
        impact: impact::of(input, group, &address),
        behind: evidence::url(&address, group),
        toll: toll::of(input, group),
        budgets: budget::of_period(input, period, group),
        deployed: deployed.html(&address),
        repeating: views::factors(input, group, &address),
        due_count: due.len(),
        due: due.iter().take(DUE).map(|due| due.item(input)).collect(),
        note: note
            .map(|note| (decisions::rest(&note.body, &lead), &note.path))
            .filter(|(words, _)| !words.trim().is_empty())
            .map(|(words, path)| input.markdown(&words, Some(path), &address)),
        previous,
        next,
        title: sheet.title,
        over: sheet.over,
        days: sheet.days,
        unfinished: sheet.unfinished,
    };
    input.page(&address, "digest.html", "digests", &view);
    evidence::pages(input, &view.title, &address, "digests", group);
}

/// A comparison in a sentence, behind its gate.
pub(super) fn sentence(input: &Input<'_>, comparison: &Comparison<'_>) -> Line {
    changes::told_of(input, comparison).sentence
}

/// The first paragraph of one digest.
pub(super) fn lead(input: &Input<'_>, period: Period, group: &Group) -> Line {
    lead::of(input, period, group, &url(period))
}

/// The first sheet of one digest.
pub(super) fn sheet(input: &Input<'_>, period: Period, group: &Group) -> Sheet {
    sheet::of(input, period, group, &Shared::of(input))
}

fn front(input: &Input<'_>, sheet: &Sheet) -> Front {
    let page = &sheet.address;
    let root = root_of(page);
    let html = |line: &Line| line.html(page);
    let entry = |entry: &Entry| EntryView {
        class: entry.class.clone(),
        label: entry.label.clone(),
        when: entry.when.clone(),
        lines: entry.lines.iter().map(html).collect(),
        bar: entry.bar.clone(),
        value: entry.value.clone(),
    };
    let part = |part: &Part| PartView {
        id: part.id,
        heading: part.heading.clone(),
        layout: part.layout.word(),
        entries: part.entries.iter().map(entry).collect(),
        editor: part.editor.as_ref().map(|words| {
            let (place, targets) = (Some(input.config.place_of(&words.path)), input.targets);
            markup::html(&words.markdown, &Env { root: &root, place, targets, notes: &format!("{}-", part.id) })
        }),
        empty: html(&part.empty),
        note: html(&part.note),
    };
    let figures = sheet.figures.iter().map(|figure| FigureView {
        name: figure.name.clone(),
        value: figure.value.as_ref().map(html),
        notes: figure.notes.iter().map(html).collect(),
    });
    Front { lead: html(&sheet.lead), figures: figures.collect(), parts: sheet.parts.iter().map(part).collect() }
}

fn compared(input: &Input<'_>, one: &Compared, page: &str) -> ComparedView {
    ComparedView {
        name: one.name.html(page),
        now: one.now.clone(),
        before: one.before.clone(),
        ratio: input.words.decimals(one.ratio, 2),
        interval: changes::interval(input.words, one.interval),
        p: input.words.probability(one.p),
        q: input.words.probability(one.q),
        verdict: input.words.term("verdict", one.verdict.word()).into_owned(),
    }
}
