//! Where action items stand: open, past their date, whose they are, and which factor came back before they were done.

use super::{factors_of, is_counted, teams_of};
use crate::{
    config::Config,
    model::{Action, ActionStatus, Report, corpus::Corpus},
    stats::survival::Observed,
};
use jiff::civil::Date;
use std::{collections::BTreeMap, sync::Arc};

/// Where an action stands. Without a status, a date or an owner nobody can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    Open,
    /// Done or dropped.
    Ended,
    Unknown,
}

impl Standing {
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Ended => "ended",
            Self::Unknown => "unknown",
        }
    }
}

#[must_use]
pub fn standing(action: &Action) -> Standing {
    match action.status.as_ref().map(|status| status.value) {
        Some(ActionStatus::Open | ActionStatus::InProgress | ActionStatus::Blocked) => Standing::Open,
        Some(ActionStatus::Done | ActionStatus::Dropped) => Standing::Ended,
        None if action.due.is_some() || action.owner.is_some() => Standing::Open,
        None => Standing::Unknown,
    }
}

/// Open, and its date has passed.
#[must_use]
pub fn is_overdue(action: &Action, today: Date) -> bool {
    standing(action) == Standing::Open && action.due.as_ref().is_some_and(|due| due.value < today)
}

/// When it was deployed, tested and documented, as far as recorded; `None` unless it is done.
#[must_use]
pub fn done_on(action: &Action) -> Option<Date> {
    let is_done = action.status.as_ref().is_some_and(|status| status.value == ActionStatus::Done);
    let done = &action.done;
    is_done.then(|| done.deployed.max(done.tested).max(done.documented))?
}

/// How long action items stay open, in days from the day they were created: done ones until then, open ones until
/// today (censored). Items without that day, done ones without theirs, and dropped ones say nothing.
#[must_use]
pub fn ages<'a>(actions: impl Iterator<Item = &'a Action>, today: Date) -> Vec<Observed> {
    let age = |action: &Action| {
        let created = action.created?;
        let (until, ended) = match standing(action) {
            Standing::Open => (today, false),
            Standing::Ended => (done_on(action)?, true),
            Standing::Unknown => return None,
        };
        let days = (until - created).get_days();
        (days >= 0).then(|| Observed { time: f64::from(days), ended })
    };
    actions.filter_map(age).collect()
}

/// The team that somebody means, by its id or name.
#[must_use]
pub fn team_named<'c>(config: &'c Config, name: &str) -> Option<&'c str> {
    let is_meant = |written: &str| written.eq_ignore_ascii_case(name.trim());
    let team = config.teams.values().find(|team| is_meant(&team.id.value) || is_meant(&team.name))?;
    Some(&team.id.value)
}

/// Whether an action is a team's or a role's: by what is written as its owner, or by the teams it belongs to.
#[must_use]
pub fn is_of(config: &Config, report: &Report, action: &Action, owner: &str) -> bool {
    let is_written =
        action.owner.as_ref().is_some_and(|written| written.value.trim().eq_ignore_ascii_case(owner.trim()));
    is_written
        || team_named(config, owner).is_some_and(|team| teams(config, report, action).iter().any(|id| id == team))
}

/// The team that owns an action; where its owner is no team, those of the report.
#[must_use]
pub fn teams(config: &Config, report: &Report, action: &Action) -> Vec<String> {
    let owner = action.owner.as_ref().and_then(|owner| team_named(config, &owner.value));
    owner.map_or_else(|| teams_of(config, report), |team| vec![team.to_owned()])
}

/// An open action against a factor that took part in incidents again after it was promised.
#[derive(Clone, Debug)]
pub struct CameBack<'c> {
    pub report: &'c Arc<Report>,
    pub action: &'c Action,
    pub factor: &'c str,
    /// The incidents that began after the one that asked for the action, the newest first.
    pub later: Vec<&'c Arc<Report>>,
}

/// Repeated factor, undone action: by how often the factor came back, then the oldest promise first.
///
/// An action is against the factors that it names under `addresses`. Incidents count when they began after the
/// incident of the action's report, and after the day on which the action was created where that is recorded.
#[must_use]
pub fn came_back<'c>(config: &Config, corpus: &'c Corpus) -> Vec<CameBack<'c>> {
    let mut with: BTreeMap<&str, Vec<&Arc<Report>>> = BTreeMap::new();
    for report in corpus.reports.iter().filter(|report| is_counted(report)) {
        for factor in factors_of(report) {
            with.entry(factor).or_default().push(report);
        }
    }
    let started = |report: &Report| report.times.started.value.sort_key();
    for reports in with.values_mut() {
        reports.sort_by(|a, b| (started(b), &b.id.value).cmp(&(started(a), &a.id.value)));
    }
    let mut found: Vec<CameBack<'c>> = Vec::new();
    for report in &corpus.reports {
        for action in report.actions.iter().filter(|action| standing(action) == Standing::Open) {
            for factor in &action.addresses {
                let is_later = |other: &&&Arc<Report>| {
                    let day = other.times.started.value.date(&config.time_zone);
                    started(other) > started(report) && action.created.is_none_or(|created| day > created)
                };
                let all = with.get(factor.value.as_str()).map_or(&[][..], Vec::as_slice);
                let later: Vec<&Arc<Report>> = all.iter().take_while(is_later).copied().collect();
                if !later.is_empty() {
                    found.push(CameBack { report, action, factor: &factor.value, later });
                }
            }
        }
    }
    found.sort_by(|a, b| {
        let order = |one: &CameBack<'_>| (std::cmp::Reverse(one.later.len()), started(one.report));
        order(a).cmp(&order(b)).then_with(|| (&a.report.path, a.factor).cmp(&(&b.report.path, b.factor)))
    });
    found
}
