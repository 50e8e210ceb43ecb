//! AW810 search-expectation.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Fixes, Rule},
};

pub const ID: RuleId = RuleId { code: "AW810", name: "search-expectation", level: Level::Error };

pub const RULE: Rule = Rule {
    id: ID,
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "known-item tests of search engines",
    explain: r"## What
The search of the site does not find what `search-tests.yaml` says it must. `check --search` looks.
## Why
A report that is not found by what people type at night does not help them.
## Bad
```yaml
- query: payment timeouts
  expect: 2025-03-14-checkout-queue   # the report nowhere says payment
```
## Good
```yaml
- query: payment timeouts
  expect: 2025-03-14-checkout-queue   # its summary now does
  top: 3
```
## Fix
Write into the report the words that people know the trouble by: the error as it is shown, the service, the symptom.
Where another report answers the query as well, add its id to `expect`.
",
    check: Check::Reader,
};
