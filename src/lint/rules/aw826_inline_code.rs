//! AW826 inline-code.

use crate::{
    config::Profile,
    diag::theme,
    lint::{Check, Fixes, Rule},
};

pub const RULE: Rule = Rule {
    id: theme::INLINE_CODE,
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the contract of themes",
    explain: r#"## What
A page that the theme makes has a script, a style or a listener in it, or no content policy.
## Why
Sites run under a policy that refuses these, so that nothing pasted into a report can run. What is inline does nothing.
## Bad
```html
<p style="color: red" onclick="go()">
```
## Good
```html
<p class="late" data-go>
```
## Fix
Put styles into `user.css` and scripts into `scripts/`.
"#,
    check: Check::Reader,
};
