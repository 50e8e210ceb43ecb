//! AW311 template-residue.

use crate::{
    config::Profile,
    diag::{Diagnostic, Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule, Text},
    parse::lines,
    snapshot::Span,
};
use regex::bytes::Regex;
use std::{ops::Range, sync::LazyLock};

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

/// Every branch begins with letters of its own, so that most texts are passed over without being read byte by byte.
static RESIDUE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?-u)HH:[mM]{2}\b|:\?\?|YYYY-MM-DD\b|TODO\b|TBD\b|FIXME\b|XXX\b|[Ll]orem ipsum\b|<(?:describe|insert|your|add|name|date|time|link|fill)[ a-zA-Z-]*>|\[(?:[Dd]escribe|[Ii]nsert|[Ff]ill in)[ a-zA-Z-]*\]")
        .expect("a constant")
});

fn check(text: Text<'_>, ctx: &mut Ctx<'_>) {
    let mut fences = None;
    for hit in RESIDUE.find_iter(text.text.as_bytes()) {
        let Some(range) = residue(text.text, hit.range()) else { continue };
        let fences = fences.get_or_insert_with(|| lines::fenced(text.text));
        let line = text.text[..range.start].rfind('\n').map_or(0, |end| end + 1);
        let code = text.text[line..range.start].matches('`').count() % 2 == 1;
        if code || fences.iter().any(|fence| fence.contains(&range.start)) {
            continue;
        }
        let words = &text.text[range.clone()];
        ctx.report(|rule| {
            Diagnostic::new(rule, &Span::new(text.path, range), format!("`{words}` is left over from a template"))
                .help("fill it in, or delete it")
        });
    }
}

/// The whole of a find: words that begin within another word are none, and `:??` is one only after an hour.
fn residue(text: &str, found: Range<usize>) -> Option<Range<usize>> {
    let before = &text.as_bytes()[..found.start];
    if text.as_bytes()[found.start] != b':' {
        let within = before.last().is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
        let word = text.as_bytes()[found.start].is_ascii_alphabetic();
        return (!word || !within).then_some(found);
    }
    let hour = before.iter().rev().take(2).take_while(|byte| byte.is_ascii_digit()).count();
    let hour = if before.ends_with(b"??") { 2 } else { hour };
    (hour > 0).then(|| found.start - hour..found.end)
}
