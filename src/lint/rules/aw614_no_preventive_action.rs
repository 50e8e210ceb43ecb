//! AW614 no-preventive-action.

use crate::{
    config::{Profile, Tier},
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::{DetectedBy, Purpose, Report, time::When},
    snapshot::Spanned,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW614", name: "no-preventive-action", level: Level::Warning },
    profile: Profile::Strict,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "Google, Site Reliability Workbook, chapter 10: prevent and mitigate",
    explain: r"## What
A report of high severity with actions of which none prevents or mitigates, or none detects although customers noticed first or half of the time until mitigation went by unnoticed.
## Why
Process and investigation alone leave the next one as likely.
## Bad
```yaml
actions: [{ title: Review the process, kind: process }]
```
## Good
```yaml
actions: [{ title: Add a second node, kind: prevent }]
```
## Fix
Add an action that prevents, mitigates or detects.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    let kinds: Vec<Purpose> = report.actions.iter().filter_map(|action| action.kind).collect();
    if kinds.is_empty() || ctx.config.tier(&report.severity.value) != Tier::High {
        return;
    }
    let span = report.actions[0].span.clone();
    if !kinds.iter().any(|kind| matches!(kind, Purpose::Prevent | Purpose::Mitigate)) {
        ctx.at(&span, "no action prevents or mitigates", "add one of kind `prevent` or `mitigate`");
    }
    if kinds.contains(&Purpose::Detect) {
        return;
    }
    if report.detected_by == Some(DetectedBy::Customer) {
        ctx.at(&span, "customers noticed first and no action detects", "add one of kind `detect`");
    } else if is_late(report) {
        ctx.at(&span, "half of the time went by unnoticed and no action detects", "add one of kind `detect`");
    }
}

/// Whether detection took more than half of the time until mitigation.
fn is_late(report: &Report) -> bool {
    let times = &report.times;
    let until = |end: Option<&Spanned<When>>| times.started.value.seconds_to(end?.value);
    let (detect, mitigate) = (until(times.detected.as_ref()), until(times.mitigated.as_ref()));
    detect.zip(mitigate).is_some_and(|(detect, mitigate)| detect * 2 > mitigate)
}
