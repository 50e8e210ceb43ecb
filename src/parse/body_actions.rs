//! Action items that a body states without doubt: tables with named columns, check boxes, items of a list.

use super::{
    dates,
    lines::{fence, split},
    scalar::scalar,
    sections::canonical,
};
use crate::{config::Config, model::ActionStatus};
use std::{iter::Peekable, ops::Range};

/// An action, as it goes into front matter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Action {
    pub title: String,
    pub owner: Option<String>,
    pub due: Option<String>,
    pub status: Option<&'static str>,
    pub priority: Option<String>,
    pub tracker: Option<String>,
    /// The line of the body that states it, without its end.
    pub line: Range<usize>,
    /// Whether the line says something that no field above holds.
    pub says_more: bool,
}

impl Action {
    /// Whether a field holds all that its cell says.
    fn holds(&self, column: &str, cell: &str) -> bool {
        let all_in = |value: Option<&String>| {
            let mut left: Vec<String> = value.into_iter().flat_map(|value| words(value)).collect();
            words(cell).all(|word| left.iter().position(|known| *known == word).map(|at| left.remove(at)).is_some())
        };
        match column {
            "title" => all_in(Some(&self.title)),
            "owner" => all_in(self.owner.as_ref()),
            "priority" => all_in(self.priority.as_ref()),
            // The words of a link are often the end of its address.
            "tracker" => self.tracker.as_ref().is_some_and(|tracker| {
                let known: Vec<String> = words(tracker).collect();
                words(cell).all(|word| known.contains(&word))
            }),
            "status" => self.status.is_some(),
            "due" => self.due.is_some() && is_day(cell),
            _ => false,
        }
    }

    /// Its fields as YAML: key and scalar.
    #[must_use]
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        let text = |value: &Option<String>| value.as_deref().map(scalar);
        let fields = [
            ("title", Some(scalar(&self.title))),
            ("owner", text(&self.owner)),
            ("priority", text(&self.priority)),
            ("tracker", text(&self.tracker)),
            ("due", self.due.clone()),
            ("status", self.status.map(str::to_owned)),
        ];
        fields.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
    }

    /// An item of a block list.
    #[must_use]
    pub fn yaml(&self, indent: usize) -> String {
        let lines = self.fields().into_iter().enumerate().map(|(n, (key, value))| {
            let lead = if n == 0 { "- " } else { "  " };
            format!("{}{lead}{key}: {value}\n", " ".repeat(indent))
        });
        lines.collect()
    }
}

/// The actions of a body whose headings are of the second level, and how many plain items stand beside them. Plain items
/// are actions where their heading and their words speak of what is to be done.
#[must_use]
pub fn read(body: &str, config: &Config) -> (Vec<Action>, usize) {
    let (mut actions, mut plain) = (Vec::new(), 0);
    let mut open = None;
    let mut inside: Option<(usize, Items)> = None;
    let mut at = 0;
    let mut section = |range: Range<usize>, items: Items| {
        let (found, left) = in_section(body, range, items);
        actions.extend(found);
        plain += left;
    };
    for line in body.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if let (false, Some(heading)) = (fence(line, &mut open), line.strip_prefix("## ")) {
            if let Some((from, items)) = inside.take() {
                section(from..start, items);
            }
            let items = if is_to_do(heading) { Items::Clear } else { Items::Boxes };
            inside = (canonical(heading, config) == Some("actions")).then_some((at, items));
        }
    }
    if let Some((from, items)) = inside {
        section(from..at, items);
    }
    (actions, plain)
}

/// Which items of a list are taken as actions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Items {
    /// Those with a check box.
    Boxes,
    /// Also those whose words speak of what is to be done.
    Clear,
}

/// The actions that a section states, and how many plain items it holds.
#[must_use]
pub fn in_section(body: &str, section: Range<usize>, items: Items) -> (Vec<Action>, usize) {
    let (mut actions, mut plain) = (Vec::new(), 0);
    let mut open = None;
    let mut header: Option<Vec<&'static str>> = None;
    let mut lines = lines(body, section).peekable();
    while let Some((at, line)) = lines.next() {
        let placed = |action: Action| Action { line: at..at + line.len(), ..action };
        if fence(line, &mut open) {
            continue;
        }
        if line.trim_start().starts_with('|') {
            let cells = split(line);
            match &header {
                None => header = Some(cells.iter().map(|cell| column(cell)).collect()),
                Some(columns) if columns.contains(&"title") => actions.extend(from_row(columns, &cells).map(placed)),
                Some(_) => {}
            }
            continue;
        }
        header = None;
        let nested = |next: &str| next.starts_with([' ', '\t']) && list_item(next.trim_start()).is_some();
        let leads = lines.peek().is_some_and(|(_, next)| nested(next));
        match list_item(line).map(|item| (item, check_box(item))) {
            Some((_, Some((done, text)))) => actions.extend(from_box(done, text).map(placed)),
            Some(_) if items == Items::Boxes => plain += 1,
            Some((item, None)) => match clear_item(item, &mut lines).filter(|_| !leads) {
                Some(action) => actions.push(placed(action)),
                None => plain += 1,
            },
            None => {}
        }
    }
    (actions, plain)
}

/// The lines of a section without their ends, and where each begins.
fn lines(body: &str, section: Range<usize>) -> impl Iterator<Item = (usize, &str)> {
    let place = |at: &mut usize, line: &'_ str| {
        let start = *at;
        *at += line.len();
        Some(start)
    };
    let starts = body[section.clone()].split_inclusive('\n').scan(section.start, place);
    starts.zip(body[section].split_inclusive('\n').map(|line| line.trim_end_matches(['\r', '\n'])))
}

/// The field that a column of this name holds, or nothing.
#[must_use]
pub fn column(name: &str) -> &'static str {
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
    let action = Action {
        title,
        owner: cell("owner").filter(|owner| owner.len() <= 60),
        due: cell("due").and_then(|text| one_date(&text)),
        status: cell("status").and_then(|text| status(&text)),
        priority: cell("priority").filter(|text| text.len() <= 20),
        tracker: columns.iter().position(|column| *column == "tracker").and_then(|at| link(cells.get(at)?)),
        ..Action::default()
    };
    let holds = |(at, cell): (usize, &String)| {
        let first = columns.iter().position(|column| columns.get(at) == Some(column)) == Some(at);
        words(cell).next().is_none() || first && action.holds(columns[at], cell)
    };
    let says_more = !cells.iter().enumerate().all(holds);
    Some(Action { says_more, ..action })
}

/// Letters and digits, in lower case.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// Whether a cell says a day and nothing else.
fn is_day(cell: &str) -> bool {
    const MONTHS: &[&str] =
        &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "st", "nd", "rd", "th"];
    words(cell).all(|word| {
        let letters = word.trim_start_matches(|c: char| c.is_ascii_digit());
        letters.is_empty() || MONTHS.iter().any(|month| letters.starts_with(month))
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
fn clear_item<'t>(item: &str, lines: &mut Peekable<impl Iterator<Item = (usize, &'t str)>>) -> Option<Action> {
    let mut text = item.to_owned();
    let goes_on = |(_, next): &(usize, &str)| {
        !next.trim().is_empty()
            && list_item(next.trim_start()).is_none()
            && !next.trim_start().starts_with(['#', '|', '`', '~'])
    };
    while let Some((_, next)) = lines.next_if(goes_on) {
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
    let action = Action { title, owner, due, priority, ..Action::default() };
    let says_more = !action.holds("title", text);
    is_one.then_some(Action { says_more, ..action })
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
#[must_use]
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
