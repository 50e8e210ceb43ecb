//! AW704 judging-character.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Fixes, Rule, language::Phrase},
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW704", name: "judging-character", level: Level::Warning },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "Google, Site Reliability Workbook, chapter 10: the bad postmortem",
    explain: r"## What
A word about the character or the care of people.
## Why
It explains nothing that can be changed, and whoever reads it writes less next time.
## Bad
```markdown
A careless change removed the index.
```
## Good
```markdown
The change removed the index; the review tool did not show schema changes.
```
## Fix
Delete the word and tell what people saw and had at hand.
",
    check: Check::Language(&PHRASE),
};

static PHRASE: Phrase = Phrase {
    find: &[
        r"\b(?:careless(?:ly|ness)?|negligen(?:t|ce|tly)|slopp(?:y|ily|iness)|lazy|laziness|lazily (?:written|approved|copied|reviewed|skipped|tested)|incompeten(?:t|ce|tly)|reckless(?:ly|ness)?|stupid(?:ly|ity)?|ignoran(?:t|ce|tly)|clueless|irresponsibl[ey]|irresponsibility|thoughtless(?:ly|ness)?|dumb|foolish(?:ly)?|inattentive(?:ness)?|unprofessional(?:ly)?|complacen(?:t|cy)|hasty|hastily (?:made|done|written|approved|decided))\b",
    ],
    unless: &[
        r"\blazy by (?:default|design)\b",
        r"\b(?:api|app|application|balancer|bot|broker|cache|check|checker|client|cluster|code|compiler|console|controller|daemon|database|driver|engine|filter|firewall|firmware|function|gateway|handler|importer|job|kernel|library|loader|logic|model|monitor|node|parser|pipeline|planner|plugin|process|program|proxy|query|queue|router|rule|scheduler|script|sensor|server|service|software|switch|system|task|tool|validator|version|worker)s? (?:is|are|was|were) (?:\w+ )?ignorant of\b",
        r"\bsloppy quorums?\b",
        r"\blaz(?:y|ily)[ -](?:load\w*|init\w*|evaluat\w*|delet\w*|expir\w*|creat\w*|connect\w*|propagat\w*|free\w*|fetch\w*|compil\w*|migrat\w*|unmount\w*|repair\w*|rebuil\w*|bound|writes?|reads?)",
        r"\blaz(?:y|ily) (?:\w+ )?(?:evaluated|loaded|initiali[sz]ed|created|expired|deleted|fetched|computed|repaired|rebuilt)",
        r"\b(?:loaded|loads|load|evaluated|initiali[sz]ed|created|computed|expired|fetched|deleted|compiled) lazily\b",
        r"\bdumb (?:terminal|pipe|client|switch|proxy|mode)",
        r"\bignorance of no\b",
        r"\bSameSite\b",
    ],
    parts: &[],
    questions: false,
    says: "judges people",
    help: "leave it out; tell the workload, the signals and the tools they had",
};
