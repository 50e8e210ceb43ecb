//! AW812 deploys-file.

use crate::{
    config::Profile,
    diag::reader,
    lint::{Check, Fixes, Rule},
};

pub const RULE: Rule = Rule {
    id: reader::DEPLOYS_FILE,
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "DevOps Research and Assessment: change fail rate and deployment frequency",
    explain: r"## What
The file that `deploys` in `site.toml` names is not there, or a line of it cannot be read.
## Why
A share of changes that failed is only as good as the count of all changes. A line that is passed over in silence would make it
look worse than it is.
## Bad
```csv
date,service,count
1.3.2024,checkout,4
```
## Good
```csv
date,service,count
2024-03-01,checkout,4
```
## Fix
Write a line for each day and service: the day, the service as `site.toml` has it, and how many changes went out. Without the column
`count` each line is one.
",
    check: Check::Reader,
};
