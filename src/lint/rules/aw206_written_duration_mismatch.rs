//! AW206 written-duration-mismatch.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW206", name: "written-duration-mismatch", level: Level::Warning },
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "derived facts against written ones",
    explain: r"## What
A duration that is written contradicts the times.
## Why
Of written durations in real repositories, many do; the times are what is counted.
## Bad
```yaml
duration: 3 h 31 min
started_at: 2024-03-01T08:15:00Z
resolved_at: 2024-03-01T11:41:00Z
```
## Good
```yaml
started_at: 2024-03-01T08:15:00Z
resolved_at: 2024-03-01T11:41:00Z
```
## Fix
Leave the duration out: it is computed.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    let Some(written) = &report.written_duration else { return };
    let times = &report.times;
    let ends = [times.mitigated.as_ref(), times.resolved.as_ref()].into_iter().flatten();
    let spans: Vec<i64> = ends.filter_map(|end| times.started.value.seconds_to(end.value)).collect();
    let fits = |seconds: &i64| (seconds - written.value).abs() <= 60.max(seconds / 50);
    let Some(last) = spans.last().filter(|_| !spans.iter().any(fits)) else { return };
    ctx.at(
        &written.span,
        format!("this says {} minutes, the times say {}", written.value / 60, last / 60),
        "leave `duration` out: it is computed from the times",
    );
}
