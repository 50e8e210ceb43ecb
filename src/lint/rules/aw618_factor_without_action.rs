//! AW618 factor-without-action.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::{FactorRole, Report},
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW618", name: "factor-without-action", level: Level::Info },
    profile: Profile::Strict,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "our practice: what contributed is addressed, or somebody decided to leave it",
    explain: r"## What
A contributing factor that no action item addresses, in a report whose actions say what they address.
## Why
What is left as it is will contribute again. That may be right; then somebody decided it.
## Bad
```yaml
factors: [capacity, alert-threshold]
actions: [{ title: …, addresses: [capacity] }]
```
## Good
```yaml
actions: [{ title: …, addresses: [capacity, alert-threshold] }]
```
## Fix
Add an action, or a `note` to the factor that says why it stays.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    let addressed: Vec<&str> =
        report.actions.iter().flat_map(|action| &action.addresses).map(|id| id.value.as_str()).collect();
    if addressed.is_empty() {
        return;
    }
    let open = report.factors.iter().filter(|factor| factor.role != FactorRole::Mitigator && factor.note.is_none());
    for factor in open.filter(|factor| !addressed.contains(&factor.id.value.as_str())) {
        let message = format!("no action addresses `{}`", factor.id.value);
        ctx.at(&factor.id.span, message, "add an action, or a `note` that says why it stays");
    }
}
