//! AW604 done-without-evidence.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::{ActionStatus, Report},
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW604", name: "done-without-evidence", level: Level::Error },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "PagerDuty, Postmortem Documentation: action items; Lunney, Lueder and O'Connor in ;login: Spring 2017",
    explain: r"## What
An action item is done without the dates of deployed, tested and documented.
## Why
Done means all three; otherwise it comes back.
## Bad
```yaml
status: done
```
## Good
```yaml
status: done
done: { deployed: 2024-03-10, tested: 2024-03-11, documented: 2024-03-12 }
```
## Fix
Add the dates that are missing, or set the status back.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    for action in &report.actions {
        let Some(status) = action.status.as_ref().filter(|status| status.value == ActionStatus::Done) else { continue };
        let done = &action.done;
        let parts = [("deployed", done.deployed), ("tested", done.tested), ("documented", done.documented)];
        let missing: Vec<&str> = parts.iter().filter(|(_, date)| date.is_none()).map(|(name, _)| *name).collect();
        if !missing.is_empty() {
            let message = format!("action {} is done, but not {}", action.id.value, missing.join(", not "));
            ctx.at(&status.span, message, "add the dates under `done:`, or set the status back");
        }
    }
}
