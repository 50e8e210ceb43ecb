//! AW105 too-complex.

use crate::{
    diag::reader,
    lint::{Check, Rule},
};

pub const RULE: Rule = Rule {
    id: reader::TOO_COMPLEX,
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
