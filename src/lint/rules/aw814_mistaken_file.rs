//! AW814 mistaken-file.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW814", name: "mistaken-file", level: Level::Warning },
    profile: Profile::Starter,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the first bytes of the formats; browsers that look at them, not at the name",
    explain: r"## What
An image, or another file that a page leads to, does not begin as files of its name do: a `.png` that is a web page, a `.pdf` that is
empty, a `.log` with zero bytes. It is not published.
## Why
Browsers and other programs look into a file and take it for what they find there, a web page with scripts among them.
## Bad
```markdown
![The error rate rises](errors.png)   <!-- begins with <html> -->
```
## Good
```markdown
![The error rate rises](errors.png)   <!-- begins with the eight bytes of PNG -->
```
## Fix
Save the file again in the format that its name says, or give it the name of its format.
",
    check: Check::Corpus(check),
};

fn check(ctx: &mut Ctx<'_>) {
    let corpus = ctx.corpus;
    if corpus.mistaken.is_empty() {
        return;
    }
    for (path, span) in ctx.first_shown(|path| corpus.mistaken.contains(path)) {
        let ending = path.file_name().rsplit_once('.').map_or("", |(_, ending)| ending);
        let message = format!("`{}` does not begin as a `.{ending}` does, and is not published", path.file_name());
        ctx.at(&span, message, "save it in the format that its name says, or name it by its format");
    }
}
