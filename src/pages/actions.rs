//! The board of action items: what is open, what is overdue, what is done.

use super::{Input, format, record, views};
use crate::{
    model::{Action, ActionStatus, Report},
    words::Words,
};
use jiff::civil::Date;
use serde::Serialize;

#[derive(Clone, Serialize)]
pub(super) struct Item {
    pub id: String,
    pub title: String,
    pub owner: Option<String>,
    pub due: Option<String>,
    pub overdue: bool,
    pub status: String,
    pub kind: Option<String>,
    pub report: views::Link,
    #[serde(skip)]
    due_date: Option<Date>,
    #[serde(skip)]
    standing: Standing,
}

impl Item {
    pub(super) const fn has_status(&self) -> bool {
        !matches!(self.standing, Standing::Unknown)
    }

    pub(super) const fn is_open(&self) -> bool {
        matches!(self.standing, Standing::Open)
    }
}

/// Where an action stands. Without a status, a date or an owner nobody can tell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Open,
    Ended,
    Unknown,
}

/// Items of a group that stand on one page.
const PER_PAGE: usize = 100;

#[derive(Serialize)]
struct View {
    title: String,
    groups: Vec<Group>,
    total: usize,
}

#[derive(Serialize)]
struct Group {
    id: &'static str,
    name: String,
    count: usize,
    items: Vec<Item>,
    /// The pages of this group, where there is more than one.
    pages: Vec<views::Link>,
    number: usize,
}

fn item(input: &Input<'_>, report: &Report, action: &Action) -> Item {
    let words = input.words;
    let due_date = action.due.as_ref().map(|due| due.value);
    let status = action.status.as_ref().map(|status| status.value);
    let standing = match status {
        Some(ActionStatus::Open | ActionStatus::InProgress | ActionStatus::Blocked) => Standing::Open,
        Some(ActionStatus::Done | ActionStatus::Dropped) => Standing::Ended,
        None if due_date.is_some() || action.owner.is_some() => Standing::Open,
        None => Standing::Unknown,
    };
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
        report: views::link(report),
        due_date,
        standing,
    }
}

/// What else is recorded about an action, a line each.
pub(super) fn details(words: &Words, action: &Action) -> Vec<String> {
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
    let priority = action.priority.as_ref().map(|priority| said("actions.priority", "priority", &priority.to_string()));
    let nature: Vec<String> = [horizon, category, priority].into_iter().flatten().collect();
    let addresses: Vec<String> = action.addresses.iter().map(|id| format::words(&id.value)).collect();
    let lines = [
        (!nature.is_empty()).then(|| nature.join(" · ")),
        (!addresses.is_empty()).then(|| said("actions.against", "factors", &addresses.join(", "))),
        action.verify.as_ref().map(|verify| said("actions.verified_when", "text", verify)),
        action.tracker.as_ref().map(|tracker| said("actions.tracked", "tracker", tracker)),
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
    lines.into_iter().flatten().chain(checkins).collect()
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

pub(super) fn pages(input: &Input<'_>) {
    let (items, words) = (all(input), input.words);
    let total = items.len();
    let of = |standing: Standing, late: bool| -> Vec<Item> {
        items.iter().filter(|item| item.standing == standing && item.overdue == late).cloned().collect()
    };
    let (mut late, mut open) = (of(Standing::Open, true), of(Standing::Open, false));
    late.sort_by_key(|item| item.due_date);
    open.sort_by_key(|item| (item.due_date.is_none(), item.due_date));
    let groups = [
        ("overdue", words.text("actions.overdue"), late),
        ("open", words.text("actions.open"), open),
        ("ended", words.text("actions.ended"), of(Standing::Ended, false)),
        ("unknown", words.text("actions.unknown"), of(Standing::Unknown, false)),
    ];
    let first = groups.iter().map(|(id, name, items)| group(id, name, items, 1)).collect();
    let view = View { title: words.text("actions.title").to_owned(), groups: first, total };
    input.page("actions/index.html", "actions.html", "actions", &view);
    for (id, name, items) in &groups {
        for number in 2..=items.len().div_ceil(PER_PAGE) {
            let group = group(id, name, items, number);
            let title = words.say("actions.title_page", &[("group", (*name).into()), ("n", number.into())]);
            let view = View { title, groups: vec![group], total };
            input.page(&url(id, number), "actions.html", "actions", &view);
        }
    }
}

fn url(id: &str, number: usize) -> String {
    if number == 1 { format!("actions/index.html#{id}") } else { format!("actions/{id}/{number}/index.html") }
}

fn group(id: &'static str, name: &str, items: &[Item], number: usize) -> Group {
    let count = items.len().div_ceil(PER_PAGE);
    let pages = (1..=count).map(|page| views::Link { text: page.to_string(), url: url(id, page) });
    let pages = if count > 1 { pages.collect() } else { Vec::new() };
    let shown = items.iter().skip((number - 1) * PER_PAGE).take(PER_PAGE).cloned().collect();
    Group { id, name: name.to_owned(), count: items.len(), items: shown, pages, number }
}
