//! AW301 missing-section.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::{Report, sections, timeline::Shape},
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW301", name: "missing-section", level: Level::Error },
    profile: Profile::Standard,
    fixes: Fixes::None,
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
"#,
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    let Some(severity) = ctx.config.severity(&report.severity.value) else { return };
    for name in &severity.sections {
        if report.section(name).is_some() || said_elsewhere(report, name) {
            continue;
        }
        let title = sections::by_name(name).map_or(*name, |section| section.title);
        ctx.at(
            &report.front_matter,
            format!("the section \"{title}\" is missing"),
            format!("add `## {title}`; severity `{}` requires it in site.toml", severity.id.value),
        );
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
