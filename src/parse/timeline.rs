//! Timelines in the four shapes that real reports use: a table, a list, lines that begin with a time, headings.

use super::clock::{self, Written};
use super::{
    fields::{Source, choice, plain, text, texts},
    times,
};
use crate::{
    diag::{Diagnostic, reader},
    model::{
        Section,
        time::When,
        timeline::{Entry, Precision, Shape, Timeline},
        words::{Audience, EventKind},
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
    /// The lines it was read from.
    lines: Range<usize>,
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
        .unwrap_or_else(|| file.config.zone_of(file.path).0.clone());
    let lines = lines_of(body, section.content.clone());
    let rows = rows_of(body, &lines);
    let used: Vec<Range<usize>> = rows.iter().map(|row| row.lines.clone()).collect();
    let mut timeline = dated(reader, rows, body, file, &zone, started);
    around(&mut timeline, body, &lines, &used);
    timeline
}

/// Keeps what stands between and around the rows, so that nothing an author wrote is lost.
fn around(timeline: &mut Timeline, body: &str, lines: &[Range<usize>], used: &[Range<usize>]) {
    if timeline.entries.is_empty() {
        return;
    }
    let is_used = |line: &Range<usize>| used.iter().any(|row| row.start <= line.start && line.end <= row.end);
    let first = used.first().map_or(0, |row| row.start);
    let (mut before, mut after) = (String::new(), String::new());
    for line in lines.iter().filter(|line| !is_used(line)) {
        let text = &body[(*line).clone()];
        if timeline.shape == Shape::Table && text.trim_start().starts_with('|') {
            continue;
        }
        let side = if line.start < first { &mut before } else { &mut after };
        side.push_str(text);
        side.push('\n');
    }
    let after = format!("{}\n\n{}", timeline.after.trim_end(), after.trim());
    before.trim().clone_into(&mut timeline.before);
    after.trim().clone_into(&mut timeline.after);
}

fn from_front_matter(reader: &mut Reader, node: &Node) -> Timeline {
    let mut entries = Vec::new();
    for item in reader.list(node) {
        let Some(mut f) = reader.fields(item) else { continue };
        let at = f.require(reader, "at", &item.span).and_then(|node| times::when(reader, node));
        let told = f.require(reader, "text", &item.span).and_then(|node| reader.text(node));
        let kind = choice(reader, &mut f, "kind", EventKind::ALL);
        let source = text(reader, &mut f, "source");
        let known = text(reader, &mut f, "known");
        let options = plain(texts(reader, &mut f, "options"));
        let audience = choice(reader, &mut f, "audience", Audience::ALL);
        f.finish(reader);
        if let (Some(at), Some(told)) = (at, told) {
            let precision = if matches!(at.value, When::Day(_)) { Precision::Day } else { Precision::Exact };
            let (at, span, text) = (at.value, at.span, told.value);
            entries.push(Entry { at, precision, kind, text, source, known, options, audience, span });
        }
    }
    Timeline { entries, shape: Shape::FrontMatter, ..Timeline::default() }
}

fn lines_of(body: &str, content: Range<usize>) -> Vec<Range<usize>> {
    let line = |at: &mut usize, line: &str| {
        let start = *at;
        *at += line.len();
        Some(start..start + line.trim_end().len())
    };
    body[content.clone()].split_inclusive('\n').scan(content.start, line).collect()
}

/// The rows of a section, by the first shape that gives any.
fn rows_of(body: &str, lines: &[Range<usize>]) -> Vec<Row> {
    let table = table_rows(body, lines);
    if !table.is_empty() {
        return table;
    }
    let headed = marked_rows(body, lines, Shape::Headings, |line| {
        let level = line.bytes().take_while(|b| *b == b'#').count();
        (level >= 3).then(|| level + (line.len() - level - line[level..].trim_start().len()))
    });
    if headed.iter().filter(|row| is_time(body, row)).count() >= 2 {
        return headed;
    }
    let listed = marked_rows(body, lines, Shape::List, |line| {
        let indent = line.len() - line.trim_start().len();
        let is_marked = ["- ", "* ", "+ "].iter().any(|mark| line[indent..].starts_with(mark));
        (is_marked && indent < 2).then_some(indent + 1)
    });
    if listed.iter().any(|row| is_time(body, row)) {
        return listed;
    }
    marked_rows(body, lines, Shape::Lines, |line| {
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
        let is_comment = text.trim_start().starts_with("<!--") && text.trim_end().ends_with("-->");
        if is_comment {
            continue;
        }
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
        let text = cells(body.get(end + 1..line.end).unwrap_or(""));
        let time = trimmed(body, first..end);
        rows.push(Row { shape: Shape::Table, time, text, lines: line.clone(), certain: true });
    }
    rows
}

/// The cells after the time, as one text.
fn cells(rest: &str) -> String {
    let mut text = String::with_capacity(rest.len());
    let (mut start, mut escaped) = (0, false);
    for (at, byte) in rest.bytes().chain([b'|']).enumerate() {
        if at == rest.len() || byte == b'|' && !escaped {
            let cell = rest[start..at].trim();
            if !matches!(cell, "" | "-" | "–") {
                text.push_str(if text.is_empty() { "" } else { " · " });
                text.push_str(cell);
            }
            start = at + 1;
        }
        escaped = byte == b'\\' && !escaped;
    }
    if text.contains('\\') { text.replace("\\|", "|") } else { text }
}

/// Rows that begin with a mark; `after` gives where the text of such a line begins.
fn marked_rows(body: &str, lines: &[Range<usize>], shape: Shape, after: impl Fn(&str) -> Option<usize>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let (mut after_blank, mut ended) = (false, false);
    for line in lines {
        let text = &body[line.clone()];
        let is_blank = text.trim().is_empty();
        // A paragraph that is not indented is no part of the list before it.
        ended |= shape == Shape::List && after_blank && !is_blank && !text.starts_with([' ', '\t']);
        after_blank = is_blank;
        let Some(skip) = after(text) else {
            if let Some(row) = rows.last_mut().filter(|_| !ended) {
                row.text.push('\n');
                row.text.push_str(text.trim_start_matches('#').trim());
                row.lines.end = line.end;
            }
            continue;
        };
        ended = false;
        let start = line.start + skip;
        let time = trimmed(body, start..start + clock::leading(&body[start..line.end]));
        let text =
            body[time.end..line.end].trim_start_matches(['*', '_', ':', ' ', '-', '–', '—', '|', ']', ')', '.', '`']);
        rows.push(Row { shape, time, text: text.to_owned(), lines: line.clone(), certain: false });
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
    let mut after = String::new();
    for row in rows {
        let span = Span::new(file.path, row.time.start + file.parts.body..row.time.end + file.parts.body);
        let written = &body[row.time.clone()];
        let Some(found) = clock::read(written) else {
            let line = format!("{written} {}", row.text);
            match entries.last_mut() {
                Some(entry) if !row.certain => entry.text = format!("{}\n{}", entry.text, line.trim()),
                _ if row.certain && written.is_empty() => {
                    entries.last_mut().map_or(&mut after, |entry| &mut entry.text).push_str(&format!("\n{}", row.text));
                }
                _ => after.push_str(&format!("- {}\n", line.trim())),
            }
            if row.certain && !written.is_empty() {
                reader.push(
                    Diagnostic::new(reader::UNREADABLE_TIMELINE_TIME, &span, format!("`{written}` is not a time"))
                        .help("write `2024-03-01 14:05`, or `14:05` for the same day as the row above"),
                );
            }
            continue;
        };
        shape = row.shape;
        if let Some(explicit) = found.date(started.date(zone)) {
            date = explicit;
            last = None;
        }
        let Some((at, precision)) = place(&found, &mut date, &mut last, zone) else { continue };
        let text = row.text.trim().to_owned();
        let (source, known, options) = (None, None, Vec::new());
        entries.push(Entry { at, precision, kind: None, text, source, known, options, audience: None, span });
    }
    Timeline { entries, shape, before: String::new(), after }
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
