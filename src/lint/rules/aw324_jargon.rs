//! AW324 jargon.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{
        Check, Ctx, Fixes, Rule,
        language::{self, Part},
    },
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW324", name: "jargon", level: Level::Info },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the guide to post-incident reviews: plain language; the glossary of site.toml",
    explain: r"## What
A term in the summary for which the glossary has plain words.
## Why
Leaders read the summary. The team's words cost them the point.
## Bad
```markdown
The ingress controller was restarted.
```
## Good
```markdown
The part that lets requests in was restarted.
```
## Fix
Use the glossary's words; `[glossary]` in site.toml has the terms that this repository replaces.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    let config = ctx.config;
    if config.glossary.is_empty() {
        return;
    }
    for (sentence, span) in language::sentences(report, Part::Summary) {
        let words = format!(" {} ", sentence.to_lowercase().replace(|c: char| !c.is_alphanumeric() && c != '-', " "));
        for (term, plain) in config.glossary.iter().filter(|(term, _)| term.contains(char::is_lowercase)) {
            if words.contains(&format!(" {} ", term.to_lowercase())) {
                ctx.at(&span, format!("`{term}` is jargon here"), format!("the glossary says: {plain}"));
            }
        }
    }
}
