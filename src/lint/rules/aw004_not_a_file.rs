//! AW004 not-a-file.

use crate::{
    config::Profile,
    diag::reader,
    lint::{Check, Fixes, Rule},
};

pub const RULE: Rule = Rule {
    id: reader::NOT_A_FILE,
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the limits of this program",
    explain: r"## What
Something among the reports is neither a file nor a folder, or a folder has the name of a report.
## Why
It cannot be read as a report.
## Bad
```text
reports/2024-03-01-cache.md/
```
## Good
```text
reports/2024-03-01-cache.md
```
## Fix
Rename or remove it.
",
    check: Check::Reader,
};
