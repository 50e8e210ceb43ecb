//! AW504 unknown-severity.

use crate::{
    config::Profile,
    diag::{Diagnostic, Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
    tree::closest,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW504", name: "unknown-severity", level: Level::Error },
    profile: Profile::Starter,
    fixes: Fixes::Unsafe,
    since: "0.1.0",
    source: "the catalog in site.toml",
    explain: r"## What
A report names a severity that is not known.
## Why
It would not appear on any page of its own, and counts would miss it.
## Bad
```yaml
severity: sev9
```
## Good
```yaml
severity: sev2
```
## Fix
Use one of the severities of `site.toml`, or an alias of one.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    let config = ctx.config;
    let written = &report.severity;
    if config.severity(&written.value).is_some() {
        return;
    }
    let near = closest(&written.value, config.severities.iter().map(|severity| severity.id.value.as_str()));
    ctx.report(|rule| {
        let finding = Diagnostic::new(rule, &written.span, format!("there is no severity `{}`", written.value));
        match near {
            Some(id) => finding.help(format!("did you mean `{id}`?")).guess(format!("write `{id}`"), &written.span, id),
            None => finding.help("`[severities]` in site.toml lists them"),
        }
    });
}
