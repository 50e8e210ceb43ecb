//! AW531 recurrence-not-earlier.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW531", name: "recurrence-not-earlier", level: Level::Error },
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "our practice: a recurrence is strictly later",
    explain: r"## What
`recurrence_of` names an incident that began later, or this one.
## Why
What recurs was there before; this is also how a cycle begins.
## Bad
```yaml
recurrence_of: [2025-01-01-next-year]
```
## Good
```yaml
recurrence_of: [2023-01-01-last-year]
```
## Fix
Turn it around, or use `related`.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    for earlier in &report.recurrence_of {
        let Some(other) = ctx.corpus.by_id(&earlier.value) else { continue };
        if other.path == report.path {
            ctx.at(&earlier.span, "this incident is named as its own recurrence", "name the earlier incident");
        } else if other.times.started.value.sort_key() >= report.times.started.value.sort_key() {
            ctx.at(
                &earlier.span,
                format!("`{}` did not begin earlier", earlier.value),
                "turn it around, or use `related`",
            );
        }
    }
}
