//! Action items: what is recorded of each, and where it stands.

use super::{Input, line::Line, pattern, record, views};
use crate::{
    analyze::followup::{self, Standing, standing},
    markup::{self, Html},
    model::{Action, ActionStatus, Report},
    stats::{CONFIDENCE, share},
    words::Words,
};
use jiff::civil::Date;
use serde::Serialize;
use std::{collections::BTreeMap, sync::Arc};

mod ages;
mod board;
pub(super) use board::pages;

#[derive(Clone, Serialize)]
pub(super) struct Item {
    pub id: String,
    pub title: String,
    pub owner: Option<String>,
    pub due: Option<String>,
    pub overdue: bool,
    pub status: String,
    pub kind: Option<String>,
    /// Why it is late, and what was done about that.
    pub late: Option<String>,
    pub report: views::Link,
    #[serde(skip)]
    pub(super) due_date: Option<Date>,
    #[serde(skip)]
    standing: Standing,
}

impl Item {
    pub(super) const fn is_open(&self) -> bool {
        matches!(self.standing, Standing::Open)
    }

    /// Done or dropped.
    pub(super) fn is_done(&self) -> bool {
        self.standing == Standing::Ended
    }

    pub(super) const fn has_status(&self) -> bool {
        !matches!(self.standing, Standing::Unknown)
    }
}

fn item(input: &Input<'_>, report: &Report, action: &Action) -> Item {
    let words = input.words;
    let due_date = action.due.as_ref().map(|due| due.value);
    let status = action.status.as_ref().map(|status| status.value);
    let standing = standing(action);
    let is_open = standing == Standing::Open;
    Item {
        id: action.id.value.clone(),
        title: action.title.value.clone(),
        owner: action.owner.as_ref().map(|owner| owner.value.clone()),
        due: due_date.map(|date| words.date(date)),
        overdue: is_open && due_date.is_some_and(|due| due < input.analysis.today),
        status: match status {
            Some(status) => words.term("action_status", status.word()).into_owned(),
            None => words.text("actions.not_recorded").to_owned(),
        },
        kind: action.kind.map(|kind| words.term("purpose", kind.word()).into_owned()),
        late: delay(words, action),
        report: views::link(report),
        due_date,
        standing,
    }
}

/// What else is recorded about an action, as a line of HTML each. `root` leads from its page to the root of the site.
pub(super) fn details(input: &Input<'_>, action: &Action, root: &str) -> Vec<Html> {
    let words = input.words;
    let done = &action.done;
    let said = |key: &str, name: &str, value: &str| words.say(key, &[(name, value.into())]);
    let on = |key: &str, date: Option<Date>| date.map(|date| said(key, "date", &words.date(date)));
    let done = [
        on("actions.deployed", done.deployed),
        on("actions.tested", done.tested),
        on("actions.documented", done.documented),
    ];
    let done: Vec<String> = done.into_iter().flatten().collect();
    let horizon = action.horizon.map(|horizon| words.term("horizon", horizon.word()).into_owned());
    let category = action.category.map(|category| words.term("category", category.word()).into_owned());
    let priority = action.priority.as_ref().map(|priority| said("actions.priority", "priority", priority));
    let nature: Vec<String> = [horizon, category, priority].into_iter().flatten().collect();
    let addresses = action.addresses.iter().map(|id| pattern::link(input, &id.value));
    let addresses: Vec<Line> = addresses.map(|link| Line::link(link.text, link.url)).collect();
    let nature = (!nature.is_empty()).then(|| nature.join(" · "));
    let lines = [
        action.verify.as_ref().map(|verify| said("actions.verified_when", "text", verify)),
        on("actions.created", action.created),
        (!done.is_empty()).then(|| done.join(", ")),
        delay(words, action),
        action.dropped_reason.as_ref().map(|reason| said("actions.dropped", "reason", reason)),
        action.impact.as_ref().map(|impact| record::measured(words, impact)),
    ];
    let checkins = action.checkins.iter().map(|checkin| {
        let date = words.date(checkin.at);
        match &checkin.note {
            Some(note) => words.say("actions.checked_note", &[("date", (&date).into()), ("note", note.into())]),
            None => said("actions.checked", "date", &date),
        }
    });
    let plain = |line: String| Html(markup::escape(&line));
    let against = (!addresses.is_empty()).then(|| against(words, addresses, root));
    let tracked = action.tracker.as_ref().map(|tracker| tracked(words, tracker));
    let lines = lines.into_iter().flatten().chain(checkins).map(plain);
    nature.map(plain).into_iter().chain(against).chain(tracked).chain(lines).collect()
}

fn against(words: &Words, factors: Vec<Line>, root: &str) -> Html {
    let comma = || Line::plain(",");
    let mut listed = Line::plain(words.text("actions.against"));
    let last = factors.len() - 1;
    for (at, factor) in factors.into_iter().enumerate() {
        listed = listed.then(factor);
        if at < last {
            listed = listed.and(comma());
        }
    }
    listed.html_with(&|url| format!("{root}{url}"))
}

/// A tracker's address by its last part, which is what people call it; anything else as written.
fn tracked(words: &Words, tracker: &str) -> Html {
    let name = tracker.trim_end_matches('/').rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or(tracker);
    match markup::external(tracker) {
        Some(url) => Html(format!(
            "{} <a href=\"{}\">{}</a>",
            markup::escape(words.text("actions.tracked")),
            markup::escape(&url),
            markup::escape(name)
        )),
        None => Html(format!("{} {}", markup::escape(words.text("actions.tracked")), markup::escape(tracker))),
    }
}

fn delay(words: &Words, action: &Action) -> Option<String> {
    let reason = words.term("delay", action.delay_reason.as_ref()?.value.word());
    let Some(response) = action.delay_response.map(|response| words.term("delay_response", response.word())) else {
        return Some(words.say("actions.delayed", &[("reason", (&*reason).into())]));
    };
    Some(words.say("actions.delayed_and", &[("reason", (&*reason).into()), ("response", (&*response).into())]))
}

/// Of one report, in the order written.
pub(super) fn of(input: &Input<'_>, report: &Report) -> Vec<Item> {
    report.actions.iter().map(|action| item(input, report, action)).collect()
}

fn all(input: &Input<'_>) -> Vec<Item> {
    input.newest.iter().flat_map(|report| of(input, report)).collect()
}

/// Open ones whose date has passed, the oldest first.
pub(super) fn overdue(input: &Input<'_>) -> Vec<Item> {
    let mut items: Vec<Item> = all(input).into_iter().filter(|item| item.overdue).collect();
    items.sort_by_key(|item| item.due_date);
    items
}

/// What a group of reports still has to do.
#[derive(Serialize)]
pub(super) struct Open {
    pub items: Vec<Item>,
    pub count: usize,
    pub late: usize,
    /// Done or dropped, and announced without a status.
    pub ended: usize,
    pub unknown: usize,
}

/// Items of a group that its page lists.
const LISTED: usize = 8;

/// The actions of reports: open ones past their date first, then by date; the others are counted.
pub(super) fn open(input: &Input<'_>, reports: &[Arc<Report>]) -> Open {
    let all = || reports.iter().flat_map(|report| report.actions.iter().map(move |action| (report, action)));
    let with = |wanted: Standing| all().filter(|(_, action)| standing(action) == wanted).count();
    let mut open: Vec<_> = all().filter(|(_, action)| standing(action) == Standing::Open).collect();
    let due = |action: &Action| action.due.as_ref().map(|due| due.value);
    open.sort_by_key(|(_, action)| (due(action).is_none(), due(action)));
    Open {
        count: open.len(),
        late: open.iter().filter(|(_, action)| due(action).is_some_and(|due| due < input.analysis.today)).count(),
        items: open.iter().take(LISTED).map(|(report, action)| item(input, report, action)).collect(),
        ended: with(Standing::Ended),
        unknown: with(Standing::Unknown),
    }
}

/// Actions aimed at each factor, by its id: open ones first.
pub(super) fn by_factor(input: &Input<'_>) -> BTreeMap<String, Vec<Item>> {
    let mut by_factor: BTreeMap<String, Vec<Item>> = BTreeMap::new();
    for report in input.newest {
        for action in report.actions.iter().filter(|action| !action.addresses.is_empty()) {
            for id in &action.addresses {
                by_factor.entry(id.value.clone()).or_default().push(item(input, report, action));
            }
        }
    }
    for items in by_factor.values_mut() {
        items.sort_by_key(|item| (item.standing, item.due_date.is_none(), item.due_date));
    }
    by_factor
}

/// An action that has a date, with its report.
pub(super) struct Due<'i> {
    pub report: &'i Report,
    pub action: &'i Action,
    date: Date,
}

impl Due<'_> {
    pub(super) fn item(&self, input: &Input<'_>) -> Item {
        item(input, self.report, self.action)
    }

    /// When it was done: deployed, tested and documented, as far as recorded.
    fn done(&self) -> Option<Date> {
        followup::done_on(self.action)
    }

    /// Done after its date, or still open.
    pub(super) fn is_late(&self) -> bool {
        match self.action.status.as_ref().map(|status| status.value) {
            Some(ActionStatus::Done) => self.done().is_some_and(|done| done > self.date),
            Some(ActionStatus::Dropped) => false,
            _ => true,
        }
    }
}

/// All actions that have a date, by it.
pub(super) fn by_due<'i>(input: &'i Input<'_>) -> Vec<Due<'i>> {
    let all = input.newest.iter().flat_map(|report| report.actions.iter().map(move |action| (report, action)));
    let mut all: Vec<Due<'_>> =
        all.filter_map(|(report, action)| Some(Due { report, action, date: action.due.as_ref()?.value })).collect();
    all.sort_by_key(|due| due.date);
    all
}

/// Those due from `first` on and before `end`; `all` stand by date.
pub(super) fn due_in<'a, 'i>(all: &'a [Due<'i>], first: Date, end: Date) -> &'a [Due<'i>] {
    let from = all.partition_point(|due| due.date < first);
    let to = all.partition_point(|due| due.date < end).max(from);
    &all[from..to]
}

/// How promises were kept over all incidents.
#[derive(Serialize)]
pub(super) struct FollowUp {
    /// `12 of 40` that were due.
    told: Option<String>,
    percent: String,
    interval: String,
    /// Done without a date.
    undated: usize,
    /// How long items stay open; none where too few are done.
    ages: Option<String>,
}

/// `None` where no report lists actions.
#[expect(clippy::cast_precision_loss, reason = "counts of actions")]
pub(super) fn follow_up(input: &Input<'_>) -> Option<FollowUp> {
    let words = input.words;
    let all = by_due(input);
    let Kept { on_time, known, undated } = kept(due_in(&all, Date::MIN, input.analysis.today));
    let percent = |share: f64| words.whole_percent(share);
    let interval = share::wilson(on_time, known, CONFIDENCE);
    let ages = ages::of(input).map(|chart| chart.note);
    (known > 0 || ages.is_some()).then(|| FollowUp {
        told: (known > 0).then(|| words.say("digest.k_of_n", &[("k", on_time.into()), ("n", known.into())])),
        percent: percent(on_time as f64 / known.max(1) as f64),
        interval: interval.map(|(low, high)| views::between(words, &percent(low), &percent(high))).unwrap_or_default(),
        undated,
        ages,
    })
}

/// Of actions whose date has passed: those done by it, and all of which that can be told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Kept {
    pub on_time: usize,
    pub known: usize,
    /// Done, but nobody wrote when.
    pub undated: usize,
}

pub(super) fn kept(due: &[Due<'_>]) -> Kept {
    let mut kept = Kept::default();
    for due in due {
        match (due.action.status.as_ref().map(|status| status.value), due.done()) {
            (None | Some(ActionStatus::Dropped), _) => {}
            (Some(ActionStatus::Done), None) => kept.undated += 1,
            (Some(ActionStatus::Done), Some(_)) => {
                kept.known += 1;
                kept.on_time += usize::from(!due.is_late());
            }
            _ => kept.known += 1,
        }
    }
    kept
}
