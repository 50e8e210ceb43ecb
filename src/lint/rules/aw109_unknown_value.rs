//! AW109 unknown-value.

use crate::{
    config::Profile,
    diag::reader,
    lint::{Check, Fixes, Rule},
};

pub const RULE: Rule = Rule {
    id: reader::UNKNOWN_VALUE,
    profile: Profile::Starter,
    fixes: Fixes::Both,
    since: "0.1.0",
    source: "the schema of reports",
    explain: r"## What
A word that is not in the field's list, or not in its usual spelling.
## Why
Pages group by these words.
## Bad
```yaml
status: finished
```
## Good
```yaml
status: closed
```
## Fix
Use one of the known words.
",
    check: Check::Reader,
};
