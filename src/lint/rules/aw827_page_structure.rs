//! AW827 page-structure.

use crate::{
    config::Profile,
    diag::theme,
    lint::{Check, Fixes, Rule},
};

pub const RULE: Rule = Rule {
    id: theme::PAGE_STRUCTURE,
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the contract of themes",
    explain: r#"## What
A page that the theme makes lacks its language, its title, its one `<main>`, a link past the navigation, or names of its `<nav>`s.
## Why
Screen readers and search engines find their way by these.
## Bad
```html
<nav><a href="…">…</a></nav>
```
## Good
```html
<nav aria-label="{{ t.site.navigation }}"><a href="…">…</a></nav>
```
## Fix
See `base.html` of the built-in theme, and extend it where you can.
"#,
    check: Check::Reader,
};
