//! The board: past their date, open, ended; and the open ones by team, horizon, category and reason of delay. Nobody
//! is ranked: teams stand in the order of their names.

use super::{Item, ages, item};
use crate::{
    analyze::followup::{self, Standing, standing},
    model::{Action, ActionStatus, Category, DelayReason, Horizon, Report},
    pages::{
        Input, format, group,
        list::{Numbered, numbered},
        pattern, views,
    },
};
use jiff::civil::Date;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;

/// Items of a list that stand on one page.
const PER_PAGE: usize = 100;

#[derive(Serialize)]
struct View {
    title: String,
    /// The board, from its pages.
    up: bool,
    totals: Option<Totals>,
    groups: Vec<List>,
    slices: Vec<Slices>,
    ages: Option<views::Chart>,
    came_back: Vec<Back>,
    /// Others that came back.
    more_back: usize,
    total: usize,
}

/// An open item whose factor came back.
#[derive(Serialize)]
struct Back {
    title: String,
    due: Option<String>,
    overdue: bool,
    report: views::Link,
    factor: views::Link,
    times: usize,
    latest: views::Link,
}

/// Of those whose factor came back, so many are shown; `afterword actions --came-back` lists all.
const SHOWN: usize = 20;

#[derive(Serialize)]
struct Totals {
    open: usize,
    late: usize,
    ended: usize,
    unknown: usize,
}

#[derive(Serialize)]
struct List {
    id: String,
    name: String,
    count: usize,
    items: Vec<Item>,
    /// The items by report, where nothing else is known of them.
    runs: Vec<Run>,
    /// Items that stand in the file for spreadsheets alone.
    rest: usize,
    /// The pages of this list, where there is more than one.
    pages: Vec<Numbered>,
    number: usize,
}

/// Items of one report.
#[derive(Serialize)]
struct Run {
    report: views::Link,
    items: Vec<Item>,
}

/// The open items, divided by one thing.
#[derive(Serialize)]
struct Slices {
    id: &'static str,
    name: String,
    lines: Vec<Slice>,
    /// Open items of which this is not recorded.
    unknown: usize,
}

#[derive(Serialize)]
struct Slice {
    name: String,
    url: String,
    count: usize,
    late: usize,
}

/// An action with its report.
#[derive(Clone, Copy)]
struct Entry<'i> {
    report: &'i Report,
    action: &'i Action,
    standing: Standing,
    late: bool,
}

impl Entry<'_> {
    fn due(&self) -> Option<Date> {
        self.action.due.as_ref().map(|due| due.value)
    }
}

/// Items under a name, and the folder of their pages below `actions/`.
struct Named<'i> {
    folder: String,
    name: String,
    entries: Vec<Entry<'i>>,
}

impl Named<'_> {
    /// The first page of a list of the board is the board itself.
    fn url(&self, number: usize, on_board: bool) -> String {
        match (number, on_board) {
            (1, true) => format!("actions/index.html#{}", self.folder),
            (1, false) => format!("actions/{}/index.html", self.folder),
            _ => format!("actions/{}/{number}/index.html", self.folder),
        }
    }

    /// Each open item stands on one page of one of these lists; others show where to begin.
    fn is_paged(&self) -> bool {
        ["overdue", "open"].contains(&self.folder.as_str())
    }

    fn count(&self) -> usize {
        if self.is_paged() { self.entries.len().div_ceil(PER_PAGE).max(1) } else { 1 }
    }

    fn list(&self, input: &Input<'_>, number: usize, on_board: bool) -> List {
        let shown = self.entries.iter().skip((number - 1) * PER_PAGE).take(PER_PAGE);
        let items: Vec<Item> = shown.map(|entry| item(input, entry.report, entry.action)).collect();
        let (items, runs) = if self.folder == "unknown" { (Vec::new(), by_report(items)) } else { (items, Vec::new()) };
        List {
            id: format::slug(&self.folder).into_owned(),
            name: self.name.clone(),
            count: self.entries.len(),
            items,
            runs,
            rest: if self.is_paged() { 0 } else { self.entries.len().saturating_sub(PER_PAGE) },
            pages: numbered(number, self.count(), |page| self.url(page, on_board)),
            number,
        }
    }

    /// Lays out the pages of this list from a number on.
    fn pages(&self, input: &Input<'_>, from: usize, on_board: bool, total: usize) {
        let asked = (from..=self.count()).into_par_iter().filter(|number| input.wants(&self.url(*number, on_board)));
        asked.for_each(|number| {
            let groups = vec![self.list(input, number, on_board)];
            let name = (&self.name).into();
            let title = match number {
                1 => input.words.say("board.title_of", &[("group", name)]),
                _ => input.words.say("actions.title_page", &[("group", name), ("n", number.into())]),
            };
            let view = View {
                title,
                up: true,
                totals: None,
                groups,
                slices: Vec::new(),
                ages: None,
                came_back: Vec::new(),
                more_back: 0,
                total,
            };
            input.page(&self.url(number, on_board), "actions.html", "actions", &view);
        });
    }
}

/// Items that follow each other and are of one report.
fn by_report(items: Vec<Item>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for item in items {
        match runs.last_mut() {
            Some(run) if run.report.url == item.report.url => run.items.push(item),
            _ => runs.push(Run { report: item.report.clone(), items: vec![item] }),
        }
    }
    runs
}

pub(in crate::pages) fn pages(input: &Input<'_>) {
    let today = input.analysis.today;
    let entries = input.newest.iter().flat_map(|report| report.actions.iter().map(move |action| (report, action)));
    let entries = entries.map(|(report, action)| {
        let standing = standing(action);
        let late = followup::is_overdue(action, today);
        Entry { report, action, standing, late }
    });
    let mut entries: Vec<Entry<'_>> = entries.collect();
    let total = entries.len();
    let ended: Vec<Entry<'_>> = entries.iter().filter(|entry| entry.standing == Standing::Ended).copied().collect();
    let unknown: Vec<Entry<'_>> = entries.iter().filter(|entry| entry.standing == Standing::Unknown).copied().collect();
    entries.retain(|entry| entry.standing == Standing::Open);
    entries.sort_by_key(|entry| (entry.due().is_none(), entry.due()));
    let (late, open): (Vec<_>, Vec<_>) = entries.iter().partition(|entry| entry.late);
    let totals = Totals { open: entries.len(), late: late.len(), ended: ended.len(), unknown: unknown.len() };
    let words = input.words;
    let named = |folder: &str, name: &str, entries| Named {
        folder: folder.to_owned(),
        name: words.text(name).to_owned(),
        entries,
    };
    let lists = [
        named("overdue", "actions.overdue", late),
        named("open", "board.not_yet_due", open),
        named("ended", "actions.ended", ended),
        named("unknown", "actions.unknown", unknown),
    ];
    let slices = slices(input, &entries, total);
    let groups = lists.iter().map(|list| list.list(input, 1, true)).collect();
    let title = words.text("actions.title").to_owned();
    let (came_back, more_back) = came_back(input);
    let view = View {
        title,
        up: false,
        totals: Some(totals),
        groups,
        slices,
        ages: ages::of(input),
        came_back,
        more_back,
        total,
    };
    input.page("actions/index.html", "actions.html", "actions", &view);
    for list in &lists {
        list.pages(input, 2, true, total);
    }
}

/// Repeated factor, undone action: those that came back most often, and how many others there are.
fn came_back(input: &Input<'_>) -> (Vec<Back>, usize) {
    let found = followup::came_back(input.config, input.corpus);
    let shown = found.iter().take(SHOWN).map(|found| {
        let item = item(input, found.report, found.action);
        Back {
            title: item.title,
            due: item.due,
            overdue: item.overdue,
            report: item.report,
            factor: pattern::link(input, found.factor),
            times: found.later.len(),
            latest: views::link(found.later[0]),
        }
    });
    (shown.collect(), found.len().saturating_sub(SHOWN))
}

/// The parts that an item belongs to: the word of their address, and their name.
type Of<'f> = &'f dyn Fn(&Entry<'_>) -> Vec<(String, String)>;

/// Divides the open items and lays out the pages of each part.
fn slices(input: &Input<'_>, open: &[Entry<'_>], total: usize) -> Vec<Slices> {
    let term = |table: &'static str| {
        move |word: &'static str| (word.to_owned(), format::sentence(&input.words.term(table, word)))
    };
    let teams = |entry: &Entry<'_>| {
        let teams = followup::teams(input.config, entry.report, entry.action);
        teams.iter().map(|id| (format::slug(id).into_owned(), group::team_link(input, id).text)).collect()
    };
    let horizon =
        |entry: &Entry<'_>| entry.action.horizon.map(Horizon::word).map(term("horizon")).into_iter().collect();
    let category =
        |entry: &Entry<'_>| entry.action.category.map(Category::word).map(term("category")).into_iter().collect();
    let delay = |entry: &Entry<'_>| {
        let reason = entry.action.delay_reason.as_ref().filter(|_| entry.late);
        reason.map(|reason| DelayReason::word(reason.value)).map(term("delay")).into_iter().collect()
    };
    let blocked = |entry: &Entry<'_>| {
        let status = entry.action.status.as_ref().map(|status| status.value);
        status
            .filter(|status| *status == ActionStatus::Blocked)
            .map(ActionStatus::word)
            .map(term("action_status"))
            .into_iter()
            .collect()
    };
    let divisions: [(&str, &str, Of<'_>); 5] = [
        ("team", "board.by_team", &teams),
        ("horizon", "board.by_horizon", &horizon),
        ("category", "board.by_category", &category),
        ("delay", "board.by_delay", &delay),
        ("status", "board.blocked", &blocked),
    ];
    let divided = divisions.into_iter().map(|(id, name, of)| {
        let mut parts: BTreeMap<String, Named<'_>> = BTreeMap::new();
        let mut unknown = 0;
        for entry in open {
            let words = of(entry);
            unknown += usize::from(words.is_empty() && (id != "delay" || entry.late) && id != "status");
            for (key, name) in words {
                let new = || Named { folder: format!("{id}/{key}"), name: name.clone(), entries: Vec::new() };
                let part = parts.entry(key.to_lowercase()).or_insert_with(new);
                if part.entries.last().is_none_or(|last| !std::ptr::eq(last.action, entry.action)) {
                    part.entries.push(*entry);
                }
            }
        }
        let lines = parts.values().map(|part| {
            part.pages(input, 1, false, total);
            let late = part.entries.iter().filter(|entry| entry.late).count();
            Slice { name: part.name.clone(), url: part.url(1, false), count: part.entries.len(), late }
        });
        Slices { id, name: input.words.text(name).to_owned(), lines: lines.collect(), unknown }
    });
    divided.filter(|slices| !slices.lines.is_empty()).collect()
}
