//! AW202 impossible-time.

use crate::{
    diag::reader,
    lint::{Check, Rule},
};

pub const RULE: Rule = Rule {
    id: reader::IMPOSSIBLE_TIME,
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
