//! AW109 unknown-value.

use crate::{
    diag::reader,
    lint::{Check, Rule},
};

pub const RULE: Rule = Rule {
    id: reader::UNKNOWN_VALUE,
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
