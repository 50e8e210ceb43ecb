//! AW824 failing-template.

use crate::{
    config::Profile,
    diag::theme,
    lint::{Check, Fixes, Rule},
};

pub const RULE: Rule = Rule {
    id: theme::FAILING_TEMPLATE,
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the contract of themes",
    explain: r"## What
A template of the theme does not compile, or asks for something that the page does not have.
## Why
The build stops at it.
## Bad
```html
{{ reprot.title }}
```
## Good
```html
{{ title }}
```
## Fix
`afterword theme schema` lists what each template is given.
",
    check: Check::Reader,
};
