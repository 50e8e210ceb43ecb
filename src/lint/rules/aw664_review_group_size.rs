//! AW664 review-group-size.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW664", name: "review-group-size", level: Level::Info },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the guide to post-incident reviews: a core group of five to eight",
    explain: r"## What
Fewer or more participants than the policy says.
## Why
Few miss a view; many do not talk. Large groups meet in sessions.
## Bad
```yaml
review: { participants: [{ role: responder }] }
```
## Good
```yaml
review: { participants: [ … five to eight … ] }
```
## Fix
Invite who is missing, or hold sessions; the range is `review.participants` in site.toml.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    let Some(held) = &report.review.held_at else { return };
    let people = report.review.participants.len() as u64;
    let (from, to) = ctx.config.review.participants;
    if people > 0 && !(from..=to).contains(&people) {
        ctx.at(
            &held.span,
            format!("{people} took part in the review"),
            format!("the policy of site.toml says {from} to {to}; large groups meet in `sessions`"),
        );
    }
}
