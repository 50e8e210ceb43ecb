//! AW670 one-facilitator.

use crate::{
    config::{Config, Profile},
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::record::Review,
    snapshot::Spanned,
};
use std::{cmp::Reverse, collections::BTreeMap};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW670", name: "one-facilitator", level: Level::Info },
    profile: Profile::Strict,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the guide to post-incident reviews: facilitation goes round, and who is new to it takes part",
    explain: r"## What
More than half of the last ten reviews were led by one facilitator.
## Why
Leading a review is learned by leading one. And whoever leads them all hears the same story in each.
## Bad
```yaml
review: { held_at: 2024-03-08T14:00:00Z, facilitator: platform-guild }   # as in six of the nine before
```
## Good
```yaml
review: { held_at: 2024-03-08T14:00:00Z, facilitator: search }
```
## Fix
Ask another team to lead the next one, with somebody beside them who has done it.
",
    check: Check::Corpus(check),
};

const LAST: usize = 10;

fn check(ctx: &mut Ctx<'_>) {
    let config = ctx.config;
    let reports = ctx.corpus.readable();
    let mut led: Vec<_> = reports
        .iter()
        .filter_map(|report| {
            let held = held(&report.review, config).filter(|(day, _)| *day <= ctx.today)?;
            Some((held, &report.path, report.review.facilitator.as_ref()?))
        })
        .collect();
    led.sort_by_key(|(held, path, _)| (Reverse(*held), *path));
    led.truncate(LAST);
    if led.len() < LAST {
        return;
    }
    let mut by_name: BTreeMap<String, Vec<&Spanned<String>>> = BTreeMap::new();
    for (.., facilitator) in led {
        by_name.entry(name(&facilitator.value, config)).or_default().push(facilitator);
    }
    if let Some(most) = by_name.values().find(|fields| fields.len() * 2 > LAST) {
        let message = format!("one facilitator ran {} of the last {LAST} reviews", most.len());
        ctx.at(&most[0].span, message, "ask another team to lead the next one");
    }
}

/// When the meeting was, or the last of several: the day, and the moment to sort by.
fn held(review: &Review, config: &Config) -> Option<(jiff::civil::Date, jiff::Timestamp)> {
    let all = review.held_at.iter().chain(review.sessions.iter().map(|session| &session.held_at));
    all.map(|held| (held.value.date(&config.time_zone), held.value.sort_key())).max()
}

/// One spelling for a team, be it written by id or by name.
fn name(written: &str, config: &Config) -> String {
    let written = written.trim().to_lowercase();
    let team =
        config.teams.iter().find(|(id, team)| written == id.to_lowercase() || written == team.name.to_lowercase());
    team.map_or(written.clone(), |(id, _)| id.to_lowercase())
}
