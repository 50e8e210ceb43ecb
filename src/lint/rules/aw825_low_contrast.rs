//! AW825 low-contrast.

use crate::{
    config::Profile,
    diag::theme,
    lint::{Check, Fixes, Rule},
};

pub const RULE: Rule = Rule {
    id: theme::LOW_CONTRAST,
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the contract of themes",
    explain: r"## What
Two colors of the theme are too close: text that is read a lot needs 7:1, other text 4.5:1, marks 3:1, on both papers and in both palettes.
## Why
People read incident reports on bad screens, in bright rooms and with tired eyes.
## Bad
```css
:root { --aw-ink-2: light-dark(#999, #666); }
```
## Good
```css
:root { --aw-ink-2: light-dark(#4a4a4a, #c4c4c4); }
```
## Fix
Darken the text in the light palette, lighten it in the dark one. Where a color is in a notation that is not read here, write it as `oklch(…)`, `rgb(…)` or `#rrggbb`.
",
    check: Check::Reader,
};
