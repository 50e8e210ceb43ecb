//! AW201 time-without-offset.

use crate::{
    config::Profile,
    diag::reader,
    lint::{Check, Fixes, Rule},
};

pub const RULE: Rule = Rule {
    id: reader::TIME_WITHOUT_OFFSET,
    profile: Profile::Starter,
    fixes: Fixes::Safe,
    since: "0.1.0",
    source: "RFC 3339; Google, Site Reliability Workbook, chapter 10",
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
