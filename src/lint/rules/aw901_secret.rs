//! AW901 secret.

use crate::{
    config::Profile,
    diag::{Diagnostic, Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule, Text, secrets},
    snapshot::Span,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW901", name: "secret", level: Level::Error },
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "token formats as their issuers publish them",
    explain: r#"## What
A token, a key or a password.
## Why
What is committed is known to everybody who can read the repository, and stays in its history.
## Bad
```markdown
`curl -H 'Authorization: Bearer <a real token>'`
```
## Good
```markdown
`curl -H "Authorization: Bearer $TOKEN"`
```
## Fix
Revoke the secret first; then take it out of the report and of the history of git. It is shown masked everywhere.
"#,
    check: Check::Text(check),
};

pub const CODE: &str = "AW901";

fn check(text: Text<'_>, ctx: &mut Ctx<'_>) {
    for (range, what) in secrets::find(text.text) {
        let span = Span::new(text.path, range);
        ctx.report(|rule| {
            Diagnostic::new(rule, &span, format!("this looks like {what}"))
                .help("revoke it, then take it out here and from the history of git")
        });
    }
}
