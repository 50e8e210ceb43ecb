//! AW107 missing-field.

use crate::{
    config::Profile,
    diag::reader,
    lint::{Check, Fixes, Rule},
};

pub const RULE: Rule = Rule {
    id: reader::MISSING_FIELD,
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the schema of reports",
    explain: r#"## What
A required field is not there or is empty: `title`, `severity`, `services`, `started_at`, and the required fields of nested entries.
## Why
Without these a report cannot be listed, counted or found.
## Bad
```yaml
title: ""
```
## Good
```yaml
title: Checkout errors after a cache node was lost
```
## Fix
Add the field.
"#,
    check: Check::Reader,
};
