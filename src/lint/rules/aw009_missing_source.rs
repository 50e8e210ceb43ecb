//! AW009 missing-source.

use crate::{
    config::Profile,
    diag::reader,
    lint::{Check, Fixes, Rule},
};

pub const RULE: Rule = Rule {
    id: reader::MISSING_SOURCE,
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the limits of this program",
    explain: r"## What
The folder of a source in `site.toml` is not there, or has nothing in it: a submodule that was not fetched, a checkout that CI did not make.
## Why
A site without the reports of a whole team looks like one on which nothing happened to that team.
## Bad
```sh
git clone https://git.example.com/incidents
afterword build
```
## Good
```sh
git clone --recurse-submodules https://git.example.com/incidents
afterword build
```
## Fix
Fetch the source before the build, or take it out of `site.toml`.
",
    check: Check::Reader,
};
