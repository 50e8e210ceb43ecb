//! The rules that reading itself applies, below the lint floor: files, YAML, front matter, times.
//!
//! Their explanations live beside those of all other rules, in `lint/rules`.

use super::{Level, RuleId};

const fn error(code: &'static str, name: &'static str) -> RuleId {
    RuleId { code, name, level: Level::Error }
}

const fn warning(code: &'static str, name: &'static str) -> RuleId {
    RuleId { code, name, level: Level::Warning }
}

pub const UNREADABLE_FILE: RuleId = error("AW001", "unreadable-file");
pub const OVERSIZED_FILE: RuleId = error("AW002", "oversized-file");
pub const SYMLINK: RuleId = error("AW003", "symlink");
pub const NOT_A_FILE: RuleId = warning("AW004", "not-a-file");
pub const NO_GIT_DATES: RuleId = RuleId { code: "AW005", name: "no-git-dates", level: Level::Info };
pub const MISSING_SOURCE: RuleId = error("AW009", "missing-source");

pub const MISSING_FRONT_MATTER: RuleId = error("AW101", "missing-front-matter");
pub const INVALID_SYNTAX: RuleId = error("AW102", "invalid-syntax");
pub const DUPLICATE_KEY: RuleId = error("AW103", "duplicate-key");
pub const UNSUPPORTED_YAML: RuleId = error("AW104", "unsupported-yaml");
pub const TOO_COMPLEX: RuleId = error("AW105", "too-complex");
pub const UNKNOWN_KEY: RuleId = error("AW106", "unknown-key");
pub const MISSING_FIELD: RuleId = error("AW107", "missing-field");
pub const WRONG_TYPE: RuleId = error("AW108", "wrong-type");
pub const UNKNOWN_VALUE: RuleId = error("AW109", "unknown-value");

pub const TIME_WITHOUT_OFFSET: RuleId = error("AW201", "time-without-offset");
pub const IMPOSSIBLE_TIME: RuleId = error("AW202", "impossible-time");

pub const UNREADABLE_TIMELINE_TIME: RuleId = warning("AW402", "unreadable-timeline-time");
pub const DEPLOYS_FILE: RuleId = error("AW812", "deploys-file");
pub const TWO_TIMELINES: RuleId = warning("AW403", "two-timelines");
