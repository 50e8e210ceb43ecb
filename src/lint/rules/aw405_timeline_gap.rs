//! AW405 timeline-gap.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW405", name: "timeline-gap", level: Level::Info },
    profile: Profile::Strict,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the guide to post-incident reviews: what was known, thought and tried, and when",
    explain: r"## What
Between detection and mitigation, nothing is told for half an hour or longer that is also a third of that time.
## Why
What was looked at and ruled out in the meantime is what the next responder needs.
## Bad
```markdown
| 08:19 | The alert fires. |
| 11:40 | The pool is enlarged. |
```
## Good
```markdown
| 08:19 | The alert fires. |
| 08:40 | The database is looked at and ruled out. |
| 11:40 | The pool is enlarged. |
```
## Fix
Add what was seen, tried and ruled out.
",
    check: Check::Report(check),
};

const HALF_HOUR: i64 = 1_800;

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    let end = report.times.mitigated.as_ref().or(report.times.resolved.as_ref());
    let (Some(from), Some(to)) = (&report.times.detected, end) else { return };
    let Some(whole) = from.value.seconds_to(to.value) else { return };
    let inside =
        report.timeline.entries.iter().filter(|row| !from.value.is_after(row.at) && !row.at.is_after(to.value));
    let rows: Vec<_> = inside.collect();
    let Some(last) = rows.last() else { return };
    let times = || [from.value].into_iter().chain(rows.iter().map(|row| row.at)).chain([to.value]);
    let places = rows.iter().map(|row| (row, "before")).chain([(last, "after")]);
    for ((before, after), (row, side)) in times().zip(times().skip(1)).zip(places) {
        let Some(gap) = before.seconds_to(after) else { continue };
        if gap >= HALF_HOUR && gap * 3 > whole {
            let message = format!("nothing is told of the {} minutes {side} this row", gap / 60);
            ctx.at(&row.span, message, "add what was seen, tried and ruled out");
        }
    }
}
