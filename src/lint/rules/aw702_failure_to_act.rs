//! AW702 failure-to-act.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Fixes, Rule, language::Phrase},
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW702", name: "failure-to-act", level: Level::Warning },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "Dekker, The Field Guide to Understanding Human Error; Benner, words that hinder investigations",
    explain: r"## What
A sentence in which people failed, forgot or neglected to act.
## Why
It stops the question too early: the tool, the document or the alert that did not prompt the step is what can be changed. Systems may fail to do things.
## Bad
```markdown
The operator forgot to drain the node.
```
## Good
```markdown
The node was not drained; the runbook did not have the step.
```
## Fix
Make the step, or what was to prompt it, the subject.
",
    check: Check::Language(&PHRASE),
};

static PHRASE: Phrase = Phrase {
    find: &[
        r"\b(?:engineers?|operators?|technicians?|developers?|admins?|administrators?|on-?call(?: engineer| person| responder)?|responders?|authors?|reviewers?|managers?|teams?|staff|people|person|persons|colleagues?|contractors?|interns?|employees?|vendor's staff|deployers?|maintainers?|committers?|dbas?|sres?|leads?|commanders?|scribes?|we|they|he|she|i|you|someone|somebody|nobody|no one|everyone|everybody|anyone|who|@[a-z][a-z0-9_.-]*)(?:,?\s+(?:who|that|on|in|of|at|from|for|the|a|an|duty|call|shift|night|day|team|group|members?|had|has|have|also|then|simply|again|initially|repeatedly|both|all|once more|twice|later|had|was|[a-z]+ly|platform|database|network|storage|infrastructure|release|security|support|operations|payments|site)){0,5}\s+(?:(?:failed|fails|did not bother|didn(?:'|’)t bother|never bothered)(?: both)? to|(?:neglected|neglects|forgot|forgets|forgotten|omitted|omits|overlooked|missed the chance|ignored)(?: to| the| an?| that| this| our| it\b| both))",
        r"\b(?:engineers?|operators?|technicians?|developers?|admins?|administrators?|on-?call(?: engineer| person| responder)?|responders?|authors?|reviewers?|managers?|teams?|staff|people|person|persons|colleagues?|contractors?|interns?|employees?|vendor's staff|deployers?|maintainers?|committers?|dbas?|sres?|leads?|commanders?|scribes?|we|they|he|she|i|you|someone|somebody|nobody|no one|everyone|everybody|anyone|who|@[a-z][a-z0-9_.-]*)(?:,? who (?:[\w-]+ ){1,5}| (?:in|of|on|at|from|with) (?:[\w-]+ ){1,3})(?:had |has |have |also )?(?:failed|fails|neglected|neglects|forgot|forgets|forgotten|omitted|omits|did not bother|didn(?:'|’)t bother) to\b",
        r"(?-i)\b[A-Z][a-z]+ [A-Z][a-z]+ (?:had |has |also )?(?:forgot|forgotten|neglected|omitted|did not bother) to\b",
    ],
    unless: &[
        r"\b(?:users?|customers?|visitors?|clients?|callers?|players?|passengers?|guests?|buyers?|readers?|subscribers?|patients?|students?|people) (?:\w+ )?(?:who|that) (?:had |have |has )?(?:failed|forgot|forgotten|neglected|omitted|ignored|overlooked)",
        r"\b(?:by|to|for|via) (?:an?|the|our|one) (?:[\w-]+ ){0,2}(?:engineers?|operators?|technicians?|developers?|admins?|administrators?|on-?call(?: engineer| person| responder)?|responders?|authors?|reviewers?|managers?|teams?|staff|people|person|persons|colleagues?|contractors?|interns?|employees?|vendor's staff|deployers?|maintainers?|committers?|dbas?|sres?|leads?|commanders?|scribes?|we|they|he|she|i|you|someone|somebody|nobody|no one|everyone|everybody|anyone|who|@[a-z][a-z0-9_.-]*)(?: (?:in|of|on|at|from) (?:[\w-]+ ){1,3}| )(?:failed|fails) to\b",
        r"\bwho (?:[\w-]+ ){0,4}(?:that|when|why|how|after|as|where) (?:[\w-]+ ){1,4}(?:failed|fails) to\b",
        r"\boperators? (?:failed|ignored) (?:to |the )?(?:reconcile|roll|update|the resource)",
        r"\b(?:reconcile[sd]?|custom resource|CRD)\b",
        r"\b(?:teams?|people|users?|we|they) (?:saw|noticed|found|observed) that\b",
    ],
    parts: &[],
    questions: false,
    says: "names a person where a prompt was missing",
    help: "say that it was not done, and that no tool, document or alert asked for it",
};
