//! AW407 timeline-without-zone.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
    parse::clock,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW407", name: "timeline-without-zone", level: Level::Info },
    profile: Profile::Strict,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "real repositories: times in local zones of their writers",
    explain: r"## What
A timeline whose times have no zone, neither in their rows nor in its head, on a site whose own zone is not UTC.
## Why
People in other places read other times, and so do those who change clocks in between.
## Bad
```markdown
| Time | Event |
```
## Good
```markdown
| Time (UTC) | Event |
```
## Fix
Say the zone in the heading of the column or of the section.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    let (Some(section), Some(first)) = (report.section("timeline"), report.timeline.entries.first()) else { return };
    let inside = |at: usize| section.content.contains(&at.saturating_sub(report.body_at));
    let (_, zone) = ctx.config.zone_of(&report.path);
    if zone == "UTC" || !inside(first.span.range().start) {
        return;
    }
    let text = &report.body[section.content.clone()];
    let head: String = text.lines().take(6).collect::<Vec<_>>().join("\n");
    if clock::zone_hint(&section.heading.value).or_else(|| clock::zone_hint(&head)).is_some() {
        return;
    }
    let written =
        |range: std::ops::Range<usize>| report.body.get(range.start - report.body_at..range.end - report.body_at);
    let mut times = report.timeline.entries.iter().filter_map(|row| clock::read(written(row.span.range())?));
    if !times.any(|time| time.zone.is_some()) {
        let message = format!("these times have no zone; they are read as {zone}");
        ctx.at(&first.span, message, "write the zone in the column's heading: `Time (UTC)`");
    }
}
