//! AW669 facilitator-responded.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW669", name: "facilitator-responded", level: Level::Warning },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the guide to post-incident reviews: a facilitator who was not part of the response",
    explain: r"## What
The review is led by a team that took part in the incident.
## Why
Who had a part in it asks other questions than who had none, and is asked fewer.
## Bad
```yaml
teams: [payments]
review: { facilitator: payments }
```
## Good
```yaml
teams: [payments]
review: { facilitator: search }
```
## Fix
Ask another team to lead.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    let Some(facilitator) = &report.review.facilitator else { return };
    let owners = report.services.iter().filter_map(|name| ctx.config.service(&name.value)?.team.as_ref());
    let mut teams = report.teams.iter().chain(owners).map(|team| team.value.as_str());
    let name = |id: &str| ctx.config.teams.get(id).map_or("", |team| team.name.as_str()).to_lowercase();
    let written = facilitator.value.to_lowercase();
    if teams.any(|id| written == id.to_lowercase() || written == name(id)) {
        ctx.at(&facilitator.span, "the facilitator took part in the incident", "ask another team to lead");
    }
}
