//! AW103 duplicate-key.

use crate::{
    config::Profile,
    diag::reader,
    lint::{Check, Fixes, Rule},
};

pub const RULE: Rule = Rule {
    id: reader::DUPLICATE_KEY,
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the schema of reports",
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
