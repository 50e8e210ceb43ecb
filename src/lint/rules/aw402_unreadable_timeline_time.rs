//! AW402 unreadable-timeline-time.

use crate::{
    diag::reader,
    lint::{Check, Rule},
};

pub const RULE: Rule = Rule {
    id: reader::UNREADABLE_TIMELINE_TIME,
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
