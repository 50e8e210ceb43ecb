//! AW807 remote-image.

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
    id: RuleId { code: "AW807", name: "remote-image", level: Level::Warning },
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "our practice: pages ask no other site for anything",
    explain: r"## What
An image on another site.
## Why
The page does not load it: a site of reports asks nobody else for anything, and what is elsewhere is gone one day.
## Bad
```markdown
![Latency](https://graphs.example.com/latency.png)
```
## Good
```markdown
![Latency](files/latency.png)
```
## Fix
Put a copy beside the report.
",
    check: Check::Prose(check),
};

fn check(_: Prose<'_>, links: &[Link], ctx: &mut Ctx<'_>) {
    for link in links {
        let Target::Image { url, .. } = &link.target else { continue };
        if !links::is_unsafe(url) && !links::is_local(url) {
            ctx.at(&link.span, "this image is on another site, and is not shown", "put a copy beside the report");
        }
    }
}
