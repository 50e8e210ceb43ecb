//! AW620 one-priority.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW620", name: "one-priority", level: Level::Info },
    profile: Profile::Strict,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the guide to post-incident reviews: priorities that can be followed",
    explain: r"## What
Three or more action items, all of the same priority; or more than ten of them.
## Why
A list in which all is equally important is worked off from the top, until the next incident.
## Bad
```yaml
actions: [{ …, priority: P1 }, { …, priority: P1 }, { …, priority: P1 }]
```
## Good
```yaml
actions: [{ …, priority: P1 }, { …, priority: P2 }, { …, priority: P3 }]
```
## Fix
Say which comes first. Of a long list, keep what would have changed this incident.
",
    check: Check::Report(check),
};

const MANY: usize = 10;

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    let actions = &report.actions;
    let Some(first) = actions.first() else { return };
    if actions.len() > MANY {
        let message = format!("{} actions", actions.len());
        ctx.at(&first.span, message, "keep what would have changed this incident; the rest is a backlog");
    }
    let is_same = first.priority.is_some() && actions.iter().all(|action| action.priority == first.priority);
    if actions.len() >= 3 && is_same {
        ctx.at(&first.span, "all actions have the same priority", "say which comes first");
    }
}
