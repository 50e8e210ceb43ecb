//! AW665 review-length.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW665", name: "review-length", level: Level::Info },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the guide to post-incident reviews: 60 to 90 minutes",
    explain: r"## What
A review shorter or longer than the policy says.
## Why
Short ones skip the decision points; after 90 minutes nobody listens.
## Bad
```yaml
review: { duration_min: 15 }
```
## Good
```yaml
review: { duration_min: 75 }
```
## Fix
The range is `review.minutes` in site.toml.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    let (Some(held), Some(minutes)) = (&report.review.held_at, report.review.duration_min) else { return };
    let (from, to) = ctx.config.review.minutes;
    if !(from..=to).contains(&minutes) {
        ctx.at(
            &held.span,
            format!("the review took {minutes} minutes"),
            format!("the policy of site.toml says {from} to {to}"),
        );
    }
}
