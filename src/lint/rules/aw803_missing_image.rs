//! AW803 missing-image.

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
    id: RuleId { code: "AW803", name: "missing-image", level: Level::Error },
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "CommonMark; WCAG 2.2",
    explain: r"## What
An image is not in the repository.
## Why
The page would show a gap.
## Bad
```markdown
![Error rate](errors.png)
```
## Good
```markdown
![Error rate, 08:00 to 09:00](2024-03-01-errors.png)
```
## Fix
Put the image beside the report; images of other sites are not loaded.
",
    check: Check::Prose(check),
};

fn check(prose: Prose<'_>, links: &[Link], ctx: &mut Ctx<'_>) {
    for link in links {
        let Target::Image { url, .. } = &link.target else { continue };
        if links::is_unsafe(url) {
            continue; // AW806 tells of it
        }
        if links::is_local(url) && ctx.file(prose.path, url).is_none() {
            let (what, _) = links::missing(ctx.config.place_of(prose.path), url, ctx.config);
            ctx.at(&link.span, format!("the image `{url}` {what}"), "put it beside the report");
        }
    }
}
