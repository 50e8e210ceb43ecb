//! AW207 closed-without-end.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::{Report, Status},
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW207", name: "closed-without-end", level: Level::Warning },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "PagerDuty, Postmortem Documentation: statuses",
    explain: r"## What
`status: closed` and no `resolved_at`.
## Why
The incident counts as still going on in every number.
## Bad
```yaml
status: closed
```
## Good
```yaml
status: closed
resolved_at: 2024-03-01T10:30:00Z
```
## Fix
Write when it was resolved, or take the status back.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    if report.status == Status::Closed && report.times.resolved.is_none() && report.times.mitigated.is_none() {
        ctx.at(
            &report.front_matter,
            "closed, and never resolved",
            "add `resolved_at`; without it the incident counts as open",
        );
    }
}
