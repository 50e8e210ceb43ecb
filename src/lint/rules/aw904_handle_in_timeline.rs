//! AW904 handle-in-timeline.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{
        Check, Fixes, Rule,
        language::{Part, Phrase},
    },
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW904", name: "handle-in-timeline", level: Level::Warning },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "rustsec: advisories are checked for bare handles; the guide: do not single out individuals",
    explain: r"## What
A chat handle in the timeline, most often pasted from a channel.
## Why
It tells who did what for as long as the report is on the web, and links to a stranger where the site of the handle is another.
## Bad
```markdown
- 14:05 @kim restarts the host
```
## Good
```markdown
- 14:05 The on-call engineer restarts the host
```
## Fix
Put the role in the handle's place.
",
    check: Check::Language(&PHRASE),
};

static PHRASE: Phrase = Phrase {
    find: &[r"(?-i)(?:^|[\s(,;:])@[a-zA-Z][a-zA-Z0-9_-]*(?:[./][a-zA-Z0-9_-]+)*\b"],
    unless: &[
        r"(?-i)@(?:media|import|types|angular|babel|Override|Inject|param|return|latest|next|here|channel|everyone|daily|hourly|weekly|reboot|v?[0-9])",
        r"(?-i)\b(?:npm|yarn|package|decorator|annotation|annotated)\b",
    ],
    parts: &[Part::Timeline],
    questions: false,
    says: "is somebody's handle",
    help: "write the role: on-call, database team",
};
