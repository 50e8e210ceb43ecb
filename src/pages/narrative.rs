//! The body of a report: its own words, with the timeline drawn as a list and action items as a table.

use super::{Input, format, incident, root_of, views::Link};
use crate::{
    markup::{self, Env, Html, Part, Splice},
    model::{
        Action, Lesson, Recovery, Report,
        time::When,
        timeline::{Entry, Precision, Shape},
    },
};
use std::ops::Range;

/// The HTML of the body and the headings to find in it.
pub(super) fn body(input: &Input<'_>, report: &Report, page: &str) -> (Html, Vec<Link>) {
    let root = root_of(page);
    let env = Env { root: &root, file: Some(&report.path), targets: &input.targets };
    let mut splice = Splice { drop: dropped(report).into_iter().collect(), ..Splice::default() };
    let mut rest = String::new();
    if !report.timeline.entries.is_empty() {
        let list = timeline(report, &env);
        match report.section("timeline") {
            Some(section) => {
                splice.insert.push((section.content.start, list));
            }
            None => rest.push_str(&format!("<h2 id=\"timeline\">Timeline</h2>\n{}", list.0)),
        }
    }
    if !report.actions.is_empty() || report.no_action_reason.is_some() {
        let table = incident::action_table(input, report);
        match report.section("actions") {
            Some(section) => splice.insert.push((section.content.end, table)),
            None => rest.push_str(&format!("<h2 id=\"actions\">Action items</h2>\n{}", table.0)),
        }
    }
    splice.insert.sort_by_key(|(at, _)| *at);
    let mut html = markup::spliced(&report.body, &env, &splice);
    html.0.push_str(&rest);
    let sections = headings(&html.0);
    (html, sections)
}

/// What the list of the timeline stands for on the page, in bytes of the body.
fn dropped(report: &Report) -> Option<Range<usize>> {
    let written = !matches!(report.timeline.shape, Shape::None | Shape::FrontMatter);
    let section = report.section("timeline").filter(|_| written && !report.timeline.entries.is_empty())?;
    Some(section.content.clone())
}

/// The words of a report's page, one part per heading, with the ids that the headings have there.
#[must_use]
pub fn parts(report: &Report) -> Vec<Part> {
    let dropped: Vec<_> = dropped(report).into_iter().collect();
    let mut parts = markup::parts(&report.body, &dropped);
    if !report.timeline.entries.is_empty() {
        add(&mut parts, report, "timeline", "Timeline", &timeline_text(report));
    }
    if !report.actions.is_empty() {
        let line = |action: &Action| {
            let owner = action.owner.as_ref().map_or(String::new(), |owner| format!(" ({})", owner.value));
            format!("{} {}{owner}\n", action.id.value, action.title.value)
        };
        add(&mut parts, report, "actions", "Action items", &report.actions.iter().map(line).collect::<String>());
    }
    let front = |id: &str, heading: &str, text: String| Part {
        id: id.to_owned(),
        heading: heading.to_owned(),
        text,
        ..Part::default()
    };
    if !report.recovery.is_empty() {
        let line = |step: &Recovery| format!("{} {}\n", step.action, step.note.as_deref().unwrap_or_default());
        parts.push(front("recovery", "Recovery steps", report.recovery.iter().map(line).collect()));
    }
    if !report.lessons.is_empty() {
        let line = |lesson: &Lesson| format!("{}\n", lesson.text.value);
        parts.push(front("lessons", "Lessons", report.lessons.iter().map(line).collect()));
    }
    parts
}

/// Adds words to the part of a section, or as a part of their own with the id that the page gives it.
fn add(parts: &mut Vec<Part>, report: &Report, name: &str, title: &str, text: &str) {
    let content = report.section(name).map(|section| section.content.start);
    let holds = |part: &&mut Part| content.is_some_and(|at| !part.id.is_empty() && part.range.end == at);
    if let Some(part) = parts.iter_mut().find(holds) {
        part.text.push_str(if part.text.is_empty() { "" } else { "\n" });
        part.text.push_str(text.trim_end());
    } else {
        let (id, heading, text) = (name.to_owned(), title.to_owned(), text.trim_end().to_owned());
        parts.push(Part { heading, id, text, ..Part::default() });
    }
}

fn timeline_text(report: &Report) -> String {
    let mut out = markup::text(&report.timeline.before);
    for entry in &report.timeline.entries {
        out.push_str(if out.is_empty() { "" } else { "\n" });
        if let When::Instant(at) = entry.at {
            out.push_str(&format!("{} ", format::clock(at)));
        }
        out.push_str(&markup::text(&entry.text));
    }
    out.push('\n');
    out + &markup::text(&report.timeline.after)
}

fn timeline(report: &Report, env: &Env<'_>) -> Html {
    let mut out = markup::html(&report.timeline.before, env).0;
    out.push_str("<ol class=\"timeline\">\n");
    let mut day = None;
    for entry in &report.timeline.entries {
        let date = match entry.at {
            When::Instant(at) => format::day(at),
            When::Day(date) => date,
        };
        if day != Some(date) {
            out.push_str(&format!("<li class=\"day\">{}</li>\n", format::date(date)));
            day = Some(date);
        }
        out.push_str(&line(report, entry, env));
    }
    out.push_str("</ol>\n");
    out.push_str(&markup::html(&report.timeline.after, env).0);
    Html(out)
}

fn line(report: &Report, entry: &Entry, env: &Env<'_>) -> String {
    let kind = entry.kind.map_or(String::new(), |kind| format!(" class=\"{}\"", kind.word()));
    let time = match entry.at {
        When::Instant(at) => {
            let about = if entry.precision == Precision::Approximate { "~" } else { "" };
            let offset = report.times.started.value.seconds_to(entry.at);
            let offset =
                offset.map_or(String::new(), |s| format!(" <span class=\"offset\">{}</span>", format::offset(s)));
            format!("<span class=\"at\"><time datetime=\"{at}\">{about}{} UTC</time>{offset}</span>", format::clock(at))
        }
        When::Day(date) => format!("<span class=\"at\"><time datetime=\"{date}\">that day</time></span>"),
    };
    let text = markup::inline(&entry.text, env).0;
    format!("<li{kind}>{time} <span class=\"what\">{text}{}</span></li>\n", aside(entry, env))
}

/// What a row tells beside its text: what was known, what could have been chosen, whom it was told, where it is shown.
fn aside(entry: &Entry, env: &Env<'_>) -> String {
    let known = entry.known.iter().map(|known| format!("Known then: {}", markup::escape(known)));
    let options =
        (!entry.options.is_empty()).then(|| format!("Options: {}", markup::escape(&entry.options.join("; "))));
    let audience = entry.audience.map(|audience| format!("Told: {}", audience.word()));
    let source = entry.source.iter().map(|source| match markup::address(source, env) {
        Some(url) => format!("<a href=\"{}\">Source</a>", markup::escape(&url)),
        None => format!("Source: {}", markup::escape(source)),
    });
    let lines = known.chain(options).chain(audience).chain(source);
    lines.map(|line| format!("<br><span class=\"small\">{line}</span>")).collect()
}

/// Headings of the second level in HTML that was made here.
fn headings(html: &str) -> Vec<Link> {
    let mut found = Vec::new();
    for part in html.split("<h2 id=\"").skip(1) {
        let Some((id, rest)) = part.split_once("\">") else { continue };
        let Some((inner, _)) = rest.split_once("</h2>") else { continue };
        let mut text = String::new();
        let mut inside = false;
        for c in inner.chars() {
            match c {
                '<' => inside = true,
                '>' => inside = false,
                c if !inside => text.push(c),
                _ => {}
            }
        }
        let text = text
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&amp;", "&");
        found.push(Link { text, url: format!("#{id}") });
    }
    found
}
