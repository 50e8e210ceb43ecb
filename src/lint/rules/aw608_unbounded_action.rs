//! AW608 unbounded-action.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW608", name: "unbounded-action", level: Level::Warning },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "Lunney, Lueder and O'Connor, ;login: Spring 2017: actionable, specific, bounded",
    explain: r"## What
An action that never ends: always, never, ongoing, continue to, keep, as needed.
## Why
It cannot be done, so it is never checked.
## Bad
```yaml
- { title: Keep an eye on disk usage }
```
## Good
```yaml
- { title: Alert when a disk is 80 % full }
```
## Fix
Say what is there when it is done.
",
    check: Check::Report(check),
};

/// Between spaces, as a title is looked at.
const ENDLESS: &[&str] = &[
    " always ",
    " never ",
    " all the time ",
    " ongoing ",
    " continue to ",
    " continuously ",
    " keep an eye ",
    " keep track ",
    " keep watching ",
    " keep monitoring ",
    " as needed ",
    " when possible ",
    " going forward ",
    " where appropriate ",
];

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    for action in report.actions.iter().filter(|action| action.verify.is_none()) {
        let title = format!(" {} ", action.title.value.to_lowercase().replace([',', '.', ';', ':'], " "));
        if let Some(word) = ENDLESS.iter().find(|word| title.contains(**word)) {
            ctx.at(
                &action.title.span,
                format!("action {} has no end: `{}`", action.id.value, word.trim()),
                " say what is there when it is done, or add `verify` ",
            );
        }
    }
}
