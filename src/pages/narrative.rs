//! The body of a report: its own words, with the timeline drawn as a list and action items as a table.

use super::{Input, format, incident, root_of, views::Link};
use crate::{
    markup::{self, Env, Html, Splice},
    model::{
        Report,
        time::When,
        timeline::{Entry, Precision, Shape},
    },
    words::Words,
};

/// The HTML of the body and the headings to find in it.
pub(super) fn body(input: &Input<'_>, report: &Report, page: &str) -> (Html, Vec<Link>) {
    let root = root_of(page);
    let env = Env { root: &root, file: Some(&report.path), targets: &input.targets };
    let mut splice = Splice::default();
    let mut rest = String::new();
    let heading = |key| markup::escape(input.words.text(key));
    if !report.timeline.entries.is_empty() {
        let list = timeline(input, report, &env);
        match report.section("timeline") {
            Some(section) => {
                if !matches!(report.timeline.shape, Shape::None | Shape::FrontMatter) {
                    splice.drop.push(section.content.clone());
                }
                splice.insert.push((section.content.start, list));
            }
            None => rest.push_str(&format!("<h2 id=\"timeline\">{}</h2>\n{}", heading("incident.timeline"), list.0)),
        }
    }
    if !report.actions.is_empty() || report.no_action_reason.is_some() {
        let table = incident::action_table(input, report);
        match report.section("actions") {
            Some(section) => splice.insert.push((section.content.end, table)),
            None => rest.push_str(&format!("<h2 id=\"actions\">{}</h2>\n{}", heading("actions.title"), table.0)),
        }
    }
    splice.insert.sort_by_key(|(at, _)| *at);
    let mut html = markup::spliced(&report.body, &env, &splice);
    html.0.push_str(&rest);
    let sections = headings(&html.0);
    (html, sections)
}

fn timeline(input: &Input<'_>, report: &Report, env: &Env<'_>) -> Html {
    let mut out = markup::html(&report.timeline.before, env).0;
    out.push_str("<ol class=\"timeline\">\n");
    let mut day = None;
    for entry in &report.timeline.entries {
        let date = match entry.at {
            When::Instant(at) => format::day(at),
            When::Day(date) => date,
        };
        if day != Some(date) {
            out.push_str(&format!("<li class=\"day\">{}</li>\n", input.words.date(date)));
            day = Some(date);
        }
        out.push_str(&line(input.words, report, entry, env));
    }
    out.push_str("</ol>\n");
    out.push_str(&markup::html(&report.timeline.after, env).0);
    Html(out)
}

fn line(words: &Words, report: &Report, entry: &Entry, env: &Env<'_>) -> String {
    let kind = entry.kind.map_or(String::new(), |kind| format!(" class=\"{}\"", kind.word()));
    let time = match entry.at {
        When::Instant(at) => {
            let about = if entry.precision == Precision::Approximate { "~" } else { "" };
            let offset = report.times.started.value.seconds_to(entry.at);
            let offset =
                offset.map_or(String::new(), |s| format!(" <span class=\"offset\">{}</span>", format::offset(s)));
            format!("<span class=\"at\"><time datetime=\"{at}\">{about}{} UTC</time>{offset}</span>", format::clock(at))
        }
        When::Day(date) => format!(
            "<span class=\"at\"><time datetime=\"{date}\">{}</time></span>",
            markup::escape(words.text("dates.that_day"))
        ),
    };
    let text = markup::inline(&entry.text, env).0;
    format!("<li{kind}>{time} <span class=\"what\">{text}{}</span></li>\n", aside(words, entry, env))
}

/// What a row tells beside its text: what was known, what could have been chosen, whom it was told, where it is shown.
fn aside(words: &Words, entry: &Entry, env: &Env<'_>) -> String {
    let said = |key, name, value: &str| markup::escape(&words.say(key, &[(name, value.into())]));
    let known = entry.known.iter().map(|known| said("incident.known_then", "text", known));
    let options = (!entry.options.is_empty()).then(|| said("incident.options", "text", &entry.options.join("; ")));
    let audience = entry.audience.map(|audience| words.term("audience", audience.word()));
    let audience = audience.map(|audience| said("incident.told", "audience", &audience));
    let source = entry.source.iter().map(|source| match markup::address(source, env) {
        Some(url) => {
            format!("<a href=\"{}\">{}</a>", markup::escape(&url), markup::escape(words.text("incident.source")))
        }
        None => said("incident.source_of", "text", source),
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
