//! AW001 unreadable-file.

use crate::{
    diag::reader,
    lint::{Check, Rule},
};

pub const RULE: Rule = Rule {
    id: reader::UNREADABLE_FILE,
    explain: r"## What
A file cannot be read, or is not UTF-8.
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
Save it as UTF-8; the finding names the first line that is not.
",
    check: Check::Reader,
};
