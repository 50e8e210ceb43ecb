//! AW829 dead-site-link.

use crate::{
    config::Profile,
    diag::theme,
    lint::{Check, Fixes, Rule},
};

pub const RULE: Rule = Rule {
    id: theme::DEAD_SITE_LINK,
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the contract of themes",
    explain: r#"## What
A page that the theme makes links to a page, an anchor or a file that the site does not have.
## Why
Readers end at nothing.
## Bad
```html
<a href="about/index.html">
```
## Good
```html
<a href="{{ root }}patterns/index.html">
```
## Fix
Begin addresses with `{{ root }}`; a file of `static/` is `{{ root }}{{ assets["logo.svg"] }}`.
"#,
    check: Check::Reader,
};
