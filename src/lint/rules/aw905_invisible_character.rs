//! AW905 invisible-character.

use crate::{
    config::Profile,
    diag::{Diagnostic, Level, RuleId, sanitize::is_unsafe},
    lint::{Check, Ctx, Fixes, Rule, Text, bytes},
    snapshot::Span,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW905", name: "invisible-character", level: Level::Error },
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "Unicode Technical Report 36; CVE-2021-42574",
    explain: r"## What
A character that is not seen: bidi controls, zero-width and control characters.
## Why
Text can read otherwise than it looks, words are not found by search, and terminals can be made to do things.
## Bad
```markdown
The password was reset. <!-- a zero-width space in pass-word -->
```
## Good
```markdown
The password was reset.
```
## Fix
Delete it, or type the word anew.
",
    check: Check::Text(check),
};

fn check(text: Text<'_>, ctx: &mut Ctx<'_>) {
    let plain = |byte: u8| (b' '..0x7f).contains(&byte) || matches!(byte, b'\n' | b'\r' | b'\t');
    if !bytes::any(text.text.as_bytes(), |byte| !plain(byte)) {
        return;
    }
    let mut characters = text.text.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, c)) = characters.next() {
        let next = characters.peek().map_or(' ', |(_, next)| *next);
        let byte_order_mark = at == 0 && c == '\u{feff}';
        let line_end = c == '\r' && next == '\n';
        // Joined emoji and scripts that need a joiner.
        let joiner = matches!(c, '\u{200c}' | '\u{200d}') && !before.is_ascii() && !next.is_ascii();
        if is_unsafe(c) && !byte_order_mark && !line_end && !joiner {
            let span = Span::new(text.path, at..at + c.len_utf8());
            ctx.report(|rule| {
                Diagnostic::new(rule, &span, format!("an invisible character, U+{:04X}", u32::from(c)))
                    .help("delete it, or type the word anew")
            });
        }
        before = c;
    }
}
