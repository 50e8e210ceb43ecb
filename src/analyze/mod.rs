//! Corpus → [`Analysis`]: what happened by service, team, factor and period, and the metrics of each group.
//!
//! Drafts and everything that is not an incident are left out of numbers.

use crate::{
    config::Config,
    model::{Factor, FactorRole, Kind, Report, Status, corpus::Corpus},
    site,
};
use jiff::civil::Date;
use rayon::prelude::*;
use std::{collections::BTreeMap, sync::Arc};

pub mod budget;
pub mod comparison;
pub mod deployments;
pub mod downtime;
pub mod followup;
mod lost;
pub mod memo;
pub mod metrics;
pub mod pattern;
pub mod period;
pub mod recurrence;
pub mod review;
pub mod revision;
pub mod shares;
pub mod similar;
pub mod toll;

use memo::{Kept, Memo};
use metrics::Measured;
use period::Period;

/// Reports that belong together, newest first, and what was measured over them.
#[derive(Clone, Debug)]
pub struct Group {
    pub reports: Vec<Arc<Report>>,
    /// One entry per metric of `metrics::ALL`, in that order.
    pub measured: Vec<Measured>,
    /// Incidents by severity id, in the order of `site.toml`, zeros included.
    pub by_severity: Vec<(String, usize)>,
    /// Time under impact: of a period clipped to it, also from incidents that began before it.
    pub impact: downtime::Impact,
    /// What the incidents took: of all incidents, of periods clipped in the same way, of teams and factors the
    /// customer-minutes alone; of services nothing.
    pub toll: toll::Toll,
}

/// Everything that pages and exports say in numbers.
#[derive(Clone, Debug)]
pub struct Analysis {
    pub overall: Group,
    /// Every service of `site.toml`, even without incidents.
    pub by_service: BTreeMap<String, Group>,
    pub by_team: BTreeMap<String, Group>,
    pub by_factor: BTreeMap<String, Group>,
    /// Months, quarters and years from the first incident until today, those without incidents too; newest first
    /// within each kind.
    pub by_period: Vec<(Period, Group)>,
    /// Shares over all incidents.
    pub shares: Vec<shares::Counted>,
    /// Which incidents are alike.
    pub similar: similar::Index,
    pub today: Date,
}

/// Computes the analysis. Pure: the same corpus, configuration and date give the same result.
#[must_use]
pub fn analyze(config: &Config, corpus: &Corpus, today: Date) -> Analysis {
    computed(config, corpus, today, &Kept::default(), &similar::Memo::default())
}

/// The same as [`analyze`], with what is kept from the time before.
#[must_use]
pub fn analyze_again(config: &Config, corpus: &Corpus, today: Date, memo: &Memo) -> Arc<Analysis> {
    let analysis = Arc::new(computed(config, corpus, today, &memo.kept(config), &memo.similar));
    memo.keep(config, &analysis);
    analysis
}

fn computed(config: &Config, corpus: &Corpus, today: Date, kept: &Kept, similar: &similar::Memo) -> Analysis {
    let counted = counted(corpus);
    let mut services: BTreeMap<String, Vec<Arc<Report>>> =
        config.services.keys().map(|id| (id.clone(), Vec::new())).collect();
    let mut teams: BTreeMap<String, Vec<Arc<Report>>> =
        config.teams.keys().map(|id| (id.clone(), Vec::new())).collect();
    let mut factors: BTreeMap<String, Vec<Arc<Report>>> =
        corpus.patterns.keys().map(|id| (id.clone(), Vec::new())).collect();
    let mut periods: BTreeMap<Period, Vec<Arc<Report>>> = BTreeMap::new();
    for period in period::between(days(config, &counted), today) {
        periods.entry(period).or_default();
    }
    for report in &counted {
        for service in services_of(config, report) {
            services.entry(service).or_default().push(report.clone());
        }
        for team in teams_of(config, report) {
            teams.entry(team).or_default().push(report.clone());
        }
        for id in factors_of(report) {
            factors.entry(id.to_owned()).or_default().push(report.clone());
        }
        for period in Period::containing(report.times.started.value.date(&config.time_zone)) {
            periods.entry(period).or_default().push(report.clone());
        }
    }
    let groups = |set, map: BTreeMap<String, Vec<Arc<Report>>>, toll: fn(&Config, &[Arc<Report>]) -> toll::Toll| {
        let one = |(id, reports): (String, Vec<Arc<Report>>)| {
            let known = kept.group(set, &id, &reports);
            let group = known.unwrap_or_else(|| Group { toll: toll(config, &reports), ..group(config, reports) });
            (id, group)
        };
        by_address(map).into_par_iter().map(one).collect::<BTreeMap<String, Group>>()
    };
    let parts = || {
        let by_period = periods_of(config, periods, &felt_in(config, &counted), kept);
        let none = |_: &Config, _: &[Arc<Report>]| toll::Toll::default();
        let services = groups(|before| &before.by_service, services, none);
        let teams = groups(|before| &before.by_team, teams, toll::customers);
        let factors = groups(|before| &before.by_factor, factors, toll::customers);
        (services, teams, factors, by_period)
    };
    let whole = || {
        let overall = || Group { toll: toll::ever(config, &counted), ..group(config, counted.clone()) };
        let similar = || similar::Index::again(config, counted.clone(), similar);
        let ((overall, shares), similar) =
            rayon::join(|| rayon::join(overall, || shares::of(config, &counted)), similar);
        (overall, shares, similar)
    };
    let ((by_service, by_team, by_factor, by_period), (overall, shares, similar)) = rayon::join(parts, whole);
    Analysis { overall, by_service, by_team, by_factor, by_period, shares, similar, today }
}

/// The groups of periods, newest first. `felt` are the reports whose impact reaches into each.
fn periods_of(
    config: &Config,
    periods: BTreeMap<Period, Vec<Arc<Report>>>,
    felt: &BTreeMap<Period, Vec<Arc<Report>>>,
    kept: &Kept,
) -> Vec<(Period, Group)> {
    let periods: Vec<(Period, Vec<Arc<Report>>)> = periods.into_iter().rev().collect();
    let one = |(period, reports): (Period, Vec<Arc<Report>>)| {
        let felt = felt.get(&period).map_or(&[][..], Vec::as_slice);
        if let Some(known) = kept.period(period, &reports, felt) {
            return (period, known);
        }
        let (first, end, zone) = (period.first(), period.end(), &config.time_zone);
        let impact = downtime::within(felt, first, end, zone);
        let toll = toll::within(config, felt, first, end, zone);
        (period, Group { impact, toll, ..group(config, reports) })
    };
    periods.into_par_iter().map(one).collect()
}

/// Whether a report enters published numbers.
#[must_use]
pub fn is_counted(report: &Report) -> bool {
    report.kind == Kind::Incident && report.status != Status::Draft
}

/// The services a report concerns, by their canonical ids, each once.
#[must_use]
pub fn services_of(config: &Config, report: &Report) -> Vec<String> {
    let mut ids: Vec<String> =
        report.services.iter().map(|written| config.service_id(&written.value).to_owned()).collect();
    ids.sort();
    ids.dedup();
    ids
}

/// Whether a report names a service, by its id or an alias.
#[must_use]
pub fn is_of_service(config: &Config, report: &Report, id: &str) -> bool {
    report.services.iter().any(|written| config.service_id(&written.value) == id)
}

/// The teams a report names, and the teams that own its services where it names none.
#[must_use]
pub fn teams_of(config: &Config, report: &Report) -> Vec<String> {
    let mut ids: Vec<String> = report.teams.iter().map(|team| team.value.clone()).collect();
    if ids.is_empty() {
        let owners = report.services.iter().filter_map(|written| config.service(&written.value)?.team.as_ref());
        ids = owners.map(|team| team.value.clone()).collect();
    }
    ids.sort();
    ids.dedup();
    ids
}

/// The factors that helped an incident along or remain a risk, each once; what helped against it is not counted.
#[must_use]
pub fn factors_of(report: &Report) -> Vec<&str> {
    let against = |factor: &&Factor| factor.role == FactorRole::Mitigator;
    let mut ids: Vec<&str> =
        report.factors.iter().filter(|factor| !against(factor)).map(|factor| factor.id.value.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// Names that would have one address are one thing: it has the name that is first in order, and the reports of all, each
/// once, in their order.
fn by_address(map: BTreeMap<String, Vec<Arc<Report>>>) -> BTreeMap<String, Vec<Arc<Report>>> {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let mut merged: BTreeMap<String, Vec<Arc<Report>>> = BTreeMap::new();
    for (id, reports) in map {
        let name = names.entry(site::slug(&id)).or_insert_with(|| id.clone());
        let all = merged.entry(name.clone()).or_default();
        let had = all.len();
        all.extend(reports);
        if had > 0 {
            newest_first(all);
            all.dedup_by(|a, b| a.path == b.path);
        }
    }
    merged
}

/// The reports that enter published numbers, newest first.
#[must_use]
pub fn counted(corpus: &Corpus) -> Vec<Arc<Report>> {
    let mut counted: Vec<Arc<Report>> = corpus.reports.iter().filter(|report| is_counted(report)).cloned().collect();
    newest_first(&mut counted);
    counted
}

/// Sorts reports by the time of their start, the latest first.
pub fn newest_first(reports: &mut [Arc<Report>]) {
    reports.sort_by(|a, b| {
        (b.times.started.value.sort_key(), &b.id.value).cmp(&(a.times.started.value.sort_key(), &a.id.value))
    });
}

/// The reports whose impact reaches into each period, and those that began in it and know no window.
fn felt_in(config: &Config, counted: &[Arc<Report>]) -> BTreeMap<Period, Vec<Arc<Report>>> {
    let mut felt: BTreeMap<Period, Vec<Arc<Report>>> = BTreeMap::new();
    for report in counted {
        let started = report.times.started.value.date(&config.time_zone);
        let (first, last) = downtime::days(report, &config.time_zone).unwrap_or((started, started));
        for period in period::between([first, last].into_iter(), last) {
            felt.entry(period).or_default().push(report.clone());
        }
    }
    felt
}

/// The days on which reports began, in the zone of the site.
fn days(config: &Config, reports: &[Arc<Report>]) -> impl Iterator<Item = Date> {
    reports.iter().map(|report| report.times.started.value.date(&config.time_zone))
}

fn group(config: &Config, reports: Vec<Arc<Report>>) -> Group {
    let mut by_severity: Vec<(String, usize)> =
        config.severities.iter().map(|severity| (severity.id.value.clone(), 0)).collect();
    for report in &reports {
        if let Some((_, count)) = by_severity.get_mut(config.severity_rank(&report.severity.value)) {
            *count += 1;
        }
    }
    Group {
        by_severity,
        impact: downtime::ever(&reports),
        toll: toll::Toll::default(),
        measured: metrics::ALL.iter().map(|metric| metric.measure(&reports)).collect(),
        reports,
    }
}
