//! AW822 outdated-override.

use crate::{
    config::Profile,
    diag::theme,
    lint::{Check, Fixes, Rule},
};

pub const RULE: Rule = Rule {
    id: theme::OUTDATED_OVERRIDE,
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the contract of themes",
    explain: r"## What
A file of the theme was copied from a built-in file that has changed since. The digest in its first line tells.
## Why
A copy does not get what its base gained: a repair, a new part of a page, a label for screen readers.
## Bad
```html
{# overrides: rows.html sha=00000000 -#}
```
## Good
```html
{# overrides: rows.html sha=1f2e3d4c -#}
```
with the digest that the built-in file has now.
## Fix
`afterword theme check` shows how the copy differs from its base. Take over what is new, then write the digest that is told. Where only a part is yours, extend `default/rows.html` and fill its blocks: then there is no copy.
",
    check: Check::Reader,
};
