//! AW823 unmarked-override.

use crate::{
    config::Profile,
    diag::theme,
    lint::{Check, Fixes, Rule},
};

pub const RULE: Rule = Rule {
    id: theme::UNMARKED_OVERRIDE,
    profile: Profile::Starter,
    fixes: Fixes::Unsafe,
    since: "0.1.0",
    source: "the contract of themes",
    explain: r"## What
A file of the theme takes the place of a built-in one and does not say of which version it is a copy.
## Why
Without that line nothing can tell when the built-in file changes.
## Bad
```html
<table>…</table>
```
## Good
```html
{# overrides: rows.html sha=1f2e3d4c -#}
<table>…</table>
```
## Fix
Let `afterword theme override rows.html` write the copy, or add the line that is proposed.
",
    check: Check::Reader,
};
