//! AW101 missing-front-matter.

use crate::{
    config::Profile,
    diag::reader,
    lint::{Check, Fixes, Rule},
};

pub const RULE: Rule = Rule {
    id: reader::MISSING_FRONT_MATTER,
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the schema of reports",
    explain: r"## What
The file does not begin with front matter, or it is not closed.
## Why
Front matter holds the facts that are counted.
## Bad
```yaml
# Cache node lost
```
## Good
```yaml
---
title: Checkout errors after a cache node was lost
---
```
## Fix
Begin with `---`, the fields, and `---` on a line of its own.
",
    check: Check::Reader,
};
