//! AW522 person-as-factor.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW522", name: "person-as-factor", level: Level::Warning },
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "Dekker, The Field Guide to Understanding Human Error",
    explain: r"## What
A factor such as `human-error`.
## Why
It ends the search, and counting it ranks people.
## Bad
```yaml
factors: [human-error]
```
## Good
```yaml
factors: [no-confirmation-for-destructive-commands]
```
## Fix
Name the condition that let a slip through.
",
    check: Check::Report(check),
};

const PEOPLE: &[&str] = &[
    "human",
    "operator-error",
    "user-error",
    "pilot-error",
    "manual-error",
    "mistake",
    "carelessness",
    "negligence",
    "inattention",
    "fat-finger",
    "incompetence",
];

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    for factor in &report.factors {
        let id = factor.id.value.to_lowercase().replace(['_', ' '], "-");
        if PEOPLE.iter().any(|word| id.contains(word)) {
            ctx.at(
                &factor.id.span,
                format!("`{}` is no condition", factor.id.value),
                "name what made the slip easy, unseen or hard to undo",
            );
        }
    }
}
