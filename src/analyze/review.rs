//! Whether the review of an incident was held in the time that the repository allows.

use crate::{config::Config, model::Report};

/// True when the meeting was held within `review.within_hours` of the end of impact. `None` where the meeting or the
/// end is not recorded to the second, and where no review was asked for or it was waived.
#[must_use]
pub fn on_time(config: &Config, report: &Report) -> Option<bool> {
    if !is_required(config, report) {
        return None;
    }
    let held = report.review.held_at.as_ref()?.value;
    let ended = report.times.mitigated.as_ref().or(report.times.resolved.as_ref())?.value;
    let allowed = i64::try_from(config.review.within_hours).unwrap_or(i64::MAX / 3600).saturating_mul(3600);
    Some(ended.seconds_to(held)? <= allowed)
}

/// Whether a review is asked for: by the report, else by its severity.
#[must_use]
pub fn is_required(config: &Config, report: &Report) -> bool {
    let by_severity = || config.severity(&report.severity.value).is_some_and(|severity| severity.review_required);
    report.review.waived_reason.is_none() && report.review.required.unwrap_or_else(by_severity)
}
