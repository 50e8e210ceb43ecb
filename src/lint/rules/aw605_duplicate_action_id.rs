//! AW605 duplicate-action-id.

use crate::{
    config::Profile,
    diag::{Diagnostic, Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW605", name: "duplicate-action-id", level: Level::Error },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "PagerDuty, Postmortem Documentation: action items; Lunney, Lueder and O'Connor in ;login: Spring 2017",
    explain: r"## What
Two action items of a report have the same id.
## Why
References to it are ambiguous.
## Bad
```yaml
- { id: A1, title: Add an alert }
- { id: A1, title: Test it }
```
## Good
```yaml
- { id: A1, title: Add an alert }
- { id: A2, title: Test it }
```
## Fix
Give each its own id.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    for (index, action) in report.actions.iter().enumerate() {
        if let Some(first) = report.actions[..index].iter().find(|other| other.id.value == action.id.value) {
            ctx.report(|rule| {
                Diagnostic::new(rule, &action.id.span, format!("`{}` is written twice", action.id.value))
                    .also(&first.id.span, "first written here")
                    .help("give each action its own id")
            });
        }
    }
}
