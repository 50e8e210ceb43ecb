//! AW103 duplicate-key.

use crate::{
    diag::reader,
    lint::{Check, Rule},
};

pub const RULE: Rule = Rule {
    id: reader::DUPLICATE_KEY,
    explain: r"## What
A key is written twice.
## Why
Only one of the two can be meant.
## Bad
```yaml
severity: sev2
severity: sev1
```
## Good
```yaml
severity: sev1
```
## Fix
Keep one.
",
    check: Check::Reader,
};
