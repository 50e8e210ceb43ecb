//! AW617 unverifiable-action.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW617", name: "unverifiable-action", level: Level::Info },
    profile: Profile::Strict,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the guide to post-incident reviews: results that can be measured",
    explain: r"## What
An action item without anything by which one sees that it is done: no number, no name of a thing, no `verify`.
## Why
It is closed by mood.
## Bad
```yaml
- title: Make deployments safer
```
## Good
```yaml
- title: Make deployments safer
  verify: a bad release reaches 1 % of users at most
```
## Fix
Add `verify`, or name the thing that will be there.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    for action in report.actions.iter().filter(|action| action.verify.is_none()) {
        let title = &action.title.value;
        let names = |word: &str| {
            ARTEFACTS.contains(&word.to_lowercase().trim_end_matches('s'))
                || word.chars().skip(1).any(|c| c.is_uppercase() || c == '_')
                || word.contains(char::is_numeric)
        };
        if !title.contains(['`', '/']) && !title.split(|c: char| !c.is_alphanumeric() && c != '_').any(names) {
            let message = format!("action {} does not say how one sees that it is done", action.id.value);
            ctx.at(&action.title.span, message, "add `verify`, or name the thing that will be there");
        }
    }
}

/// Things that are there or are not, in the singular.
const ARTEFACTS: &[&str] = &[
    "alarm",
    "alert",
    "backup",
    "budget",
    "canary",
    "certificate",
    "check",
    "command",
    "dashboard",
    "drill",
    "exercise",
    "flag",
    "gate",
    "guard",
    "job",
    "key",
    "limit",
    "linter",
    "metric",
    "monitor",
    "page",
    "pipeline",
    "probe",
    "quota",
    "release",
    "replica",
    "report",
    "retry",
    "rollback",
    "rule",
    "runbook",
    "schema",
    "script",
    "step",
    "template",
    "test",
    "threshold",
    "timeout",
    "tool",
    "validation",
    "warning",
];
