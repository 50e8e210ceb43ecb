//! AW611 action-mends-people.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{
        Check, Fixes, Rule,
        language::{Part, Phrase},
    },
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW611", name: "action-mends-people", level: Level::Warning },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "Google, Site Reliability Workbook, chapter 10: train humans not to run unsafe commands",
    explain: r"## What
An action item that asks people to be careful, to remember, to follow the process.
## Why
It works until the next busy night. A changed default, a check or a tool keeps working.
## Bad
```markdown
Remind everyone to drain nodes before a restart
```
## Good
```markdown
Let the restart command refuse a node that still serves
```
## Fix
Change what people work with.
",
    check: Check::Language(&PHRASE),
};

static PHRASE: Phrase = Phrase {
    find: &[
        r"\b(?:be|being|take|taking|exercise|use|with|show) (?:(?:more|extra|greater|much more|better|very|particularly|especially|due) )? ?(?:careful|care|caution|vigilan\w*|attentive|diligen\w*|attention)\b",
        r"\b(?:pay|paying) (?:more |closer |better |extra |particular |close )?attention\b",
        r"\bremind(?:ing)? (?:people|everyone|everybody|all|the (?:\w+[ -]){0,3}(?:team|teams|group|staff)|teams?|engineers?|developers?|operators?|staff|responders?|reviewers?|on-?call\w*|colleagues|deployers?|folks|authors?|us|each other)\b",
        r"\b(?:re-?)?train(?:ing)? (?:humans|people|staff|the (?:\w+[ -]){0,3}(?:team|teams|engineers?|operators?|staff|responders?)|engineers?|operators?|developers?|responders?|everyone|all (?:engineers|staff|operators|developers)|our (?:engineers|staff|team|operators)|on-?call\w*)\b(?: \w+){0,3}? (?:not to|to (?:be|avoid|check|never|always|double|follow|not|pay|look|remember|read|run)|on (?:being|care|following))",
        r"\btrain humans\b",
        r"\b(?:re-?)?train (?:humans|people|staff|personnel|employees|everyone|everybody|engineers?|operators?|developers?|technicians?|responders?|agents?|on-?call\w*|(?:the|all|our|every|each) (?:\w+[ -]){0,3}(?:teams?|engineers?|operators?|developers?|technicians?|staff|responders?|shifts?|crews?|agents?|employees)) (?:on|about|for|how)\b",
        r"\b(?:make sure|ensure|see to it)(?: that)? (?:humans|people|staff|personnel|employees|everyone|everybody|engineers?|operators?|developers?|technicians?|responders?|agents?|on-?call\w*|(?:the|all|our|every|each) (?:\w+[ -]){0,3}(?:teams?|engineers?|operators?|developers?|technicians?|staff|responders?|shifts?|crews?|agents?|employees)) (?:always |actually |really )?(?:reads?|checks?|knows?|understands?|remembers?|follows?|looks?|thinks?|(?:is|are) (?:aware|careful|reminded))\b",
        r"\bdouble[- ]?check(?:s|ing)?\b",
        r"\b(?:follow|following|adhere to|stick to|obey|respect) (?:the|our|all|existing|established) (?:\w+ ){0,2}(?:process|processes|procedure|procedures|rules|checklist|runbook|guidelines|policy)\b",
        r"\bneeds? to (?:learn|remember|be reminded|understand|know better|be more|pay|think|try harder)\b",
        r"\b(?:remember|try harder|think twice|be mindful|be aware|stay alert|keep in mind|be vigilant|stay vigilant|concentrate|focus harder|work more carefully|read (?:\w+ ){0,3}more carefully|more careful(?:ly)?)\b",
        r"\b(?:coach|warn|tell|instruct|urge|educate|lecture|discipline|reprimand) (?:the |all |our |everyone|people|each |every )?(?:\w+[ -]){0,2}(?:engineers?|operators?|developers?|staff|team|teams|people|everyone|on-?call\w*|responders?|deployers?|reviewers?)\b",
    ],
    unless: &[
        r"\b(?:add|build|introduce|implement|automate|enforce) (?:an?|the) (?:[\w-]+ ){0,2}double[- ]check",
        r"\b(?:bot|reminder bot|automatically|automated|cron|script|job|linter|hook|pipeline|tool|ci) (?:to |that |which |will |should )?(?:remind|warn|tell|double|check)",
        r"\btrain(?:ing)? (?:the |a |an )?(?:\w+ )?(?:model|models|classifier|detector|network|forecast\w*)\b",
        r"\b(?:make|let|have|add|extend|change|teach|configure) (?:the |a |an )(?:[\w-]+ ){0,3}(?:bot|tool|cli|script|pipeline|linter|hook|deploy\w*|client|console|dashboard|alert|job|scheduler|controller)\b",
        r"\bwarn(?:s|ing)? (?:\w+ ){0,3}(?:when|before|if) (?:the|a|an|their|more)\b",
        r"\breplace\b",
        r"\bso that (?:it|the (?:tool|bot|pipeline))",
    ],
    parts: &[Part::Action],
    questions: false,
    says: "asks people to be better",
    help: "change a tool, a check or a default",
};
