//! AW108 wrong-type.

use crate::{
    config::Profile,
    diag::reader,
    lint::{Check, Fixes, Rule},
};

pub const RULE: Rule = Rule {
    id: reader::WRONG_TYPE,
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the schema of reports",
    explain: r"## What
A value is of another type than the field.
## Why
It would be read as something else than was meant.
## Bad
```yaml
impact: { customers: many }
```
## Good
```yaml
impact: { customers: 4100 }
```
## Fix
Write what the message expects.
",
    check: Check::Reader,
};
