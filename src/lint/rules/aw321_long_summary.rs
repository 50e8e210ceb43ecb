//! AW321 long-summary.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW321", name: "long-summary", level: Level::Warning },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the guide to post-incident reviews: one page",
    explain: r"## What
A summary of more than 300 words.
## Why
It is the page that leaders read, with the facts beside it on one sheet.
## Bad
```markdown
## Summary
… 500 words …
```
## Good
```markdown
## Summary
… what happened, to whom, how long, what helped …
```
## Fix
Move the story to the timeline and the response.
",
    check: Check::Report(check),
};

const WORDS: usize = 300;

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    let Some(section) = report.section("summary") else { return };
    let words = report.body[section.content.clone()].split_whitespace().count();
    if words > WORDS {
        ctx.at(
            &section.heading.span,
            format!("a summary of {words} words"),
            "at most 300 fit on the page that is read",
        );
    }
}
