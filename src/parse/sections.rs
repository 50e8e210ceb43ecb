//! Headings of a body → sections with canonical names.

use super::walk::{self, Heading};
use crate::{
    config::Config,
    model::{Section, sections::SECTIONS},
    snapshot::{RelPath, Span, Spanned},
};
use pulldown_cmark::HeadingLevel;
use std::{collections::HashMap, sync::LazyLock};

/// A heading, and the section that it names.
struct Named<'h> {
    heading: &'h Heading,
    name: Option<&'static str>,
}

/// The sections of a body.
#[must_use]
pub fn find(body: &str, path: &RelPath, body_at: usize, config: &Config) -> Vec<Section> {
    of(&walk::walk(body).headings, body, path, body_at, config)
}

/// The sections that headings make. Those of the second level count; of the first or third where only those are known.
#[must_use]
pub fn of(headings: &[Heading], body: &str, path: &RelPath, body_at: usize, config: &Config) -> Vec<Section> {
    let headings: Vec<Named<'_>> =
        headings.iter().map(|heading| Named { heading, name: canonical(&heading.text, config) }).collect();
    let known = |level| headings.iter().filter(|named| named.heading.level == level && named.name.is_some()).count();
    let level = [HeadingLevel::H2, HeadingLevel::H1, HeadingLevel::H3]
        .into_iter()
        .max_by_key(|level| (known(*level), *level == HeadingLevel::H2))
        .unwrap_or(HeadingLevel::H2);
    let tops: Vec<&Named<'_>> = headings.iter().filter(|named| named.heading.level <= level).collect();
    let mut sections = Vec::new();
    for (index, Named { heading, name }) in tops.iter().enumerate() {
        if heading.level != level {
            continue;
        }
        let end = tops.get(index + 1).map_or(body.len(), |next| next.heading.range.start);
        let content = heading.range.end.min(end)..end;
        let at =
            body_at + heading.range.start..body_at + heading.range.start + body[heading.range.clone()].trim_end().len();
        sections.push(Section {
            name: *name,
            heading: Spanned { value: heading.text.clone(), span: Span::new(path, at) },
            empty: is_placeholder(&body[content.clone()]),
            content,
        });
    }
    sections
}

/// Every spelling of every section, normalized, with its canonical name.
static NAMES: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let spellings = SECTIONS.iter().flat_map(|section| {
        let aliases = section.aliases.iter().copied().map(normalize);
        let all = aliases.chain([normalize(section.title), section.name.replace('-', " ")]);
        all.map(|spelling| (spelling, section.name))
    });
    let mut names = HashMap::new();
    for (spelling, name) in spellings {
        names.entry(spelling).or_insert(name);
    }
    names
});

/// The canonical name of a heading: exact, by alias, or one slip of the pen away.
#[must_use]
pub fn canonical(heading: &str, config: &Config) -> Option<&'static str> {
    let heading = normalize(heading);
    if heading.is_empty() {
        return None;
    }
    if let Some(name) = config.section_aliases.get(&heading) {
        return Some(name);
    }
    NAMES.get(&heading).copied().or_else(|| nearest(&heading))
}

fn nearest(heading: &str) -> Option<&'static str> {
    let letters = heading.chars().count();
    let near = |name: &str| {
        name.len() > 6
            && name.chars().count().abs_diff(letters) <= 1
            && name.chars().zip(heading.chars()).filter(|(a, b)| a != b).count() <= 2
            && crate::tree::closest(heading, [name]).is_some()
    };
    NAMES.iter().filter(|(spelling, _)| near(spelling)).min().map(|(_, name)| *name)
}

/// Lower case, without numbering, punctuation, emoji and a trailing parenthesis.
#[must_use]
pub fn normalize(heading: &str) -> String {
    let heading = heading.trim().to_lowercase();
    let heading = heading.split(" (").next().unwrap_or("").trim_end_matches(':');
    let heading = heading.trim_start_matches(|c: char| !c.is_alphabetic());
    let mut normal = String::with_capacity(heading.len());
    // Between words one space; a `;` is part of a word and then left out.
    let (mut begun, mut space) = (false, false);
    for c in heading.chars() {
        match c {
            ' ' | '-' => space = begun,
            c if c.is_alphanumeric() || matches!(c, '/' | ';' | '\'') => {
                if std::mem::take(&mut space) {
                    normal.push(' ');
                }
                begun = true;
                normal.extend((c != ';').then_some(c));
            }
            _ => {}
        }
    }
    normal
}

/// Nothing, a comment, or a word that stands for "later".
fn is_placeholder(content: &str) -> bool {
    const WORDS: &[&str] =
        &["", "tbd", "todo", "n/a", "na", "none yet", "-", "…", "...", "fixme", "to be done", "to be written"];
    /// Longer than each of the words, however many bytes a letter has before it is in lower case.
    const LONG: usize = 64;
    let words = |text: &str| {
        let text = text.trim().trim_matches(['*', '_', '.', ' ', '`']);
        text.len() <= LONG && WORDS.contains(&text.to_lowercase().as_str())
    };
    if content.contains("<!--") { words(&without_comments(content)) } else { words(content) }
}

/// What readers see of a text.
#[must_use]
pub fn without_comments(content: &str) -> String {
    let (mut text, mut rest) = (String::with_capacity(content.len()), content);
    while let Some((before, comment)) = rest.split_once("<!--") {
        text.push_str(before);
        rest = comment.split_once("-->").map_or("", |(_, after)| after);
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::defaults;

    #[test]
    fn headings_of_real_reports() {
        let config = defaults::config();
        for (heading, name) in [
            ("Root Cause Analysis", Some("contributing-factors")),
            ("3. Timeline (all times in BST)", Some("timeline")),
            ("📋 Action Items:", Some("actions")),
            ("TL;DR", Some("summary")),
            ("Lessons learnt", Some("lessons")),
            ("What didn't go so well?", Some("was-difficult")),
            ("Contributing factors (findings)", Some("contributing-factors")),
            ("Timelime", Some("timeline")),
            ("Attendees", None),
            ("Response and recovery", Some("response")),
            ("", None),
        ] {
            assert_eq!(canonical(heading, &config), name, "{heading}");
        }
    }

    #[test]
    fn headings_are_told_by_their_words() {
        for (heading, normal) in [
            ("3. What went well - and  not (so far)", "what went well and not"),
            ("A ; b;c - \u{a0}d:", "a  bc d"),
            ("Went well; -", "went well"),
            ("What didn't / did:", "what didn't / did"),
        ] {
            assert_eq!(normalize(heading), normal, "{heading}");
        }
    }

    #[test]
    fn placeholders_are_empty() {
        for (text, empty) in
            [("\n", true), ("TBD", true), ("<!-- say why -->\n", true), ("_TODO_", true), ("None recorded.", false)]
        {
            assert_eq!(is_placeholder(text), empty, "{text}");
        }
    }
}
