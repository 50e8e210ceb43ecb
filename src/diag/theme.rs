//! The rules that a theme is held to: `check` applies the first three and that on texts, `theme check` applies all.
//!
//! Their explanations live beside those of all other rules, in `lint/rules`.

use super::{Level, RuleId};

const fn error(code: &'static str, name: &'static str) -> RuleId {
    RuleId { code, name, level: Level::Error }
}

pub const UNKNOWN_FILE: RuleId = error("AW821", "unknown-theme-file");
pub const OUTDATED_OVERRIDE: RuleId = RuleId { code: "AW822", name: "outdated-override", level: Level::Warning };
pub const UNMARKED_OVERRIDE: RuleId = RuleId { code: "AW823", name: "unmarked-override", level: Level::Info };
pub const FAILING_TEMPLATE: RuleId = error("AW824", "failing-template");
pub const LOW_CONTRAST: RuleId = error("AW825", "low-contrast");
pub const INLINE_CODE: RuleId = error("AW826", "inline-code");
pub const PAGE_STRUCTURE: RuleId = error("AW827", "page-structure");
pub const REPEATED_ID: RuleId = error("AW828", "repeated-id");
pub const DEAD_SITE_LINK: RuleId = error("AW829", "dead-site-link");
pub const UNKNOWN_TEXT: RuleId = error("AW830", "unknown-text");
