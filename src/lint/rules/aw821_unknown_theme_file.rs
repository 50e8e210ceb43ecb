//! AW821 unknown-theme-file.

use crate::{
    config::Profile,
    diag::theme,
    lint::{Check, Fixes, Rule},
};

pub const RULE: Rule = Rule {
    id: theme::UNKNOWN_FILE,
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the contract of themes",
    explain: r"## What
A file in the folder of the theme that nothing would look at: a template that the built-in theme does not have, another folder, another ending.
## Why
A misspelled name overrides nothing, silently, and so does one that the built-in theme no longer has.
## Bad
```text
look/templates/incidnet.html
```
## Good
```text
look/templates/incident.html
look/templates/partials/badge.html
```
## Fix
Use the name that is proposed. A new template goes to `templates/partials/`, or another template includes it. `afterword theme schema` lists all names.
",
    check: Check::Reader,
};
