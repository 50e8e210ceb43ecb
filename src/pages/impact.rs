//! How long a group was under impact, in words.

use super::{Input, evidence};
use crate::analyze::Group;
use serde::Serialize;

#[derive(Clone, Debug, Serialize)]
pub(super) struct Impact {
    pub duration: String,
    /// Of it wholly down, where some report says so.
    pub down: Option<String>,
    pub n: usize,
    pub left_out: usize,
    /// The page with the reports of each number.
    pub behind: String,
}

/// `None` where no report knows a window.
pub(super) fn of(input: &Input<'_>, group: &Group, page: &str) -> Option<Impact> {
    let impact = &group.impact;
    (!impact.used.is_empty()).then(|| Impact {
        duration: input.words.duration(impact.seconds),
        down: (impact.down > 0).then(|| input.words.duration(impact.down)),
        n: impact.used.len(),
        left_out: impact.left_out.len(),
        behind: evidence::url(page, group),
    })
}
