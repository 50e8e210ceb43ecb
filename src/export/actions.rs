//! Action items as a command lists them: for the eye, as CSV and as data. Teams and roles own them; nothing counts persons.

use super::table::{self, Heading, Type, Value};
use crate::{
    analyze::followup::{self, Standing, standing},
    config::Config,
    diag::sanitize::one_line,
    model::{Action, Report, corpus::Corpus},
};
use jiff::civil::Date;
use serde_json::json;

/// Which items are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    Open,
    Overdue,
    All,
    /// Open, and a factor that they are against came back.
    CameBack,
}

/// The items that were asked for, by their date; items that came back stand by how often.
pub struct Selection<'c> {
    config: &'c Config,
    today: Date,
    only: Filter,
    entries: Vec<Entry<'c>>,
}

struct Entry<'c> {
    report: &'c Report,
    action: &'c Action,
    /// From 1, within the report.
    number: usize,
    /// The factor that came back, and the reports of that.
    factor: Option<(&'c str, Vec<String>)>,
}

impl<'c> Selection<'c> {
    /// Selects from a corpus; `owner` is a team's id or name, or what is written as owner.
    #[must_use]
    pub fn of(config: &'c Config, corpus: &'c Corpus, today: Date, only: Filter, owner: Option<&str>) -> Self {
        let mut entries = if only == Filter::CameBack { came_back(config, corpus) } else { all(corpus, today, only) };
        entries.retain(|entry| owner.is_none_or(|owner| followup::is_of(config, entry.report, entry.action, owner)));
        Self { config, today, only, entries }
    }

    fn headings(&self) -> Vec<Heading> {
        let more: &[Heading] = if self.only == Filter::CameBack { MORE } else { &MORE[..1] };
        table::of_actions().into_iter().chain(more.iter().copied()).collect()
    }

    fn row(&self, entry: &Entry<'_>) -> Vec<Value> {
        let mut row = table::action(self.config, entry.report, entry.action, entry.number);
        row.push(self.days_late(entry.action).map_or(Value::Null, Value::Integer));
        if let Some((factor, reports)) = &entry.factor {
            row.push(Value::Text((*factor).to_owned()));
            row.push(Value::Texts(reports.clone()));
        }
        row
    }

    fn days_late(&self, action: &Action) -> Option<i64> {
        let due = action.due.as_ref().filter(|_| followup::is_overdue(action, self.today))?.value;
        Some(i64::from((self.today - due).get_days()))
    }
}

/// What the command tells beside the columns of the table `actions`.
const MORE: &[Heading] = &[
    Heading { name: "days_late", kind: Type::Integer, required: false, meaning: "Days since its date, of open items" },
    Heading { name: "factor", kind: Type::Text, required: true, meaning: "The factor that came back" },
    Heading { name: "later_reports", kind: Type::Texts, required: true, meaning: "In which it did, the newest first" },
];

fn all(corpus: &Corpus, today: Date, only: Filter) -> Vec<Entry<'_>> {
    let entries = corpus.reports.iter().flat_map(|report| {
        let numbered = report.actions.iter().zip(1..);
        numbered.map(|(action, number)| Entry { report, action, number, factor: None })
    });
    let wanted = |entry: &Entry<'_>| match only {
        Filter::Overdue => followup::is_overdue(entry.action, today),
        Filter::Open | Filter::CameBack => standing(entry.action) == Standing::Open,
        Filter::All => true,
    };
    let mut entries: Vec<Entry<'_>> = entries.filter(wanted).collect();
    let due = |entry: &Entry<'_>| entry.action.due.as_ref().map(|due| due.value);
    entries.sort_by_key(|entry| (standing(entry.action), due(entry).is_none(), due(entry)));
    entries
}

fn came_back<'c>(config: &Config, corpus: &'c Corpus) -> Vec<Entry<'c>> {
    let entries = followup::came_back(config, corpus).into_iter().map(|found| {
        let number =
            found.report.actions.iter().position(|action| std::ptr::eq(action, found.action)).map_or(1, |at| at + 1);
        let later = found.later.iter().map(|report| report.id.value.clone()).collect();
        Entry { report: found.report, action: found.action, number, factor: Some((found.factor, later)) }
    });
    entries.collect()
}

/// For the eye: columns, and what they amount to.
#[must_use]
pub fn table(selection: &Selection<'_>) -> String {
    let mut rows = vec![["due", "days late", "status", "team", "report", "action"].map(str::to_owned).to_vec()];
    for entry in &selection.entries {
        let action = entry.action;
        let owner = action.owner.as_ref().map(|owner| owner.value.clone());
        let teams = || followup::teams(selection.config, entry.report, action).join(", ");
        let mut title = action.title.value.clone();
        if let Some((factor, later)) = &entry.factor {
            let times = if later.len() == 1 { "once".to_owned() } else { format!("{} times", later.len()) };
            title = format!("{title} [against {factor}, which came back {times}, last in {}]", later[0]);
        }
        rows.push(vec![
            action.due.as_ref().map_or("-".to_owned(), |due| due.value.to_string()),
            selection.days_late(action).map_or("-".to_owned(), |days| days.to_string()),
            action.status.as_ref().map_or("-".to_owned(), |status| status.value.word().to_owned()),
            owner.unwrap_or_else(teams),
            entry.report.id.value.clone(),
            title,
        ]);
    }
    let widths: Vec<usize> = (0..rows[0].len())
        .map(|at| rows.iter().map(|row| one_line(&row[at]).chars().count()).max().unwrap_or(0))
        .collect();
    let lines = rows.iter().map(|row| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{:width$}", one_line(cell)));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
    });
    let late = selection.entries.iter().filter(|entry| selection.days_late(entry.action).is_some()).count();
    let items = if selection.entries.len() == 1 { "item" } else { "items" };
    let sum = format!("{} {items}, {late} past the date as of {}\n", selection.entries.len(), selection.today);
    if selection.entries.is_empty() { sum } else { lines.collect::<String>() + &sum }
}

/// For spreadsheets; `guarded` keeps texts from being read as formulas.
#[must_use]
pub fn csv(selection: &Selection<'_>, guarded: bool) -> String {
    let names = selection.headings().iter().map(|heading| Value::Text(heading.name.to_owned())).collect::<Vec<_>>();
    let lines = selection.entries.iter().map(|entry| table::csv_line(&selection.row(entry), guarded));
    std::iter::once(table::csv_line(&names, guarded)).chain(lines).collect()
}

/// Data: the columns of the table `actions` of an export, and how late.
#[must_use]
pub fn json(selection: &Selection<'_>) -> String {
    let headings = selection.headings();
    let items: Vec<_> = selection
        .entries
        .iter()
        .map(|entry| table::json_object(&headings, &selection.row(entry)).to_string())
        .collect();
    let head = json!({ "schema_version": table::SCHEMA_VERSION, "as_of": selection.today.to_string() }).to_string();
    format!("{},\"actions\":[\n{}\n]}}\n", head.trim_end_matches('}'), items.join(",\n"))
}
