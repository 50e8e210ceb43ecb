//! AW110 duplicate-id.

use crate::{
    config::Profile,
    diag::{Diagnostic, Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    site,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW110", name: "duplicate-id", level: Level::Error },
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the schema of reports",
    explain: r"## What
Two reports have the same id, or ids that lead to one address: they differ only in case or in characters that an address cannot hold.
## Why
The id is the address of the page.
## Bad
```yaml
id: INC-7
# and in another report
id: inc-7
```
## Good
```yaml
id: INC-8
```
## Fix
Give one of them another id.
",
    check: Check::Corpus(check),
};

fn check(ctx: &mut Ctx<'_>) {
    let mut seen = std::collections::BTreeMap::new();
    let corpus = ctx.corpus;
    for report in &corpus.reports {
        if let Some(first) = seen.insert(address(&report.id.value), &report.id) {
            let id = &report.id;
            ctx.report(|rule| {
                Diagnostic::new(rule, &id.span, format!("the id `{}` is taken", id.value))
                    .also(&first.span, "by this report")
                    .help("give one of the two another `id`")
            });
        }
    }
}

/// What the page of an id is called, so that no file system and no reader can confuse two of them.
fn address(id: &str) -> String {
    site::slug(id).to_lowercase()
}
