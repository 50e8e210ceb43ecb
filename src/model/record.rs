//! What a report records beside its times, factors and actions: scope, evidence, effort, cost, and the review itself.
//!
//! All of it is optional. Sources of the fields: the guide to post-incident review, and the templates it names.

use super::{
    time::When,
    words::{Audience, Context, DeployKind, EvidenceKind, HealingKind, Outcome, Presence},
};
use crate::snapshot::Spanned;
use jiff::civil::Date;

/// How far an incident reached.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    pub regions: Vec<String>,
    /// Every region was affected.
    pub global: Option<bool>,
    pub business_functions: Vec<String>,
    /// What made the moment special: the same fault costs more at a launch.
    pub context: Vec<Context>,
}

/// A stretch of time during which customers felt the incident.
#[derive(Clone, Debug)]
pub struct ImpactWindow {
    pub from: Spanned<When>,
    pub to: Spanned<When>,
    /// Share of the service that was lost, above 0 and at most 1.
    pub degree: f64,
    pub customers: Option<u64>,
    pub service: Option<Spanned<String>>,
}

/// A service level objective that the incident drew on.
#[derive(Clone, Debug)]
pub struct Slo {
    pub service: Spanned<String>,
    /// Above 0 and below 1, as in `0.999`.
    pub objective: f64,
    pub window_days: u64,
}

/// Whether there was a written procedure, and whether it helped.
#[derive(Clone, Debug)]
pub struct Runbook {
    pub existed: Presence,
    pub used: Option<bool>,
    pub url: Option<Spanned<String>>,
}

/// A change that went out around the incident.
#[derive(Clone, Debug)]
pub struct Deploy {
    pub id: Spanned<String>,
    pub at: Option<Spanned<When>>,
    pub kind: Option<DeployKind>,
    pub service: Option<Spanned<String>>,
}

/// What machinery did by itself.
#[derive(Clone, Debug)]
pub struct SelfHealing {
    pub kind: HealingKind,
    pub at: Option<Spanned<When>>,
    pub outcome: Option<Outcome>,
}

/// A metric, a screenshot, a log or a conversation that shows what happened.
#[derive(Clone, Debug)]
pub struct Evidence {
    pub kind: EvidenceKind,
    pub name: Spanned<String>,
    pub url: Option<Spanned<String>>,
    /// A path relative to the report.
    pub file: Option<Spanned<String>>,
    pub unit: Option<String>,
    /// Values as written; empty where not recorded.
    pub values: Values,
    pub alt: Option<String>,
}

/// A value before, during and after the incident.
#[derive(Clone, Debug, Default)]
pub struct Values {
    pub before: Option<String>,
    pub during: Option<String>,
    pub after: Option<String>,
}

/// Work that the incident took. Roles, never names.
#[derive(Clone, Debug)]
pub struct Effort {
    pub role: String,
    pub people: u64,
    /// Hours each.
    pub hours: f64,
}

/// What the incident took from people and plans, and what it cost.
#[derive(Clone, Debug, Default)]
pub struct Toll {
    pub effort: Vec<Effort>,
    pub off_hours_pages: Option<u64>,
    pub delayed_projects: Vec<String>,
    pub cost: Option<Cost>,
    /// Cost is not for this audience: nothing is computed from rates either.
    pub cost_withheld: bool,
}

impl Toll {
    /// Hours of all people together; `None` where no effort is recorded.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "people in a response are far below 2^53")]
    pub fn people_hours(&self) -> Option<f64> {
        let hours = |effort: &Effort| effort.people as f64 * effort.hours;
        (!self.effort.is_empty()).then(|| self.effort.iter().map(hours).sum())
    }
}

/// An average of a service, for the estimate duration × revenue per minute.
#[derive(Clone, Debug)]
pub struct Cost {
    /// ISO 4217.
    pub currency: Spanned<String>,
    /// Minor units (cents) per minute.
    pub revenue_per_minute: u64,
}

/// The report as a document.
#[derive(Clone, Debug, Default)]
pub struct Publication {
    pub owner: Option<Spanned<String>>,
    pub drafted_at: Option<Spanned<When>>,
    pub published_at: Option<Spanned<When>>,
    pub audience: Option<Audience>,
}

/// The meeting about the incident.
#[derive(Clone, Debug, Default)]
pub struct Review {
    pub required: Option<bool>,
    pub waived_reason: Option<String>,
    pub materials_sent_at: Option<Spanned<When>>,
    pub held_at: Option<Spanned<When>>,
    pub duration_min: Option<u64>,
    pub facilitator: Option<Spanned<String>>,
    pub note_taker: Option<Spanned<String>>,
    pub participants: Vec<Participant>,
    pub sessions: Vec<Session>,
    pub agenda: Option<String>,
    pub briefing_at: Option<Spanned<When>>,
}

/// A role and the area it spoke for; no names.
#[derive(Clone, Debug)]
pub struct Participant {
    pub role: String,
    pub area: Option<String>,
}

/// One of several meetings, where the group was large.
#[derive(Clone, Debug)]
pub struct Session {
    pub held_at: Spanned<When>,
    pub team: Option<Spanned<String>>,
    pub participants: Vec<Participant>,
}

/// A look at an open action item.
#[derive(Clone, Debug)]
pub struct CheckIn {
    pub at: Date,
    pub note: Option<String>,
}

/// What a finished action item changed, as measured.
#[derive(Clone, Debug)]
pub struct MeasuredImpact {
    pub metric: String,
    pub before: f64,
    pub after: f64,
    pub n_before: Option<u64>,
    pub n_after: Option<u64>,
    pub window: Option<String>,
}
