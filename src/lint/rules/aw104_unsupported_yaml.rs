//! AW104 unsupported-yaml.

use crate::{
    config::Profile,
    diag::reader,
    lint::{Check, Fixes, Rule},
};

pub const RULE: Rule = Rule {
    id: reader::UNSUPPORTED_YAML,
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the schema of reports",
    explain: r"## What
Anchors, aliases, tags, merge keys or several documents.
## Why
A report needs none of them, and they make files that are small to write and huge to read.
## Bad
```yaml
services: &s [checkout]
teams: *s
```
## Good
```yaml
services: [checkout]
teams: [shop]
```
## Fix
Write the value out.
",
    check: Check::Reader,
};
