//! Action items: what is recorded of each, and where it stands.

use super::{Input, format, record, views};
use crate::model::{Action, ActionStatus, Report};
use jiff::civil::Date;
use serde::Serialize;
use std::sync::Arc;

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
    due_date: Option<Date>,
    #[serde(skip)]
    standing: Standing,
}

impl Item {
    pub(super) fn is_open(&self) -> bool {
        self.standing == Standing::Open
    }

    /// Done or dropped.
    pub(super) fn is_done(&self) -> bool {
        self.standing == Standing::Ended
    }

    pub(super) const fn has_status(&self) -> bool {
        !matches!(self.standing, Standing::Unknown)
    }
}

/// Where an action stands. Without a status, a date or an owner nobody can tell.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    Open,
    Ended,
    Unknown,
}

fn standing(action: &Action) -> Standing {
    match action.status.as_ref().map(|status| status.value) {
        Some(ActionStatus::Open | ActionStatus::InProgress | ActionStatus::Blocked) => Standing::Open,
        Some(ActionStatus::Done | ActionStatus::Dropped) => Standing::Ended,
        None if action.due.is_some() || action.owner.is_some() => Standing::Open,
        None => Standing::Unknown,
    }
}

/// Why an action is late, and what was done about that.
fn delay(action: &Action) -> Option<String> {
    let reason = action.delay_reason.as_ref()?;
    let response = action.delay_response.map_or_else(String::new, |response| format!(", {}", response.word()));
    Some(format!("{}{response}", format::words(reason.value.word())))
}

fn item(input: &Input<'_>, report: &Report, action: &Action) -> Item {
    let due_date = action.due.as_ref().map(|due| due.value);
    let status = action.status.as_ref().map(|status| status.value);
    let standing = standing(action);
    let is_open = standing == Standing::Open;
    Item {
        id: action.id.value.clone(),
        title: action.title.value.clone(),
        owner: action.owner.as_ref().map(|owner| owner.value.clone()),
        due: due_date.map(format::date),
        overdue: is_open && due_date.is_some_and(|due| due < input.analysis.today),
        status: status.map_or_else(|| "not recorded".to_owned(), |status| format::words(status.word())),
        kind: action.kind.map(|kind| kind.word().to_owned()),
        late: delay(action),
        report: views::link(report),
        due_date,
        standing,
    }
}

/// What else is recorded about an action, a line each.
pub(super) fn details(action: &Action) -> Vec<String> {
    let done = &action.done;
    let on = |what: &str, date: Option<Date>| date.map(|date| format!("{what} {}", format::date(date)));
    let done = [on("deployed", done.deployed), on("tested", done.tested), on("documented", done.documented)];
    let done: Vec<String> = done.into_iter().flatten().collect();
    let horizon = action.horizon.map(|horizon| format::words(horizon.word()));
    let category = action.category.map(|category| format::words(category.word()));
    let priority = action.priority.as_ref().map(|priority| format!("priority {priority}"));
    let nature: Vec<String> = [horizon, category, priority].into_iter().flatten().collect();
    let addresses: Vec<String> = action.addresses.iter().map(|id| format::words(&id.value)).collect();
    let delay = delay(action).map(|reason| format!("Late: {reason}"));
    let lines = [
        (!nature.is_empty()).then(|| nature.join(" · ")),
        (!addresses.is_empty()).then(|| format!("Against: {}", addresses.join(", "))),
        action.verify.as_ref().map(|verify| format!("Verified when: {verify}")),
        action.tracker.as_ref().map(|tracker| format!("Tracked as {tracker}")),
        on("Created", action.created),
        (!done.is_empty()).then(|| done.join(", ")),
        delay,
        action.dropped_reason.as_ref().map(|reason| format!("Dropped: {reason}")),
        action.impact.as_ref().map(record::measured),
    ];
    let checkins = action.checkins.iter().map(|checkin| {
        let note = checkin.note.as_ref().map_or_else(String::new, |note| format!(": {note}"));
        format!("Checked {}{note}", format::date(checkin.at))
    });
    lines.into_iter().flatten().chain(checkins).collect()
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
const LISTED: usize = 12;

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
pub(super) fn by_factor(input: &Input<'_>) -> std::collections::BTreeMap<String, Vec<Item>> {
    let mut by_factor: std::collections::BTreeMap<String, Vec<Item>> = std::collections::BTreeMap::new();
    for report in &input.newest {
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

/// Of the actions that were due in a period and until today: those done by their date, and all whose end is recorded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Kept {
    pub on_time: usize,
    pub known: usize,
    /// Done, but nobody wrote when.
    pub undated: usize,
}

pub(super) fn kept(input: &Input<'_>, first: Date, end: Date) -> Kept {
    let mut kept = Kept::default();
    let end = end.min(input.analysis.today);
    for action in input.newest.iter().flat_map(|report| &report.actions) {
        let Some(due) = action.due.as_ref().map(|due| due.value).filter(|due| *due >= first && *due < end) else {
            continue;
        };
        let done = action.done.deployed.max(action.done.tested).max(action.done.documented);
        match (action.status.as_ref().map(|status| status.value), done) {
            (None | Some(ActionStatus::Dropped), _) => {}
            (Some(ActionStatus::Done), None) => kept.undated += 1,
            (Some(ActionStatus::Done), Some(done)) => {
                kept.known += 1;
                kept.on_time += usize::from(done <= due);
            }
            _ => kept.known += 1,
        }
    }
    kept
}
