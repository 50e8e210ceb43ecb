//! AW804 missing-alt-text.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{
        Check, Ctx, Fixes, Rule,
        links::{Link, Target},
    },
    model::Prose,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW804", name: "missing-alt-text", level: Level::Warning },
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "WCAG 2.2, success criterion 1.1.1",
    explain: r"## What
An image has no text that says what it shows.
## Why
It is invisible to search and to screen readers.
## Bad
```markdown
![](errors.png)
```
## Good
```markdown
![Error rate rises from 0 to 20 percent at 08:12](errors.png)
```
## Fix
Say in a line what a reader would see.
",
    check: Check::Prose(check),
};

fn check(_: Prose<'_>, links: &[Link], ctx: &mut Ctx<'_>) {
    for link in links {
        if matches!(&link.target, Target::Image { alt, .. } if alt.trim().is_empty()) {
            ctx.at(&link.span, "this image has no text", "say in the brackets what a reader would see");
        }
    }
}
