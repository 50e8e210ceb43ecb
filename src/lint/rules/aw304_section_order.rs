//! AW304 section-order.

use crate::{
    config::Profile,
    diag::{Diagnostic, Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::{Report, Section},
    parse::layout,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW304", name: "section-order", level: Level::Info },
    profile: Profile::Strict,
    fixes: Fixes::Both,
    since: "0.1.0",
    source: "the guide: the order in which readers ask",
    explain: r#"## What
Known sections stand in another order than the usual one: summary, impact, timeline, contributing factors, response,
lessons, actions. Sections that are not known count as part of the one that they follow.
## Why
Who reads many reports finds the same answer in the same place.
## Bad
```markdown
## Timeline
…
## Summary
…
```
## Good
```markdown
## Summary
…
## Timeline
…
```
## Fix
Move the section. `--fix` moves whole sections and changes no word. Where headings are numbered, the text points to a place
("see above") or links to one of several headings of the same name, only `--unsafe-fixes` moves them.
"#,
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    let known: Vec<(usize, &Section)> =
        report.sections.iter().filter_map(|section| Some((layout::place(section.name?)?, section))).collect();
    let Some([(_, before), (_, behind)]) = known.windows(2).find(|pair| pair[1].0 < pair[0].0) else { return };
    let mut wanted = known.clone();
    wanted.sort_by_key(|(place, _)| *place);
    let wanted: Vec<&str> = wanted.iter().map(|(_, section)| section.heading.value.as_str()).collect();
    let fix = layout::ordered(report, ctx.config);
    ctx.report(|rule| {
        let message = format!("the section \"{}\" stands behind \"{}\"", behind.heading.value, before.heading.value);
        let finding = Diagnostic::new(rule, &behind.heading.span, message)
            .also(&before.heading.span, "readers look for this one later")
            .help(format!("the usual order: {}", wanted.join(", ")));
        match fix {
            Some((safety, edits)) => finding.fix_with("put the sections in the usual order", safety, edits),
            None => finding,
        }
    });
}
