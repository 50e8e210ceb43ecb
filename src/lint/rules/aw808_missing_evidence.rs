//! AW808 missing-evidence.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule, links},
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW808", name: "missing-evidence", level: Level::Error },
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "real repositories: evidence that was never committed",
    explain: r"## What
Evidence whose `file` is not in the repository.
## Why
The page would point to nothing.
## Bad
```yaml
evidence: [{ kind: metric, name: latency, file: latency.png }]
```
## Good
```yaml
evidence: [{ kind: metric, name: latency, file: files/latency.png }]
```
## Fix
Put the file beside the report, or correct the path.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    for file in report.evidence.iter().filter_map(|evidence| evidence.file.as_ref()) {
        if ctx.file(&report.path, &file.value).is_none() {
            let (what, _) = links::missing(ctx.config.place_of(&report.path), &file.value, ctx.config);
            ctx.at(&file.span, format!("`{}` {what}", file.value), "put it beside the report, or correct the path");
        }
    }
}
