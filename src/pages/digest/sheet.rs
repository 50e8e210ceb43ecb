//! The first sheet of a digest as lines of words: what a page lays out, and what mails, Markdown and data say.

use super::{
    amounts::{self, Amounts},
    changes, decisions, felt, lead, learning, patterns, revised, strip,
};
use crate::{
    analyze::{
        Group,
        comparison::{Days, Verdict},
        period::Period,
        recurrence,
        revision::Arrivals,
    },
    model::Report,
    pages::{
        Input, actions,
        line::Line,
        views::{self, Segment},
    },
    snapshot::RelPath,
};
use jiff::civil::Date;
use std::{collections::BTreeMap, sync::Arc};

/// What is read first. Addresses are from the root of the site.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub period: Period,
    /// The period in words.
    pub title: String,
    /// Its days in words.
    pub days: String,
    /// The kind of document, in words.
    pub over: String,
    /// The page that shows all of it.
    pub address: String,
    /// The date as of which everything is computed.
    pub as_of: Date,
    /// Where the period is not over: that it is not.
    pub unfinished: Option<String>,
    /// In one breath.
    pub lead: Line,
    pub figures: Vec<Figure>,
    pub parts: Vec<Part>,
    /// As of when, and what the numbers are.
    pub method: Line,
    pub reports: Arc<[Arc<Report>]>,
    /// Every comparison that was made, in the order it is told.
    pub compared: Vec<Compared>,
    /// What incidents took, beside the period before.
    pub amounts: Option<Amounts>,
}

/// A comparison with the twelve months before, in words and numbers.
#[derive(Clone, Debug)]
pub struct Compared {
    pub name: Line,
    pub now: String,
    pub before: String,
    pub ratio: f64,
    pub interval: Option<(f64, f64)>,
    pub p: f64,
    pub q: f64,
    pub verdict: Verdict,
    /// The whole sentence.
    pub sentence: Line,
}

/// A number of the strip. Without a value, `notes` say why there is none.
#[derive(Clone, Debug)]
pub struct Figure {
    pub id: &'static str,
    pub name: String,
    pub value: Option<Line>,
    pub notes: Vec<Line>,
}

/// How the entries of a part are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Incidents, a line each.
    Incidents,
    /// Under their labels.
    Labeled,
    /// Sentences.
    Plain,
}

impl Layout {
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Incidents => "incidents",
            Self::Labeled => "labeled",
            Self::Plain => "plain",
        }
    }
}

/// A part of the sheet under its heading.
#[derive(Clone, Debug)]
pub struct Part {
    pub id: &'static str,
    pub heading: String,
    pub layout: Layout,
    pub entries: Vec<Entry>,
    /// What an editor wrote for this part, as Markdown of a file.
    pub editor: Option<Editor>,
    /// Stands where there are no entries.
    pub empty: Line,
    pub note: Line,
}

/// Markdown of a file of the repository.
#[derive(Clone, Debug)]
pub struct Editor {
    pub markdown: String,
    pub path: RelPath,
}

/// One entry. `label` is a severity, a standing or a theme; `class` how a page draws it.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    pub class: String,
    pub label: String,
    pub when: String,
    pub lines: Vec<Line>,
    pub(super) bar: Vec<Segment>,
    /// How long.
    pub value: String,
}

/// What all digests of a site are made with.
pub(super) struct Shared<'i> {
    /// Days of the incidents of each factor, newest first.
    pub(super) dates: BTreeMap<&'i str, Vec<Date>>,
    /// Days of all incidents, newest first.
    pub(super) all: Vec<Date>,
    /// Days of everything that is compared.
    pub(super) days: Days<'i>,
    /// When reports came into the repository.
    pub(super) arrivals: Arrivals<'i>,
    /// Action items by their due date.
    pub(super) due: Vec<actions::Due<'i>>,
}

impl<'i> Shared<'i> {
    pub(super) fn of(input: &'i Input<'i>) -> Self {
        let factors = input.analysis.by_factor.iter();
        let zone = &input.config.time_zone;
        let dates = factors.map(|(id, group)| (id.as_str(), recurrence::dates(group, zone))).collect();
        Self {
            all: recurrence::dates(&input.analysis.overall, zone),
            dates,
            days: Days::of(input.config, input.analysis),
            arrivals: revised::arrivals(input),
            due: actions::by_due(input),
        }
    }

    /// Those that were due in a period, as far as it has passed.
    pub(super) fn due_in(&self, input: &Input<'_>, period: Period) -> &[actions::Due<'i>] {
        actions::due_in(&self.due, period.first(), period.end().min(input.analysis.today))
    }
}

pub(super) fn of(input: &Input<'_>, period: Period, group: &Group, shared: &Shared<'_>) -> Sheet {
    let address = super::url(period);
    let due = shared.due_in(input, period);
    let last = period.end().yesterday().unwrap_or(period.end());
    let words = input.words;
    let compared = changes::compared(input, &shared.days, period);
    let as_of = input.analysis.today;
    let date = words.date(as_of);
    Sheet {
        period,
        title: super::title(words, period),
        days: words.days(period.first(), last),
        as_of,
        over: words.text("digest.over").to_owned(),
        unfinished: (period.end() > input.analysis.today).then(|| words.text("digest.not_over").to_owned()),
        lead: lead::of(input, period, group, &address),
        figures: strip::of(input, period, group, due, &address),
        parts: vec![
            felt::of(input, group, &address),
            patterns::of(input, period, group, &address, &shared.dates),
            learning::of(input, group, due, &address),
            changes::of(input, period, group, &compared),
            decisions::of(input, period, group),
        ],
        method: Line::say(
            words,
            "digest.method",
            &[("date", (&date).into()), ("hours", input.config.review.within_hours.into())],
        ),
        reports: group.reports.clone(),
        compared,
        amounts: amounts::of(input, period, group),
        address,
    }
}

/// The first of a report's milestones as an entry of a list.
pub(super) fn incident(input: &Input<'_>, report: &Report) -> Entry {
    let severity = views::severity(input, &report.severity.value);
    let views::Link { text, url } = views::link(report);
    Entry {
        class: severity.class,
        label: severity.id,
        when: input.words.date(report.times.started.value.date(&input.config.time_zone)),
        lines: vec![Line::link(text, url)],
        bar: views::bar(input.words, report),
        value: views::duration(input.words, report).unwrap_or_default(),
    }
}
