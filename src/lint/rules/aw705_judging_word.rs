//! AW705 judging-word.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Fixes, Rule, language::Phrase},
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW705", name: "judging-word", level: Level::Warning },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "Benner, words that hinder investigations",
    explain: r"## What
Words such as obviously, clearly, simply, unacceptable, inadequate.
## Why
They claim that it was easy to know. The reader learns the writer's view and not the facts.
## Bad
```markdown
The alert was obviously too slow.
```
## Good
```markdown
The alert fired 19 minutes after the first error; its window is 15 minutes.
```
## Fix
Delete the word, or put the figure in its place.
",
    check: Check::Language(&PHRASE),
};

static PHRASE: Phrase = Phrase {
    find: &[
        r"\b(?:obvious(?:ly)?|of course|inexcusabl[ey]|unacceptabl[ey]|wrongly|improperly|inadequate(?:ly)?|should be common sense|common sense|(?:just|simply|only) (?:had|needed|have|has|need) to|needless to say|any competent|self-evident|blatant(?:ly)?|glaring(?:ly)?|inexplicabl[ey]|trivially|foolproof)\b",
        r"\bclearly\b",
        r"\bsimply\b",
    ],
    unless: &[
        r"\b(?:nothing|anything|any|without|without an|there was no) (?:immediately )?obvious\b",
        r"\b(?:api|app|application|balancer|bot|broker|cache|check|checker|client|cluster|code|compiler|console|controller|daemon|database|driver|engine|filter|firewall|firmware|function|gateway|handler|importer|job|kernel|library|loader|logic|model|monitor|node|parser|pipeline|planner|plugin|process|program|proxy|query|queue|router|rule|scheduler|script|sensor|server|service|software|switch|system|task|tool|validator|version|worker)s? (?:then |also |has |have |had )?(?:wrongly|improperly) [a-z]+(?:s|ed)\b",
        r"\b(?:seems?|seemed|looks?|looked|appears?|appeared) obvious (?:now|in hindsight|in retrospect|afterwards|later|today|with hindsight)\b",
        r"\b(?:by|from|is|are|was|were|can|could|will|would|then|by then) simply\b",
        r"\bclearly[ -](?:label\w*|mark\w*|defin\w*|document\w*|stat\w*|visible|nam\w*|separat\w*|communicat\w*|describ\w*|show\w*|writ\w*|identif\w*)",
        r"\b(?:label\w*|mark\w*|defin\w*|document\w*|stat(?:e|es|ed)|communicat\w*|describ\w*|show\w*|sa(?:y|ys|id)|speak\w*|explain\w*|writ\w*|see|seen|visible) (?:\w+ ){0,4}clearly\b",
        r"\b(?:more|very|as) clearly\b",
        r"\bnot (?:at all )?obvious\b",
        r"\bnon-obvious\b",
        r"\bno obvious\b",
        r"\bnot (?:immediately |yet |at first )?(?:clearly|obvious)\b",
        r"\b(?:less|more) obvious\b",
    ],
    parts: &[],
    questions: false,
    says: "judges instead of telling",
    help: "give what was seen or measured",
};
