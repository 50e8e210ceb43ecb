//! AW422 window-outside-incident.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW422", name: "window-outside-incident", level: Level::Warning },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "our practice: impact windows inside the incident",
    explain: r"## What
An impact window that begins before the incident or ends after it.
## Why
Downtime is computed from windows; minutes outside count for the wrong period.
## Bad
```yaml
impact_windows:
  - { from: 2024-03-01T07:00:00Z, to: 2024-03-01T08:59:00Z, degree: 1 }
```
## Good
```yaml
impact_windows:
  - { from: 2024-03-01T08:12:00Z, to: 2024-03-01T08:59:00Z, degree: 1 }
```
## Fix
Correct the window or the times of the incident.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    for window in &report.impact_windows {
        if report.times.started.value.is_after(window.from.value) {
            ctx.at(&window.from.span, "this window begins before the incident", "correct it, or `started_at`");
        }
        if report.times.resolved.as_ref().is_some_and(|end| window.to.value.is_after(end.value)) {
            ctx.at(&window.to.span, "this window ends after the incident", "correct it, or `resolved_at`");
        }
    }
}
