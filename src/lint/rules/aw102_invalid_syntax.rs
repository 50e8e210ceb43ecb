//! AW102 invalid-syntax.

use crate::{
    config::Profile,
    diag::reader,
    lint::{Check, Fixes, Rule},
};

pub const RULE: Rule = Rule {
    id: reader::INVALID_SYNTAX,
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the schema of reports",
    explain: r#"## What
The YAML of the front matter or the TOML of `site.toml` cannot be read.
## Why
Nothing after the place can be understood.
## Bad
```yaml
title: Cache: lost
```
## Good
```yaml
title: "Cache: lost"
```
## Fix
Quote values that hold `: ` or ` #`, and indent with spaces.
"#,
    check: Check::Reader,
};
