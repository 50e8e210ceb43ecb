//! AW903 ip-address.

use crate::{
    config::Profile,
    diag::{Diagnostic, Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule, Text},
    snapshot::Span,
};
use regex::bytes::Regex;
use std::sync::LazyLock;

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW903", name: "ip-address", level: Level::Info },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "real repositories: 25 of 281 reports hold one; RFC 5737",
    explain: r"## What
An IPv4 address of a machine.
## Why
It tells the layout of a network, and of customers. Names of roles say more to a reader.
## Bad
```markdown
Traffic came from 185.12.64.1
```
## Good
```markdown
Traffic came from one customer's scanner
```
## Fix
Say which machine it is. Addresses for documentation (192.0.2.1), loopback and well-known resolvers are fine.
",
    check: Check::Text(check),
};

/// All but the first number: texts are searched from full stop to full stop.
static ADDRESS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?-u)\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\b").expect("a constant"));

/// For documentation, loopback, masks, and resolvers that are names to everybody.
const FINE: &[&str] = &[
    "192.0.2.",
    "198.51.100.",
    "203.0.113.",
    "127.",
    "0.",
    "255.",
    "224.",
    "1.1.1.",
    "1.0.0.",
    "8.8.8.8",
    "8.8.4.4",
    "9.9.9.9",
];

fn check(text: Text<'_>, ctx: &mut Ctx<'_>) {
    for hit in ADDRESS.find_iter(text.text.as_bytes()) {
        let digits = text.text[..hit.start()].bytes().rev().take_while(u8::is_ascii_digit).count();
        let start = hit.start() - digits;
        let before = &text.text[..start];
        if !(1..=3).contains(&digits) || before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_') {
            continue;
        }
        let words = &text.text[start..hit.end()];
        let octets = words.split('.').all(|part| part.parse::<u8>().is_ok() && (part == "0" || !part.starts_with('0')));
        let fine = FINE.iter().any(|fine| words.starts_with(fine));
        if octets && !fine && !is_version(before, &text.text[hit.end()..]) {
            ctx.report(|rule| {
                Diagnostic::new(rule, &Span::new(text.path, start..hit.end()), "the address of a machine")
                    .help("say which machine it is")
            });
        }
    }
}

/// Whether what stands around four numbers makes them the version of something.
fn is_version(before: &str, after: &str) -> bool {
    before.ends_with(['v', '.', '-', '/', '='])
        || after.starts_with(['.', '-']) && after[1..].starts_with(|c: char| c.is_ascii_alphanumeric())
        || before.trim_end().to_lowercase().ends_with("version")
}
