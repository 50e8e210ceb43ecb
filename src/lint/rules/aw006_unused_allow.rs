//! AW006 unused-allow.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Fixes, Rule},
};

pub const ID: RuleId = RuleId { code: "AW006", name: "unused-allow", level: Level::Warning };

pub const RULE: Rule = Rule {
    id: ID,
    profile: Profile::Starter,
    fixes: Fixes::Safe,
    since: "0.1.0",
    source: "ruff: unused suppressions",
    explain: r"## What
A comment allows something that is not there.
## Why
Once the reason is gone, the comment hides the next finding.
## Bad
```markdown
The disk was full. <!-- afterword: allow AW701 quoted from the vendor -->
```
## Good
```markdown
The disk was full.
```
## Fix
Delete the comment; `--fix` does.
",
    check: Check::Reader,
};
