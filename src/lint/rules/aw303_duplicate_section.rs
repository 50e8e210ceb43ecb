//! AW303 duplicate-section.

use crate::{
    config::Profile,
    diag::{Diagnostic, Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
    snapshot::Span,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW303", name: "duplicate-section", level: Level::Warning },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the guide: one place for each question",
    explain: r"## What
Two sections that mean the same, such as `Root cause` and `Contributing factors`.
## Why
Pages show one of them in its place; readers look for the answer once.
## Bad
```markdown
## Root cause
…
## Contributing factors
…
```
## Good
```markdown
## Contributing factors
…
```
## Fix
Join them, or give one a heading of its own.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    let mut seen: Vec<(&str, &Span)> = Vec::new();
    for section in &report.sections {
        let Some(name) = section.name else { continue };
        match seen.iter().find(|(other, _)| *other == name) {
            Some((_, first)) => {
                let first = (*first).clone();
                ctx.report(|rule| {
                    Diagnostic::new(rule, &section.heading.span, format!("a second section for `{name}`"))
                        .also(&first, "the first is here")
                        .help("join them, or give one a heading of its own")
                });
            }
            None => seen.push((name, &section.heading.span)),
        }
    }
}
