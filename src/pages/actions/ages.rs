//! How long action items stay open, those that still are included: a curve of what is left after so many days.

use crate::{
    analyze::followup,
    charts::{self, Cell, survival},
    pages::{Input, views},
    stats::survival::{FEWEST, kaplan_meier, median},
};

/// Over all items of the repository; `None` where fewer than five are known to be done.
pub(super) fn of(input: &Input<'_>) -> Option<views::Chart> {
    let words = input.words;
    let actions = input.corpus.reports.iter().flat_map(|report| &report.actions);
    let observed = followup::ages(actions.clone(), input.analysis.today);
    let ended = observed.iter().filter(|one| one.ended).count();
    if ended < FEWEST {
        return None;
    }
    let points = kaplan_meier(&observed);
    let curve = survival::Curve {
        steps: points
            .iter()
            .map(|point| survival::Step { days: point.time, open: point.open, interval: point.interval })
            .collect(),
        still: observed.iter().filter(|one| !one.ended).map(|one| one.time).collect(),
        last: 0.0,
    };
    #[expect(clippy::cast_possible_truncation, reason = "ages in days")]
    let days = |days: f64| words.days_only(days.round() as i64);
    let share = |share: f64| words.whole_percent(share);
    let title = words.text("board.ages");
    let about = words.say(
        "board.ages_about",
        &[("n", observed.len().into()), ("done", ended.into()), ("out", (actions.count() - observed.len()).into())],
    );
    let half = median(&points).map_or_else(
        || words.text("board.ages_more_than_half").to_owned(),
        |median| {
            let edge = |edge: Option<f64>| edge.map_or_else(|| "–".to_owned(), days);
            let (time, low, high) = (days(median.time), edge(median.low), edge(median.high));
            let values = [("days", (&time).into()), ("low", (&low).into()), ("high", (&high).into())];
            words.say("board.ages_median", &values)
        },
    );
    let rows: Vec<Vec<Cell>> = points
        .iter()
        .map(|point| {
            let interval =
                point.interval.map_or_else(String::new, |(low, high)| views::between(words, &share(low), &share(high)));
            vec![
                Cell::text(days(point.time)),
                Cell::number(words.count(point.at_risk as u64)),
                Cell::number(words.count(point.ended as u64)),
                Cell::number(share(point.open)),
                Cell::text(interval),
            ]
        })
        .collect();
    let head = [
        (words.text("board.age"), false),
        (words.text("actions.open"), true),
        (words.text("board.done"), true),
        (words.text("board.left"), true),
        (words.text("measures.interval"), false),
    ];
    Some(views::Chart {
        svg: survival::draw("ages", title, &about, &curve, &days, &share).svg(),
        twin: charts::twin(words.text("charts.series_twin"), title, &head, &rows),
        note: format!("{about} {half}"),
    })
}
