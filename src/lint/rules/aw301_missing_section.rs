//! AW301 missing-section.

use crate::{
    config::Profile,
    diag::{Diagnostic, Level, RuleId, Safety},
    lint::{Check, Ctx, Fixes, Rule},
    model::{Report, sections, timeline::Shape},
    parse::layout,
};

/// A fix turns this finding into one of an empty section, which weighs less.
pub const CODE: &str = "AW301";

pub const RULE: Rule = Rule {
    id: RuleId { code: CODE, name: "missing-section", level: Level::Error },
    profile: Profile::Standard,
    fixes: Fixes::Unsafe,
    since: "0.1.0",
    source: "sections of the reports of Google, PagerDuty and Atlassian",
    explain: r#"## What
A section that `site.toml` requires of this severity is not there.
## Why
A report without it does not tell what readers come for.
## Bad
```markdown
## Summary
```
## Good
```markdown
## Summary
…
## Impact
```
## Fix
Add the section; other usual headings count too, such as "Root cause" for "Contributing factors".
`--unsafe-fixes` adds the headings of all missing sections where they belong, each with a comment that says what to write
there. Until it is written, AW302 points at the heading: a heading alone tells readers nothing.
"#,
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    let Some(severity) = ctx.config.severity(&report.severity.value) else { return };
    let is_missing = |name: &&&'static str| report.section(name).is_none() && !said_elsewhere(report, name);
    let missing: Vec<&'static str> = severity.sections.iter().filter(is_missing).copied().collect();
    if missing.is_empty() {
        return;
    }
    let edits = layout::skeletons(report, &missing, ctx.config);
    for name in &missing {
        let title = sections::by_name(name).map_or(*name, |section| section.title);
        ctx.report(|rule| {
            let message = format!("the section \"{title}\" is missing");
            let help = format!("add `## {title}`; severity `{}` requires it in site.toml", severity.id.value);
            let finding = Diagnostic::new(rule, &report.front_matter, message).help(help);
            match &edits {
                Some(edits) => finding.fix_with("add what is missing as headings", Safety::Unsafe, edits.clone()),
                None => finding,
            }
        });
    }
}

/// Whether front matter already says what a section would.
pub(super) fn said_elsewhere(report: &Report, section: &str) -> bool {
    match section {
        "actions" => !report.actions.is_empty(),
        "lessons" => !report.lessons.is_empty(),
        "timeline" => report.timeline.shape == Shape::FrontMatter,
        _ => false,
    }
}
