//! Numbers by year: incidents, impact, what incidents took, and what went out.

use super::{Input, digest, line::Line, root_of, toll, views};
use crate::{
    analyze::{
        Group,
        deployments::{self, Deployments},
        period::Period,
        toll::Cost,
    },
    charts::{self, Cell},
    markup::Html,
    stats::rate::Rate,
    words::Words,
};
use jiff::civil::Date;
use std::sync::Arc;

/// Years as rows: incidents a month with the interval of the rate, impact, and what incidents took. `None` with less
/// than two years.
pub(super) fn by_year(input: &Input<'_>, page: &str) -> Option<Html> {
    let (words, root) = (input.words, root_of(page));
    let years: Vec<&(Period, Arc<Group>)> =
        input.analysis.by_period.iter().filter(|(period, _)| matches!(period, Period::Year { .. })).collect();
    let currencies = &input.analysis.overall.toll.cost;
    let customers = !input.analysis.overall.toll.customers.used.is_empty();
    let rows: Vec<Vec<Cell>> = years
        .iter()
        .map(|(period, group)| {
            let mut cells = vec![
                Cell::link(period.to_string(), format!("{root}{}", digest::url(*period))),
                Cell::number(words.count(group.reports.len() as u64)),
                Cell::number(rate(input, *period, group)),
                Cell::number(words.duration(group.impact.seconds)),
                Cell::number(words.duration(group.impact.down)),
            ];
            cells.extend(customers.then(|| Cell::number(toll::customer_minutes(words, group.toll.customers.total))));
            cells.extend(currencies.keys().map(|currency| {
                let amount = group.toll.cost.get(currency).map_or(0.0, Cost::total);
                Cell::number(words.rounded_money(amount, currency))
            }));
            cells
        })
        .collect();
    let title = words.term("toll", "customer-minutes").into_owned();
    let costs: Vec<String> =
        currencies.keys().map(|currency| words.say("toll.cost_in", &[("currency", currency.into())])).collect();
    let mut head = vec![
        (words.text("charts.year"), false),
        (words.text("groups.incidents"), true),
        (words.text("toll.a_month"), true),
        (words.text("measures.impact_title"), true),
        (words.text("measures.impact_down_title"), true),
    ];
    head.extend(customers.then_some((title.as_str(), true)));
    head.extend(costs.iter().map(|title| (title.as_str(), true)));
    let summary = words.text("toll.by_year");
    (rows.len() >= 2).then(|| charts::twin(summary, summary, &head, &rows))
}

/// Incidents in 30 days of what has passed, with the exact interval.
fn rate(input: &Input<'_>, period: Period, group: &Group) -> String {
    /// Days of a month here.
    const MONTH: f64 = 30.0;
    let words = input.words;
    let begun =
        input.analysis.overall.reports.last().map(|report| report.times.started.value.date(&input.config.time_zone));
    let first = begun.map_or(period.first(), |begun| begun.max(period.first()));
    let days = (period.passed(input.analysis.today) - first).get_days();
    let rate = Rate { events: group.reports.len(), exposure: f64::from(days.max(0)) / MONTH };
    let Some((value, (low, high))) = rate.value().zip(rate.interval()) else { return "–".to_owned() };
    let decimal = |number: f64| words.decimals(number, 1);
    format!("{} ({})", decimal(value), views::between(words, &decimal(low), &decimal(high)))
}

/// What went out, all together or of one service, from the first day to before the end. `group` is all incidents or those of
/// the service. `None` where the repository does not know.
pub(super) fn went_out(
    input: &Input<'_>,
    service: Option<&str>,
    group: &Group,
    (first, end): (Date, Date),
) -> Option<Deployments> {
    let (config, deploys) = (input.config, input.corpus.deploys.as_ref()?);
    match service {
        None => deployments::within(config, deploys, &group.reports, first, end),
        Some(id) => deployments::of_service(config, deploys, id, &group.reports, (first, end)),
    }
}

/// Years as rows: what went out, and which share of it led to an incident. `None` where the repository does not know.
pub(super) fn deployments(input: &Input<'_>, service: Option<&str>, group: &Group, page: &str) -> Option<Html> {
    let (words, root) = (input.words, root_of(page));
    let years = input.analysis.by_period.iter().filter(|(period, _)| matches!(period, Period::Year { .. }));
    let known = years.filter_map(|(period, _)| {
        let known = went_out(input, service, group, (period.first(), period.end()))?;
        let (share, interval) = failed_share(words, &known);
        Some(vec![
            Cell::link(period.to_string(), format!("{root}{}", digest::url(*period))),
            Cell::number(words.count(u64::try_from((known.end - known.first).get_days()).unwrap_or(0))),
            Cell::number(words.count(known.count)),
            Cell::number(words.decimals(known.per_day(), 1)),
            Cell::number(words.count(known.failed.len() as u64)),
            Cell::number(share),
            Cell::text(interval),
        ])
    });
    let rows: Vec<Vec<Cell>> = known.collect();
    let head = [
        (words.text("charts.year"), false),
        (words.text("deployments.days"), true),
        (words.text("deployments.count"), true),
        (words.text("deployments.a_day"), true),
        (words.text("deployments.failed"), true),
        (words.text("deployments.share"), true),
        (words.text("measures.interval"), false),
    ];
    let summary = words.text("deployments.by_year");
    (!rows.is_empty()).then(|| charts::twin(summary, summary, &head, &rows))
}

/// The share that led to an incident and its interval, to a hundredth of a percent: such shares are small.
pub(super) fn failed_share(words: &Words, known: &Deployments) -> (String, String) {
    let percent = |share: f64| words.percent((share * 10_000.0).round() / 10_000.0);
    let share = known.failed_share().map_or_else(|| "–".to_owned(), percent);
    let interval = known.interval.map(|(low, high)| views::between(words, &percent(low), &percent(high)));
    (share, interval.unwrap_or_default())
}

/// What went out from the first day to before the end, in sentences; empty where the repository does not know. `behind` leads to the incidents.
pub(super) fn deployed(
    input: &Input<'_>,
    service: Option<&str>,
    days: (Date, Date),
    group: &Group,
    behind: &str,
) -> Line {
    let words = input.words;
    let Some(known) = went_out(input, service, group, days) else { return Line::default() };
    let days = words.days(known.first, known.end.yesterday().unwrap_or(known.end));
    let a_day = words.decimals(known.per_day(), 1);
    let (share, interval) = failed_share(words, &known);
    let values = [("n", known.count.into()), ("days", (&days).into()), ("a_day", (&a_day).into())];
    let went = Line::say(words, "deployments.told", &values);
    let values = [
        ("n", known.failed.len().into()),
        ("share", (&share).into()),
        ("interval", (&interval).into()),
        ("url", behind.into()),
    ];
    let told = match known.failed_share() {
        Some(_) if known.failed.is_empty() => went.then(Line::say(words, "deployments.none_failed", &values)),
        Some(_) => went.then(Line::say(words, "deployments.failed_told", &values)),
        None => went,
    };
    if known.unnamed == 0 {
        return told;
    }
    told.then(Line::say(words, "deployments.unnamed", &[("n", known.unnamed.into())]))
}
