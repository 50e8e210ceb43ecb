//! AW612 dropped-without-reason.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::{ActionStatus, Report},
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW612", name: "dropped-without-reason", level: Level::Error },
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "PagerDuty, Postmortem Documentation: decisions not to act",
    explain: r"## What
An action was dropped and nothing says why.
## Why
The decision not to act is as worth knowing as the act.
## Bad
```yaml
- { title: Add an alert, status: dropped }
```
## Good
```yaml
- { title: Add an alert, status: dropped, dropped_reason: the service is retired in May }
```
## Fix
Add `dropped_reason`.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    for action in &report.actions {
        let Some(status) = &action.status else { continue };
        if status.value == ActionStatus::Dropped && action.dropped_reason.is_none() {
            ctx.at(
                &status.span,
                format!("action {} was dropped without a reason", action.id.value),
                "add `dropped_reason`",
            );
        }
    }
}
