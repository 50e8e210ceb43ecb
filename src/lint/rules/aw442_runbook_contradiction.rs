//! AW442 runbook-contradiction.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::{Report, words::Presence},
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW442", name: "runbook-contradiction", level: Level::Warning },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "our practice: used needs existed",
    explain: r"## What
A runbook that did not exist was used.
## Why
One of the two is a slip; the share of incidents with a runbook is counted from it.
## Bad
```yaml
runbook: { existed: no, used: true }
```
## Good
```yaml
runbook: { existed: partial, used: true }
```
## Fix
Correct one of them.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    let Some(runbook) = &report.runbook else { return };
    if runbook.used == Some(true) && runbook.existed == Presence::No {
        ctx.at(&report.front_matter, "a runbook that did not exist was used", "correct `existed` or `used`");
    }
}
