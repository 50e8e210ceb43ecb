//! AW509 repeated-pattern.

use crate::{
    config::Profile,
    diag::{Diagnostic, Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW509", name: "repeated-pattern", level: Level::Warning },
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the catalog in site.toml",
    explain: r"## What
Two pages are about one factor: the site's own `_patterns/` and that of a source, or those of two sources, have a file of the same name.
## Why
A factor has one page. That of the site itself is published, then that of the source that `site.toml` names first; what the other says,
nobody reads. Reports of both count for the one page.
## Bad
```text
reports/_patterns/capacity.md
sources/payments/reports/_patterns/capacity.md
```
## Good
```text
reports/_patterns/capacity.md
```
## Fix
Put what the second page adds into the first. Where they mean different things, give one another name. Where the source keeps its page for a
site of its own, set the rule to `off` for its folder.
",
    check: Check::Corpus(check),
};

fn check(ctx: &mut Ctx<'_>) {
    let corpus = ctx.corpus;
    for pattern in corpus.repeated_patterns.values() {
        let Some(first) = corpus.patterns.get(&pattern.id) else { continue };
        ctx.report(|rule| {
            Diagnostic::new(rule, &pattern.title.span, format!("the factor `{}` has a page already", pattern.id))
                .also(&first.title.span, "this one is published")
                .help("put what this page adds into the other, or give one of the two another name")
        });
    }
}
