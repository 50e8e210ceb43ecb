//! AW619 repeated-action.

use crate::{
    config::Profile,
    diag::{Diagnostic, Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::{Action, ActionStatus, Report},
};
use std::collections::{BTreeMap, BTreeSet};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW619", name: "repeated-action", level: Level::Info },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "DOMAIN §7, A14: an undone action that comes back is the strongest sign of a pattern",
    explain: r"## What
An action item that an earlier report asks for in the same words, and that was not done there.
## Why
It was promised once. Follow the first one up rather than promise again.
## Bad
```yaml
- title: Add an alert for the replica lag   # also in last year's report, still open
```
## Good
```yaml
- title: Add an alert for the replica lag
  tracker: OPS-412   # and the earlier one dropped, with the reason
```
## Fix
Link the earlier one and close one of the two.
",
    check: Check::Corpus(check),
};

fn check(ctx: &mut Ctx<'_>) {
    let corpus = ctx.corpus;
    let mut by_words: BTreeMap<String, Vec<(&Report, &Action)>> = BTreeMap::new();
    for report in &corpus.reports {
        for action in &report.actions {
            if let Some(words) = key(&action.title.value) {
                by_words.entry(words).or_default().push((report, action));
            }
        }
    }
    for mut same in by_words.into_values().filter(|same| same.len() > 1) {
        same.sort_by_key(|(report, _)| report.times.started.value.sort_key());
        for pair in same.windows(2) {
            let ((earlier, before), (later, again)) = (pair[0], pair[1]);
            let undone = before
                .status
                .as_ref()
                .is_none_or(|status| !matches!(status.value, ActionStatus::Done | ActionStatus::Dropped));
            if undone && earlier.path != later.path {
                ctx.report(|rule| {
                    Diagnostic::new(rule, &again.title.span, format!("{} asks for this too", earlier.id.value))
                        .also(&before.title.span, "there, and it is not done")
                        .help("link the earlier one, and close one of the two")
                });
            }
        }
    }
}

/// The words that carry the meaning, in one order; short titles say too little to be called the same.
fn key(title: &str) -> Option<String> {
    const SMALL: &[&str] = &["a", "an", "and", "for", "in", "of", "on", "our", "that", "the", "to", "when", "with"];
    let words: BTreeSet<String> = title
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !SMALL.contains(word))
        .map(|word| word.trim_end_matches('s').to_owned())
        .collect();
    (words.len() >= 4).then(|| words.into_iter().collect::<Vec<_>>().join(" "))
}
