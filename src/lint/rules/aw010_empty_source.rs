//! AW010 empty-source.

use crate::{
    config::{Profile, Source},
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
};
use std::collections::BTreeSet;

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW010", name: "empty-source", level: Level::Warning },
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the limits of this program",
    explain: r#"## What
No report stands in the folder of reports of a source.
## Why
The team has none yet, or its reports are in another folder than `site.toml` says and are missing from the site.
## Bad
```toml
[[sources]]
name = "payments"
path = "sources/payments"     # its reports are in docs/incidents
```
## Good
```toml
[[sources]]
name = "payments"
path = "sources/payments"
reports = "docs/incidents"
```
## Fix
Say with `reports` where they are, from the folder of the source. Where there are none yet, leave it: it goes with the first one.
"#,
    check: Check::Corpus(check),
};

fn check(ctx: &mut Ctx<'_>) {
    let (config, corpus) = (ctx.config, ctx.corpus);
    let reports = corpus.reports.iter().map(|report| &report.path).chain(corpus.broken.keys());
    let told: BTreeSet<&str> = reports.filter_map(|path| Some(config.source_of(path)?.name.value.as_str())).collect();
    let is_unread = |source: &Source| [&source.path.value, &source.reports].iter().any(|at| corpus.unread.contains(at));
    let is_empty = |source: &&Source| !told.contains(source.name.value.as_str()) && !is_unread(source);
    for source in config.sources.iter().filter(is_empty) {
        let message = format!("no report of the source `{}` is in `{}`", source.name.value, source.reports);
        ctx.at(&source.path.span, message, "say with `reports` in which folder of the source they are");
    }
}
