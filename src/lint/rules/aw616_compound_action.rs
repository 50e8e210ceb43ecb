//! AW616 compound-action.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW616", name: "compound-action", level: Level::Info },
    profile: Profile::Strict,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "DOMAIN §7, A7",
    explain: r"## What
An action item that asks for two things.
## Why
One of them is done, the other is not, and the item is neither open nor closed.
## Bad
```yaml
- title: Add an alert and document the failover
```
## Good
```yaml
- title: Add an alert for the replica lag
- title: Document the failover
```
## Fix
Make two of it.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    for action in &report.actions {
        let title = action.title.value.to_lowercase();
        let second =
            title.split([',', ';']).flat_map(|part| part.split(" and ").skip(1).chain(part.split(" then ").skip(1)));
        let verb = second.filter_map(|part| part.split_whitespace().next()).find(|word| is_clear_verb(word));
        if let Some(verb) = verb {
            let message = format!("action {} asks for two things: `… and {verb} …`", action.id.value);
            ctx.at(&action.title.span, message, "make two of it");
        }
    }
}

/// Verbs that are hardly ever nouns: `test and release pipelines` asks for one thing.
fn is_clear_verb(word: &str) -> bool {
    const CLEAR: &[&str] = &[
        "add",
        "alert",
        "allow",
        "automate",
        "configure",
        "create",
        "define",
        "delete",
        "deploy",
        "document",
        "enable",
        "enforce",
        "implement",
        "introduce",
        "migrate",
        "move",
        "publish",
        "reduce",
        "remove",
        "replace",
        "rotate",
        "send",
        "write",
    ];
    CLEAR.contains(&word)
}
