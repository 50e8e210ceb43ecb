//! AW661 review-missing.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW661", name: "review-missing", level: Level::Warning },
    profile: Profile::Strict,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the guide to post-incident reviews: when a review is needed",
    explain: r"## What
A severity that asks for a review, an incident that ended longer ago than the policy allows, and no review.
## Why
What is not looked at while memory is fresh is not looked at.
## Bad
```yaml
severity: sev1
```
## Good
```yaml
severity: sev1
review: { held_at: 2024-03-03T14:00:00Z }
```
## Fix
Hold it and write `review.held_at`, or `review.waived_reason`.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    let config = ctx.config;
    let asked = config.severity(&report.severity.value).is_some_and(|severity| severity.review_required);
    let review = &report.review;
    let settled = review.held_at.is_some() || review.waived_reason.is_some() || !review.sessions.is_empty();
    let Some(end) = report.times.mitigated.as_ref().or(report.times.resolved.as_ref()) else { return };
    let hours = i64::try_from(config.review.within_hours).unwrap_or(i64::MAX);
    let days = (ctx.today - end.value.date(&config.time_zone)).get_days();
    if review.required.unwrap_or(asked) && !settled && i64::from(days) * 24 > hours {
        ctx.at(
            &report.front_matter,
            format!("no review after {days} days"),
            "hold it and write `review.held_at`, or say why not in `review.waived_reason`",
        );
    }
}
