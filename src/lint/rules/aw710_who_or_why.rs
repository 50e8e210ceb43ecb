//! AW710 who-or-why.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Fixes, Rule, language::Phrase},
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW710", name: "who-or-why", level: Level::Warning },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "Allspaw, Debriefing Facilitation Guide (Etsy): how, not why",
    explain: r"## What
Who did it; why did they not …
## Why
Who looks for a person, why asks for a justification. How and what bring out how the work is done.
## Bad
```markdown
Why did the engineer not check the dashboard?
```
## Good
```markdown
What did the dashboard show at 14:05?
```
## Fix
Ask with how and what.
",
    check: Check::Language(&PHRASE),
};

static PHRASE: Phrase = Phrase {
    find: &[
        r"(?:^|[.!?:]\s+|\()who (?:did|broke|pushed|approved|caused|deployed|merged|signed|changed|made|ran|let|allowed|wrote|forgot|deleted|missed|removed|restarted|was responsible|is responsible|was to|turned|disabled|touched|released|shipped|committed)\b",
        r"\bwhy (?:did|do|does|would|was|were)(?:n(?:'|’)t| not)? (?:you|he|she|they|anyone|anybody|someone|somebody|nobody|no one|the (?:\w+[ -]){0,2}(?:engineers?|operators?|technicians?|developers?|admins?|administrators?|on-?call(?: engineer| person| responder)?|responders?|authors?|reviewers?|managers?|teams?|staff|people|person|persons|colleagues?|contractors?|interns?|employees?|vendor's staff|deployers?|maintainers?|committers?|dbas?|sres?|leads?|commanders?|scribes?|we|they|he|she|i|you|someone|somebody|nobody|no one|everyone|everybody|anyone|who|@[a-z][a-z0-9_.-]*))\b",
        r"\bwhy (?:nobody|no one|they|he|she|the (?:engineer|operator|on-call|team|developer)) (?:\w+ )?(?:did|didn|failed|had|was|noticed|acted|checked|pushed|approved|missed|ignored|waited|chose)",
        r"\bwhose (?:fault|idea|mistake|change|decision|responsibility|job) (?:was|is|it)\b",
    ],
    unless: &[r"\bwho (?:is|was|are) (?:paged|on call|notified|affected|impacted|informed)"],
    parts: &[],
    questions: true,
    says: "asks for a person or a justification",
    help: "ask how it made sense, and what was seen: `how did …`, `what told …`",
};
