//! The board of action items: what is open, what is overdue, what is done.

use super::{Input, format, record, views};
use crate::model::{Action, ActionStatus, Report};
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
    pub(super) due_date: Option<Date>,
    #[serde(skip)]
    standing: Standing,
}

impl Item {
    pub(super) const fn has_status(&self) -> bool {
        !matches!(self.standing, Standing::Unknown)
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
    name: &'static str,
    count: usize,
    items: Vec<Item>,
    /// The pages of this group, where there is more than one.
    pages: Vec<views::Link>,
    number: usize,
}

fn item(input: &Input<'_>, report: &Report, action: &Action) -> Item {
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
        due: due_date.map(format::date),
        overdue: is_open && due_date.is_some_and(|due| due < input.analysis.today),
        status: status.map_or_else(|| "not recorded".to_owned(), |status| format::words(status.word())),
        kind: action.kind.map(|kind| kind.word().to_owned()),
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
    let delay = action.delay_reason.as_ref().map(|reason| {
        let response = action.delay_response.map_or_else(String::new, |response| format!(", {}", response.word()));
        format!("Late: {}{response}", format::words(reason.value.word()))
    });
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

pub(super) fn pages(input: &Input<'_>) {
    let items = all(input);
    let total = items.len();
    let of = |standing: Standing, late: bool| -> Vec<Item> {
        items.iter().filter(|item| item.standing == standing && item.overdue == late).cloned().collect()
    };
    let (mut late, mut open) = (of(Standing::Open, true), of(Standing::Open, false));
    late.sort_by_key(|item| item.due_date);
    open.sort_by_key(|item| (item.due_date.is_none(), item.due_date));
    let groups = [
        ("overdue", "Past their date", late),
        ("open", "Open", open),
        ("ended", "Done or dropped", of(Standing::Ended, false)),
        ("unknown", "Announced, without a status", of(Standing::Unknown, false)),
    ];
    let first = groups.iter().map(|(id, name, items)| group(id, name, items, 1)).collect();
    let view = View { title: "Action items".to_owned(), groups: first, total };
    input.page("actions/index.html", "actions.html", "actions", &view);
    for (id, name, items) in &groups {
        for number in 2..=items.len().div_ceil(PER_PAGE) {
            let group = group(id, name, items, number);
            let view = View { title: format!("Action items: {name}, page {number}"), groups: vec![group], total };
            input.page(&url(id, number), "actions.html", "actions", &view);
        }
    }
}

fn url(id: &str, number: usize) -> String {
    if number == 1 { format!("actions/index.html#{id}") } else { format!("actions/{id}/{number}/index.html") }
}

fn group(id: &'static str, name: &'static str, items: &[Item], number: usize) -> Group {
    let count = items.len().div_ceil(PER_PAGE);
    let pages = (1..=count).map(|page| views::Link { text: page.to_string(), url: url(id, page) });
    let pages = if count > 1 { pages.collect() } else { Vec::new() };
    let shown = items.iter().skip((number - 1) * PER_PAGE).take(PER_PAGE).cloned().collect();
    Group { id, name, count: items.len(), items: shown, pages, number }
}
