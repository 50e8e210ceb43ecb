//! AW208 long-incident.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW208", name: "long-incident", level: Level::Warning },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "real repositories: 8 of 376 reports last more than 30 days, most by a slip",
    explain: r"## What
The incident lasts more than 30 days.
## Why
Most often the month or the year is wrong. Some incidents do last as long.
## Bad
```yaml
started_at: 2024-03-01T08:12:00Z
resolved_at: 2024-05-01T10:30:00Z
```
## Good
```yaml
started_at: 2024-03-01T08:12:00Z
resolved_at: 2024-03-01T10:30:00Z
```
## Fix
Correct the date, or allow it with the reason.
",
    check: Check::Report(check),
};

const DAYS: i64 = 30;

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    let Some(resolved) = &report.times.resolved else { return };
    let days = (resolved.value.sort_key().as_second() - report.times.started.value.sort_key().as_second()) / 86_400;
    if days > DAYS {
        ctx.at(
            &resolved.span,
            format!("the incident lasts {days} days"),
            "correct the date, or allow this with a reason",
        );
    }
}
