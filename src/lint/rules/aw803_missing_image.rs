//! AW803 missing-image.

use super::links::{self, Target};
use crate::{
    diag::{Level, RuleId},
    lint::{Check, Ctx, Rule},
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW803", name: "missing-image", level: Level::Error },
    explain: r"## What
An image is not in the repository.
## Why
The page would show a gap.
## Bad
```markdown
![Error rate](errors.png)
```
## Good
```markdown
![Error rate, 08:00 to 09:00](2024-03-01-errors.png)
```
## Fix
Put the image beside the report; images of other sites are not loaded.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    for link in links::of(report) {
        let Target::Image { url, .. } = &link.target else { continue };
        match links::local(url) {
            None => ctx.at(&link.span, "this image is on another site", "put a copy beside the report"),
            Some(path) if !report.path.resolve(path).is_some_and(|path| ctx.corpus.paths.contains(&path)) => {
                ctx.at(&link.span, format!("the image `{url}` is not in the repository"), "put it beside the report");
            }
            Some(_) => {}
        }
    }
}
