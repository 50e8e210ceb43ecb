//! AW523 trigger-among-factors.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW523", name: "trigger-among-factors", level: Level::Info },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "Netflix, OOPS: the trigger is not the cause",
    explain: r"## What
The trigger stands among the factors too.
## Why
What set it off and what let it grow are different questions, with different answers.
## Bad
```yaml
trigger: load
factors: [load]
```
## Good
```yaml
trigger: load
factors: [capacity]
```
## Fix
Keep the trigger in `trigger`, and name what contributed.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    let Some(trigger) = &report.trigger else { return };
    for factor in report.factors.iter().filter(|factor| factor.id.value == trigger.kind.value.word()) {
        ctx.at(&factor.id.span, format!("`{}` is the trigger already", factor.id.value), "name what let it grow");
    }
}
