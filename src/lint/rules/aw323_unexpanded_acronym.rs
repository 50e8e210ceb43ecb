//! AW323 unexpanded-acronym.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{
        Check, Ctx, Fixes, Rule,
        language::{self, Part},
    },
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW323", name: "unexpanded-acronym", level: Level::Info },
    profile: Profile::Strict,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the guide to post-incident reviews: plain language",
    explain: r"## What
An acronym in the summary that is not explained at its first use and not in the glossary.
## Why
The reader is not of the team. One expansion saves ten searches.
## Bad
```markdown
The BGW lost its routes.
```
## Good
```markdown
The border gateway (BGW) lost its routes.
```
## Fix
Write it out once, or add it to `[glossary]` in site.toml.
",
    check: Check::Report(check),
};

/// Acronyms that are words to everybody who reads about computers.
const KNOWN: &[&str] = &[
    "API", "AWS", "CDN", "CET", "CPU", "DB", "DNS", "EU", "GB", "GPU", "HTML", "HTTP", "HTTPS", "ID", "IP", "IT",
    "JSON", "KB", "MB", "OK", "OS", "PC", "PDF", "RAM", "SMS", "SQL", "SSD", "SSL", "TB", "TCP", "TLS", "TV", "UDP",
    "UK", "URL", "US", "USB", "UTC", "VM", "VPN", "XML",
];

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    let mut seen: Vec<String> = Vec::new();
    for (sentence, span) in language::sentences(report, Part::Summary) {
        for word in sentence.split(|c: char| !c.is_alphanumeric()) {
            let letters = word.len() >= 2 && word.len() <= 6 && word.chars().all(|c| c.is_ascii_uppercase());
            if !letters || KNOWN.contains(&word) || seen.iter().any(|known| known == word) {
                continue;
            }
            seen.push(word.to_owned());
            let expanded = sentence.contains(&format!("({word})")) || sentence.contains(&format!("{word} ("));
            let glossary = ctx.config.glossary.keys().any(|term| term.eq_ignore_ascii_case(word));
            if !expanded && !glossary {
                ctx.at(
                    &span,
                    format!("`{word}` is not explained"),
                    "write it out at its first use, or add it to `[glossary]` in site.toml",
                );
            }
        }
    }
}
