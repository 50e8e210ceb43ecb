//! AW610 overdue-without-reason.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::{ActionStatus, Report},
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW610", name: "overdue-without-reason", level: Level::Warning },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the guide to post-incident reviews: reasons for delay",
    explain: r"## What
An open action past its due date without `delay_reason`.
## Why
Unclear requirements, competing priorities and a lack of resources need different answers.
## Bad
```yaml
- { title: Add an alert, due: 2024-03-15, status: open }
```
## Good
```yaml
- { title: Add an alert, due: 2024-03-15, status: open, delay_reason: competing-priorities }
```
## Fix
Finish it, drop it with a reason, or say why it is late.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    for action in &report.actions {
        let (Some(due), Some(status)) = (&action.due, &action.status) else { continue };
        let open = !matches!(status.value, ActionStatus::Done | ActionStatus::Dropped);
        if open && due.value < ctx.today && action.delay_reason.is_none() {
            ctx.at(
                &due.span,
                format!("action {} is overdue and nothing says why", action.id.value),
                "add `delay_reason: competing-priorities`, `unclear-requirements`, `lack-of-resources` or `other`",
            );
        }
    }
}
