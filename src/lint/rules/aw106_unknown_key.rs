//! AW106 unknown-key.

use crate::{
    diag::reader,
    lint::{Check, Rule},
};

pub const RULE: Rule = Rule {
    id: reader::UNKNOWN_KEY,
    explain: r"## What
A key that the schema does not know.
## Why
A misspelled key loses its fact without a sound.
## Bad
```yaml
detectd_at: 2024-03-01T08:19:00Z
```
## Good
```yaml
detected_at: 2024-03-01T08:19:00Z
```
## Fix
Use the key that is proposed, or remove it.
",
    check: Check::Reader,
};
