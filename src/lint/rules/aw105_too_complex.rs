//! AW105 too-complex.

use crate::{
    config::Profile,
    diag::reader,
    lint::{Check, Fixes, Rule},
};

pub const RULE: Rule = Rule {
    id: reader::TOO_COMPLEX,
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the schema of reports",
    explain: r"## What
The front matter is nested too deeply or holds too much.
## Why
Facts are flat; prose belongs into the body.
## Bad
```yaml
a: [[[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]]
```
## Good
```yaml
tags: [x]
```
## Fix
Move prose into the body.
",
    check: Check::Reader,
};
