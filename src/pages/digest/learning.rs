//! Whether promises were kept: reviews in time, actions done by their date, the reasons given for delay.

use super::{
    sheet::{Entry, Layout, Part},
    strip,
};
use crate::{
    analyze::Group,
    pages::{Input, actions, evidence, line::Line},
};
use std::collections::BTreeMap;

pub(super) fn of(input: &Input<'_>, group: &Group, due: &[actions::Due<'_>], page: &str) -> Part {
    let lines = [reviews(input, group, page), kept(input, due, page)];
    Part {
        id: "learning",
        heading: input.words.text("digest.learning").to_owned(),
        layout: Layout::Plain,
        entries: lines.map(|line| Entry { lines: vec![line], ..Entry::default() }).into(),
        editor: None,
        empty: Line::default(),
        note: Line::default(),
    }
}

fn reviews(input: &Input<'_>, group: &Group, page: &str) -> Line {
    let (k, n) = strip::reviewed(input, group);
    if n == 0 {
        return Line::say(input.words, "digest.reviews_none", &[]);
    }
    let behind = format!("{}#{}", evidence::url(page, group), evidence::REVIEWS);
    let hours = input.config.review.within_hours;
    let values = [("k", k.into()), ("n", n.into()), ("hours", hours.into()), ("url", (&behind).into())];
    Line::say(input.words, "digest.reviews_told", &values)
}

fn kept(input: &Input<'_>, due: &[actions::Due<'_>], page: &str) -> Line {
    let actions::Kept { on_time, known, undated } = actions::kept(due);
    let listed = format!("{page}#due");
    let told = [("k", on_time.into()), ("n", known.into()), ("url", (&listed).into())];
    let mut line = match known {
        0 => Line::say(input.words, "digest.kept_none", &[]),
        _ => Line::say(input.words, "digest.kept_told", &told).then(reasons(input, due)),
    };
    if undated > 0 {
        line = line.then(Line::say(input.words, "digest.kept_undated", &[("n", undated.into())]));
    }
    line
}

/// Why late ones are late, and how many for each reason.
fn reasons(input: &Input<'_>, due: &[actions::Due<'_>]) -> Line {
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    for reason in due.iter().filter(|due| due.is_late()).filter_map(|due| due.action.delay_reason.as_ref()) {
        *reasons.entry(input.words.term("delay", reason.value.word()).into_owned()).or_default() += 1;
    }
    if reasons.is_empty() {
        return Line::default();
    }
    let told: Vec<String> = reasons.into_iter().map(|(text, count)| format!("{text} ({count})")).collect();
    Line::plain(format!("{} {}.", input.words.text("digest.late_because"), told.join(", ")))
}
