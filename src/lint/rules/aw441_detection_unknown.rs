//! AW441 detection-unknown.

use crate::{
    config::{Profile, Tier},
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW441", name: "detection-unknown", level: Level::Warning },
    profile: Profile::Strict,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "Google, Site Reliability Workbook, chapter 10: detection",
    explain: r"## What
A report of high severity that does not say how, or when, the incident was noticed.
## Why
Time to detect is the part that monitoring can shorten; without it nobody sees whether it does.
## Bad
```yaml
started_at: 2024-03-01T08:12:00Z
```
## Good
```yaml
started_at: 2024-03-01T08:12:00Z
detected_at: 2024-03-01T08:19:00Z
detected_by: alert
```
## Fix
Add `detected_at` and `detected_by`.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    if ctx.config.tier(&report.severity.value) != Tier::High {
        return;
    }
    if report.times.detected.is_none() {
        ctx.at(&report.front_matter, "nothing says when it was noticed", "add `detected_at`");
    }
    if report.detected_by.is_none() {
        ctx.at(&report.front_matter, "nothing says how it was noticed", "add `detected_by: alert`, `customer`, …");
    }
}
