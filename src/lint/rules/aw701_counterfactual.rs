//! AW701 counterfactual.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Fixes, Rule, language::Phrase},
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW701", name: "counterfactual", level: Level::Warning },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "Allspaw, Debriefing Facilitation Guide (Etsy); Hochstein, The problem with counterfactuals",
    explain: r"## What
A sentence about what somebody should, could or would have done.
## Why
What did not happen cannot have contributed. It judges with knowledge that nobody had at the time, and hides what people saw.
## Bad
```markdown
The on-call engineer should have noticed the queue.
```
## Good
```markdown
The queue had no alert; the dashboard showed it on the fourth row.
```
## Fix
Tell what happened, what was known then, and why the step made sense. Questions, and luck (`could have been worse`), are fine.
",
    check: Check::Language(&PHRASE),
};

static PHRASE: Phrase = Phrase {
    find: &[
        r"\b(?:should|could|would|ought to)(?:n(?:'|’)t| not)?(?: never| always| also| [a-z]+ly)?(?: have|(?:'|’)ve) (?:never |always |also |not |[a-z]+ly |at least |simply |just |only |long |then |since ){0,2}(?:been )?(?:[a-z]+ly )?(?:[a-z]+ed|been|done|gone|known|seen|taken|given|caught|kept|made|run|set|put|built|sent|led|found|told|thought|brought|written|chosen|shown|noticed|spotted|stopped|prevented|begun|held|read|rolled|paged|hit|cut|had|got|gotten|shut|split|spread|come|become|left|lost|met|paid|sought|understood|withdrawn|drawn|grown|thrown|worn|broken|spoken|risen|fallen|driven|asked)\b",
        r"\bshoulda\b",
        r"\bif (?:only )?(?:the |an? |our |its |their )?(?:[a-z-]+ ){1,3}had (?:not |only |been |[a-z]+ly )*(?:[a-z]+ed|been|done|gone|known|seen|taken|given|caught|kept|made|run|set|put|built|sent|led|found|told|thought|brought|written|chosen|shown|noticed|spotted|stopped|prevented|begun|held|read|rolled|paged|hit|cut|had|got|gotten|shut|split|spread|come|become|left|lost|met|paid|sought|understood|withdrawn|drawn|grown|thrown|worn|broken|spoken|risen|fallen|driven|asked)\b[^.]*\b(?:would|could|might|should)\b",
        r"\b(?:would|could|might|should)\b[^.]*\bif (?:only )?(?:the |an? |our |its |their )?(?:[a-z-]+ ){1,3}had (?:not |only |been |[a-z]+ly )*(?:[a-z]+ed|been|done|gone|known|seen|taken|given|caught|kept|made|run|set|put|built|sent|led|found|told|thought|brought|written|chosen|shown|noticed|spotted|stopped|prevented|begun|held|read|rolled|paged|hit|cut|had|got|gotten|shut|split|spread|come|become|left|lost|met|paid|sought|understood|withdrawn|drawn|grown|thrown|worn|broken|spoken|risen|fallen|driven|asked)\b",
        r"\bif only (?:we|they|he|she|the|someone|anyone|an?)\b",
        r"\bhad (?:he|she|they|we|(?:the|an?|our|its|their|this|anyone|someone)(?: [a-z-]+){0,3}) (?:not |only |been |[a-z]+ly )*(?:[a-z]+ed|been|done|gone|known|seen|taken|given|caught|kept|made|run|set|put|built|sent|led|found|told|thought|brought|written|chosen|shown|noticed|spotted|stopped|prevented|begun|held|read|rolled|paged|hit|cut|had|got|gotten|shut|split|spread|come|become|left|lost|met|paid|sought|understood|withdrawn|drawn|grown|thrown|worn|broken|spoken|risen|fallen|driven|asked)\b[^.]*\b(?:would|could|might)\b",
    ],
    unless: &[
        r"\b(?:than|as|like|what|one|those|that) (?:we|they|one|anyone|you) would (?:normally )?have expected\b",
        r"\b(?:could|might|may) have been (?:exposed|affected|accessed|read|seen|lost|compromised|leaked|issued|impacted|stolen|copied)\b",
        r"\bcould have been (?:much |a lot |far |even |considerably |significantly )?(?:worse|longer|larger|wider|higher)\b",
        r"\bwould have been (?:much |a lot |far |even )?(?:worse|longer)\b",
    ],
    parts: &[],
    questions: false,
    says: "tells what did not happen",
    help: "say what was done, and what made it sensible with what was known then",
};
