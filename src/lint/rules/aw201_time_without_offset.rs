//! AW201 time-without-offset.

use crate::{
    diag::reader,
    lint::{Check, Rule},
};

pub const RULE: Rule = Rule {
    id: reader::TIME_WITHOUT_OFFSET,
    explain: r"## What
A time has no offset from UTC, or an abbreviation instead of one.
## Why
`08:12` is a different moment in each zone, and `IST` is three zones.
## Bad
```yaml
started_at: 2024-03-01T08:12:00
```
## Good
```yaml
started_at: 2024-03-01T08:12:00Z
```
## Fix
Add `Z` or the offset; write a date alone where only the day is known.
",
    check: Check::Reader,
};
