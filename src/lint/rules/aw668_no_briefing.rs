//! AW668 no-briefing.

use crate::{
    config::{Profile, Tier},
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW668", name: "no-briefing", level: Level::Info },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the guide to post-incident reviews: a briefing for leadership",
    explain: r"## What
A review of a severe incident without a briefing for leadership.
## Why
Leaders who are not briefed come to the review, and people talk less.
## Bad
```yaml
severity: sev1
review: { held_at: 2024-03-03T14:00:00Z }
```
## Good
```yaml
severity: sev1
review: { held_at: 2024-03-03T14:00:00Z, briefing_at: 2024-03-04T09:00:00Z }
```
## Fix
Hold it and write `review.briefing_at`, or set `review.briefing = false` in site.toml.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    let Some(held) = &report.review.held_at else { return };
    let high = ctx.config.tier(&report.severity.value) == Tier::High;
    if high && ctx.config.review.briefing && report.review.briefing_at.is_none() {
        ctx.at(
            &held.span,
            "leadership was not briefed",
            "write `review.briefing_at`, or set `review.briefing = false` in site.toml",
        );
    }
}
