//! AW805 raw-html.

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
    id: RuleId { code: "AW805", name: "raw-html", level: Level::Warning },
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "CommonMark; WCAG 2.2",
    explain: r"## What
The body holds raw HTML. It is not shown; comments are fine.
## Why
Reports hold pasted text, and pasted HTML can be a script.
## Bad
```markdown
<b>down</b>
```
## Good
```markdown
**down**
```
## Fix
Use Markdown.
",
    check: Check::Prose(check),
};

fn check(_: Prose<'_>, links: &[Link], ctx: &mut Ctx<'_>) {
    for link in links {
        if matches!(link.target, Target::Html) {
            ctx.at(&link.span, "raw HTML is not shown", "use Markdown, or put it between backticks");
        }
    }
}
