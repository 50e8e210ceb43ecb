//! AW205 file-name-date-mismatch.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
};
use jiff::civil::Date;

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW205", name: "file-name-date-mismatch", level: Level::Warning },
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "RFC 3339; Google, Site Reliability Workbook, chapter 10",
    explain: r"## What
The file name begins with a date on which the incident neither started nor was detected.
## Why
The file name is the address; readers trust the date in it.
## Bad
```yaml
# reports/2024/2024-03-11-cache.md
started_at: 2024-03-01T08:12:00Z
```
## Good
```yaml
# reports/2024/2024-03-01-cache.md
started_at: 2024-03-01T08:12:00Z
```
## Fix
Rename the file before it is published, or correct `started_at`.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    let Some(named) = report.path.stem().get(..10).and_then(|day| day.parse::<Date>().ok()) else { return };
    let started = &report.times.started;
    let near = |day: Date| (day - named).get_days().abs() <= 1;
    let day = started.value.date(&ctx.config.time_zone);
    let detected = report.times.detected.as_ref().map(|when| when.value.date(&ctx.config.time_zone));
    if !near(day) && !detected.is_some_and(near) {
        ctx.at(
            &started.span,
            format!("the incident starts on {day}, the file name says {named}"),
            "rename the file before it is published, or correct `started_at`",
        );
    }
}
