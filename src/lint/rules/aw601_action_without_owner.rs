//! AW601 action-without-owner.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW601", name: "action-without-owner", level: Level::Error },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "PagerDuty, Postmortem Documentation: action items; Lunney, Lueder and O'Connor in ;login: Spring 2017",
    explain: r"## What
An action item has no owner, or an owner that is nobody.
## Why
What everybody owns is seldom done.
## Bad
```yaml
- { title: Alert when a shard has fewer than 2 replicas, owner: everyone }
```
## Good
```yaml
- { title: Alert when a shard has fewer than 2 replicas, owner: shop }
```
## Fix
Name one team or role.
",
    check: Check::Report(check),
};

const NOBODY: &[&str] = &["team", "everyone", "everybody", "all", "tbd", "todo", "?", "n/a"];

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    for action in &report.actions {
        match &action.owner {
            None => ctx.at(
                &action.title.span,
                format!("action {} has no owner", action.id.value),
                "add `owner:` with one team or role",
            ),
            Some(owner) if NOBODY.contains(&owner.value.to_lowercase().as_str()) => {
                ctx.at(&owner.span, format!("`{}` is nobody in particular", owner.value), "name one team or role");
            }
            Some(_) => {}
        }
    }
}
