//! AW712 minimising-word.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{
        Check, Fixes, Rule,
        language::{Part, Phrase},
    },
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW712", name: "minimising-word", level: Level::Info },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "PagerDuty, Postmortem Documentation: impact in numbers",
    explain: r"## What
`Only` or `merely` before a duration or a number of customers.
## Why
For those customers it was all of it. The figure speaks for itself.
## Bad
```markdown
Only 400 customers were affected, for merely 20 minutes.
```
## Good
```markdown
400 customers were affected for 20 minutes.
```
## Fix
Delete the word.
",
    check: Check::Language(&PHRASE),
};

static PHRASE: Phrase = Phrase {
    find: &[
        r"\b(?:only|merely|just|a mere|barely|scarcely|hardly|no more than|nothing more than|simply)(?: about| around| roughly| some| for| down| offline| unavailable| unreachable| degraded| interrupted| slow| out| visible| affected| lasted| took| an?| the| under| by| hit| reached| lost| impacted| saw| approximately| less than| fewer than| a total of| up to| over| during| in| touched| felt by| some)* (?:(?:\d[\d.,_]*(?: ?%|k| ?million| ?thousand)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|ninety|half|a (?:few|handful|couple|fraction|dozen|small (?:number|share|fraction|percentage|group|set|part|subset|minority))|some|under|less than|fewer than|about|around|roughly|approximately))(?:[ -](?:of|the|our|all|in|an?|single|paying|active|internal|external|large|small|european|enterprise|dozen|hundred|thousand|million|or|and|to|out|(?:\d[\d.,_]*(?: ?%|k| ?million| ?thousand)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|ninety|half|a (?:few|handful|couple|fraction|dozen|small (?:number|share|fraction|percentage|group|set|part|subset|minority))|some|under|less than|fewer than|about|around|roughly|approximately)|[a-z]+)){0,3}?(?:[ -](?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|percent|per cent|per mille|customers?|users?|accounts?|tenants?|requests?|orders?|people|visitors?|clients?|sessions?|merchants?|subscribers?|members?|shops?|stores?|payments?|calls?|messages?|transactions?|emails?|jobs?|logins?|regions?|sites?|tickets?|callers?|readers?|buyers?|sellers?|players?|students?|patients?|passengers?|drivers?|organi[sz]ations?|companies|checkouts?|bookings?|searches|deliveries|invoices?|partners?|teams?)\b|%| ?percent)",
        r"\b(?:only|merely|just|barely)(?: about| around| roughly| for| some)* \d[\d.,]* ?(?:%|s\b|ms\b|min\b|h\b)",
        r"\b(?:only|merely|just|barely) (?:an?|the) (?:tiny |small |mere )?(?:few|handful|couple|fraction)\b",
    ],
    unless: &[
        r"\bread-only\b",
        r"\bonly one (?:replica|node|copy|region was left|host|zone|instance)\b",
        r"\bnot (?:only|just|merely)\b",
        r"\bonly (?:after|when|once|until|then|later|because|if|at)\b",
    ],
    parts: &[Part::Impact],
    questions: false,
    says: "makes it smaller",
    help: "give the figure alone; the reader judges",
};
