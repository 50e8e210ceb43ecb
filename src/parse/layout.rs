//! Where sections stand: a place for those that are missing, and the canonical order, as edits that keep every byte.

use super::sections;
use crate::{
    config::Config,
    diag::{Edit, Safety},
    model::{
        Report, Section,
        sections::{SECTIONS, by_name, hint},
    },
    snapshot::Span,
};
use pulldown_cmark::{Event, Options, Parser, Tag};
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

/// Words that point to another place of the text; where they stand, an order can carry meaning.
const POINTERS: &[&str] = &["above", "below", "preceding", "previous", "following", "earlier", "latter", "former"];

/// The place of a section in the canonical order.
#[must_use]
pub fn place(name: &str) -> Option<usize> {
    SECTIONS.iter().position(|section| section.name == name)
}

/// Edits that add these sections, in the style of the others, each at its canonical place. `None` where that cannot be
/// done without harm.
#[must_use]
pub fn skeletons(report: &Report, missing: &[&'static str], config: &Config) -> Option<Vec<Edit>> {
    let body = &report.body;
    let tops = tops(body);
    let starts = report.sections.iter().map(|section| start(report, section));
    let starts = starts.map(|at| tops.contains(&at).then_some(at)).collect::<Option<Vec<_>>>()?;
    let end = report.sections.last().map_or(body.len(), |section| section.content.end);
    let mut added: BTreeMap<usize, Vec<&'static str>> = BTreeMap::new();
    let mut missing = missing.to_vec();
    missing.sort_by_key(|name| place(name));
    for name in missing {
        let later = |section: &Section| section.name.and_then(place) > place(name);
        let at = report.sections.iter().position(later).map_or(end, |index| starts[index]);
        added.entry(at).or_default().push(name);
    }
    let model = report.sections.first().map_or("##", |section| &body[start(report, section)..section.content.start]);
    let edits: Vec<_> = added.iter().map(|(at, names)| (*at..*at, skeleton(body, *at, names, model))).collect();
    let before = report.sections.iter().filter_map(|section| section.name);
    let mut wanted: Vec<&str> = before.chain(added.into_values().flatten()).collect();
    let mut found: Vec<&str> = read(report, &edits, config).iter().filter_map(|section| section.name).collect();
    wanted.sort_unstable();
    found.sort_unstable();
    (wanted == found).then(|| placed(report, edits))
}

fn skeleton(body: &str, at: usize, names: &[&str], model: &str) -> String {
    let eol = line_end(body);
    let (before, after) = (&body[..at], &body[at..]);
    let blank_before = before.trim_end_matches(['\r', '\n', ' ', '\t']).len();
    let mut text = match before[blank_before..].matches('\n').count() {
        0 => [eol, eol].concat(),
        1 if blank_before > 0 => eol.to_owned(),
        _ => String::new(),
    };
    for (index, name) in names.iter().enumerate() {
        let title = by_name(name).map_or(*name, |section| section.title);
        let gap = if index > 0 { eol } else { "" };
        text += &format!("{gap}{}{eol}{eol}{}{eol}", heading(title, model, eol), hint(name));
    }
    if after.is_empty() { text } else { text + eol }
}

/// A title written the way `model` is: with as many `#`, closed or not, or underlined.
fn heading(title: &str, model: &str, eol: &str) -> String {
    let model = model.trim();
    let level = model.bytes().take_while(|byte| *byte == b'#').count();
    if level == 0 {
        let mark = if model.ends_with('=') { "=" } else { "-" };
        return format!("{title}{eol}{}", mark.repeat(title.len()));
    }
    let closed = model.len() > level && model.ends_with('#');
    let marks = "#".repeat(level);
    if closed { format!("{marks} {title} {marks}") } else { format!("{marks} {title}") }
}

/// Edits that put known sections in the canonical order; unknown ones stay behind the section that they follow.
#[must_use]
pub fn ordered(report: &Report, config: &Config) -> Option<(Safety, Vec<Edit>)> {
    let body = &report.body;
    let cores = pieces(report)?;
    let mut order: Vec<usize> = (0..cores.len()).collect();
    order.sort_by_key(|index| cores[*index].0);
    let moved = order.iter().enumerate().filter(|(to, from)| to != *from);
    let edits: Vec<_> = moved.map(|(to, from)| (cores[to].1.clone(), text_at(body, &cores, to, *from))).collect();
    let kept = |body: &str, sections: &[Section]| -> Vec<(String, String)> {
        let text = |section: &Section| body[section.content.clone()].trim().to_owned();
        sections.iter().map(|section| (section.heading.value.clone(), text(section))).collect()
    };
    let after = spliced(body, &edits);
    let (mut old, mut new) = (kept(body, &report.sections), kept(&after, &read(report, &edits, config)));
    old.sort_unstable();
    new.sort_unstable();
    if old != new || definitions(body) != definitions(&after) {
        return None;
    }
    Some((safety(report), placed(report, edits)))
}

/// The text of one piece for the place of another, with a blank line behind it where sections follow.
fn text_at(body: &str, pieces: &[(usize, Range<usize>)], to: usize, from: usize) -> String {
    let text = &body[pieces[from].1.clone()];
    let gap = pieces.get(to + 1).map(|(_, next)| body[pieces[to].1.end..next.start].matches('\n').count());
    if gap == Some(1) { [text, line_end(body)].concat() } else { text.to_owned() }
}

/// Each known section with the unknown ones behind it: its place, and its bytes without the blank lines at the end.
fn pieces(report: &Report) -> Option<Vec<(usize, Range<usize>)>> {
    let body = &report.body;
    let tops = tops(body);
    let mut pieces: Vec<(usize, Range<usize>)> = Vec::new();
    let mut end = None;
    for section in &report.sections {
        let at = start(report, section);
        if !tops.contains(&at) || end.is_some_and(|end| end != at) {
            return None;
        }
        end = Some(section.content.end);
        match (section.name.and_then(place), pieces.last_mut()) {
            (Some(place), _) => pieces.push((place, at..section.content.end)),
            (None, Some((_, piece))) => piece.end = section.content.end,
            (None, None) => {}
        }
    }
    for (_, piece) in &mut pieces {
        let text = piece.start + body[piece.clone()].trim_end().len();
        piece.end = body[text..piece.end].find(['\r', '\n']).map_or(piece.end, |end| text + end);
    }
    Some(pieces)
}

/// Moving is safe unless headings are numbered, words point to a place, or links to one of several headings of the same
/// name.
fn safety(report: &Report) -> Safety {
    let lower = report.body.to_lowercase();
    let points = lower.split(|c: char| !c.is_alphanumeric()).any(|word| POINTERS.contains(&word));
    let headings = || report.sections.iter().map(|section| section.heading.value.as_str());
    let numbered = headings().any(|heading| heading.starts_with(|c: char| c.is_ascii_digit()));
    let repeated = headings().collect::<BTreeSet<_>>().len() < report.sections.len() && lower.contains("](#");
    if points || numbered || repeated { Safety::Unsafe } else { Safety::Safe }
}

/// What links and footnotes of a body lead to.
fn definitions(body: &str) -> Vec<(String, String)> {
    let parser = Parser::new_ext(body, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES);
    let links = parser.reference_definitions().iter();
    let mut all: Vec<_> = links.map(|(label, link)| (label.to_owned(), link.dest.to_string())).collect();
    for (event, range) in parser.into_offset_iter() {
        if let Event::Start(Tag::FootnoteDefinition(label)) = event
            && !all.iter().any(|(known, _)| *known == format!("^{label}"))
        {
            all.push((format!("^{label}"), body[range].trim_end().to_owned()));
        }
    }
    all.sort_unstable();
    all
}

/// Where the headings that stand in no list or quotation begin, by the start of their line.
fn tops(body: &str) -> BTreeSet<usize> {
    let (mut tops, mut depth) = (BTreeSet::new(), 0_usize);
    for (event, range) in Parser::new_ext(body, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Start(tag) => {
                if depth == 0 && matches!(tag, Tag::Heading { .. }) {
                    tops.insert(line_start(body, range.start));
                }
                depth += 1;
            }
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    tops
}

/// Where the line of a section's heading begins in the body.
fn start(report: &Report, section: &Section) -> usize {
    line_start(&report.body, (section.heading.span.start as usize).saturating_sub(report.body_at))
}

fn line_start(body: &str, at: usize) -> usize {
    body[..at].rfind('\n').map_or(0, |end| end + 1)
}

fn line_end(body: &str) -> &'static str {
    if body.contains("\r\n") { "\r\n" } else { "\n" }
}

fn read(report: &Report, edits: &[(Range<usize>, String)], config: &Config) -> Vec<Section> {
    sections::find(&spliced(&report.body, edits), &report.path, report.body_at, config)
}

/// A text with these ranges replaced, which stand in order.
#[must_use]
pub fn spliced(text: &str, edits: &[(Range<usize>, String)]) -> String {
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for (range, replacement) in edits {
        out.push_str(&text[at..range.start]);
        out.push_str(replacement);
        at = range.end;
    }
    out + &text[at..]
}

fn placed(report: &Report, edits: Vec<(Range<usize>, String)>) -> Vec<Edit> {
    let span = |range: Range<usize>| Span::new(&report.path, range.start + report.body_at..range.end + report.body_at);
    edits.into_iter().map(|(range, replacement)| Edit { span: span(range), replacement }).collect()
}
