//! AW322 long-sentence.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{
        Check, Ctx, Fixes, Rule,
        language::{self, Part},
    },
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW322", name: "long-sentence", level: Level::Info },
    profile: Profile::Strict,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the guide to post-incident reviews: plain language",
    explain: r"## What
A sentence of more than 30 words in the summary.
## Why
The summary is read by people who do not know the system, once, in a hurry.
## Bad
```markdown
Checkout was slow because … and then … while … which … so that …
```
## Good
```markdown
Checkout was slow for 47 minutes. A cache node was lost.
```
## Fix
Make two of it.
",
    check: Check::Report(check),
};

const WORDS: usize = 30;

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    for (sentence, span) in language::sentences(report, Part::Summary) {
        let words = sentence.split_whitespace().count();
        if words > WORDS {
            ctx.at(&span, format!("a sentence of {words} words"), "make two of it; at most 30 are read in one go");
        }
    }
}
