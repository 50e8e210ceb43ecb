//! What holds where `site.toml` says nothing.

use super::{Config, CostPolicy, Limits, Profile, ReviewPolicy, Severity, Tier};
use crate::snapshot::Spanned;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// File ≤ 1 MiB, front matter ≤ 64 KiB, at most 200,000 files, an image ≤ 1 MiB.
pub const LIMITS: Limits = Limits {
    file_bytes: 1 << 20,
    front_matter_bytes: 64 << 10,
    files: 200_000,
    total_bytes: 1_000_000_000,
    asset_bytes: 1 << 20,
};

/// (id, name, meaning, aliases, review required, sections).
type SeverityRow = (&'static str, &'static str, &'static str, &'static [&'static str], bool, &'static [&'static str]);

const SEVERITIES: &[SeverityRow] = &[
    (
        "sev1",
        "Severity 1",
        "A long outage for customers, significant loss of data, or a breach of security.",
        &["p1", "s1", "critical"],
        true,
        &["summary", "impact", "timeline", "contributing-factors", "response", "lessons", "actions"],
    ),
    (
        "sev2",
        "Severity 2",
        "A serious disruption for many customers.",
        &["p2", "s2", "major"],
        true,
        &["summary", "impact", "timeline", "contributing-factors", "response", "lessons", "actions"],
    ),
    (
        "sev3",
        "Severity 3",
        "A partial disruption, or a failure of internal tools without direct effect on customers.",
        &["p3", "s3", "minor"],
        false,
        &["summary", "impact", "timeline", "contributing-factors"],
    ),
    ("sev4", "Severity 4", "Minor, isolated and quick.", &["p4", "s4", "low"], false, &["summary", "timeline"]),
];

/// The severities used when `site.toml` describes none.
#[must_use]
pub fn severities() -> Vec<Severity> {
    let rows = SEVERITIES.iter();
    rows.map(|&(id, name, meaning, aliases, review_required, sections)| Severity {
        id: Spanned { value: id.into(), span: Config::span() },
        name: name.into(),
        meaning: meaning.into(),
        aliases: aliases.iter().map(|alias| (*alias).into()).collect(),
        review_required,
        tier: if review_required {
            Tier::High
        } else if id == "sev4" {
            Tier::Low
        } else {
            Tier::Medium
        },
        sections: sections.to_vec(),
    })
    .collect()
}

/// A configuration with nothing configured.
#[must_use]
pub fn config() -> Config {
    Config {
        title: "Incident reports".into(),
        description: String::new(),
        base_url: String::new(),
        feed_id: None,
        edit_url: None,
        lang: "en".into(),
        time_zone: TimeZone::UTC,
        time_zone_name: "UTC".into(),
        reports_dir: "reports".into(),
        sources: Vec::new(),
        output_dir: "public".into(),
        theme_dir: None,
        severities: severities(),
        services: BTreeMap::new(),
        teams: BTreeMap::new(),
        profile: Profile::default(),
        rules: Vec::new(),
        review: ReviewPolicy::default(),
        cost: CostPolicy::default(),
        deploys: None,
        glossary: BTreeMap::new(),
        section_aliases: BTreeMap::new(),
        limits: LIMITS,
    }
}
