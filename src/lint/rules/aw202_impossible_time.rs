//! AW202 impossible-time.

use crate::{
    config::Profile,
    diag::reader,
    lint::{Check, Fixes, Rule},
};

pub const RULE: Rule = Rule {
    id: reader::IMPOSSIBLE_TIME,
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "RFC 3339; Google, Site Reliability Workbook, chapter 10",
    explain: r"## What
A date or time that does not exist.
## Why
It cannot be placed on a timeline.
## Bad
```yaml
started_at: 2024-02-30T08:12:00Z
```
## Good
```yaml
started_at: 2024-03-01T08:12:00Z
```
## Fix
Correct it.
",
    check: Check::Reader,
};
