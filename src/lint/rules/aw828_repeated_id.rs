//! AW828 repeated-id.

use crate::{
    config::Profile,
    diag::theme,
    lint::{Check, Fixes, Rule},
};

pub const RULE: Rule = Rule {
    id: theme::REPEATED_ID,
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the contract of themes",
    explain: r#"## What
An id is on a page twice.
## Why
A link to it, or a label for it, can mean only one.
## Bad
```html
<section id="reports">…<section id="reports">
```
## Good
```html
<section id="reports">…<section id="late-reports">
```
## Fix
Give one of them another id, or use a class.
"#,
    check: Check::Reader,
};
