//! AW641 lesson-without-category.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW641", name: "lesson-without-category", level: Level::Info },
    profile: Profile::Strict,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the guide to post-incident reviews: technical fix, process, communication, tooling",
    explain: r"## What
A lesson without a category.
## Why
Categories show over time where the organization learns.
## Bad
```yaml
lessons: [{ text: Cache loss was invisible }]
```
## Good
```yaml
lessons: [{ text: Cache loss was invisible, category: tooling }]
```
## Fix
Add technical-fix, process, communication or tooling.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    for lesson in report.lessons.iter().filter(|lesson| lesson.category.is_none()) {
        ctx.at(
            &lesson.text.span,
            "this lesson has no category",
            "add `category: technical-fix`, `process`, `communication` or `tooling`",
        );
    }
}
