//! AW902 email-address.

use crate::{
    config::Profile,
    diag::{Diagnostic, Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule, Text},
    snapshot::Span,
};
use regex::bytes::Regex;
use std::sync::LazyLock;

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW902", name: "email-address", level: Level::Warning },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "real repositories: 13 of 281 reports hold one",
    explain: r"## What
An e-mail address.
## Why
It is a person's, and the site is read by machines too. A report that others may read needs roles.
## Bad
```markdown
Write to j.doe@corp.example.net
```
## Good
```markdown
Write to the database team
```
## Fix
Put a role or a team in its place. Addresses at example.com, example.org and the like are fine.
",
    check: Check::Text(check),
};

static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?-u)[0-9A-Za-z][0-9A-Za-z._%+-]*@[0-9A-Za-z][0-9A-Za-z-]*(?:\.[0-9A-Za-z-]+)*\.[A-Za-z]{2,}")
        .expect("a constant")
});

fn check(text: Text<'_>, ctx: &mut Ctx<'_>) {
    for hit in text.text.contains('@').then(|| ADDRESS.find_iter(text.text.as_bytes())).into_iter().flatten() {
        let words = &text.text[hit.range()];
        let host = words.rsplit('@').next().unwrap_or("").to_lowercase();
        let reserved = ["example.com", "example.org", "example.net"].iter().any(|name| host.ends_with(name));
        let reserved =
            reserved || [".example", ".test", ".invalid", ".localhost"].iter().any(|end| host.ends_with(end));
        let in_address =
            text.text[..hit.start()].ends_with(['/', ':', '@']) && !text.text[..hit.start()].ends_with("mailto:");
        let clone = words.starts_with("git@");
        if !reserved && !in_address && !clone {
            ctx.report(|rule| {
                Diagnostic::new(rule, &Span::new(text.path, hit.range()), "an e-mail address")
                    .help("write a role or a team")
            });
        }
    }
}
