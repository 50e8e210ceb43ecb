//! AW404 short-timeline.

use crate::{
    config::{Profile, Tier},
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW404", name: "short-timeline", level: Level::Warning },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "our practice: at least three rows for severe incidents",
    explain: r"## What
A timeline with fewer than three rows in a report of high severity.
## Why
Beginning, discovery and end are the least that others need to follow it.
## Bad
```markdown
- 08:12 It breaks.
- 10:30 It works.
```
## Good
```markdown
- 08:12 It breaks.
- 08:19 The alert fires.
- 10:30 It works.
```
## Fix
Add what was seen and done, with times.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    let rows = report.timeline.entries.len();
    if (1..3).contains(&rows) && ctx.config.tier(&report.severity.value) == Tier::High {
        let span = report.timeline.entries[0].span.clone();
        ctx.at(&span, "the timeline has fewer than three rows", "add what was seen and done, with times");
    }
}
