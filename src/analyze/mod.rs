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
use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

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

use memo::Memo;
use metrics::Measured;
use period::Period;

/// Reports by the name of what they concern.
type Named = BTreeMap<String, Vec<Arc<Report>>>;
/// The reports whose impact reaches into each period.
type Felt = BTreeMap<Period, Vec<Arc<Report>>>;

/// A value that is computed when it is first looked at: the preview shows one page, which says few of all numbers.
pub type Lazy<T> = LazyLock<T, Box<dyn FnOnce() -> T + Send>>;

fn lazy<T>(compute: impl FnOnce() -> T + Send + 'static) -> Lazy<T> {
    LazyLock::new(Box::new(compute))
}

/// Reports that belong together, newest first.
type Reports = Arc<[Arc<Report>]>;

/// Reports that belong together, newest first, and what was measured over them.
#[derive(Debug)]
pub struct Group {
    pub reports: Reports,
    /// One entry per metric of `metrics::ALL`, in that order.
    pub measured: Lazy<Vec<Measured>>,
    /// Incidents by severity id, in the order of `site.toml`, zeros included.
    pub by_severity: Vec<(String, usize)>,
    /// Time under impact: of a period clipped to it, also from incidents that began before it.
    pub impact: Lazy<downtime::Impact>,
    /// What the incidents took: of all incidents, of periods clipped in the same way, of teams and factors the
    /// customer-minutes alone; of services nothing.
    pub toll: Lazy<toll::Toll>,
}

impl Group {
    /// With what was felt and taken at any time.
    fn new(config: &Arc<Config>, reports: Vec<Arc<Report>>, toll: fn(&Config, &[Arc<Report>]) -> toll::Toll) -> Self {
        let reports: Reports = reports.into();
        let (felt, taken, settings) = (reports.clone(), reports.clone(), config.clone());
        Self {
            impact: lazy(move || downtime::ever(&felt)),
            toll: lazy(move || toll(&settings, &taken)),
            ..Self::counted(config, reports)
        }
    }

    /// Of a period, in which `felt` have impact.
    fn of_period(config: &Arc<Config>, period: Period, reports: Vec<Arc<Report>>, felt: Vec<Arc<Report>>) -> Self {
        let felt: Reports = felt.into();
        let (taken, settings, zone) = (felt.clone(), config.clone(), config.time_zone.clone());
        let (first, end) = (period.first(), period.end());
        Self {
            impact: lazy(move || downtime::within(&felt, first, end, &zone)),
            toll: lazy(move || toll::within(&settings, &taken, first, end, &settings.time_zone)),
            ..Self::counted(config, reports.into())
        }
    }

    fn counted(config: &Config, reports: Reports) -> Self {
        let mut by_severity: Vec<(String, usize)> =
            config.severities.iter().map(|severity| (severity.id.value.clone(), 0)).collect();
        for report in &*reports {
            if let Some((_, count)) = by_severity.get_mut(config.severity_rank(&report.severity.value)) {
                *count += 1;
            }
        }
        let measured = reports.clone();
        Self {
            reports,
            measured: lazy(move || metrics::ALL.iter().map(|metric| metric.measure(&measured)).collect()),
            by_severity,
            impact: lazy(downtime::Impact::default),
            toll: lazy(toll::Toll::default),
        }
    }

    fn complete(&self) {
        LazyLock::force(&self.measured);
        LazyLock::force(&self.impact);
        LazyLock::force(&self.toll);
    }
}

/// Everything that pages and exports say in numbers.
#[derive(Debug)]
pub struct Analysis {
    pub overall: Group,
    /// Every service of `site.toml`, even without incidents.
    pub by_service: BTreeMap<String, Arc<Group>>,
    pub by_team: BTreeMap<String, Arc<Group>>,
    pub by_factor: BTreeMap<String, Arc<Group>>,
    /// Months, quarters and years from the first incident until today, those without incidents too; newest first
    /// within each kind.
    pub by_period: Vec<(Period, Arc<Group>)>,
    /// Shares over all incidents.
    pub shares: Lazy<Vec<shares::Counted>>,
    /// Which incidents are alike. Looked at only after [`Analysis::join`], which is not called from rayon's threads where
    /// others may wait for the same.
    pub similar: Lazy<similar::Index>,
    pub today: Date,
}

impl Analysis {
    /// Computes which incidents are alike, side by side in rayon's threads. One of them that waited for it, or for what is
    /// kept from the time before, could be the one that was to compute it, and would wait for ever: so the thread that is
    /// not one of them calls this before it spreads work that looks at it.
    pub fn join(&self) {
        LazyLock::force(&self.similar);
    }

    /// Computes everything.
    fn complete(&self) {
        let named = [&self.by_service, &self.by_team, &self.by_factor].into_iter().flat_map(BTreeMap::values);
        let groups: Vec<&Group> =
            named.map(|group| &**group).chain(self.by_period.iter().map(|(_, group)| &**group)).collect();
        let shares = || LazyLock::force(&self.shares);
        let whole = || rayon::join(|| rayon::join(|| self.overall.complete(), shares), || self.join());
        rayon::join(|| groups.into_par_iter().for_each(Group::complete), whole);
    }
}

/// Computes the analysis. Pure: the same corpus, configuration and date give the same result.
#[must_use]
pub fn analyze(config: &Config, corpus: &Corpus, today: Date) -> Analysis {
    let analysis = grouped(config, corpus, today, &Memo::default()).0;
    analysis.complete();
    analysis
}

/// The same as [`analyze`], with what is kept from the time before, and each number only when it is looked at.
#[must_use]
pub fn analyze_again(config: &Config, corpus: &Corpus, today: Date, memo: &Memo) -> Arc<Analysis> {
    let (analysis, felt) = grouped(config, corpus, today, memo);
    let analysis = Arc::new(analysis);
    memo.keep(config, &analysis, felt);
    analysis
}

/// All groups, nothing of which is computed yet but what is kept, and the reports that are felt in each period.
fn grouped(config: &Config, corpus: &Corpus, today: Date, memo: &Memo) -> (Analysis, Felt) {
    let (kept, config) = (memo.kept(config), &Arc::new(config.clone()));
    let counted = counted(corpus);
    let mut services: Named = config.services.keys().map(|id| (id.clone(), Vec::new())).collect();
    let mut teams: Named = config.teams.keys().map(|id| (id.clone(), Vec::new())).collect();
    let mut factors: Named = corpus.patterns.keys().map(|id| (id.clone(), Vec::new())).collect();
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
    let groups = |set: memo::Set, map: Named, toll: fn(&Config, &[Arc<Report>]) -> toll::Toll| {
        let one = |(id, reports): (String, Vec<Arc<Report>>)| {
            let known = kept.group(set, &id, &reports);
            let group = known.unwrap_or_else(|| Arc::new(Group::new(config, reports, toll)));
            (id, group)
        };
        by_address(map).into_iter().map(one).collect::<BTreeMap<String, Arc<Group>>>()
    };
    let felt = felt_in(config, &counted);
    let of_period = |(period, reports): (Period, Vec<Arc<Report>>)| {
        let felt = felt.get(&period).map_or(&[][..], Vec::as_slice);
        let known = kept.period(period, &reports, felt);
        let new = || Arc::new(Group::of_period(config, period, reports, felt.to_vec()));
        (period, known.unwrap_or_else(new))
    };
    let by_period = periods.into_iter().rev().map(of_period).collect();
    let overall = Group::new(config, counted, toll::ever);
    let ((settings, reports), similar) = ((config.clone(), overall.reports.clone()), memo.similar.clone());
    let (settings_too, all) = (settings.clone(), reports.clone());
    let analysis = Analysis {
        by_service: groups(|before| &before.by_service, services, |_, _| toll::Toll::default()),
        by_team: groups(|before| &before.by_team, teams, toll::customers),
        by_factor: groups(|before| &before.by_factor, factors, toll::customers),
        by_period,
        shares: lazy(move || shares::of(&settings, &reports)),
        similar: lazy(move || similar::Index::again(&settings_too, all.to_vec(), &similar)),
        overall,
        today,
    };
    (analysis, felt)
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
fn by_address(map: Named) -> Named {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let mut merged = Named::new();
    for (id, reports) in map {
        let name = names.entry(site::slug(&id).into_owned()).or_insert_with(|| id.clone());
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
fn felt_in(config: &Config, counted: &[Arc<Report>]) -> Felt {
    let mut felt = Felt::new();
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
