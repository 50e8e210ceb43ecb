//! AW311 template-residue.

use crate::{
    config::Profile,
    diag::{Diagnostic, Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule, Text},
    snapshot::Span,
};
use regex::bytes::Regex;
use std::sync::LazyLock;

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW311", name: "template-residue", level: Level::Warning },
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "real repositories: `14:??` and `HH:mm` rows in published reports",
    explain: r"## What
Something that a template left behind: `HH:mm`, `14:??`, `TODO`, `<describe …>`, `YYYY-MM-DD`.
## Why
It says that nobody has read the page to the end.
## Bad
```markdown
| HH:mm | Short event description |
```
## Good
```markdown
| 08:12 | A node is lost |
```
## Fix
Fill it in, or delete it.
",
    check: Check::Text(check),
};

static RESIDUE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?-u)\bHH:[mM]{2}\b|\b[0-9]{1,2}:\?\?|\?\?:\?\?|\bYYYY-MM-DD\b|\bTODO\b|\bTBD\b|\bFIXME\b|\bXXX\b|\b[Ll]orem ipsum\b|<(?:describe|insert|your|add|name|date|time|link|fill)[ a-zA-Z-]*>|\[(?:[Dd]escribe|[Ii]nsert|[Ff]ill in)[ a-zA-Z-]*\]")
        .expect("a constant")
});

fn check(text: Text<'_>, ctx: &mut Ctx<'_>) {
    let mut fenced = false;
    let mut at = 0;
    for line in text.text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~") {
            fenced = !fenced;
            continue;
        }
        let code = |offset: usize| line[..offset].matches('`').count() % 2 == 1;
        for hit in RESIDUE.find_iter(line.as_bytes()).filter(|hit| !fenced && !code(hit.start())) {
            let words = &line[hit.range()];
            ctx.report(|rule| {
                Diagnostic::new(
                    rule,
                    &Span::new(text.path, start + hit.start()..start + hit.end()),
                    format!("`{words}` is left over from a template"),
                )
                .help("fill it in, or delete it")
            });
        }
    }
}
