//! AW521 no-factor.

use crate::{
    config::{Profile, Tier},
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::{FactorRole, Report},
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW521", name: "no-factor", level: Level::Warning },
    profile: Profile::Strict,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "our practice: at least one factor from medium severity on",
    explain: r"## What
No contributing factor in the front matter of a report of medium or high severity.
## Why
Pattern pages count factors. What is only in the prose is not found again.
## Bad
```yaml
factors: []
```
## Good
```yaml
factors: [capacity]
```
## Fix
Name what contributed, with the ids of `_patterns/`.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    let contributes = report.factors.iter().any(|factor| factor.role != FactorRole::Mitigator);
    if !contributes && ctx.config.tier(&report.severity.value) >= Tier::Medium {
        ctx.at(
            &report.front_matter,
            "no contributing factor is named",
            "add `factors: [...]` with ids of `_patterns/`",
        );
    }
}
