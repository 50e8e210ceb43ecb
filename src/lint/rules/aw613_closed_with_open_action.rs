//! AW613 closed-with-open-action.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::{ActionStatus, Report, Status},
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW613", name: "closed-with-open-action", level: Level::Error },
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "our practice: closed needs every action terminal",
    explain: r"## What
`status: closed` while an action is neither done nor dropped.
## Why
A closed report is not looked at again.
## Bad
```yaml
status: closed
actions: [{ title: Add an alert, status: open }]
```
## Good
```yaml
status: reviewed
actions: [{ title: Add an alert, status: open }]
```
## Fix
Finish or drop the action, or take the status back.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    if report.status != Status::Closed {
        return;
    }
    for action in &report.actions {
        let Some(status) = &action.status else { continue };
        if !matches!(status.value, ActionStatus::Done | ActionStatus::Dropped) {
            ctx.at(
                &status.span,
                format!("the report is closed and action {} is not", action.id.value),
                "finish or drop it, or set the report to `reviewed`",
            );
        }
    }
}
