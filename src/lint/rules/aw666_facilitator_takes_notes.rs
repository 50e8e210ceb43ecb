//! AW666 facilitator-takes-notes.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW666", name: "facilitator-takes-notes", level: Level::Warning },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the guide to post-incident reviews: a note taker of its own",
    explain: r"## What
Facilitator and note taker are the same.
## Why
Nobody can write and listen at once.
## Bad
```yaml
review: { facilitator: platform-guild, note_taker: platform-guild }
```
## Good
```yaml
review: { facilitator: platform-guild, note_taker: support-lead }
```
## Fix
Ask somebody else to take notes.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    let (Some(facilitator), Some(notes)) = (&report.review.facilitator, &report.review.note_taker) else { return };
    if facilitator.value.eq_ignore_ascii_case(&notes.value) {
        ctx.at(&notes.span, "the facilitator takes the notes too", "ask somebody else to take notes");
    }
}
