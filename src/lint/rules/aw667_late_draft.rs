//! AW667 late-draft.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW667", name: "late-draft", level: Level::Warning },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the guide to post-incident reviews: a draft within 24 hours",
    explain: r"## What
The draft came later after the review than the policy says.
## Why
A day later half of what was said is gone.
## Bad
```yaml
review: { held_at: 2024-03-03T14:00:00Z }
report: { drafted_at: 2024-03-09T14:00:00Z }
```
## Good
```yaml
review: { held_at: 2024-03-03T14:00:00Z }
report: { drafted_at: 2024-03-04T10:00:00Z }
```
## Fix
The hours are `review.draft_hours` in site.toml.
",
    check: Check::Report(check),
};

/// Seconds in an hour.
const HOUR: i64 = 3_600;

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    let (Some(held), Some(drafted)) = (&report.review.held_at, &report.publication.drafted_at) else { return };
    let Some(seconds) = held.value.seconds_to(drafted.value) else { return };
    let limit = ctx.config.review.draft_hours;
    if seconds > i64::try_from(limit).unwrap_or(i64::MAX / HOUR).saturating_mul(HOUR) {
        ctx.at(
            &drafted.span,
            format!("the draft came {} hours after the review", seconds / HOUR),
            format!("the policy of site.toml says {limit}"),
        );
    }
}
