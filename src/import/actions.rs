//! Action items that a body states without doubt: tables with named columns, check boxes, items of a list.

use super::{columns::split, dates, write::scalar};
use crate::{config::Config, model::ActionStatus, parse::sections::canonical};

/// An action, as it goes into front matter.
#[derive(Debug, Default, PartialEq)]
pub struct Action {
    pub title: String,
    owner: Option<String>,
    due: Option<String>,
    status: Option<&'static str>,
    priority: Option<String>,
    tracker: Option<String>,
}

impl Action {
    pub fn yaml(&self) -> String {
        let mut text = format!("  - title: {}\n", scalar(&self.title));
        for (key, value) in [("owner", &self.owner), ("priority", &self.priority), ("tracker", &self.tracker)] {
            text += &value.as_ref().map_or_else(String::new, |value| format!("    {key}: {}\n", scalar(value)));
        }
        text += &self.due.as_ref().map_or_else(String::new, |due| format!("    due: {due}\n"));
        text + &self.status.map_or_else(String::new, |status| format!("    status: {status}\n"))
    }
}

/// The actions of a rewritten body, and how many plain items were left in it.
pub fn read(body: &str, config: &Config) -> (Vec<Action>, usize) {
    let (mut actions, mut plain) = (Vec::new(), 0);
    let (mut inside, mut future, mut fence) = (false, false, None);
    let mut lines = body.lines().peekable();
    let mut header: Option<Vec<&'static str>> = None;
    while let Some(line) = lines.next() {
        if super::body::fence(line, &mut fence) {
            continue;
        }
        if let Some(heading) = line.strip_prefix("## ") {
            inside = canonical(heading, config) == Some("actions");
            future = is_to_do(heading);
            header = None;
        }
        if !inside {
            continue;
        }
        if line.trim_start().starts_with('|') {
            let cells = split(line);
            match &header {
                None => header = Some(cells.iter().map(|cell| column(cell)).collect()),
                Some(columns) if columns.contains(&"title") => actions.extend(from_row(columns, &cells)),
                Some(_) => {}
            }
            continue;
        }
        header = None;
        let leads =
            lines.peek().is_some_and(|next| next.starts_with([' ', '\t']) && list_item(next.trim_start()).is_some());
        match list_item(line).map(|item| (item, check_box(item))) {
            Some((_, Some((done, text)))) => actions.extend(from_box(done, text)),
            Some((item, None)) => match clear_item(item, &mut lines).filter(|_| future && !leads) {
                Some(action) => actions.push(action),
                None => plain += 1,
            },
            None => {}
        }
    }
    (actions, plain)
}

fn column(name: &str) -> &'static str {
    match plain(name).to_lowercase().trim_end_matches(':') {
        "action" | "action item" | "action items" | "item" | "title" | "task" | "description" | "what" | "todo"
        | "follow-up" | "follow up" | "corrective action" | "remediation" => "title",
        "owner" | "owners" | "assignee" | "assigned to" | "who" | "responsible" | "dri" => "owner",
        "due" | "due date" | "deadline" | "target date" | "eta" | "by when" => "due",
        "status" | "state" | "done" => "status",
        "priority" | "prio" => "priority",
        "ticket" | "tracker" | "issue" | "link" | "bug" | "jira" | "tracking" | "ticket/issue" => "tracker",
        _ => "",
    }
}

fn from_row(columns: &[&'static str], cells: &[String]) -> Option<Action> {
    if cells.iter().all(|cell| cell.bytes().all(|b| matches!(b, b'-' | b':' | b' '))) {
        return None;
    }
    let cell = |name: &str| {
        let at = columns.iter().position(|column| *column == name)?;
        cells.get(at).map(|cell| plain(cell)).filter(|text| said(text))
    };
    let title = cell("title").filter(|title| !title.starts_with('<') && !title.starts_with('['))?;
    Some(Action {
        title,
        owner: cell("owner").filter(|owner| owner.len() <= 60),
        due: cell("due").and_then(|text| one_date(&text)),
        status: cell("status").and_then(|text| status(&text)),
        priority: cell("priority").filter(|text| text.len() <= 20),
        tracker: columns.iter().position(|column| *column == "tracker").and_then(|at| link(cells.get(at)?)),
    })
}

fn said(text: &str) -> bool {
    !matches!(text.to_lowercase().as_str(), "" | "-" | "–" | "—" | "?" | "tbd" | "n/a" | "none" | "na" | "todo")
}

/// `[x] text`.
fn check_box(item: &str) -> Option<(bool, &str)> {
    let item = item.trim_start();
    ["[ ] ", "[x] ", "[X] "].iter().find_map(|mark| Some((*mark != "[ ] ", item.strip_prefix(mark)?.trim())))
}

fn from_box(done: bool, text: &str) -> Option<Action> {
    let status = Some(if done { ActionStatus::Done.word() } else { ActionStatus::Open.word() });
    from_item(text).map(|action| Action { status, ..action })
}

/// What follows the mark of an item: `- `, `* `, `2. `.
fn list_item(line: &str) -> Option<&str> {
    let number = line.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = || line[number..].strip_prefix(". ").or_else(|| line[number..].strip_prefix(") "));
    let mark = ["- ", "* ", "+ "].iter().find_map(|mark| line.strip_prefix(mark));
    mark.or_else(|| (1..=2).contains(&number).then(numbered)?)
}

/// Whether a heading speaks of what is to be done, and not perhaps of what was done.
fn is_to_do(heading: &str) -> bool {
    const WORDS: [&str; 8] =
        ["action", "follow", "todo", "to do", "next step", "prevent", "improvement", "what are we doing"];
    let lower = heading.to_lowercase();
    WORDS.iter().any(|word| lower.contains(word))
}

/// An item with the lines it goes on in: at least three words that do not tell of the past.
fn clear_item<'t>(item: &str, lines: &mut std::iter::Peekable<impl Iterator<Item = &'t str>>) -> Option<Action> {
    let mut text = item.to_owned();
    let goes_on = |next: &&str| {
        !next.trim().is_empty()
            && list_item(next.trim_start()).is_none()
            && !next.trim_start().starts_with(['#', '|', '`', '~'])
    };
    while let Some(next) = lines.next_if(goes_on) {
        text.push(' ');
        text.push_str(next.trim());
    }
    let is_past = text.split_whitespace().next().is_some_and(|word| word.ends_with("ed") && word.len() > 4);
    from_item(&text).filter(|action| !is_past && action.title.split_whitespace().count() > 2)
}

/// An item of a list whose whole text is what is to be done.
fn from_item(text: &str) -> Option<Action> {
    let whole = plain(text);
    let label = whole.split_once(": ").filter(|(label, _)| column(label) == "title");
    let title = label.map_or(whole.clone(), |(_, rest)| rest.to_owned());
    let lower = title.to_lowercase();
    let after = |label: &str| lower.find(label).and_then(|at| title.get(at + label.len()..)).map(str::trim);
    let is_date = |text: &&str| text.starts_with(|c: char| c.is_ascii_digit());
    let due = ["due:", "due by ", "due on ", "due "].iter().find_map(|label| after(label).filter(is_date));
    let due = due.and_then(one_date);
    let labelled = ["owner:", "owners:", "assignee:", "assigned to "].iter().find_map(|label| after(label));
    let edge = |word: Option<&str>| {
        let word = word?.trim_matches(['(', ')', '[', ']', ':', ',', '.']).to_owned();
        (word.starts_with('@') && word.len() > 2).then_some(word)
    };
    let before_due = title.get(..lower.find("due").unwrap_or(title.len())).unwrap_or(&title);
    let mention = edge(title.split_whitespace().next())
        .or_else(|| edge(before_due.trim_end_matches([' ', '(', '[']).split_whitespace().last()));
    let name = |text: &str| {
        let name = text.split([',', ')', ';', ']', '(']).next().unwrap_or("").trim().trim_end_matches('.').to_owned();
        (!name.is_empty() && name.split_whitespace().count() <= 3).then_some(name)
    };
    let owner = labelled.and_then(name).or(mention);
    let priority = after("priority:").and_then(name);
    let is_one = said(&title) && !title.ends_with(':') && title.len() <= 240 && !is_nothing(&lower);
    is_one.then_some(Action { title, owner, due, priority, ..Action::default() })
}

/// `None so far`, `No further action`.
fn is_nothing(lower: &str) -> bool {
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let (first, second) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    matches!(first, "none" | "nothing")
        || first == "no" && matches!(second, "action" | "actions" | "further" | "follow")
}

fn one_date(text: &str) -> Option<String> {
    match dates::all(text)[..] {
        [day] => Some(day.to_string()),
        _ => None,
    }
}

fn status(text: &str) -> Option<&'static str> {
    let word = text.trim().to_lowercase().replace([' ', '_'], "-");
    let exact = ActionStatus::ALL.iter().find(|(known, _)| *known == word).map(|(known, _)| *known);
    exact.or(match word.as_str() {
        "todo" | "to-do" | "new" | "not-started" | "pending" => Some("open"),
        "completed" | "complete" | "closed" | "fixed" | "resolved" | "finished" | "yes" | "✅" => Some("done"),
        "started" | "wip" | "ongoing" | "doing" => Some("in-progress"),
        "wontfix" | "won't-fix" | "won't-do" | "cancelled" | "canceled" | "rejected" => Some("dropped"),
        _ => None,
    })
}

/// The address in a cell, else its text.
fn link(cell: &str) -> Option<String> {
    let address = cell.find("http").map(|at| cell[at..].split([')', ' ', '>', ']']).next().unwrap_or("").to_owned());
    address.or_else(|| Some(plain(cell))).filter(|text| said(text))
}

/// Text without emphasis and with links as their words.
pub fn plain(text: &str) -> String {
    use pulldown_cmark::{Event, Parser};
    let mut out = String::new();
    for event in Parser::new(text.trim()) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) | Event::Html(text) => out.push_str(&text),
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}
