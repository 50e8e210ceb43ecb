//! AW008 unknown-rule.

use super::ALL;
use crate::{
    config::Profile,
    diag::{Diagnostic, Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    tree::closest,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW008", name: "unknown-rule", level: Level::Error },
    profile: Profile::Starter,
    fixes: Fixes::Unsafe,
    since: "0.1.0",
    source: "the schema of site.toml",
    explain: r#"## What
`[rules.…]` in site.toml names a rule that does not exist, or gives no reason.
## Why
A misspelled name changes nothing, silently.
## Bad
```toml
[rules.counterfactuals]
level = "off"
reason = "reports are translated"
```
## Good
```toml
[rules.counterfactual]
level = "off"
reason = "reports are translated"
```
## Fix
Use a code (`AW701`), the beginning of codes (`AW7`), or a name; `afterword explain` lists them.
"#,
    check: Check::Corpus(check),
};

fn check(ctx: &mut Ctx<'_>) {
    for written in &ctx.config.rules {
        let name = &written.rule;
        if ALL.iter().any(|rule| written.names(rule.id)) {
            continue;
        }
        let near = closest(&name.value, ALL.iter().flat_map(|rule| [rule.id.code, rule.id.name]));
        ctx.report(|rule| {
            let finding = Diagnostic::new(rule, &name.span, format!("there is no rule `{}`", name.value));
            match near {
                Some(near) => {
                    finding.help(format!("did you mean `{near}`?")).guess(format!("write `{near}`"), &name.span, near)
                }
                None => finding.help("`afterword explain` lists all rules"),
            }
        });
    }
}
