//! AW830 unknown-text.

use crate::{
    config::Profile,
    diag::theme,
    lint::{Check, Fixes, Rule},
};

pub const RULE: Rule = Rule {
    id: theme::UNKNOWN_TEXT,
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the contract of themes",
    explain: r"## What
A template says a text that `i18n/en.toml` does not have.
## Why
The build stops at it, or a label stays empty.
## Bad
```html
{{ t.site.patern }}
```
## Good
```html
{{ t.site.patterns }}
```
## Fix
Use the key that is proposed, or add the text to `i18n/en.toml` of the theme. `afterword theme schema` lists the texts.
",
    check: Check::Reader,
};
