//! AW606 vague-action.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW606", name: "vague-action", level: Level::Warning },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "PagerDuty, Postmortem Documentation: action items; Lunney, Lueder and O'Connor in ;login: Spring 2017",
    explain: r"## What
An action item begins with a word that has no end: improve, consider, look into, investigate, ensure, review, monitor.
## Why
Nobody can say when it is done.
## Bad
```yaml
- { title: Improve monitoring of shards, owner: shop, due: 2024-03-15 }
```
## Good
```yaml
- { title: Alert when a shard has fewer than 2 replicas, owner: shop, due: 2024-03-15 }
```
## Fix
Say what will be there that was not: an alert with its threshold, a limit with its number, a written answer.
",
    check: Check::Report(check),
};

const VAGUE: &[&str] = &["improve", "consider", "discuss", "look into", "investigate", "ensure", "review", "monitor"];

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    for action in &report.actions {
        if let Some(word) = vague(&action.title.value) {
            ctx.at(
                &action.title.span,
                format!("action {} says `{word}`, which has no end", action.id.value),
                "say what will be there that was not: an alert, a limit, a written answer",
            );
        }
    }
}

/// The vague word that a title begins with. AW603 leaves such titles to this rule.
pub(super) fn vague(title: &str) -> Option<&'static str> {
    let words: Vec<String> = title.split_whitespace().take(2).map(str::to_lowercase).collect();
    let start = words.join(" ");
    let start = start.trim_start_matches(|c: char| !c.is_alphanumeric());
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-');
    VAGUE.iter().copied().find(|word| start.strip_prefix(*word).is_some_and(ends))
}
