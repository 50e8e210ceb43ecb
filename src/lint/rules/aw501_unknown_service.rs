//! AW501 unknown-service.

use crate::{
    config::Profile,
    diag::{Diagnostic, Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
    tree::closest,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW501", name: "unknown-service", level: Level::Error },
    profile: Profile::Starter,
    fixes: Fixes::Both,
    since: "0.1.0",
    source: "the catalog in site.toml",
    explain: r"## What
A report names a service that is not known.
## Why
It would not appear on any page of its own, and counts would miss it.
## Bad
```yaml
services: [chekout]
```
## Good
```yaml
services: [checkout]
```
## Fix
Use the id from `[services]` in `site.toml`, or add the service there. `--fix` writes the id where only letter case, spaces
or underscores differ; a name that is merely near is a guess, for `--unsafe-fixes`.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    let config = ctx.config;
    if config.services.is_empty() {
        return;
    }
    for written in &report.services {
        if config.service(&written.value).is_some() {
            continue;
        }
        let aliases = config.services.values().flat_map(|service| &service.aliases);
        let near = closest(&written.value, config.services.keys().chain(aliases).map(String::as_str));
        let near = near.map(|name| (name, config.service_id(name)));
        ctx.report(|rule| {
            let finding = Diagnostic::new(rule, &written.span, format!("there is no service `{}`", written.value));
            let Some((name, id)) = near else { return finding.help("add it to `[services]` in site.toml") };
            let finding = finding.help(format!("did you mean `{id}`?"));
            if same_letters(name, &written.value) {
                finding.fix(format!("write `{id}`"), &written.span, id)
            } else {
                finding.guess(format!("write `{id}`"), &written.span, id)
            }
        });
    }
}

/// Whether two names differ only in letter case and in how their words are joined.
fn same_letters(a: &str, b: &str) -> bool {
    letters(a) == letters(b)
}

/// A name without letter case and without what joins its words.
pub(super) fn letters(name: &str) -> String {
    name.to_lowercase().replace(['-', '_', ' '], "")
}
