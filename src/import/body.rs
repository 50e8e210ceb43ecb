//! The body, word for word: only the marks around headings, the indentation of a timeline and the order of its columns change.

use crate::{
    config::Config,
    parse::{clock, dates, lines::fence, sections::canonical},
};
use std::collections::BTreeSet;

/// A line, and its heading if it is one.
struct Line {
    text: String,
    /// Level and text.
    heading: Option<(usize, String)>,
    code: bool,
}

impl Line {
    fn set_heading(&mut self, level: usize, text: &str) {
        self.text = format!("{} {text}", "#".repeat(level));
        self.heading = Some((level, text.to_owned()));
    }

    fn level(&self) -> Option<usize> {
        self.heading.as_ref().map(|(level, _)| *level)
    }

    fn name(&self, config: &Config) -> Option<&'static str> {
        self.heading.as_ref().and_then(|(_, text)| canonical(text, config))
    }
}

fn lines(body: &str) -> Vec<Line> {
    let mut open = None;
    let line = |text: &str| {
        let code = fence(text, &mut open);
        Line { text: text.to_owned(), heading: if code { None } else { heading(text) }, code }
    };
    body.lines().map(line).collect()
}

/// `## Impact ##` → 2, `Impact`.
fn heading(line: &str) -> Option<(usize, String)> {
    let indent = line.len() - line.trim_start_matches(' ').len();
    let text = line.trim();
    let level = text.bytes().take_while(|b| *b == b'#').count();
    if !(1..=6).contains(&level) || indent > 3 || !text[level..].starts_with([' ', '\t']) && text.len() > level {
        return None;
    }
    let inner = text[level..].trim();
    let closed = inner.trim_end_matches('#');
    let inner = if closed.ends_with(' ') || closed.is_empty() { closed.trim() } else { inner };
    Some((level, inner.to_owned()))
}

/// The title of a body without a field for it, and the line that says nothing else.
pub fn title(body: &str, config: &Config) -> Option<(String, usize)> {
    const NOT_TITLES: &[&str] =
        &["metadata", "meta", "meta data", "title", "postmortem", "post-mortem", "incident report"];
    let lines = lines(body);
    let first = lines.iter().find(|line| !line.text.trim().is_empty())?;
    let bold = bold_line(&first.text).filter(|text| canonical(text, config).is_none());
    if let Some(bold) = bold {
        return Some((bold.to_owned(), usize::MAX));
    }
    let mut headings = lines.iter().enumerate().filter_map(|(n, line)| Some((n, line.heading.as_ref()?)));
    let (at, (level, text)) = headings.next()?;
    let named = ["title:", "title -"].iter().find_map(|label| {
        let head = text.get(..label.len()).filter(|head| head.eq_ignore_ascii_case(label));
        head.map(|_| text[label.len()..].trim()).filter(|rest| !rest.is_empty())
    });
    if let Some(named) = named {
        return Some((named.to_owned(), usize::MAX));
    }
    let lower = text.trim_end_matches([':', ' ']).to_lowercase();
    if lower == "title" {
        let next = headings.next().filter(|(_, (_, text))| canonical(text, config).is_none());
        return next.map(|(_, (_, text))| (text.clone(), usize::MAX));
    }
    let fits = *level == 1 || *level == 2 && lines[..at].iter().all(|line| line.text.trim().is_empty());
    let is_title = fits
        && canonical(text, config).is_none()
        && !NOT_TITLES.contains(&lower.as_str())
        && super::labels::field(text.split(':').next().unwrap_or("")).is_none()
        && !text.is_empty()
        && (*level == 1 || !text.contains(':'));
    is_title.then(|| (text.clone(), at))
}

/// `**Summary:**` → `Summary`.
pub fn bold_line(line: &str) -> Option<&str> {
    let text = line.trim();
    let mark = ["**", "__"].into_iter().find(|mark| text.starts_with(mark))?;
    let inner = text[2..].trim_end_matches(':').strip_suffix(mark)?;
    (!inner.contains(mark) && !inner.trim().is_empty()).then(|| inner.trim().trim_end_matches(':').trim())
}

/// The body with sections at the second level and a timeline that can be read. `dropped` is the line of the title.
pub fn rewrite(body: &str, dropped: Option<usize>, config: &Config, zone: Option<&str>, order: Option<bool>) -> String {
    let mut lines = lines(body);
    if let Some(at) = dropped.filter(|at| *at < lines.len()) {
        lines[at].text.clear();
        lines[at].heading = None;
    }
    timeline_heading(&mut lines, config);
    let mut lines = bold_headings(lines, config);
    levels(&mut lines, config);
    timeline(&mut lines, config, zone, order);
    let text = lines.into_iter().map(|line| line.text).collect::<Vec<_>>().join("\n");
    text.trim_matches('\n').trim_end().to_owned()
}

/// `Timeline 3 to 5 May` → `Timeline (3 to 5 May)`, where no heading is the plain word.
fn timeline_heading(lines: &mut [Line], config: &Config) {
    if lines.iter().any(|line| line.name(config) == Some("timeline")) {
        return;
    }
    for line in lines {
        let Some((level, text)) = line.heading.clone() else { continue };
        let after = text.get(..8).filter(|word| word.eq_ignore_ascii_case("timeline")).map(|_| &text[8..]);
        let rest = after.map(|rest| rest.trim_matches([':', '-', '–', '—', ' ', ',']));
        if let Some(rest) = rest.filter(|rest| !rest.is_empty() && !rest.contains(['(', ')'])) {
            line.set_heading(level, &format!("{} ({rest})", &text[..8]));
            return;
        }
    }
}

/// Labels in bold that stand for a section which has no heading become headings.
fn bold_headings(lines: Vec<Line>, config: &Config) -> Vec<Line> {
    let mut taken: BTreeSet<&str> = lines.iter().filter_map(|line| line.name(config)).collect();
    let level = lines.iter().filter(|line| line.name(config).is_some()).filter_map(Line::level).min().unwrap_or(2);
    let mut out: Vec<Line> = Vec::new();
    for line in lines {
        let is_first = out.last().is_none_or(|before| before.text.trim().is_empty() || before.heading.is_some());
        let label = (!line.code && is_first).then(|| label_and_rest(&line.text)).flatten();
        let label =
            label.and_then(|(label, rest)| Some((canonical(label, config)?, label.to_owned(), rest.to_owned())));
        match label {
            Some((name, label, rest)) if !taken.contains(name) => {
                taken.insert(name);
                let mut head = Line { text: String::new(), heading: None, code: false };
                head.set_heading(level, &label);
                out.push(head);
                if !rest.is_empty() {
                    out.push(Line { text: String::new(), heading: None, code: false });
                    out.push(Line { text: rest, heading: None, code: false });
                }
            }
            _ => out.push(line),
        }
    }
    out
}

/// `**Impact:** Forty users …` → `Impact` and the text, where the text is prose or nothing.
fn label_and_rest(line: &str) -> Option<(&str, &str)> {
    if let Some(label) = bold_line(line) {
        return Some((label, ""));
    }
    let mark = ["**", "__"].into_iter().find(|mark| line.starts_with(mark))?;
    let (label, rest) = line[2..].split_once(mark)?;
    let is_label = label.trim_end().ends_with(':') || rest.trim_start().starts_with(':');
    let rest = rest.trim_start_matches([':', ' ']);
    (is_label && rest.len() >= 40).then(|| (label.trim().trim_end_matches(':'), rest))
}

/// Moves the level that most known sections have to the second, and later titles with it.
fn levels(lines: &mut [Line], config: &Config) {
    let known =
        |level: usize| lines.iter().filter(|line| line.level() == Some(level) && line.name(config).is_some()).count();
    let Some(level) = [2, 1, 3, 4].into_iter().rev().max_by_key(|level| (known(*level), *level == 2)) else { return };
    if known(level) == 0 {
        return;
    }
    let between = lines.iter().filter_map(Line::level).any(|found| (2..level).contains(&found));
    for line in lines.iter_mut() {
        let Some((found, text)) = line.heading.clone() else { continue };
        let wanted = match level {
            1 => found + 1,
            2 => found.max(2),
            _ if between => found,
            _ => (found + 2).saturating_sub(level).max(2),
        };
        if wanted != found {
            line.set_heading(wanted.min(6), &text);
        }
    }
    let has = |lines: &[Line], level| {
        lines.iter().any(|line| line.level() == Some(level) && line.name(config) == Some("timeline"))
    };
    if !has(lines, 2) && has(lines, 3) && known_at_two(lines, config) {
        promote(lines, config);
    }
}

fn known_at_two(lines: &[Line], config: &Config) -> bool {
    lines.iter().any(|line| line.level() == Some(2) && line.name(config).is_some())
}

/// Lifts a timeline of the third level, and its neighbours after it.
fn promote(lines: &mut [Line], config: &Config) {
    let mut lifting = false;
    for line in lines {
        let Some((level, text)) = line.heading.clone() else { continue };
        lifting = level > 2 && (lifting || level == 3 && line.name(config) == Some("timeline"));
        if lifting {
            line.set_heading(level - 1, &text);
        }
    }
}

/// Gives the timeline section a shape that is read.
fn timeline(lines: &mut Vec<Line>, config: &Config, zone: Option<&str>, order: Option<bool>) {
    let Some(start) = lines
        .iter()
        .position(|line| line.level().is_some_and(|level| level <= 3) && line.name(config) == Some("timeline"))
    else {
        return;
    };
    let level = lines[start].level().unwrap_or(2);
    let ends = |line: &Line| line.heading.as_ref().is_some_and(|(found, text)| *found <= level && !is_time(text));
    let end = lines[start + 1..].iter().position(ends).map_or(lines.len(), |at| start + 1 + at);
    for line in &mut lines[start + 1..end] {
        if let Some((found, text)) = line.heading.clone().filter(|(found, _)| *found <= 2) {
            line.set_heading(found.max(2) + 1, &text);
        }
    }
    let all = lines[start..end].iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n");
    if let Some(month_first) = dates::month_first(&all).or(order) {
        for line in lines[start + 1..end].iter_mut().filter(|line| !line.code && line.heading.is_none()) {
            line.text = dates::iso_row(&line.text, month_first).unwrap_or_else(|| line.text.clone());
        }
    }
    bold_dates(&mut lines[start + 1..end]);
    dedent(&mut lines[start + 1..end]);
    super::columns::time_first(lines[start + 1..end].iter_mut().filter(|line| !line.code).map(|line| &mut line.text));
    let head = lines[start..end.min(start + 7)].iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n");
    if let Some(zone) = zone.filter(|_| clock::zone_hint(&head).is_none()) {
        let text = format!("\nAll times {zone}.");
        lines.insert(start + 1, Line { text, heading: None, code: false });
    }
}

fn is_time(text: &str) -> bool {
    clock::leading(text) > 0
}

/// A heading that is a date and stands over lines with clock times becomes a line itself.
fn bold_dates(lines: &mut [Line]) {
    for n in 0..lines.len() {
        let Some((_, text)) = lines[n].heading.clone() else { continue };
        let is_date = clock::read(&text).is_some_and(|written| written.clock.is_none());
        let below = lines[n + 1..].iter().take_while(|line| line.heading.is_none());
        let rows =
            below.filter(|line| line.text.starts_with(|c: char| c.is_ascii_digit()) && is_time(&line.text)).count();
        if is_date && rows > 0 {
            lines[n].text = format!("**{text}**");
            lines[n].heading = None;
        }
    }
}

/// A list that begins indented begins at the margin.
fn dedent(lines: &mut [Line]) {
    let is_item = |text: &str| ["- ", "* ", "+ "].iter().any(|mark| text.starts_with(mark));
    let Some(first) = lines.iter().find(|line| !line.code && is_item(line.text.trim_start())) else { return };
    let indent = first.text.len() - first.text.trim_start().len();
    let outer = lines.iter().any(|line| is_item(&line.text) || line.text.starts_with('|'));
    if indent < 2 || outer {
        return;
    }
    for line in lines.iter_mut() {
        let own = line.text.bytes().take_while(|b| matches!(b, b' ' | b'\t')).count();
        line.text.drain(..own.min(indent));
    }
}
