//! AW408 claim-without-data.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
};
use regex::Regex;
use std::sync::LazyLock;

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW408", name: "claim-without-data", level: Level::Info },
    profile: Profile::Strict,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the guide to post-incident reviews: a link to the data beside each claim",
    explain: r"## What
A row of the timeline that states a measurement, without a link to where it can be seen.
## Why
A graph outlives the memory of those who looked at it.
## Bad
```markdown
| 08:40 | Error rate at 12 %. |
```
## Good
```markdown
| 08:40 | Error rate at [12 %](https://graphs.example.com/d/42). |
```
## Fix
Link the graph, the query or the alert; in front matter, `source`. Evidence in front matter covers all rows.
",
    check: Check::Report(check),
};

static MEASURED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b\d[\d.,]* ?(?:%|ms\b|(?:GB|MB|TB|GiB|MiB|rps|qps|req/s)\b|percent\b|requests\b|errors\b)")
        .expect("a constant")
});

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    if !report.evidence.is_empty() {
        return;
    }
    for row in report.timeline.entries.iter().filter(|row| row.source.is_none() && !row.text.contains("](")) {
        if let Some(found) = MEASURED.find(&row.text).filter(|_| !row.text.contains("://")) {
            let message = format!("`{}` has no link to where it is seen", found.as_str());
            ctx.at(&row.span, message, "link the graph, the query or the alert");
        }
    }
}
