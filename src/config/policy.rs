//! What a team holds its reports to: the profile of rules, the policy of reviews, the glossary.

use super::Config;
use crate::{
    diag::{Diagnostic, reader},
    model::Visibility,
    snapshot::Spanned,
    tree::{Fields, Node, Reader},
};
use std::collections::BTreeMap;

/// How much is asked of reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Profile {
    /// That reports can be read and published.
    Starter,
    /// What makes a report useful, as warnings.
    #[default]
    Standard,
    /// Everything, and warnings about facts, sections and actions are errors.
    Strict,
}

impl Profile {
    pub const ALL: &'static [(&'static str, Self)] =
        &[("starter", Self::Starter), ("standard", Self::Standard), ("strict", Self::Strict)];

    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Starter => "starter",
            Self::Standard => "standard",
            Self::Strict => "strict",
        }
    }
}

/// How much a severity asks of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    Low,
    Medium,
    High,
}

impl Tier {
    pub const ALL: &'static [(&'static str, Self)] =
        &[("low", Self::Low), ("medium", Self::Medium), ("high", Self::High)];
}

/// `[review]`: what a review of an incident is held to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReviewPolicy {
    /// Hours from the end of impact to the meeting, at most.
    pub within_hours: u64,
    /// Hours from sending the materials to the meeting, at least.
    pub materials_hours: u64,
    /// People in the core group, from and to.
    pub participants: (u64, u64),
    /// Minutes of the meeting, from and to.
    pub minutes: (u64, u64),
    /// Hours from the meeting to the draft, at most.
    pub draft_hours: u64,
    /// Whether incidents of the high tier need a briefing for leadership.
    pub briefing: bool,
}

impl Default for ReviewPolicy {
    fn default() -> Self {
        Self {
            within_hours: 72,
            materials_hours: 24,
            participants: (5, 8),
            minutes: (60, 90),
            draft_hours: 24,
            briefing: true,
        }
    }
}

/// `[cost]`: what time is worth, for estimates.
#[derive(Clone, Debug, PartialEq)]
pub struct CostPolicy {
    /// ISO 4217; `None` where nothing is estimated.
    pub currency: Option<String>,
    /// An hour of a person of any role, in the smallest unit.
    pub hour: Option<u64>,
    /// The same for roles by the names that reports use; never for a person.
    pub rates: BTreeMap<String, u64>,
    /// Sites for a smaller circle say nothing of cost.
    pub visibility: Visibility,
}

impl Default for CostPolicy {
    fn default() -> Self {
        Self { currency: None, hour: None, rates: BTreeMap::new(), visibility: Visibility::Internal }
    }
}

/// `[glossary]`: a term and what it means, or what to write instead.
pub type Glossary = BTreeMap<String, String>;

/// Reads `profile`, `[review]` and `[glossary]`.
pub(super) fn read(reader: &mut Reader, fields: &mut Fields<'_>, config: &mut Config) {
    if let Some(node) = fields.take("profile")
        && let Some(profile) = reader.choice(node, "profile", Profile::ALL)
    {
        config.profile = profile.value;
    }
    if let Some(mut review) = fields.take("review").and_then(|node| reader.fields(node)) {
        review_policy(reader, &mut review, &mut config.review);
        review.finish(reader);
    }
    if let Some(mut glossary) = fields.take("glossary").and_then(|node| reader.fields(node)) {
        let entry =
            |reader: &mut Reader, key: &Spanned<String>, node| Some((key.value.clone(), reader.text(node)?.value));
        config.glossary = glossary.rest().into_iter().filter_map(|(key, node)| entry(reader, key, node)).collect();
    }
}

/// Reads `[cost]`.
pub(super) fn cost(reader: &mut Reader, node: &Node, policy: &mut CostPolicy) {
    let Some(mut fields) = reader.fields(node) else { return };
    policy.currency = fields.require(reader, "currency", &node.span).and_then(|node| currency(reader, node));
    policy.hour = fields.take("hour").and_then(|node| reader.count(node));
    if let Some(mut rates) = fields.take("rates").and_then(|node| reader.fields(node)) {
        let rate = |(role, node): (&Spanned<String>, &Node)| Some((role.value.clone(), reader.count(node)?));
        policy.rates = rates.rest().into_iter().filter_map(rate).collect();
    }
    if let Some(node) = fields.take("visibility")
        && let Some(visibility) = reader.choice(node, "visibility", Visibility::ALL)
    {
        policy.visibility = visibility.value;
    }
    fields.finish(reader);
}

/// Three capitals.
fn currency(reader: &mut Reader, node: &Node) -> Option<String> {
    let text = reader.text(node)?;
    if text.value.len() == 3 && text.value.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Some(text.value);
    }
    let message = format!("`{}` is no currency", text.value);
    reader.push(
        Diagnostic::new(self::reader::UNKNOWN_VALUE, &text.span, message).help("write three capitals, as in `EUR`"),
    );
    None
}

fn review_policy(reader: &mut Reader, fields: &mut Fields<'_>, policy: &mut ReviewPolicy) {
    for (key, place) in [
        ("within_hours", &mut policy.within_hours),
        ("materials_hours", &mut policy.materials_hours),
        ("draft_hours", &mut policy.draft_hours),
    ] {
        if let Some(hours) = fields.take(key).and_then(|node| reader.count(node)) {
            *place = hours;
        }
    }
    for (key, place) in [("participants", &mut policy.participants), ("minutes", &mut policy.minutes)] {
        if let Some(range) = fields.take(key).and_then(|node| from_to(reader, node)) {
            *place = range;
        }
    }
    if let Some(briefing) = fields.take("briefing").and_then(|node| reader.bool(node)) {
        policy.briefing = briefing;
    }
}

/// `[5, 8]`.
fn from_to(reader: &mut Reader, node: &Node) -> Option<(u64, u64)> {
    let numbers: Vec<u64> = reader.list(node).iter().filter_map(|item| reader.count(item)).collect();
    match numbers[..] {
        [from, to] if from <= to => Some((from, to)),
        _ => {
            let finding = crate::diag::Diagnostic::new(
                crate::diag::reader::WRONG_TYPE,
                &node.span,
                "expected two numbers, from and to",
            );
            reader.push(finding.help("write them as in `[5, 8]`"));
            None
        }
    }
}
