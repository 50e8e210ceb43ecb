//! The body of a report: its own words, with the timeline drawn as a list and action items as a table.

use super::{Input, format, incident, root_of, views::Link};
use crate::{
    markup::{self, Env, Html, Splice},
    model::{
        Report,
        time::When,
        timeline::{Entry, Precision, Shape},
    },
};
use std::ops::Range;

/// The HTML of the body and the headings to find in it.
pub(super) fn body(input: &Input<'_>, report: &Report, page: &str) -> (Html, Vec<Link>) {
    let root = root_of(page);
    let env = Env { root: &root, file: Some(&report.path), targets: &input.targets };
    let mut splice = Splice::default();
    let mut rest = String::new();
    if !report.timeline.entries.is_empty() {
        let list = timeline(report, &env);
        match report.section("timeline") {
            Some(section) => {
                let (drop, at) = shown_by_list(report, &section.content);
                splice.drop.extend(drop);
                splice.insert.push((at, list));
            }
            None => rest.push_str(&format!("<h2 id=\"timeline\">Timeline</h2>\n{}", list.0)),
        }
    }
    if !report.actions.is_empty() {
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

/// The blocks of the section that the list repeats, and where the list goes. A table with rows that were not
/// understood stays, so that nothing is lost.
fn shown_by_list(report: &Report, section: &Range<usize>) -> (Vec<Range<usize>>, usize) {
    let timeline = &report.timeline;
    if matches!(timeline.shape, Shape::None | Shape::FrontMatter) {
        return (Vec::new(), section.start);
    }
    let holds = |block: &Range<usize>| {
        timeline
            .entries
            .iter()
            .any(|entry| (entry.span.start as usize).checked_sub(report.body_at).is_some_and(|at| block.contains(&at)))
    };
    let blocks: Vec<Range<usize>> =
        markup::blocks(&report.body).into_iter().filter(|block| section.contains(&block.start)).collect();
    let Some(first) = blocks.iter().position(holds) else { return (Vec::new(), section.start) };
    let at = blocks[first].start;
    if timeline.shape == Shape::Headings {
        return (std::iter::once(at..section.end).collect(), at);
    }
    let drop: Vec<Range<usize>> = blocks.into_iter().filter(holds).collect();
    let rows = |block: &Range<usize>| {
        report.body[block.clone()].lines().filter(|line| line.trim_start().starts_with('|')).count().saturating_sub(2)
    };
    if timeline.shape == Shape::Table && drop.iter().map(rows).sum::<usize>() > timeline.entries.len() {
        return (Vec::new(), at);
    }
    (drop, at)
}

fn timeline(report: &Report, env: &Env<'_>) -> Html {
    let mut out = String::from("<ol class=\"timeline\">\n");
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
    format!("<li{kind}>{time} <span class=\"what\">{}</span></li>\n", markup::inline(&entry.text, env).0)
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
