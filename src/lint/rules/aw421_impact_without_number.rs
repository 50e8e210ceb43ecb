//! AW421 impact-without-number.

use crate::{
    config::{Profile, Tier},
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
    parse::sections::without_comments,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW421", name: "impact-without-number", level: Level::Warning },
    profile: Profile::Strict,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "PagerDuty, Postmortem Documentation: impact in numbers",
    explain: r"## What
A report of high severity whose impact holds no number.
## Why
Customers, share, requests or orders let incidents be compared.
## Bad
```markdown
## Impact
Many customers were affected.
```
## Good
```markdown
## Impact
4,100 customers, one order in five.
```
## Fix
Give a number, or an estimate called so.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    let impact = &report.impact;
    let numbers = [impact.customers, impact.requests_failed, impact.support_tickets].iter().any(Option::is_some);
    let stated = numbers || impact.customer_share.is_some() || !impact.figures.is_empty();
    let Some(section) = report.section("impact").filter(|section| !section.empty) else { return };
    let written = without_comments(&report.body[section.content.clone()]).contains(|c: char| c.is_ascii_digit());
    if !stated && !written && ctx.config.tier(&report.severity.value) == Tier::High {
        ctx.at(
            &section.heading.span,
            "the impact has no number",
            "say how many customers, requests or orders, or estimate it",
        );
    }
}
