//! AW506 service-alias.

use crate::{
    config::Profile,
    diag::{Diagnostic, Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW506", name: "service-alias", level: Level::Warning },
    profile: Profile::Starter,
    fixes: Fixes::Safe,
    since: "0.1.0",
    source: "the catalog in site.toml",
    explain: r"## What
A report names a service by one of its other names.
## Why
It is counted right, but who searches for the name of the service misses the report.
## Bad
```yaml
services: [shop-checkout]
```
## Good
```yaml
services: [checkout]
```
## Fix
`check --fix` writes the id.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    for written in &report.services {
        let Some(service) = ctx.config.service(&written.value) else { continue };
        let id = &service.id.value;
        if *id != written.value {
            ctx.report(|rule| {
                Diagnostic::new(rule, &written.span, format!("`{}` is another name of `{id}`", written.value))
                    .also(&service.id.span, "says site.toml")
                    .help(format!("write `{id}`"))
                    .fix(format!("write `{id}`"), &written.span, id)
            });
        }
    }
}
