//! The numbers of a digest in a strip. Counts, medians and shares with their n; nothing here compares.

use super::sheet::Figure;
use crate::{
    analyze::{Group, budget::Budget, period::Period, review},
    model::DetectedBy,
    pages::{
        Input, actions, evidence, group, impact,
        line::{Line, Run},
        toll, views,
    },
};

pub(super) fn of(
    input: &Input<'_>,
    period: Period,
    group: &Group,
    due: &[actions::Due<'_>],
    page: &str,
) -> Vec<Figure> {
    let behind = evidence::url(page, group);
    if group.reports.is_empty() {
        return vec![incidents(input, group, page), kept(input, due, page)];
    }
    let mut figures = vec![
        incidents(input, group, page),
        found(input, group, &behind),
        mitigated(input, group, page),
        felt(input, group, page),
        reviews(input, group, &behind),
        kept(input, due, page),
    ];
    let taken = taken(input, group, &behind);
    let room = ROW.saturating_sub(taken.len()).min(BUDGETS);
    figures.extend(taken);
    figures.extend(budgets(input, period, group, page).into_iter().take(room));
    figures
}

/// What incidents took of customers and money, where reports tell.
fn taken(input: &Input<'_>, group: &Group, behind: &str) -> Vec<Figure> {
    let told = toll::of(input, group).into_iter().filter(|amount| amount.about != "work");
    let figure = |amount: toll::Amount| {
        let n = format!("{} = {}", input.words.text("measures.n"), amount.n);
        let note = if amount.note.is_empty() { n } else { format!("{n}, {}", amount.note) };
        Figure {
            id: amount.about,
            name: amount.title,
            value: Some(Line::link(amount.value, format!("{behind}#{}", amount.id))),
            notes: vec![Line::plain(note)],
        }
    };
    told.map(figure).collect()
}

/// Figures of the second row of a sheet. Budgets take what others leave, at most so many; all stand overleaf.
const ROW: usize = 6;
const BUDGETS: usize = 4;

/// Error budgets of critical services, those of which most was used.
fn budgets(input: &Input<'_>, period: Period, group: &Group, page: &str) -> Vec<Figure> {
    let words = input.words;
    let mut budgets = toll::budgets_in(input, group, (period.first(), period.end()));
    budgets.retain(|budget| budget.used > 0.0);
    budgets.sort_by(|a, b| b.share().total_cmp(&a.share()));
    let figure = |budget: &Budget| {
        let service = group::service_link(input, &budget.service).text;
        let share = words.percent((budget.share() * 1000.0).round() / 1000.0);
        let (used, allowed) = (toll::minutes(words, budget.used), toll::minutes(words, budget.allowed));
        let values = [("used", (&used).into()), ("allowed", (&allowed).into())];
        Figure {
            id: "budget",
            name: words.say("budget.of", &[("service", (&service).into())]),
            value: Some(Line::link(share, format!("{page}#budget"))),
            notes: vec![Line::say(words, "budget.used_of", &values)],
        }
    };
    budgets.iter().map(figure).collect()
}

fn incidents(input: &Input<'_>, group: &Group, page: &str) -> Figure {
    let severities = views::by_severity(input, group, page).into_iter().enumerate().flat_map(|(at, severity)| {
        let space = Run { text: ", ".to_owned(), ..Run::default() };
        let text = format!("{} {}", severity.count, severity.id);
        let run = Run { text, url: severity.url, class: format!("sev {}", severity.class), code: false };
        (at > 0).then_some(space).into_iter().chain([run])
    });
    let severities = Line(severities.collect());
    let n = input.words.counted("count.n", group.reports.len());
    let value = if group.reports.is_empty() { Line::plain(n) } else { Line::link(n, format!("{page}#reports")) };
    Figure {
        id: "incidents",
        name: input.words.text("groups.incidents").to_owned(),
        value: Some(value),
        notes: (!severities.is_empty()).then_some(severities).into_iter().collect(),
    }
}

/// So many of so many.
fn part(input: &Input<'_>, id: &'static str, name: &str, (k, n): (usize, usize), behind: &str) -> Figure {
    let told = input.words.say("digest.k_of_n", &[("k", k.into()), ("n", n.into())]);
    Figure {
        id,
        name: input.words.text(name).to_owned(),
        value: (n > 0).then(|| Line::link(told, behind)),
        notes: Vec::new(),
    }
}

/// Found by machines, of those for which it is recorded.
fn found(input: &Input<'_>, group: &Group, behind: &str) -> Figure {
    let known: Vec<DetectedBy> = group.reports.iter().filter_map(|report| report.detected_by).collect();
    let machines = known.iter().filter(|by| matches!(by, DetectedBy::Alert | DetectedBy::Synthetic)).count();
    let counts = (machines, known.len());
    let mut figure = part(input, "found", "digest.found", counts, &format!("{behind}#{}", evidence::DETECTED));
    let missing = group.reports.len() - known.len();
    if missing > 0 && !known.is_empty() {
        figure.notes.push(Line::say(input.words, "digest.of_recorded", &[("n", missing.into())]));
    }
    figure
}

fn mitigated(input: &Input<'_>, group: &Group, page: &str) -> Figure {
    let measure = views::measures(input, group, page).into_iter().find(|measure| measure.id == "time-to-mitigate");
    let known = measure.and_then(|measure| {
        let n = format!("{} = {}", input.words.text("measures.n"), measure.n);
        let note = measure.interval.map_or_else(|| n.clone(), |interval| format!("{n}, {interval}"));
        Some((Line::link(measure.median?, format!("{}#{}", measure.behind, measure.id)), Line::plain(note)))
    });
    let (value, note) = known.unzip();
    Figure {
        id: "mitigated",
        name: input.words.text("digest.mitigated").to_owned(),
        value,
        notes: note.into_iter().collect(),
    }
}

/// Time under impact, clipped to the period.
fn felt(input: &Input<'_>, group: &Group, page: &str) -> Figure {
    let impact = impact::of(input, group, page);
    let note = impact.as_ref().map(|impact| {
        let n = format!("{} = {}", input.words.text("measures.n"), impact.n);
        Line::plain(impact.down.as_ref().map_or_else(
            || n.clone(),
            |down| format!("{n}, {} {down}", input.words.text("measures.impact_down_title").to_lowercase()),
        ))
    });
    Figure {
        id: "impact",
        name: input.words.text("measures.impact_title").to_owned(),
        value: impact.map(|impact| Line::link(impact.duration, format!("{}#impact", impact.behind))),
        notes: note.into_iter().collect(),
    }
}

/// Reviews held in time, of those where that is recorded.
pub(super) fn reviewed(input: &Input<'_>, group: &Group) -> (usize, usize) {
    let known: Vec<bool> = group.reports.iter().filter_map(|report| review::on_time(input.config, report)).collect();
    (known.iter().filter(|on_time| **on_time).count(), known.len())
}

fn reviews(input: &Input<'_>, group: &Group, behind: &str) -> Figure {
    let behind = format!("{behind}#{}", evidence::REVIEWS);
    part(input, "reviews", "digest.reviews", reviewed(input, group), &behind)
}

fn kept(input: &Input<'_>, due: &[actions::Due<'_>], page: &str) -> Figure {
    let actions::Kept { on_time, known, .. } = actions::kept(due);
    part(input, "actions", "digest.kept", (on_time, known), &format!("{page}#due"))
}
