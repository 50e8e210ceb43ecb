//! AW002 oversized-file.

use crate::{
    config::Profile,
    diag::reader,
    lint::{Check, Fixes, Rule},
};

pub const RULE: Rule = Rule {
    id: reader::OVERSIZED_FILE,
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the limits of this program",
    explain: r"## What
A file, its front matter, the number of files, or the bytes of all of them is over the limit.
## Why
Limits keep one pasted log from slowing every build.
## Bad
```text
(a report of 3 MiB)
```
## Good
```text
(a report that links the log as a file beside it)
```
## Fix
Put long logs into a file beside the report, or raise `[limits]` in `site.toml`.
",
    check: Check::Reader,
};
