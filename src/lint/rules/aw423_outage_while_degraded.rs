//! AW423 outage-while-degraded.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW423", name: "outage-while-degraded", level: Level::Info },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "PagerDuty, Postmortem Documentation: outage and degradation",
    explain: r"## What
The title says `outage` while every impact window has a degree below 1.
## Why
An outage is the loss of the whole; a part is a degradation. Readers compare by the word.
## Bad
```yaml
title: Checkout outage
impact_windows: [{ …, degree: 0.2 }]
```
## Good
```yaml
title: Checkout degraded for one customer in five
impact_windows: [{ …, degree: 0.2 }]
```
## Fix
Say degraded or partial, or correct the degree.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    let windows = &report.impact_windows;
    let title = report.title.value.to_lowercase();
    if !windows.is_empty()
        && windows.iter().all(|window| window.degree < 1.0)
        && title.contains("outage")
        && !title.contains("partial")
    {
        ctx.at(
            &report.title.span,
            "an outage of a part is a degradation",
            "write `degraded` or `partial outage`, or correct the degree",
        );
    }
}
