//! What a report is, once it has been read: complete and typed.
//!
//! Field names and meanings are those of the front matter; domain types do not derive `Serialize`.

pub mod audience;
pub mod corpus;
pub mod deploys;
pub mod marks;
pub mod record;
pub mod sections;
pub mod time;
pub mod timeline;
pub mod words;

use crate::snapshot::{RelPath, Span, Spanned};
use record::{
    CheckIn, Deploy, Evidence, ImpactWindow, MeasuredImpact, Publication, Review, Runbook, Scope, SelfHealing, Slo,
    Toll,
};
use time::When;
use timeline::Timeline;
pub use words::{
    ActionStatus, Category, DelayReason, DelayResponse, DetectedBy, FactorRole, Horizon, Kind, Mode, Outcome, Purpose,
    Status, TriggerKind, Visibility,
};

/// One report. `title`, `severity`, `services` and `started` are always there.
#[derive(Clone, Debug)]
pub struct Report {
    pub path: RelPath,
    /// The address: from the file name unless `id` says otherwise.
    pub id: Spanned<String>,
    pub title: Spanned<String>,
    pub kind: Kind,
    /// As written; `Config::severity` resolves it.
    pub severity: Spanned<String>,
    pub status: Status,
    pub visibility: Visibility,
    pub lang: Option<String>,
    pub times: Times,
    pub services: Vec<Spanned<String>>,
    pub teams: Vec<Spanned<String>>,
    pub scope: Scope,
    pub tags: Vec<Spanned<String>>,
    pub detected_by: Option<DetectedBy>,
    /// Noticed before customers felt anything: `detected_at` may be before `started_at`.
    pub detected_early: bool,
    pub trigger: Option<Trigger>,
    pub factors: Vec<Factor>,
    pub impact: Impact,
    pub impact_windows: Vec<ImpactWindow>,
    pub recovery: Vec<Recovery>,
    pub runbook: Option<Runbook>,
    pub deploys: Vec<Deploy>,
    pub self_healing: Vec<SelfHealing>,
    pub automation_opportunity: Option<String>,
    pub evidence: Vec<Evidence>,
    pub toll: Toll,
    pub timeline: Timeline,
    pub actions: Vec<Action>,
    /// Whether every entry of `actions` could be read.
    pub actions_whole: bool,
    /// The key `actions`; where there is none, the opening `---`.
    pub actions_at: Span,
    pub no_action_reason: Option<String>,
    pub lessons: Vec<Lesson>,
    pub related: Vec<Spanned<String>>,
    /// Suggested as related and found not to be.
    pub not_related: Vec<Spanned<String>>,
    pub recurrence_of: Vec<Spanned<String>>,
    pub sources: Vec<Source>,
    pub publication: Publication,
    pub review: Review,
    /// Fields that builds for a smaller audience leave out; see `model::audience`.
    pub redact: Vec<Spanned<String>>,
    /// A duration that the front matter states in words (`duration: 2 h 5 min`), in seconds.
    pub written_duration: Option<Spanned<i64>>,
    pub sections: Vec<Section>,
    /// The Markdown after the front matter.
    pub body: String,
    /// Where the words of `body` stand.
    pub marks: marks::Marks,
    /// Where `body` begins in the file, in bytes.
    pub body_at: usize,
    /// The opening `---`: for what the front matter lacks.
    pub front_matter: Span,
    /// The parts of the file that only the organization reads, in bytes.
    pub internal: Vec<std::ops::Range<usize>>,
    /// The same report without these parts, where it has some; its offsets are those of the shorter text.
    pub outside: Option<std::sync::Arc<Report>>,
}

/// The milestones. See the metric definitions for what is measured between them.
#[derive(Clone, Debug)]
pub struct Times {
    pub started: Spanned<When>,
    pub detected: Option<Spanned<When>>,
    pub acknowledged: Option<Spanned<When>>,
    pub declared: Option<Spanned<When>>,
    pub mitigated: Option<Spanned<When>>,
    pub resolved: Option<Spanned<When>>,
    pub first_external_update: Option<Spanned<When>>,
}

impl Times {
    /// The milestones that are there, in the order they should come, with their field names.
    #[must_use]
    pub fn in_order(&self) -> Vec<(&'static str, &Spanned<When>)> {
        let all = [
            ("started_at", Some(&self.started)),
            ("detected_at", self.detected.as_ref()),
            ("acknowledged_at", self.acknowledged.as_ref()),
            ("declared_at", self.declared.as_ref()),
            ("mitigated_at", self.mitigated.as_ref()),
            ("resolved_at", self.resolved.as_ref()),
        ];
        all.into_iter().filter_map(|(name, when)| Some((name, when?))).collect()
    }
}

#[derive(Clone, Debug)]
pub struct Trigger {
    pub kind: Spanned<TriggerKind>,
    pub note: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Factor {
    pub id: Spanned<String>,
    pub role: FactorRole,
    pub note: Option<String>,
}

#[derive(Clone, Debug, Default)]
pub struct Impact {
    pub summary: Option<Spanned<String>>,
    pub customers: Option<u64>,
    /// Share of customers affected, 0 to 1.
    pub customer_share: Option<f64>,
    pub requests_failed: Option<u64>,
    pub support_tickets: Option<u64>,
    pub data_loss: Option<bool>,
    pub security: Option<bool>,
    pub slo: Vec<Slo>,
    /// Names of the numbers above that are estimates.
    pub estimated: Vec<&'static str>,
    /// Published figures, name and value as published.
    pub figures: Vec<(String, String)>,
}

/// Something that was tried to end the incident, by people or by machinery.
#[derive(Clone, Debug)]
pub struct Recovery {
    pub action: String,
    pub mode: Option<Mode>,
    pub outcome: Option<Outcome>,
    pub note: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Action {
    pub id: Spanned<String>,
    pub title: Spanned<String>,
    pub owner: Option<Spanned<String>>,
    pub created: Option<jiff::civil::Date>,
    pub due: Option<Spanned<jiff::civil::Date>>,
    /// Absent where nobody recorded it: nothing is then said of it.
    pub status: Option<Spanned<ActionStatus>>,
    pub kind: Option<Purpose>,
    pub horizon: Option<Horizon>,
    pub category: Option<Category>,
    pub priority: Option<String>,
    pub tracker: Option<String>,
    pub verify: Option<String>,
    /// Dates of deployed, tested, documented.
    pub done: Done,
    pub delay_reason: Option<Spanned<DelayReason>>,
    pub delay_response: Option<DelayResponse>,
    pub dropped_reason: Option<String>,
    pub checkins: Vec<CheckIn>,
    pub impact: Option<MeasuredImpact>,
    pub addresses: Vec<Spanned<String>>,
    pub span: Span,
}

/// Done means deployed, tested and documented.
#[derive(Clone, Debug, Default)]
pub struct Done {
    pub deployed: Option<jiff::civil::Date>,
    pub tested: Option<jiff::civil::Date>,
    pub documented: Option<jiff::civil::Date>,
}

#[derive(Clone, Debug)]
pub struct Lesson {
    pub text: Spanned<String>,
    pub category: Option<Category>,
}

#[derive(Clone, Debug)]
pub struct Source {
    pub title: String,
    pub url: Spanned<String>,
}

/// A part of the body under a heading of the second level (or the text before the first one).
#[derive(Clone, Debug)]
pub struct Section {
    /// The canonical name (`contributing-factors`), when the heading is known.
    pub name: Option<&'static str>,
    pub heading: Spanned<String>,
    /// Bytes of `Report::body` after the heading line, up to the next heading of the same or a higher level.
    pub content: std::ops::Range<usize>,
    /// Nothing there, or only a placeholder such as `TBD`.
    pub empty: bool,
}

impl Report {
    #[must_use]
    pub fn section(&self, name: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.name == Some(name))
    }

    /// The Markdown under a heading.
    #[must_use]
    pub fn section_text(&self, name: &str) -> Option<&str> {
        self.section(name).map(|section| &self.body[section.content.clone()])
    }

    #[must_use]
    pub fn is_open(&self) -> bool {
        self.times.resolved.is_none() && !matches!(self.status, Status::Closed)
    }
}

/// A page about a contributing factor: `reports/_patterns/<id>.md`.
#[derive(Clone, Debug)]
pub struct Pattern {
    pub path: RelPath,
    pub id: String,
    /// Where its file stands among those of the sources: of two pages about one factor the first counts.
    pub place: usize,
    /// Who may read it: all pages of a source are for those that its reports are for.
    pub visibility: Visibility,
    pub title: Spanned<String>,
    pub group: String,
    pub summary: String,
    pub aliases: Vec<Spanned<String>>,
    pub related: Vec<Spanned<String>>,
    pub body: String,
    pub body_at: usize,
}

/// Markdown that people wrote, and where it stands in its file.
#[derive(Clone, Copy, Debug)]
pub struct Prose<'a> {
    pub path: &'a RelPath,
    pub body: &'a str,
    /// Where `body` begins in the file, in bytes.
    pub body_at: usize,
}

/// An editor's words for a period: `reports/_digests/2021-Q4.md`.
#[derive(Clone, Debug)]
pub struct DigestNote {
    pub path: RelPath,
    pub period: String,
    pub body: String,
    pub body_at: usize,
}
