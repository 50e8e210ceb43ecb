//! AW802 broken-link.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{
        Check, Ctx, Fixes, Rule,
        links::{self, Link, Target},
    },
    model::Prose,
    snapshot::Span,
    tree::closest,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW802", name: "broken-link", level: Level::Error },
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "CommonMark; WCAG 2.2",
    explain: r"## What
A link within the repository leads to a file, or to a heading of the same report, that is not there.
## Why
Readers follow it at the worst moment.
## Bad
```markdown
[the outage before](2024-02-30-cache.md)
```
## Good
```markdown
[the outage before](2024-02-28-cache.md)
```
## Fix
Correct the path; it is relative to the file it stands in. `/` is the root of the repository, in a report of a source the
folder of the source. A heading is linked by its words: `#contributing-factors`.
",
    check: Check::Prose(check),
};

fn check(prose: Prose<'_>, links: &[Link], ctx: &mut Ctx<'_>) {
    let mut anchors = None;
    for link in links {
        let Target::Link(target) = &link.target else { continue };
        if let Some(anchor) = target.strip_prefix('#') {
            // What is percent-encoded is left to the browser; `#` alone is the top of the page.
            if !anchor.is_empty() && !anchor.contains('%') {
                heading(anchor, &link.span, anchors.get_or_insert_with(|| links::anchors(prose)), ctx);
            }
        } else if links::is_local(target) && ctx.file(prose.path, target).is_none() {
            let (what, help) = links::missing(ctx.config.place_of(prose.path), target, ctx.config);
            ctx.at(&link.span, format!("`{target}` {what}"), help);
        }
    }
}

fn heading(anchor: &str, span: &Span, anchors: &[String], ctx: &mut Ctx<'_>) {
    if anchors.iter().any(|known| known == anchor) {
        return;
    }
    let help = closest(anchor, anchors.iter().map(String::as_str)).map_or_else(
        || "link a heading by its words, in lower case and with `-` between".to_owned(),
        |near| format!("did you mean `#{near}`?"),
    );
    ctx.at(span, format!("there is no heading `#{anchor}` in this report"), help);
}
