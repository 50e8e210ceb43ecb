//! Timelines in the four shapes that real reports use: a table, a list, lines that begin with a time, headings.

use super::clock::{self, Written};
use super::{fields::Source, times};
use crate::{
    diag::{Diagnostic, reader},
    model::{
        Section,
        time::When,
        timeline::{Entry, Precision, Shape, Timeline},
        words::EventKind,
    },
    snapshot::Span,
    tree::{Node, Reader},
};
use jiff::{civil::Date, tz::TimeZone};
use std::ops::Range;

/// A row before its date is known.
struct Row {
    shape: Shape,
    time: Range<usize>,
    text: String,
    /// Said to be a time by its place (a table's first column, a heading), so that an unreadable one is a finding.
    certain: bool,
}

/// Reads the timeline of a report: from front matter where it is there, else from the body's section.
pub fn read(
    reader: &mut Reader,
    rows: Option<&Node>,
    body: &str,
    sections: &[Section],
    file: &Source<'_>,
    started: When,
) -> Timeline {
    let section = sections.iter().find(|section| section.name == Some("timeline") && !section.empty);
    if let Some(node) = rows {
        if let Some(section) = section {
            reader.push(
                Diagnostic::new(reader::TWO_TIMELINES, &section.heading.span, "the timeline is written twice")
                    .also(&node.span, "and here; this one is used")
                    .help("keep the one that is easier to read"),
            );
        }
        return from_front_matter(reader, node);
    }
    let Some(section) = section else { return Timeline::default() };
    let zone = clock::zone_hint(&section.heading.value)
        .or_else(|| clock::zone_hint(&body[section.content.clone()].lines().take(6).collect::<Vec<_>>().join("\n")))
        .unwrap_or_else(|| file.config.time_zone.clone());
    let rows = rows_of(body, section.content.clone());
    dated(reader, rows, body, file, &zone, started)
}

fn from_front_matter(reader: &mut Reader, node: &Node) -> Timeline {
    let mut entries = Vec::new();
    for item in reader.list(node) {
        let Some(mut f) = reader.fields(item) else { continue };
        let at = f.require(reader, "at", &item.span).and_then(|node| times::when(reader, node));
        let text = f.require(reader, "text", &item.span).and_then(|node| reader.text(node));
        let kind = f.take("kind").and_then(|node| reader.choice(node, "kind", EventKind::ALL)).map(|kind| kind.value);
        let source = f.take("source").and_then(|node| reader.text(node)).map(|text| text.value);
        f.finish(reader);
        if let (Some(at), Some(text)) = (at, text) {
            let precision = if matches!(at.value, When::Day(_)) { Precision::Day } else { Precision::Exact };
            entries.push(Entry { at: at.value, precision, kind, text: text.value, source, span: at.span });
        }
    }
    Timeline { entries, shape: Shape::FrontMatter }
}

/// The rows of a section, by the first shape that gives any.
fn rows_of(body: &str, content: Range<usize>) -> Vec<Row> {
    let lines: Vec<Range<usize>> = body[content.clone()]
        .split_inclusive('\n')
        .scan(content.start, |at, line| {
            let start = *at;
            *at += line.len();
            Some(start..start + line.trim_end().len())
        })
        .collect();
    let table = table_rows(body, &lines);
    if !table.is_empty() {
        return table;
    }
    let headed = marked_rows(body, &lines, Shape::Headings, |line| {
        let level = line.bytes().take_while(|b| *b == b'#').count();
        (level >= 3).then(|| level + (line.len() - level - line[level..].trim_start().len()))
    });
    if headed.iter().filter(|row| is_time(body, row)).count() >= 2 {
        return headed;
    }
    let listed = marked_rows(body, &lines, Shape::List, |line| {
        let indent = line.len() - line.trim_start().len();
        line[indent..].starts_with(['-', '*', '+']).then_some(indent + 1).filter(|_| indent < 2)
    });
    if listed.iter().any(|row| is_time(body, row)) {
        return listed;
    }
    marked_rows(body, &lines, Shape::Lines, |line| {
        line.starts_with(|c: char| c.is_ascii_digit() || c == '*' || c == '~').then_some(0)
    })
}

fn is_time(body: &str, row: &Row) -> bool {
    clock::read(&body[row.time.clone()]).is_some()
}

fn table_rows(body: &str, lines: &[Range<usize>]) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut header_seen = false;
    for line in lines {
        let text = &body[line.clone()];
        if !text.trim_start().starts_with('|') {
            header_seen = header_seen && text.trim().is_empty() && rows.is_empty();
            continue;
        }
        if text.bytes().all(|b| matches!(b, b'|' | b'-' | b':' | b' ')) {
            header_seen = true;
            continue;
        }
        if !header_seen {
            continue;
        }
        let first = line.start + text.find('|').map_or(0, |at| at + 1);
        let end = body[first..line.end].find('|').map_or(line.end, |at| first + at);
        let rest = body.get(end + 1..line.end).unwrap_or("").trim().trim_end_matches('|').trim();
        rows.push(Row { shape: Shape::Table, time: trimmed(body, first..end), text: rest.to_owned(), certain: true });
    }
    rows
}

/// Rows that begin with a mark; `after` gives where the text of such a line begins.
fn marked_rows(body: &str, lines: &[Range<usize>], shape: Shape, after: impl Fn(&str) -> Option<usize>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for line in lines {
        let text = &body[line.clone()];
        let Some(skip) = after(text) else {
            if let Some(row) = rows.last_mut() {
                row.text.push('\n');
                row.text.push_str(text.trim());
            }
            continue;
        };
        let start = line.start + skip;
        let time = trimmed(body, start..start + clock::leading(&body[start..line.end]));
        let text =
            body[time.end..line.end].trim_start_matches(['*', '_', ':', ' ', '-', '–', '—', '|', ']', ')', '.', '`']);
        rows.push(Row { shape, time, text: text.to_owned(), certain: false });
    }
    rows
}

fn trimmed(body: &str, range: Range<usize>) -> Range<usize> {
    let text = &body[range.clone()];
    let start = range.start + (text.len() - text.trim_start_matches([' ', '*', '_', '`', '[', '(']).len());
    let end = range.end - (text.len() - text.trim_end_matches([' ', '*', '_', '`', ']', ')', ':']).len());
    start..end.max(start)
}

/// Gives every row its date: written, inherited, or the next day when the clock goes back by more than six hours.
fn dated(
    reader: &mut Reader,
    rows: Vec<Row>,
    body: &str,
    file: &Source<'_>,
    zone: &TimeZone,
    started: When,
) -> Timeline {
    let mut date = started.date(zone);
    let mut last: Option<i64> = None;
    let mut entries: Vec<Entry> = Vec::new();
    let mut shape = Shape::None;
    for row in rows {
        let span = Span::new(file.path, row.time.start + file.parts.body..row.time.end + file.parts.body);
        let written = &body[row.time.clone()];
        let Some(found) = clock::read(written) else {
            if row.certain && !written.is_empty() {
                reader.push(
                    Diagnostic::new(reader::UNREADABLE_TIMELINE_TIME, &span, format!("`{written}` is not a time"))
                        .help("write `2024-03-01 14:05`, or `14:05` for the same day as the row above"),
                );
            } else if let (Some(entry), false) = (entries.last_mut(), row.certain) {
                entry.text = format!("{}\n{}", entry.text, row.text);
            }
            continue;
        };
        shape = row.shape;
        if let Some(explicit) = found.date(started.date(zone)) {
            date = explicit;
            last = None;
        }
        let Some((at, precision)) = place(&found, &mut date, &mut last, zone) else { continue };
        entries.push(Entry { at, precision, kind: None, text: row.text.trim().to_owned(), source: None, span });
    }
    Timeline { entries, shape }
}

fn place(found: &Written, date: &mut Date, last: &mut Option<i64>, zone: &TimeZone) -> Option<(When, Precision)> {
    let Some((hour, minute, second)) = found.clock else { return Some((When::Day(*date), Precision::Day)) };
    let of_day = i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second);
    if last.is_some_and(|last| of_day + 6 * 3600 < last) {
        *date = date.tomorrow().ok()?;
    }
    *last = Some(of_day);
    let zone = found.zone.as_ref().unwrap_or(zone);
    let at = date.at(hour, minute, second, 0).to_zoned(zone.clone()).ok()?.timestamp();
    Some((When::Instant(at), if found.approximate { Precision::Approximate } else { Precision::Exact }))
}
