//! AW203 times-out-of-order.

use crate::{
    config::Profile,
    diag::{Diagnostic, Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW203", name: "times-out-of-order", level: Level::Error },
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "RFC 3339; Google, Site Reliability Workbook, chapter 10",
    explain: r"## What
A milestone lies before one that has to come first: started, detected, acknowledged, declared, mitigated, resolved. An incident may be detected before its impact starts.
## Why
Durations are computed from these times.
## Bad
```yaml
mitigated_at: 2024-03-01T08:59:00Z
resolved_at: 2024-03-01T08:30:00Z
```
## Good
```yaml
mitigated_at: 2024-03-01T08:59:00Z
resolved_at: 2024-03-01T10:30:00Z
```
## Fix
Correct one of the two times; mind the day and the offset.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    let times = report.times.in_order();
    let mut blamed = Vec::new();
    for (index, (second, after)) in times.iter().enumerate().filter(|(_, (name, _))| *name != "detected_at") {
        let found = times[..index].iter().rev().find(|(_, before)| before.value.is_after(after.value));
        let Some((first, before)) = found else { continue };
        // One time that is too late contradicts all that follow it; that is one mistake.
        if blamed.contains(first) {
            continue;
        }
        blamed.push(*first);
        ctx.report(|rule| {
            Diagnostic::new(rule, &after.span, format!("`{second}` is before `{first}`"))
                .label("this comes earlier")
                .also(&before.span, format!("than `{first}`"))
                .help("correct one of the two; mind the day and the offset")
        });
    }
}
