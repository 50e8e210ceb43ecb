//! AW809 unused-file.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    markup,
    snapshot::Span,
};
use std::collections::BTreeSet;

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW809", name: "unused-file", level: Level::Info },
    profile: Profile::Strict,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "repositories grow by what nobody deletes",
    explain: r"## What
A file beside the reports that no text, and no evidence, points to.
## Why
Nobody will find it, and each clone carries it.
## Bad
```text
reports/files/latency-old.png
```
## Good
```text
![Latency](files/latency.png)
```
## Fix
Delete it, or point to it.
",
    check: Check::Corpus(check),
};

fn check(ctx: &mut Ctx<'_>) {
    let corpus = ctx.corpus;
    let config = ctx.config;
    let mut unused: BTreeSet<_> = corpus
        .paths
        .keys()
        .filter(|path| config.among_reports(path).is_some() && !path.as_str().ends_with(".md"))
        .collect();
    if unused.is_empty() {
        return;
    }
    for prose in corpus.written().filter_map(|path| corpus.prose_at(path)) {
        for url in markup::destinations(prose.body) {
            if let Some(path) = ctx.file(prose.path, &url) {
                unused.remove(&path);
            }
        }
    }
    for report in corpus.readable() {
        for file in report.evidence.iter().filter_map(|evidence| evidence.file.as_ref()) {
            if let Some(path) = ctx.file(&report.path, &file.value) {
                unused.remove(&path);
            }
        }
    }
    for path in unused {
        ctx.at(&Span::start_of(path), "nothing points to this file", "delete it, or point to it");
    }
}
