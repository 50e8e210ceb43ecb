//! AW106 unknown-key.

use crate::{
    config::Profile,
    diag::reader,
    lint::{Check, Fixes, Rule},
};

pub const RULE: Rule = Rule {
    id: reader::UNKNOWN_KEY,
    profile: Profile::Starter,
    fixes: Fixes::Safe,
    since: "0.1.0",
    source: "the schema of reports",
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
