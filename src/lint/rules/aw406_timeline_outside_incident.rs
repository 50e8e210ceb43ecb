//! AW406 timeline-outside-incident.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW406", name: "timeline-outside-incident", level: Level::Warning },
    profile: Profile::Strict,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "real repositories: rows of another year",
    explain: r"## What
A row more than seven days before the start or after the end of the incident.
## Why
Most often a date was copied or a midnight was missed.
## Bad
```markdown
| 2023-03-01 08:12 | A node is lost. |
```
## Good
```markdown
| 2024-03-01 08:12 | A node is lost. |
```
## Fix
Correct the date; tell the prehistory in the background.
",
    check: Check::Report(check),
};

const WEEK: i64 = 7 * 86_400;

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    let start = report.times.started.value.sort_key().as_second();
    let Some(end) = report.times.resolved.as_ref().map(|end| end.value.sort_key().as_second()) else { return };
    for entry in &report.timeline.entries {
        let at = entry.at.sort_key().as_second();
        if at < start - WEEK || at > end + WEEK {
            let side = if at < start { "before the incident" } else { "after the incident" };
            ctx.at(
                &entry.span,
                format!("this row is more than a week {side}"),
                "correct the date, or allow this with a reason",
            );
        }
    }
}
