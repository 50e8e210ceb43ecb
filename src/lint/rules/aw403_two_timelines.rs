//! AW403 two-timelines.

use crate::{
    config::Profile,
    diag::reader,
    lint::{Check, Fixes, Rule},
};

pub const RULE: Rule = Rule {
    id: reader::TWO_TIMELINES,
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "PagerDuty, Postmortem Documentation: the timeline",
    explain: r#"## What
The timeline stands in the front matter and in the body.
## Why
Two copies drift apart.
## Bad
```yaml
timeline: [{ at: 2024-03-01T08:12:00Z, text: Lost }]
# and a section "Timeline"
```
## Good
```yaml
timeline: [{ at: 2024-03-01T08:12:00Z, text: Lost }]
```
## Fix
Keep one of them.
"#,
    check: Check::Reader,
};
