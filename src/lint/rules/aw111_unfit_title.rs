//! AW111 unfit-title.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW111", name: "unfit-title", level: Level::Warning },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "Google, Site Reliability Workbook, chapter 10",
    explain: r"## What
A title of less than 8 or more than 120 characters, or one that only says `outage`.
## Why
Titles are read in lists, in search results and in chat. They tell what happened and to what.
## Bad
```yaml
title: Outage
```
## Good
```yaml
title: Checkout errors after the loss of a cache node
```
## Fix
Say what failed and why it was felt.
",
    check: Check::Report(check),
};

/// Words that alone tell nothing.
const EMPTY: &[&str] =
    &["outage", "incident", "report", "postmortem", "post-mortem", "downtime", "problem", "issue", "untitled", "title"];

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    let title = report.title.value.trim();
    let length = title.chars().count();
    let says = title
        .split_whitespace()
        .filter(|word| !EMPTY.contains(&word.to_lowercase().trim_matches(|c: char| !c.is_alphanumeric())))
        .count();
    if says == 0 {
        ctx.at(&report.title.span, "the title tells nothing of what happened", "say what failed and how it was felt");
    } else if !(8..=120).contains(&length) {
        ctx.at(&report.title.span, format!("a title of {length} characters"), "8 to 120 characters are read in lists");
    }
}
