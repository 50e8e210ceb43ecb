//! AW508 tag-spelling.

use super::aw501_unknown_service::letters;
use crate::{
    config::Profile,
    diag::{Diagnostic, Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    snapshot::Spanned,
};
use std::collections::BTreeMap;

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW508", name: "tag-spelling", level: Level::Info },
    profile: Profile::Standard,
    fixes: Fixes::Unsafe,
    since: "0.1.0",
    source: "real repositories: `db`, `DB`, `dbs`",
    explain: r"## What
A tag that differs from a more frequent one only by letter case, by how its words are joined, or by the plural.
## Why
Who follows one of them does not see the reports of the other.
## Bad
```yaml
tags: [Load-Balancers]   # elsewhere: load-balancer
```
## Good
```yaml
tags: [load-balancer]
```
## Fix
`check --unsafe-fixes` writes the more frequent one.
",
    check: Check::Corpus(check),
};

fn check(ctx: &mut Ctx<'_>) {
    let reports = ctx.corpus.readable();
    let mut spellings: BTreeMap<String, BTreeMap<&str, Vec<&Spanned<String>>>> = BTreeMap::new();
    for tag in reports.iter().flat_map(|report| &report.tags) {
        spellings.entry(plain(&tag.value)).or_default().entry(&tag.value).or_default().push(tag);
    }
    for written in spellings.values().filter(|written| written.len() > 1) {
        let by_use = written.iter().max_by(|a, b| a.1.len().cmp(&b.1.len()).then_with(|| a.0.cmp(b.0)));
        let Some((usual, _)) = by_use else { continue };
        for tag in written.iter().filter(|(spelling, _)| *spelling != usual).flat_map(|(_, tags)| tags) {
            let message = format!("`{}` is written `{usual}` elsewhere", tag.value);
            ctx.report(|rule| {
                Diagnostic::new(rule, &tag.span, message).help(format!("write `{usual}`")).guess(
                    format!("write `{usual}`"),
                    &tag.span,
                    *usual,
                )
            });
        }
    }
}

/// What spellings of one word have in common.
fn plain(tag: &str) -> String {
    let letters = letters(tag);
    letters.strip_suffix('s').filter(|one| one.len() > 3 && !one.ends_with('s')).map_or(letters.clone(), str::to_owned)
}
