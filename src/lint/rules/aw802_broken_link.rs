//! AW802 broken-link.

use super::links::{self, Target};
use crate::{
    diag::{Level, RuleId},
    lint::{Check, Ctx, Rule},
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW802", name: "broken-link", level: Level::Error },
    explain: r"## What
A link within the repository leads to a file that is not there.
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
Correct the path; it is relative to the file it stands in.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    for link in links::of(report) {
        let Target::Link(target) = &link.target else { continue };
        let Some(path) = links::local(target) else { continue };
        let found = report.path.resolve(path).is_some_and(|path| ctx.corpus.paths.contains(&path));
        if !found {
            ctx.at(
                &link.span,
                format!("`{target}` is not in the repository"),
                "correct the path; it is relative to this file",
            );
        }
    }
}
