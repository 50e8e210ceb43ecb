//! AW708 animated-language.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Fixes, Rule, language::Phrase},
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW708", name: "animated-language", level: Level::Warning },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "Google, Site Reliability Workbook, chapter 10: animated language",
    explain: r"## What
Animated words, several exclamation marks, shouting in capitals.
## Why
They raise the temperature and carry no information. A figure says more.
## Bad
```markdown
The failover was a disaster!!
```
## Good
```markdown
The failover took 48 minutes; 5 were planned.
```
## Fix
Put the measure in the word's place.
",
    check: Check::Language(&PHRASE),
};

static PHRASE: Phrase = Phrase {
    find: &[
        r"\b(?:ridiculous(?:ly)?|insane(?:ly)?|insanity|disasters?|disastrous(?:ly)?|nightmares?|nightmarish|shocking(?:ly)?|unbelievabl[ey]|catastroph(?:e|es|ic|ically)|horrif(?:ic|ying)|horribl[ey]|terribl[ey]|awful(?:ly)?|absurd(?:ly)?|outrageous(?:ly)?|crazy|madness|chaos|mayhem|hell|horror|appalling(?:ly)?|mind-?boggling|jaw-?dropping|dreadful|carnage|bloodbath|meltdowns?|scandalous|laughabl[ey]|pathetic(?:ally)?|astonishing(?:ly)?|embarrassing(?:ly)?)\b",
        r"\bcan(?:(?:'|’)|no)t believe\b",
        r"!!+",
        r"(?-i)(?:^|\s)(?:NEVER|ALWAYS|EVERYTHING|ANYTHING|NOTHING|HUGE|TERRIBLE|AGAIN|EVERYONE|EVERY|TOTALLY|COMPLETELY|ENTIRE|WORST|BROKEN|AWFUL|MASSIVE|IMMEDIATELY|WRONG|REALLY|EXTREMELY|ABSOLUTELY|WHOLE|HOURS|MUST|STILL|FAILED)\b(?:[ .,!]|$)",
    ],
    unless: &[
        r"\bdisaster[- ](?:recovery|response|plan\w*|tolerance|scenario|exercise|drill|test\w*|site|preparedness|readiness|relief)",
        r"\bchaos[- ](?:engineering|monkey|test\w*|experiment\w*|mesh|drill|day|toolkit)",
        r"\bnatural disasters?\b",
        r"\bmeltdown (?:and spectre|mitigation|patch|vulnerabilit)",
        r"\bspectre and meltdown\b",
        r"\bcatastroph(?:ic|e) (?:failure mode|regex|backtracking|backtrack|insurance|bond)",
        r"\bcatastrophic backtracking\b",
        r"\bdependency hell\b",
        r"\bdisaster-recovery\b",
    ],
    parts: &[],
    questions: false,
    says: "is about feelings",
    help: "give the measure: how many, how long, how much",
};
