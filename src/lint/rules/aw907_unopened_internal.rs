//! AW907 unopened-internal.

use crate::{
    config::Profile,
    diag::{Diagnostic, Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule, Text},
    parse::internal,
    snapshot::Span,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW907", name: "unopened-internal", level: Level::Error },
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "Afterword",
    explain: r"## What
A comment that ends an internal part which no comment began.
## Why
Somebody meant to keep something from the public, and it is published: the comment before it is missing or written otherwise.
## Bad
```markdown
<!-- internal -->
The supplier has given notice.
<!-- /internal -->
```
## Good
```markdown
<!-- afterword: internal -->
The supplier has given notice.
<!-- /internal -->
```
## Fix
Write `<!-- afterword: internal -->` where the part begins, or delete the comment.
",
    check: Check::Text(check),
};

fn check(text: Text<'_>, ctx: &mut Ctx<'_>) {
    for close in internal::unpaired(text.path, text.text).close {
        let span = Span::new(text.path, close);
        ctx.report(|rule| {
            Diagnostic::new(rule, &span, "the end of an internal part that was not opened: what was meant is published")
                .help("write `<!-- afterword: internal -->` where it begins, or delete this comment")
        });
    }
}
