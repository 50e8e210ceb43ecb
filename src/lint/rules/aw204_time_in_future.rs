//! AW204 time-in-future.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW204", name: "time-in-future", level: Level::Error },
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "RFC 3339; Google, Site Reliability Workbook, chapter 10",
    explain: r"## What
A time lies after the date of the build.
## Why
It has not happened yet; most often the year or the month is wrong.
## Bad
```yaml
started_at: 2204-03-01T08:12:00Z
```
## Good
```yaml
started_at: 2024-03-01T08:12:00Z
```
## Fix
Correct the date.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    let today = ctx.today;
    let update = report.times.first_external_update.iter().map(|when| ("first_external_update_at", when));
    for (name, when) in report.times.in_order().into_iter().chain(update) {
        if when.value.date(&jiff::tz::TimeZone::UTC) > today.tomorrow().unwrap_or(today) {
            ctx.at(
                &when.span,
                format!("`{name}` is in the future"),
                format!("this run is as of {today}; correct the date"),
            );
        }
    }
}
