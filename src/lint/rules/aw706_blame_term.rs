//! AW706 blame-term.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Fixes, Rule, language::Phrase},
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW706", name: "blame-term", level: Level::Warning },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "Google, Site Reliability Engineering, chapter 15; Allspaw, Blameless PostMortems and a Just Culture",
    explain: r"## What
Blame, fault, culprit, guilty, responsible for the outage.
## Why
Guilt is a question for courts. A report asks how it could happen.
## Bad
```markdown
The platform team was responsible for the outage.
```
## Good
```markdown
A change to the platform's proxy closed idle connections, and clients did not reconnect.
```
## Fix
Write what did what.
",
    check: Check::Language(&PHRASE),
};

static PHRASE: Phrase = Phrase {
    find: &[
        r"\b(?:is|was|are|were|be|being|been|solely|largely|partly|squarely) to blame\b",
        r"\bat fault\b",
        r"\bculprits?\b",
        r"\bguilty\b",
        r"\bresponsible for (?:the|this|our|that|today(?:'|’)s|an?|most of the|much of the|last \w+(?:'|’)s) (?:[a-z-]+ ){0,3}(?:outage|incident|failure|downtime|disruption|breach|data loss|loss|crash|breakage|mess)\b",
        r"\b(?:blames?d?|blaming) (?:the|a|an|our|on|him|her|them|us|it)\b",
        r"\bblame (?:lies|rests|falls|goes|belongs)\b",
        r"\b(?:is|was|are|were) (?:\w+ly )?(?:(?:the |an? |our )?(?:[a-z-]+ )?[a-z]+(?:'|’)s|their|his|her|our|whose) fault\b",
        r"\bthe fault of (?:the|an?|our)\b",
        r"\bculpab(?:le|ility)\b",
    ],
    unless: &[
        r"\bat fault-",
        r"\b(?:not|never|nor) (?:[a-z]+ ){0,4}(?:at fault|to blame|culprits?)\b",
        r"\b(?:no one|nobody|none of \w+) (?:is|was|are|were) (?:\w+ )?(?:to blame|at fault)",
        r"\bnot (?:be |about |a matter of |to )?(?:to )?blam",
        r"\bgit blame\b",
        r"\bwithout blam",
        r"\bblameless",
        r"\bat fault(?: tolerance|s? domain)",
        r"\bnot (?:at fault|to blame|guilty)",
        r"\bis responsible for (?:the )?(?:incident|outage|failure) (?:response|process|communication|policy|review|handling|detection|analysis|report)",
        r"\bresponsible for (?:the|an?) (?:[a-z-]+ ){0,2}(?:incident|outage|failure|loss|breach|crash|disruption) (?:response|process|communications?|policy|review|handling|detection|analysis|reports?|page|domain|budget|channel|command|template|detector|notification|calendar|schedule|log|register|tracker|map)",
    ],
    parts: &[],
    questions: false,
    says: "looks for guilt",
    help: "name the mechanism: what did what, under which condition",
};
