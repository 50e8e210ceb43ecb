//! What repeats: the factors that are new in a period, those that continue, and those that became quiet.

use super::sheet::{Entry, Layout, Part};
use crate::{
    analyze::{Group, period::Period, recurrence},
    pages::{
        Input, evidence, format, incident_url,
        line::{Line, Run},
        pattern,
        views::{self, Counted, Link},
    },
};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Factors of a standing on the first sheet.
const FACTORS: usize = 4;

pub(super) fn of(
    input: &Input<'_>,
    period: Period,
    group: &Group,
    page: &str,
    dates: &BTreeMap<&str, Vec<Date>>,
) -> Part {
    let here = views::by_factor(group);
    let behind = evidence::url(page, group);
    let mut standings: BTreeMap<recurrence::Standing, Vec<Counted>> = BTreeMap::new();
    for (id, dates) in dates {
        let Some(standing) = recurrence::standing_in(dates, period) else { continue };
        let Link { text, url } = pattern::link(input, id);
        let reports = here.get(id).map_or(&[][..], Vec::as_slice);
        let (count, behind) = match reports {
            [] => (dates.iter().filter(|date| **date < period.end()).count(), format!("{url}#reports")),
            [one] => (1, incident_url(one)),
            more => (more.len(), format!("{behind}#factor-{}", format::slug(id))),
        };
        standings.entry(standing).or_default().push(Counted { text, url, count, behind });
    }
    let entries: Vec<Entry> =
        standings.into_iter().map(|(standing, factors)| entry(input, standing, factors)).collect();
    let note = if entries.is_empty() { "" } else { input.words.text("digest.standing_note") };
    Part {
        id: "standing",
        heading: input.words.text("digest.what_repeats").to_owned(),
        layout: Layout::Labeled,
        entries,
        editor: None,
        empty: Line::plain(input.words.text("digest.no_factors")),
        note: Line::plain(note),
    }
}

fn entry(input: &Input<'_>, standing: recurrence::Standing, mut factors: Vec<Counted>) -> Entry {
    factors.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.text.cmp(&b.text)));
    let more = factors.len().saturating_sub(FACTORS);
    let mut line = Line::default();
    for (at, factor) in factors.into_iter().take(FACTORS).enumerate() {
        if at > 0 {
            line = Line(line.0.into_iter().chain(Line::plain(", ").0).collect());
        }
        let text = format!("({})", input.words.count(factor.count as u64));
        let count = Run { text, url: factor.behind, class: "count".to_owned(), code: false };
        line.0.extend(Line::link(factor.text, factor.url).then(Line(vec![count])).0);
    }
    if more > 0 {
        line = line.then(Line::say(input.words, "service.and_more", &[("n", more.into())]));
    }
    let class = standing.word();
    Entry {
        class: format!("standing {class}"),
        label: input.words.term("standing", class).into_owned(),
        lines: vec![line],
        ..Entry::default()
    }
}
