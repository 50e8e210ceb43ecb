//! AW005 no-git-dates.

use crate::{
    diag::reader,
    lint::{Check, Rule},
};

pub const RULE: Rule = Rule {
    id: reader::NO_GIT_DATES,
    explain: r"## What
Git knows no dates of change here.
## Why
Pages then show none; in a shallow clone every file would seem to have changed today.
## Bad
```yaml
- uses: actions/checkout@v4
```
## Good
```yaml
- uses: actions/checkout@v4
  with: { fetch-depth: 0 }
```
## Fix
Fetch the whole history.
",
    check: Check::Reader,
};
