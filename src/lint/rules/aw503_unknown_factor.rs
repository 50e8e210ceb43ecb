//! AW503 unknown-factor.

use crate::{
    config::Profile,
    diag::{Diagnostic, Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
    tree::closest,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW503", name: "unknown-factor", level: Level::Error },
    profile: Profile::Starter,
    fixes: Fixes::Both,
    since: "0.1.0",
    source: "the catalog in site.toml",
    explain: r"## What
A report names a factor that is not known.
## Why
It would not appear on any page of its own, and counts would miss it.
## Bad
```yaml
factors: [capcity]
```
## Good
```yaml
factors: [capacity]
```
## Fix
Use the name of a file in `_patterns/`, or write a page for the factor. An alias of a page is a warning.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    let corpus = ctx.corpus;
    if corpus.patterns.is_empty() {
        return;
    }
    for written in report.factors.iter().map(|factor| &factor.id) {
        if corpus.patterns.contains_key(&written.value) {
            continue;
        }
        let alias = corpus.patterns.values().find_map(|pattern| {
            let alias = pattern.aliases.iter().find(|alias| plain(&alias.value) == plain(&written.value))?;
            Some((pattern.id.as_str(), alias))
        });
        if let Some((id, alias)) = alias {
            ctx.report(|rule| {
                let mut finding =
                    Diagnostic::new(rule, &written.span, format!("`{}` is another name of `{id}`", written.value))
                        .also(&alias.span, "says this page")
                        .help(format!("write `{id}`; counts go by that name"))
                        .fix(format!("write `{id}`"), &written.span, id);
                finding.level = Level::Warning;
                finding
            });
            continue;
        }
        let near = closest(&written.value, corpus.patterns.keys().map(String::as_str));
        ctx.report(|rule| {
            let finding = Diagnostic::new(rule, &written.span, format!("there is no factor `{}`", written.value));
            match near {
                Some(id) => {
                    finding.help(format!("did you mean `{id}`?")).guess(format!("write `{id}`"), &written.span, id)
                }
                None => finding.help("write a page for it: `_patterns/<id>.md`"),
            }
        });
    }
}

/// Names that differ only in case or in how words are joined are one name.
fn plain(name: &str) -> String {
    name.to_lowercase().replace(['_', ' '], "-")
}
