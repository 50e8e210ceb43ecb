//! AW302 empty-section.

use super::aw301_missing_section::said_elsewhere;
use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW302", name: "empty-section", level: Level::Error },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "sections of the reports of Google, PagerDuty and Atlassian",
    explain: r"## What
A required section holds nothing, or only a placeholder such as `TBD`.
## Why
An empty section is a missing one that looks finished.
## Bad
```markdown
## Impact
TBD
```
## Good
```markdown
## Impact
One order in five failed for 47 minutes.
```
## Fix
Write it, or say why there is nothing to say.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    let Some(severity) = ctx.config.severity(&report.severity.value) else { return };
    for section in &report.sections {
        let Some(name) = section.name else { continue };
        let told = || report.sections.iter().any(|other| other.name == Some(name) && !other.empty);
        if section.empty && severity.sections.contains(&name) && !told() && !said_elsewhere(report, name) {
            ctx.at(
                &section.heading.span,
                format!("the section \"{}\" is empty", section.heading.value),
                "write it, or say why there is nothing to say",
            );
        }
    }
}
