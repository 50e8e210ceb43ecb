//! AW402 unreadable-timeline-time.

use crate::{
    config::Profile,
    diag::reader,
    lint::{Check, Fixes, Rule},
};

pub const RULE: Rule = Rule {
    id: reader::UNREADABLE_TIMELINE_TIME,
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "PagerDuty, Postmortem Documentation: the timeline",
    explain: r"## What
The time of a timeline's row cannot be read.
## Why
The row is then missing from the timeline.
## Bad
```text
| 14:?? | The alert fires. |
```
## Good
```text
| ~14:10 | The alert fires. |
```
## Fix
Write `14:05`, `~14:05`, or a date and a time.
",
    check: Check::Reader,
};
