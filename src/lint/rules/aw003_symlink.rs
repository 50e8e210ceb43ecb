//! AW003 symlink.

use crate::{
    config::Profile,
    diag::reader,
    lint::{Check, Fixes, Rule},
};

pub const RULE: Rule = Rule {
    id: reader::SYMLINK,
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the limits of this program",
    explain: r"## What
A symbolic link stands among the reports.
## Why
A link can lead out of the repository and publish what was never meant to be.
## Bad
```text
reports/2024/notes.md -> /etc/hosts
```
## Good
```text
reports/2024/notes.md
```
## Fix
Copy the file.
",
    check: Check::Reader,
};
