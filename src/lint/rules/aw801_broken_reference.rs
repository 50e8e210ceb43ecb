//! AW801 broken-reference.

use crate::{
    config::Profile,
    diag::{Diagnostic, Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
    tree::closest,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW801", name: "broken-reference", level: Level::Error },
    profile: Profile::Starter,
    fixes: Fixes::Unsafe,
    since: "0.1.0",
    source: "CommonMark; WCAG 2.2",
    explain: r"## What
`related` or `recurrence_of` names a report that does not exist.
## Why
The link would lead nowhere.
## Bad
```yaml
related: [2024-03-01-cahce]
```
## Good
```yaml
related: [2024-03-01-cache]
```
## Fix
Use the id of the report: its file name without `.md`, unless it has an `id`.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    let corpus = ctx.corpus;
    for written in report.related.iter().chain(&report.recurrence_of).chain(&report.not_related) {
        let broken = || corpus.broken.keys().any(|path| path.stem().eq_ignore_ascii_case(&written.value));
        if corpus.by_id(&written.value).is_some() || broken() {
            continue;
        }
        let near = closest(&written.value, corpus.reports.iter().map(|other| other.id.value.as_str()));
        ctx.report(|rule| {
            let finding = Diagnostic::new(rule, &written.span, format!("there is no report `{}`", written.value));
            match near {
                Some(id) => {
                    finding.help(format!("did you mean `{id}`?")).guess(format!("write `{id}`"), &written.span, id)
                }
                None => finding.help("use the file name of the report without `.md`"),
            }
        });
    }
}
