//! Tables of a timeline whose first column is not the time: the time moves to the front, together with its date.

use crate::parse::lines::split;

/// Reorders the rows of the first table among these lines, where its header names the columns.
pub fn time_first<'l>(lines: impl Iterator<Item = &'l mut String>) {
    let mut plan: Option<(Option<usize>, usize, usize)> = None;
    let mut done = false;
    for line in lines {
        if !line.trim_start().starts_with('|') {
            done |= plan.is_some();
            continue;
        }
        let cells = split(line);
        if done {
            return;
        }
        let Some((date, time, width)) = plan else {
            let Some((date, time)) = columns(&cells) else { return };
            plan = Some((date, time, cells.len()));
            *line = row(&cells, date, time);
            continue;
        };
        if cells.iter().all(|cell| !cell.is_empty() && cell.bytes().all(|b| matches!(b, b'-' | b':'))) {
            let width = width - usize::from(date.is_some());
            *line = format!("|{}", " --- |".repeat(width));
        } else if cells.len() > time {
            *line = row(&cells, date, time);
        }
    }
}

/// Where the date and the time are, when the time is not first.
fn columns(cells: &[String]) -> Option<(Option<usize>, usize)> {
    let find = |wanted: &[&str]| {
        cells.iter().position(|cell| {
            let words = cell.to_lowercase();
            let first = words.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("").to_owned();
            wanted.contains(&first.as_str())
        })
    };
    let time = find(&["time", "when", "timestamp", "clock"]).filter(|time| *time > 0)?;
    Some((find(&["date"]).filter(|date| *date != time), time))
}

fn row(cells: &[String], date: Option<usize>, time: usize) -> String {
    let part = |n: usize| cells.get(n).map_or("", String::as_str);
    let first = date.map_or_else(|| part(time).to_owned(), |date| format!("{} {}", part(date), part(time)));
    let rest = cells.iter().enumerate().filter(|(n, _)| *n != time && Some(*n) != date).map(|(_, cell)| cell.clone());
    let all: Vec<String> = std::iter::once(first.trim().to_owned()).chain(rest).collect();
    format!("| {} |", all.join(" | "))
}
