//! AW811 large-asset.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{
        Check, Ctx, Fixes, Rule,
        links::{self, Target},
    },
    site,
    snapshot::{RelPath, Span},
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
    let mut texts: Vec<&RelPath> = corpus.written().filter(|path| corpus.is_published(path)).collect();
    texts.sort_unstable();
    let mut shown: BTreeMap<RelPath, Span> = BTreeMap::new();
    for prose in texts.into_iter().filter_map(|path| corpus.prose_at(path)) {
        for link in links::of(prose) {
            let (Target::Link(url) | Target::Image { url, .. }) = &link.target else { continue };
            if let Some(path) = ctx.file(prose.path, url).filter(|path| large.contains_key(path)) {
                shown.entry(path).or_insert(link.span);
            }
        }
    }
    for (path, span) in shown {
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
