//! AW811 large-asset.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    site,
    snapshot::RelPath,
};
use std::collections::BTreeMap;

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW811", name: "large-asset", level: Level::Warning },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "real repositories: screenshots of whole screens, on pages that are read during the next incident",
    explain: r"## What
An image, or another file that a page leads to, is larger than `limits.asset_bytes` of `site.toml`: 1 MiB where nothing is set.
## Why
Reports are read on phones, and in a hurry. Each clone of the repository carries the file for ever.
## Bad
```markdown
![The error rate rises](whole-screen.png)   <!-- 4.2 MiB -->
```
## Good
```markdown
![The error rate rises](error-rate.png)   <!-- the one graph, 80 KiB -->
```
## Fix
Cut an image to what it shows, or scale it down; shorten a log. Or raise the limit:
`[limits]` and `asset_bytes = 4194304` in `site.toml`.
",
    check: Check::Corpus(check),
};

fn check(ctx: &mut Ctx<'_>) {
    let (corpus, limit) = (ctx.corpus, ctx.config.limits.asset_bytes);
    let large = corpus.paths.iter().filter(|(path, bytes)| **bytes > limit && site::is_asset(path));
    let large: BTreeMap<&RelPath, u64> = large.map(|(path, bytes)| (path, *bytes)).collect();
    if large.is_empty() {
        return;
    }
    for (path, span) in ctx.first_shown(|path| large.contains_key(path)) {
        let message = format!("`{}` has {}, the limit is {}", path.file_name(), size(large[&path]), size(limit));
        let shorter = if site::is_image(&path) { "scale it down" } else { "shorten it" };
        ctx.at(&span, message, format!("{shorter}, or raise `limits.asset_bytes` in site.toml"));
    }
}

/// `80 KiB`, `1.3 MiB`; rounded up, so that what is above a limit reads so.
fn size(bytes: u64) -> String {
    const KIB: u64 = 1 << 10;
    const MIB: u64 = 1 << 20;
    let tenths = bytes.saturating_mul(10).div_ceil(MIB);
    match bytes {
        0..KIB => format!("{bytes} bytes"),
        KIB..MIB => format!("{} KiB", bytes.div_ceil(KIB)),
        _ if tenths.is_multiple_of(10) => format!("{} MiB", tenths / 10),
        _ => format!("{}.{} MiB", tenths / 10, tenths % 10),
    }
}
