//! When incidents begin, by weekday and hour, and which factors they have most often, as charts over all incidents.

use super::{Input, evidence, pattern, root_of, views};
use crate::{
    charts::{self, Cell, heat, pareto},
    model::Report,
    stats::table,
};
use jiff::civil::Weekday;
use std::{collections::BTreeMap, sync::Arc};

/// Fewer incidents say nothing of weekdays.
const FEWEST: usize = 35;
/// Factors that are drawn.
const MOST: usize = 12;

/// Reports that know the moment of their start, by weekday (0 is Monday) and hour in the zone of the site.
pub(super) fn by_hour<'r>(
    input: &Input<'_>,
    reports: &'r [Arc<Report>],
) -> BTreeMap<(usize, usize), Vec<&'r Arc<Report>>> {
    let mut hours: BTreeMap<(usize, usize), Vec<&Arc<Report>>> = BTreeMap::new();
    for report in reports {
        if let Some(instant) = report.times.started.value.instant() {
            let at = instant.to_zoned(input.config.time_zone.clone());
            let day = usize::try_from(at.weekday().to_monday_zero_offset()).unwrap_or(0);
            hours.entry((day, usize::try_from(at.hour()).unwrap_or(0))).or_default().push(report);
        }
    }
    hours
}

/// `Monday, 14:00`, and the anchor of its list.
pub(super) fn hour_of(input: &Input<'_>, (day, hour): (usize, usize)) -> (String, String) {
    let day_name = Weekday::Monday.cycle_forward().nth(day).map_or("", |day| input.words.weekday(day));
    (format!("{day_name}, {hour:02}:00"), format!("start-{day}-{hour}"))
}

/// The heat map of starts; `None` below [`FEWEST`].
pub(super) fn heat(input: &Input<'_>, page: &str) -> Option<views::Chart> {
    let overall = &input.analysis.overall;
    let hours = by_hour(input, &overall.reports);
    let total: usize = hours.values().map(Vec::len).sum();
    if total < FEWEST {
        return None;
    }
    let (words, behind) = (input.words, format!("{}{}", root_of(page), evidence::url(page, overall)));
    let mut counts: heat::Counts = [[0; 24]; 7];
    for ((day, hour), reports) in &hours {
        counts[*day][*hour] = reports.len();
    }
    let names: Vec<&str> = Weekday::Monday.cycle_forward().take(7).map(|day| words.weekday_short(day)).collect();
    let field = |day: usize, hour: usize| {
        let (name, anchor) = hour_of(input, (day, hour));
        let says = words.say("evidence.counted", &[("text", (&name).into()), ("n", counts[day][hour].into())]);
        heat::Field { says, url: format!("{behind}#{anchor}") }
    };
    let title = words.text("metrics.starts");
    let note = match table::weekdays(&counts.map(|hours| hours.iter().sum())) {
        Some((_, p)) => words.say("metrics.starts_p", &[("p", (&words.probability(p)).into()), ("n", total.into())]),
        None => words.counted("metrics.starts_n", total),
    };
    let zone = input.config.time_zone.iana_name().unwrap_or("UTC");
    let about = words.say("metrics.starts_about", &[("n", total.into()), ("zone", zone.into())]);
    let rows: Vec<Vec<Cell>> = hours
        .iter()
        .map(|(at, reports)| {
            let (name, anchor) = hour_of(input, *at);
            vec![Cell::text(name), Cell::count(reports.len(), format!("{behind}#{anchor}"))]
        })
        .collect();
    let head = [(words.text("metrics.hour"), false), (words.text("groups.incidents"), true)];
    Some(views::Chart {
        svg: heat::draw("starts", title, &about, &counts, &names, &field).svg(),
        twin: charts::twin(words.text("charts.series_twin"), title, &head, &rows),
        note: format!("{about} {note}"),
    })
}

/// The factors of most incidents; `None` where fewer than two repeat.
#[expect(clippy::cast_precision_loss, reason = "counts of reports")]
pub(super) fn factors(input: &Input<'_>, page: &str) -> Option<views::Chart> {
    let (words, root) = (input.words, root_of(page));
    let overall = &input.analysis.overall;
    let mut all: Vec<(&str, usize)> = views::by_factor(overall)
        .into_iter()
        .map(|(id, reports)| (id, reports.len()))
        .filter(|(_, n)| *n > 1)
        .collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    all.truncate(MOST);
    if all.len() < 2 {
        return None;
    }
    let total = overall.reports.len();
    let bars: Vec<pareto::Bar> = all
        .iter()
        .map(|(id, count)| {
            let views::Link { text, url } = pattern::link(input, id);
            let share = words.whole_percent(*count as f64 / total as f64);
            let told = words.say("digest.k_of_n", &[("k", (*count).into()), ("n", total.into())]);
            pareto::Bar {
                says: format!("{text}: {told}"),
                name: text,
                url: format!("{root}{url}"),
                value: *count as f64,
                text: format!("{} · {share}", words.count(*count as u64)),
                reached: String::new(),
            }
        })
        .collect();
    let title = words.text("metrics.factors");
    let about = words.counted("metrics.factors_about", total);
    let rows: Vec<Vec<Cell>> = bars
        .iter()
        .map(|bar| vec![Cell::link(bar.name.clone(), bar.url.clone()), Cell::number(bar.text.clone())])
        .collect();
    let head = [(words.text("metrics.factor"), false), (words.text("groups.incidents"), true)];
    Some(views::Chart {
        svg: pareto::draw("factors", title, &about, &bars).svg(),
        twin: charts::twin(words.text("charts.series_twin"), title, &head, &rows),
        note: about.clone(),
    })
}
