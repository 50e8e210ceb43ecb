//! The body of a report: its own words, with the timeline drawn as a list and action items as a table.

use super::{Input, format, incident, root_of, views::Link};
use crate::{
    markup::{self, Env, Html, Part, Splice},
    model::{
        Action, Lesson, Recovery, Report,
        time::When,
        timeline::{Entry, Precision, Shape},
        words::EventKind,
    },
    words::Words,
};
use std::ops::Range;

/// The HTML of the body and the headings to find in it.
pub(super) fn body(input: &Input<'_>, report: &Report, page: &str) -> (Html, Vec<Link>) {
    let root = root_of(page);
    let env = Env { root: &root, place: Some(input.config.place_of(&report.path)), targets: input.targets, notes: "" };
    let mut splice = Splice { drop: dropped(report).into_iter().collect(), ..Splice::default() };
    let mut rest = String::new();
    let heading = |id, key| format!("{}\n", markup::heading(2, id, &markup::escape(input.words.text(key))));
    if let Some(summary) = report.section("summary").filter(|section| !section.empty) {
        splice.insert.push((summary.content.start, Html("<div class=\"summary\">\n".to_owned())));
        splice.insert.push((summary.content.end, Html("</div>\n".to_owned())));
    }
    if !report.timeline.entries.is_empty() {
        let list = timeline(input, report, &env);
        match report.section("timeline") {
            Some(section) => {
                splice.insert.push((section.content.start, list));
            }
            None => rest.push_str(&format!("{}{}", heading("timeline", "incident.timeline"), list.0)),
        }
    }
    if !report.actions.is_empty() || report.no_action_reason.is_some() {
        let table = incident::action_table(input, report, env.root);
        match report.section("actions") {
            Some(section) => splice.insert.push((section.content.end, table)),
            None => rest.push_str(&format!("{}{}", heading("actions", "actions.title"), table.0)),
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
pub fn parts(report: &Report, words: &Words) -> Vec<Part> {
    let dropped: Vec<_> = dropped(report).into_iter().collect();
    let mut parts = markup::parts(&report.body, &dropped);
    if !report.timeline.entries.is_empty() {
        add(&mut parts, report, "timeline", words.text("incident.timeline"), &timeline_text(report));
    }
    if !report.actions.is_empty() {
        let line = |action: &Action| {
            let owner = action.owner.as_ref().map_or(String::new(), |owner| format!(" ({})", owner.value));
            format!("{} {}{owner}\n", action.id.value, action.title.value)
        };
        add(
            &mut parts,
            report,
            "actions",
            words.text("actions.title"),
            &report.actions.iter().map(line).collect::<String>(),
        );
    }
    let front = |id: &str, heading: &str, text: String| Part {
        id: id.to_owned(),
        heading: heading.to_owned(),
        text,
        ..Part::default()
    };
    if !report.recovery.is_empty() {
        let line = |step: &Recovery| format!("{} {}\n", step.action, step.note.as_deref().unwrap_or_default());
        parts.push(front("recovery", words.text("incident.recovery"), report.recovery.iter().map(line).collect()));
    }
    if !report.lessons.is_empty() {
        let line = |lesson: &Lesson| format!("{}\n", lesson.text.value);
        parts.push(front("lessons", words.text("incident.lessons"), report.lessons.iter().map(line).collect()));
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

fn timeline(input: &Input<'_>, report: &Report, env: &Env<'_>) -> Html {
    let beside = |notes| Env { notes, ..env.clone() };
    let mut out = markup::html(&report.timeline.before, &beside("before-")).0;
    let entries = &report.timeline.entries;
    if entries.iter().any(|entry| entry.at.instant().is_some()) {
        out.push_str(&zones(input, report));
    }
    out.push_str("<ol class=\"timeline\">\n");
    let mut day = None;
    for (index, entry) in entries.iter().enumerate() {
        let date = match entry.at {
            When::Instant(at) => format::day(at),
            When::Day(date) => date,
        };
        if day != Some(date) {
            out.push_str(&format!("<li class=\"day\">{}</li>\n", markup::escape(&input.words.date(date))));
            day = Some(date);
        }
        out.push_str(&line(input.words, report, (index + 1, entry), env));
    }
    out.push_str("</ol>\n");
    out.push_str(&markup::html(&report.timeline.after, &beside("after-")).0);
    Html(out)
}

/// In which zone the times are, and with a script the choice of another: the report's, the reader's.
fn zones(input: &Input<'_>, report: &Report) -> String {
    let text = |key| markup::escape(input.words.text(key));
    let site = match input.config.zone_of(&report.path).1 {
        "UTC" => String::new(),
        name => format!("<option value=\"{0}\">{0}</option>", markup::escape(name)),
    };
    format!(
        "<p class=\"zones small\"><span class=\"no-js\">{}</span><label class=\"js\">{} <select data-zones><option>UTC</option>{site}<option value=\"reader\">{}</option></select></label></p>\n",
        text("incident.times_utc"),
        text("incident.times_in"),
        text("incident.zone_reader"),
    )
}

fn line(words: &Words, report: &Report, (number, entry): (usize, &Entry), env: &Env<'_>) -> String {
    let time = match entry.at {
        When::Instant(at) => {
            let about = if entry.precision == Precision::Approximate { "~" } else { "" };
            let offset = report.times.started.value.seconds_to(entry.at);
            let offset =
                offset.map_or(String::new(), |s| format!(" <span class=\"offset\">{}</span>", format::offset(s)));
            format!("<time datetime=\"{at}\" data-clock>{about}{}</time>{offset}", format::clock(at))
        }
        When::Day(date) => {
            format!("<time datetime=\"{date}\">{}</time>", markup::escape(words.text("dates.that_day")))
        }
    };
    let text = markup::inline(&entry.text, env).0;
    let class = entry.kind.map_or(String::new(), |kind| format!(" class=\"{}\"", kind.word()));
    let kind = kind(words, report, entry)
        .map_or(String::new(), |(mark, kind)| format!("<span class=\"kind {mark}\">{}</span> ", markup::escape(&kind)));
    let aside = aside(words, entry, env);
    format!(
        "<li id=\"t{number}\"{class}><span class=\"at\">{time}</span> <div class=\"what\">{kind}{text}{aside}</div></li>\n"
    )
}

/// What a row is, with the class of its mark: its kind where the author said one, else the milestone at its moment.
fn kind(words: &Words, report: &Report, entry: &Entry) -> Option<(&'static str, String)> {
    if let Some(kind) = entry.kind.filter(|kind| *kind != EventKind::Event) {
        return Some((kind.word(), words.term("event", kind.word()).into_owned()));
    }
    entry.at.instant()?;
    let milestones = report.times.in_order();
    let (name, _) = milestones.iter().rev().find(|(_, when)| when.value == entry.at)?;
    let name = name.trim_end_matches("_at");
    Some(("milestone", words.term("milestone", name).into_owned()))
}

/// What a row tells beside its text: what was known, what could have been chosen, whom it was told, where it is shown.
fn aside(words: &Words, entry: &Entry, env: &Env<'_>) -> String {
    let said = |key, name, value: &str| markup::escape(&words.say(key, &[(name, value.into())]));
    let mut out = String::new();
    if let Some(known) = &entry.known {
        out.push_str(&format!("<p class=\"known\">{}</p>", said("incident.known_then", "text", known)));
    }
    if !entry.options.is_empty() {
        let options = entry.options.iter().map(|option| format!("<li>{}</li>", markup::escape(option)));
        let title = markup::escape(words.text("incident.options_were"));
        out.push_str(&format!("<p class=\"known\">{title}</p><ul>{}</ul>", options.collect::<String>()));
    }
    let audience = entry.audience.map(|audience| words.term("audience", audience.word()));
    let audience = audience.map(|audience| said("incident.told", "audience", &audience));
    let source = entry.source.iter().map(|source| match markup::address(source, env) {
        Some(url) => {
            format!("<a href=\"{}\">{}</a>", markup::escape(&url), markup::escape(words.text("incident.source")))
        }
        None => said("incident.source_of", "text", source),
    });
    let notes: Vec<String> = audience.into_iter().chain(source).collect();
    if !notes.is_empty() {
        out.push_str(&format!("<p class=\"small\">{}</p>", notes.join(" · ")));
    }
    out
}

/// Headings of the second level in HTML that was made here.
fn headings(html: &str) -> Vec<Link> {
    let mut found = Vec::new();
    for part in html.split("<h2 id=\"").skip(1) {
        let Some((id, rest)) = part.split_once("\">") else { continue };
        let Some((inner, _)) = rest.split_once("</h2>") else { continue };
        let inner = inner.split(markup::ANCHOR).next().unwrap_or(inner);
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
