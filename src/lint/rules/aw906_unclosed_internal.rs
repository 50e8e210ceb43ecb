//! AW906 unclosed-internal.

use crate::{
    config::Profile,
    diag::{Diagnostic, Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule, Text},
    parse::internal,
    snapshot::Span,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW906", name: "unclosed-internal", level: Level::Warning },
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "Afterword",
    explain: r"## What
A comment that begins an internal part, and none that ends it.
## Why
What is not known to be public is kept: the whole rest of the report is missing where the public reads it, which nobody who reads the
internal site sees.
## Bad
```markdown
<!-- afterword: internal -->
The supplier has given notice.

## Timeline
```
## Good
```markdown
<!-- afterword: internal -->
The supplier has given notice.
<!-- /internal -->

## Timeline
```
## Fix
Write `<!-- /internal -->` where the part ends.
",
    check: Check::Text(check),
};

fn check(text: Text<'_>, ctx: &mut Ctx<'_>) {
    if let Some(open) = internal::unpaired(text.path, text.text).open {
        let span = Span::new(text.path, open);
        ctx.report(|rule| {
            Diagnostic::new(rule, &span, "an internal part that is never closed: the rest of the file is withheld")
                .help("write `<!-- /internal -->` where it ends")
        });
    }
}
