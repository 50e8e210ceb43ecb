//! AW709 single-cause.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Fixes, Rule, language::Phrase},
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW709", name: "single-cause", level: Level::Info },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "Cook, How Complex Systems Fail; PagerDuty, Postmortem Documentation",
    explain: r"## What
`The root cause was …` where the report names at most one factor.
## Why
Incidents in complex systems need several conditions at once. The one that is named last gets all the attention.
## Bad
```markdown
The root cause was a full disk.
```
## Good
```markdown
A full disk, an alert that looks at another volume and a queue without limit contributed.
```
## Fix
List contributing factors, each with its effect.
",
    check: Check::Language(&PHRASE),
};

static PHRASE: Phrase = Phrase {
    find: &[
        r"\b(?:the|its|our|this|a single|one|sole|only|real|true|actual|primary|underlying) (?:\w+ )?root cause (?:of (?:[a-z'-]+ ){1,6})?(?:was|is|turned out to be|has been|lies|lay|being|proved to be|came down to)\b",
        r"\broot cause:",
        r"\b(?:was|is|as) the (?:single |one |only |sole |real |true |actual )*root cause\b",
        r"\b(?:traced|attributed|down|back) to (?:a|one) (?:single )?root cause\b",
        r"\b(?:the|a) (?:sole|single|only|one) cause (?:of|was|is)\b",
        r"\b(?:identified|found|determined|confirmed) the root cause (?:as|to be)\b",
    ],
    unless: &[
        r"\broot cause (?:was|is) (?:a combination|fixed|understood|addressed|resolved|(?:found|identified|determined|established) (?:during|by|after|later|within|in|at|on|with|when)\b)",
        r"\bcombination of (?:\w+[ -]){0,3}(?:factors|causes|conditions)\b",
        r"\b(?:an?|another) (?:primary|main|second|secondary|further|other|possible|likely|potential|contributing) root cause\b",
        r"\broot cause (?:of (?:[a-z'-]+ ){1,8})?(?:was|is|has) (?:not|never|still|yet|unknown|under|being)",
        r"\bno (?:single |one )?root cause\b",
        r"\bnot the (?:only |sole |single )?(?:root )?cause\b",
        r"\broot cause (?:analysis|analyses|investigation|section|field|template|review)\b",
        r"\b(?:combination|interaction|interplay|set|series|chain|number) of\b|\b(?:several|multiple|many|two|three) (?:[a-z]+ ){0,3}(?:factors|causes|conditions|things|faults)\b",
        r"\b(?:still|yet|remains?) (?:unknown|unclear|open)\b",
        r"\brather than (?:a|the|one) (?:single )?(?:root )?cause",
        r"\bnot (?:have )?(?:a |one |any )?(?:single |sole )(?:root )?cause",
    ],
    parts: &[],
    questions: false,
    says: "names one cause",
    help: "say what contributed: list the conditions, each with how it worked",
};
