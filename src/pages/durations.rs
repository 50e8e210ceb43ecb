//! The durations of a group as dots on a logarithmic axis, a row per metric, with their table.

use super::{Input, evidence, incident_url, root_of, views};
use crate::{
    analyze::Group,
    charts::{self, Cell, dots},
    markup::Html,
};
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct Durations {
    svg: Html,
    twin: Html,
}

/// All metrics of a group whose page is at `page`; `None` without any value.
pub(super) fn of(input: &Input<'_>, group: &Group, page: &str) -> Option<Durations> {
    let (words, root) = (input.words, root_of(page));
    #[expect(clippy::cast_possible_truncation, reason = "seconds of incidents are far below 2^53")]
    let whole = |seconds: f64| seconds.round() as i64;
    let measures = views::measures(input, group, page);
    let rows: Vec<dots::Row> = views::told(input, group)
        .zip(&measures)
        .filter(|(measured, _)| !measured.used.is_empty())
        .map(|(measured, measure)| {
            let n = format!("{} · {} = {}", measure.title, words.text("measures.n"), measure.n);
            let median = measure.median.clone().unwrap_or_default();
            let says = [Some(format!("{} {median}", words.text("measures.median"))), measure.interval.clone()];
            dots::Row {
                name: n,
                says: says.into_iter().flatten().collect::<Vec<_>>().join(", "),
                dots: measured
                    .used
                    .iter()
                    .map(|(report, seconds)| dots::Dot {
                        seconds: *seconds,
                        says: format!("{}: {}", report.title.value, words.duration(*seconds)),
                        url: format!("{root}{}", incident_url(report)),
                    })
                    .collect(),
                median: measured.median.map(whole),
                interval: measured.interval,
                p90: measured.p90.map(whole),
            }
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    let title = words.text("charts.durations");
    let about = words.counted("charts.durations_about", group.reports.len());
    Some(Durations {
        svg: dots::draw("durations", title, &about, &rows, &|seconds| words.duration(seconds)).svg(),
        twin: table(input, group, &measures, &root, page),
    })
}

fn table(input: &Input<'_>, group: &Group, measures: &[views::Measure], root: &str, page: &str) -> Html {
    let words = input.words;
    let behind = evidence::url(page, group);
    let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".to_owned());
    let rows: Vec<Vec<Cell>> = measures
        .iter()
        .map(|measure| {
            vec![
                Cell::link(measure.title.clone(), format!("{root}{behind}#{}", measure.id)),
                Cell::number(measure.n.to_string()),
                Cell::text(text(&measure.median)),
                Cell::text(text(&measure.interval)),
                Cell::text(text(&measure.p90)),
            ]
        })
        .collect();
    let head = [
        (words.text("measures.metric"), false),
        (words.text("measures.n"), true),
        (words.text("measures.median"), false),
        (words.text("measures.interval"), false),
        (words.text("measures.p90"), false),
    ];
    charts::twin(words.text("charts.durations_twin"), words.text("charts.durations"), &head, &rows)
}
