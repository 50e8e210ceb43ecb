//! AW005 no-git-dates.

use crate::{
    config::Profile,
    diag::reader,
    lint::{Check, Fixes, Rule},
};

pub const RULE: Rule = Rule {
    id: reader::NO_GIT_DATES,
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the limits of this program",
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
