//! AW703 human-error.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Fixes, Rule, language::Phrase},
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW703", name: "human-error", level: Level::Warning },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "Cook, How Complex Systems Fail; Dekker, The Field Guide to Understanding Human Error",
    explain: r"## What
Human error, operator error or a fat finger as the explanation.
## Why
People slip every day; most slips do nothing. What is worth knowing is what let this one through.
## Bad
```markdown
The outage was caused by human error.
```
## Good
```markdown
The tool took an empty list to mean all hosts, and asked for no confirmation.
```
## Fix
Name the condition: a default, a missing check, a misleading screen.
",
    check: Check::Language(&PHRASE),
};

static PHRASE: Phrase = Phrase {
    find: &[
        r"\b(?:human|operator|pilot|manual|operational|people) errors?\b|\buser error\b|\b(?:were|are|all|by|to|mostly) user errors\b",
        r"\bfat[- ]?finger(?:ed|ing|s)?\b",
        r"\berrors? (?:made )?by (?:an?|the|one|our) (?:\w+[ -]){0,2}(?:engineers?|operators?|technicians?|developers?|admins?|administrators?|on-?call(?: engineer| person| responder)?|responders?|authors?|reviewers?|managers?|teams?|staff|people|person|persons|colleagues?|contractors?|interns?|employees?|vendor's staff|deployers?|maintainers?|committers?|dbas?|sres?|leads?|commanders?|scribes?|we|they|he|she|i|you|someone|somebody|nobody|no one|everyone|everybody|anyone|who|@[a-z][a-z0-9_.-]*)\b",
        r"\b(?:engineers?|operators?|technicians?|developers?|admins?|administrators?|on-?call(?: engineer| person| responder)?|responders?|authors?|reviewers?|managers?|teams?|staff|people|person|persons|colleagues?|contractors?|interns?|employees?|vendor's staff|deployers?|maintainers?|committers?|dbas?|sres?|leads?|commanders?|scribes?|we|they|he|she|i|you|someone|somebody|nobody|no one|everyone|everybody|anyone|who|@[a-z][a-z0-9_.-]*)(?:(?:'|’)s)? mistakes?\b",
        r"\b(?:human mistakes?|(?:typing|keying|copying) (?:mistakes?|errors?))\b",
        r"\bmade an? (?:\w+ )?(?:mistake|typo|error)\b",
        r"\bPEBKAC\b",
    ],
    unless: &[
        r"\b(?:prevent\w*|avoid\w*|reduc\w+|minimi[sz]\w+|eliminat\w+|limit\w*|catch|catches|tolerat\w+|withstand\w*|protect\w* (?:from|against)|guard\w* against|robust (?:to|against)|(?:risk|chance|likelihood|possibility|probability|room) (?:of|for)|prone to) (?:[a-z-]+ ){0,3}(?:human|operator|user|pilot|manual) errors?\b",
        r"\berrors? (?:is |are |as |was |were )?(?:only |merely )?(?:an? |the )?(?:symptoms?|effects?|consequences?|starting points?|labels?)\b",
        r"\b(?:user|operator|manual) errors? (?:page|pages|message|messages|code|codes|rate|rates|handling|handler|log|logs|budget|budgets|report|reports|count|correction)\b",
        r"\bnot (?:an? )?(?:human|operator|user) error\b",
        r"\bno (?:human|operator|user) error\b",
    ],
    parts: &[],
    questions: false,
    says: "ends the search where it begins",
    help: "say which condition made the slip easy, unseen or hard to undo",
};
