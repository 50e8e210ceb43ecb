//! AW602 action-without-due.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::{ActionStatus, Report},
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW602", name: "action-without-due", level: Level::Warning },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "PagerDuty, Postmortem Documentation: action items; Lunney, Lueder and O'Connor in ;login: Spring 2017",
    explain: r"## What
An open action item has no due date.
## Why
Without a date nobody can see that it is late.
## Bad
```yaml
- { title: Alert on shards, owner: shop }
```
## Good
```yaml
- { title: Alert on shards, owner: shop, due: 2024-03-15 }
```
## Fix
Add a date: about a week for a quick fix, 30 to 90 days for larger work.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    let open = report.actions.iter().filter(|action| {
        let status = action.status.as_ref().map(|status| status.value);
        !matches!(status, Some(ActionStatus::Done | ActionStatus::Dropped))
    });
    for action in open.filter(|action| action.due.is_none()) {
        ctx.at(&action.title.span, format!("action {} has no due date", action.id.value), "add `due: 2024-03-15`");
    }
}
