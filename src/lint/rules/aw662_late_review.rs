//! AW662 late-review.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW662", name: "late-review", level: Level::Warning },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the guide to post-incident reviews: within 72 hours",
    explain: r"## What
The review was held later than the policy allows, or before the impact ended.
## Why
After three days people remember the story and not the facts.
## Bad
```yaml
review: { held_at: 2024-03-20T14:00:00Z }
```
## Good
```yaml
review: { held_at: 2024-03-03T14:00:00Z }
```
## Fix
Set `review.within_hours` in site.toml to what your policy is; correct the date where it is a slip.
",
    check: Check::Report(check),
};

/// Seconds in an hour.
const HOUR: i64 = 3_600;

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    let Some(held) = &report.review.held_at else { return };
    let Some(end) = report.times.mitigated.as_ref().or(report.times.resolved.as_ref()) else { return };
    let Some(seconds) = end.value.seconds_to(held.value) else { return };
    let limit = ctx.config.review.within_hours;
    if seconds < 0 {
        ctx.at(&held.span, "the review was held before the impact ended", "correct `review.held_at`");
    } else if seconds / HOUR >= i64::try_from(limit).unwrap_or(i64::MAX) {
        ctx.at(
            &held.span,
            format!("the review was held {} hours after the impact ended", seconds / HOUR),
            format!("the policy of site.toml allows {limit}"),
        );
    }
}
