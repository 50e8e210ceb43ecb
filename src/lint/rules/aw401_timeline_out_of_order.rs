//! AW401 timeline-out-of-order.

use crate::{
    config::Profile,
    diag::{Diagnostic, Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW401", name: "timeline-out-of-order", level: Level::Warning },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "PagerDuty, Postmortem Documentation: the timeline",
    explain: r"## What
A row of the timeline lies before the row above it.
## Why
Readers follow a timeline downward.
## Bad
```text
| 08:59 | A new node serves. |
| 08:31 | The node is found. |
```
## Good
```text
| 08:31 | The node is found. |
| 08:59 | A new node serves. |
```
## Fix
Sort the rows, or add the date where a new day begins.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    for pair in report.timeline.entries.windows(2) {
        let [above, below] = pair else { continue };
        if above.at.is_after(below.at) {
            ctx.report(|rule| {
                Diagnostic::new(rule, &below.span, "this row is earlier than the row above")
                    .also(&above.span, "the row above")
                    .help("sort the rows, or add the date where a new day begins")
            });
        }
    }
}
