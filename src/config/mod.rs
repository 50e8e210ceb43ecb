//! `site.toml` → [`Config`]: severities, services, teams, rules. Values are spanned, so that a finding can point here too.

use crate::{
    diag::Level,
    snapshot::{RelPath, Span, Spanned},
};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

pub mod defaults;
mod policy;
pub mod read;
mod sources;
pub mod toml_tree;

pub use policy::{CostPolicy, Glossary, Profile, ReviewPolicy, Tier};
pub use read::{LEVELS, parse};
pub use sources::Source;

/// What the repository says of itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    pub title: String,
    pub description: String,
    /// Absolute address of the published site, ending in `/`; empty when not known.
    pub base_url: String,
    /// What ids in feeds and calendars begin with (`tag:incidents.example.com,2024`); from `base_url` when absent.
    pub feed_id: Option<String>,
    /// Where a file can be changed, with `{path}` for its path in the repository.
    pub edit_url: Option<String>,
    pub lang: String,
    pub time_zone: TimeZone,
    pub time_zone_name: String,
    /// Where the reports are, `reports` by default.
    pub reports_dir: String,
    /// Reports of other repositories; see [`Config::reports_folders`].
    pub sources: Vec<Source>,
    pub output_dir: String,
    /// A folder whose `templates/` and `static/` override the built-in theme file by file.
    pub theme_dir: Option<String>,
    /// From most to least severe.
    pub severities: Vec<Severity>,
    pub services: BTreeMap<String, Service>,
    pub teams: BTreeMap<String, Team>,
    pub profile: Profile,
    pub rules: Vec<RuleOverride>,
    pub review: ReviewPolicy,
    pub cost: CostPolicy,
    /// A file that says how many changes went out on each day.
    pub deploys: Option<Spanned<String>>,
    pub glossary: Glossary,
    /// Extra names for sections: what people write → canonical name.
    pub section_aliases: BTreeMap<String, &'static str>,
    pub limits: Limits,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Severity {
    pub id: Spanned<String>,
    pub name: String,
    pub meaning: String,
    pub aliases: Vec<String>,
    pub review_required: bool,
    pub tier: Tier,
    /// Canonical names of the sections that a report of this severity must have.
    pub sections: Vec<&'static str>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    pub id: Spanned<String>,
    pub name: String,
    pub team: Option<Spanned<String>>,
    pub about: String,
    pub tier: Option<u64>,
    pub aliases: Vec<String>,
    /// The share of good service that is promised, above 0 and below 1.
    pub objective: Option<f64>,
    /// Revenue that a minute without it loses, in the smallest unit of the currency of `[cost]`.
    pub revenue_per_minute: Option<u64>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Team {
    pub id: Spanned<String>,
    pub name: String,
    pub about: String,
}

/// `[rules.AW601] level = "off" reason = "…"`, perhaps only for some paths.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleOverride {
    /// The code, the beginning of codes (`AW7`), or the name, as written.
    pub rule: Spanned<String>,
    /// `None` is off.
    pub level: Option<Level>,
    pub reason: String,
    /// Path prefixes; empty means everywhere.
    pub paths: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    pub file_bytes: u64,
    pub front_matter_bytes: usize,
    pub files: usize,
    /// Of all files together; beyond it none of them is read.
    pub total_bytes: u64,
    /// Published files beside reports above this are a finding.
    pub asset_bytes: u64,
}

impl RuleOverride {
    /// Whether it speaks of this rule.
    #[must_use]
    pub fn names(&self, rule: crate::diag::RuleId) -> bool {
        let group = self.rule.value.starts_with("AW") && rule.code.starts_with(&self.rule.value);
        group || self.rule.value == rule.name
    }
}

impl Config {
    /// The severity a report names, by id or alias, without regard to case.
    #[must_use]
    pub fn severity(&self, written: &str) -> Option<&Severity> {
        let named = |severity: &&Severity| severity.id.value == written;
        self.severities.iter().find(named).or_else(|| {
            self.severities.iter().find(|severity| {
                severity.id.value.eq_ignore_ascii_case(written)
                    || severity.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(written))
            })
        })
    }

    /// How much is asked of a report of this severity.
    #[must_use]
    pub fn tier(&self, written: &str) -> Tier {
        self.severity(written).map_or(Tier::Medium, |severity| severity.tier)
    }

    /// Rank by severity, 0 the most severe; unknown ones last.
    #[must_use]
    pub fn severity_rank(&self, written: &str) -> usize {
        let same = |severity: &&Severity| self.severity(written).is_some_and(|found| std::ptr::eq(*severity, found));
        self.severities.iter().position(|severity| same(&severity)).unwrap_or(self.severities.len())
    }

    /// The service a report names, by id or alias.
    #[must_use]
    pub fn service(&self, written: &str) -> Option<&Service> {
        self.services
            .get(written)
            .or_else(|| self.services.values().find(|service| service.aliases.iter().any(|alias| alias == written)))
    }

    /// The id of the service that a report names; the name as written where there is none.
    #[must_use]
    pub fn service_id<'a>(&'a self, written: &'a str) -> &'a str {
        self.service(written).map_or(written, |service| service.id.value.as_str())
    }

    /// The configuration for an audience: without what cost is computed from, where that is for a larger circle only.
    #[must_use]
    pub fn for_audience(&self, audience: crate::model::Visibility) -> std::borrow::Cow<'_, Self> {
        if audience >= self.cost.visibility {
            return std::borrow::Cow::Borrowed(self);
        }
        let mut shown = self.clone();
        shown.cost = CostPolicy { visibility: self.cost.visibility, ..CostPolicy::default() };
        shown.services.values_mut().for_each(|service| service.revenue_per_minute = None);
        std::borrow::Cow::Owned(shown)
    }

    /// Where `site.toml` is, for findings that concern it as a whole.
    #[must_use]
    pub fn path() -> RelPath {
        RelPath::new("site.toml").expect("a constant path")
    }

    #[must_use]
    pub fn span() -> Span {
        Span::start_of(&Self::path())
    }
}
