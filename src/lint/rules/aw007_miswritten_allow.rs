//! AW007 miswritten-allow.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Fixes, Rule},
};

pub const ID: RuleId = RuleId { code: "AW007", name: "miswritten-allow", level: Level::Error };

pub const RULE: Rule = Rule {
    id: ID,
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "our practice: suppressions have reasons",
    explain: r"## What
A comment that allows a finding names no rule that exists, or gives no reason.
## Why
Without a reason the next reader cannot tell whether it still holds.
## Bad
```markdown
<!-- afterword: allow AW701 -->
```
## Good
```markdown
<!-- afterword: allow AW701 quoted from the vendor's report -->
```
## Fix
Write `allow`, a code or a name, and why it is fine here.
",
    check: Check::Reader,
};
