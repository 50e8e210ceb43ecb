//! AW001 unreadable-file.

use crate::{
    config::Profile,
    diag::reader,
    lint::{Check, Fixes, Rule},
};

pub const RULE: Rule = Rule {
    id: reader::UNREADABLE_FILE,
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the limits of this program",
    explain: r"## What
A file cannot be read, is not UTF-8, or holds a zero byte, which no text does.
## Why
What cannot be read cannot be checked or published.
## Bad
```text
(a file saved as Latin-1 or UTF-16)
```
## Good
```text
(the same file saved as UTF-8)
```
## Fix
Save it as UTF-8; the finding names the first line that is not. Delete zero bytes.
",
    check: Check::Reader,
};
