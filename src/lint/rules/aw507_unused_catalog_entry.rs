//! AW507 unused-catalog-entry.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    snapshot::Span,
};
use std::collections::BTreeSet;

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW507", name: "unused-catalog-entry", level: Level::Info },
    profile: Profile::Strict,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the catalog in site.toml",
    explain: r"## What
A service or team of `site.toml`, or a page in `_patterns/`, that no report names.
## Why
Catalogs are read by people who look for the right name; what is dead in them misleads.
## Bad
```toml
[services.checkuot]   # a slip of the pen that nobody used
```
## Good
```toml
[services.checkout]
```
## Fix
Delete it, or allow it with a reason where it is new.
",
    check: Check::Corpus(check),
};

fn check(ctx: &mut Ctx<'_>) {
    let reports = ctx.corpus.readable();
    if reports.is_empty() {
        return;
    }
    let config = ctx.config;
    let services: BTreeSet<&str> = reports
        .iter()
        .flat_map(|report| &report.services)
        .filter_map(|name| config.service(&name.value).map(|service| service.id.value.as_str()))
        .collect();
    let named = reports.iter().flat_map(|report| &report.teams).map(|team| team.value.as_str());
    let owners = reports.iter().flat_map(|report| &report.actions).filter_map(|action| action.owner.as_ref());
    let of_services = config.services.values().filter_map(|service| service.team.as_ref());
    let teams: BTreeSet<&str> = named.chain(owners.chain(of_services).map(|team| team.value.as_str())).collect();
    let factors: BTreeSet<&str> =
        reports.iter().flat_map(|report| &report.factors).map(|factor| factor.id.value.as_str()).collect();
    let tell = |ctx: &mut Ctx<'_>, span: &Span, what: &str, name: &str| {
        ctx.at(span, format!("no report names the {what} `{name}`"), "delete it, or allow it with a reason");
    };
    for service in config.services.values().filter(|service| !services.contains(service.id.value.as_str())) {
        tell(ctx, &service.id.span, "service", &service.id.value);
    }
    for team in config.teams.values().filter(|team| !teams.contains(team.id.value.as_str())) {
        tell(ctx, &team.id.span, "team", &team.id.value);
    }
    for pattern in ctx.corpus.patterns.values() {
        let is_used = factors.contains(pattern.id.as_str())
            || pattern.aliases.iter().any(|alias| factors.contains(alias.value.as_str()));
        if !is_used {
            let span = Span::start_of(&pattern.path);
            tell(ctx, &span, "factor", &pattern.id);
        }
    }
}
