//! AW607 unfit-due.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::{Horizon, Report},
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW607", name: "unfit-due", level: Level::Warning },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the guide to post-incident reviews: quick about a week, larger 30 to 90 days",
    explain: r"## What
A due date before the action was written, or far outside its horizon.
## Why
Dates that cannot hold teach people to ignore dates.
## Bad
```yaml
- { title: Add an alert, horizon: quick, created_at: 2024-03-02, due: 2024-08-01 }
```
## Good
```yaml
- { title: Add an alert, horizon: quick, created_at: 2024-03-02, due: 2024-03-09 }
```
## Fix
Quick is due within two weeks, long-term within 90 days of writing.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    for action in &report.actions {
        let (Some(due), Some(created)) = (&action.due, action.created) else { continue };
        let days = (due.value - created).get_days();
        let limit = match action.horizon {
            Some(Horizon::Quick) => Some((14, "quick")),
            Some(Horizon::LongTerm) => Some((90, "long-term")),
            None => None,
        };
        if days < 0 {
            ctx.at(
                &due.span,
                format!("action {} is due before it was written", action.id.value),
                "correct `due` or `created_at`",
            );
        } else if let Some((limit, horizon)) = limit.filter(|(limit, _)| days > *limit) {
            let message = format!("action {} is {horizon} and due after {days} days", action.id.value);
            ctx.at(&due.span, message, format!("{horizon} is at most {limit} days; move the date or the horizon"));
        }
    }
}
