//! AW663 late-materials.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW663", name: "late-materials", level: Level::Warning },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the guide to post-incident reviews: materials a day before",
    explain: r"## What
The materials went out less than a day before the review, or after it.
## Why
People who read them in the meeting do not talk in it.
## Bad
```yaml
review: { materials_sent_at: 2024-03-03T13:00:00Z, held_at: 2024-03-03T14:00:00Z }
```
## Good
```yaml
review: { materials_sent_at: 2024-03-02T13:00:00Z, held_at: 2024-03-03T14:00:00Z }
```
## Fix
Send timeline, impact and metrics a day before; the hours are `review.materials_hours` in site.toml.
",
    check: Check::Report(check),
};

/// Seconds in an hour.
const HOUR: i64 = 3_600;

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    let (Some(sent), Some(held)) = (&report.review.materials_sent_at, &report.review.held_at) else { return };
    let Some(seconds) = sent.value.seconds_to(held.value) else { return };
    let limit = ctx.config.review.materials_hours;
    if seconds < i64::try_from(limit).unwrap_or(0).saturating_mul(HOUR) {
        ctx.at(
            &sent.span,
            format!("the materials went out {} hours before the review", seconds.div_euclid(HOUR)),
            format!("the policy of site.toml asks for {limit}"),
        );
    }
}
