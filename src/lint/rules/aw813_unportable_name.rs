//! AW813 unportable-name.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    site,
    snapshot::Span,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW813", name: "unportable-name", level: Level::Warning },
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the names that Windows keeps for devices, and the characters that it gives a meaning",
    explain: r#"## What
A file or folder has a name that Windows cannot hold: `con`, `prn`, `aux`, `nul`, `com1` to `com9` or `lpt1` to `lpt9` with any ending, one of
`< > : \" | ? *`, a control character, or a dot or a space at the end.
## Why
Nobody can check the repository out on Windows, and services that carry the site to its host refuse such files.
## Bad
```text
reports/2024/files/aux.png
reports/2024/files/errors 12:30.png
```
## Good
```text
reports/2024/files/auxiliary-power.png
reports/2024/files/errors-1230.png
```
## Fix
Give it another name, and mend the links that lead to it.
"#,
    check: Check::Corpus(check),
};

fn check(ctx: &mut Ctx<'_>) {
    let corpus = ctx.corpus;
    for path in corpus.paths.keys() {
        let Some(what) = path.as_str().split('/').find_map(site::unportable) else { continue };
        let message = format!("Windows cannot hold this name: it has {what}");
        ctx.at(&Span::start_of(path), message, "give it another name, and mend the links to it");
    }
}
