//! AW502 unknown-team.

use crate::{
    config::Profile,
    diag::{Diagnostic, Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
    tree::closest,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW502", name: "unknown-team", level: Level::Error },
    profile: Profile::Starter,
    fixes: Fixes::Unsafe,
    since: "0.1.0",
    source: "the catalog in site.toml",
    explain: r"## What
A report names a team that is not known.
## Why
It would not appear on any page of its own, and counts would miss it.
## Bad
```yaml
teams: [shopp]
```
## Good
```yaml
teams: [shop]
```
## Fix
Use the id from `[teams]` in `site.toml`, or add the team there.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    let config = ctx.config;
    if config.teams.is_empty() {
        return;
    }
    for written in &report.teams {
        if config.teams.contains_key(&written.value) {
            continue;
        }
        let near = closest(&written.value, config.teams.keys().map(String::as_str));
        ctx.report(|rule| {
            let finding = Diagnostic::new(rule, &written.span, format!("there is no team `{}`", written.value));
            match near {
                Some(id) => {
                    finding.help(format!("did you mean `{id}`?")).guess(format!("write `{id}`"), &written.span, id)
                }
                None => finding.help("add it to `[teams]` in site.toml"),
            }
        });
    }
}
