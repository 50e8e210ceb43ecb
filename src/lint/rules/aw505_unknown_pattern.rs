//! AW505 unknown-pattern.

use crate::{
    config::Profile,
    diag::{Diagnostic, Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    tree::closest,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW505", name: "unknown-pattern", level: Level::Error },
    profile: Profile::Starter,
    fixes: Fixes::Unsafe,
    since: "0.1.0",
    source: "the catalog in site.toml",
    explain: r"## What
A pattern page names a related pattern that has no page.
## Why
Readers are sent to what goes with it; a name that leads nowhere helps nobody.
## Bad
```yaml
related: [thundering-heard]
```
## Good
```yaml
related: [thundering-herd]
```
## Fix
Use the name of a file in `_patterns/`.
",
    check: Check::Corpus(check),
};

fn check(ctx: &mut Ctx<'_>) {
    let patterns = &ctx.corpus.patterns;
    for pattern in patterns.values() {
        for written in pattern.related.iter().filter(|id| !patterns.contains_key(&id.value)) {
            let near = closest(&written.value, patterns.keys().map(String::as_str));
            ctx.report(|rule| {
                let message = format!("there is no pattern `{}`", written.value);
                let finding = Diagnostic::new(rule, &written.span, message);
                match near {
                    Some(id) => {
                        finding.help(format!("did you mean `{id}`?")).guess(format!("write `{id}`"), &written.span, id)
                    }
                    None => finding.help("each file in `_patterns/` is one"),
                }
            });
        }
    }
}
