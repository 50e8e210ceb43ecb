//! AW806 unsafe-link.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{
        Check, Ctx, Fixes, Rule,
        links::{self, Link, Target},
    },
    model::Prose,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW806", name: "unsafe-link", level: Level::Error },
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "CommonMark; WCAG 2.2",
    explain: r"## What
A link runs something instead of leading somewhere.
## Why
It is never published.
## Bad
```markdown
[click](javascript:alert(1))
```
## Good
```markdown
[the runbook](https://example.com/runbook)
```
## Fix
Link an address that begins with `https://`.
",
    check: Check::Prose(check),
};

fn check(_: Prose<'_>, links: &[Link], ctx: &mut Ctx<'_>) {
    for link in links {
        let (Target::Link(url) | Target::Image { url, .. }) = &link.target else { continue };
        if links::is_unsafe(url) {
            ctx.at(
                &link.span,
                "this link runs something instead of leading somewhere",
                "link an address that begins with `https://`",
            );
        }
    }
}
