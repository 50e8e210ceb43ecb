//! AW619 repeated-action.

use crate::{
    config::Profile,
    diag::{Diagnostic, Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::{Action, ActionStatus, Report},
};
use rayon::prelude::*;
use std::sync::Arc;

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW619", name: "repeated-action", level: Level::Info },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "our practice: an undone action that comes back is the strongest sign of a pattern",
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
    let asked = corpus.reports.par_iter().flat_map_iter(|report| {
        report.actions.iter().filter_map(move |action| Some((key(&action.title.value)?, report, action)))
    });
    let mut asked: Vec<(String, &Arc<Report>, &Action)> = asked.collect();
    asked.par_sort_by(|(a, before, _), (b, after, _)| {
        let time = |report: &Report| report.times.started.value.sort_key();
        (a, time(before), &before.path).cmp(&(b, time(after), &after.path))
    });
    for pair in asked.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
        let ((_, earlier, before), (_, later, again)) = (&pair[0], &pair[1]);
        if is_undone(before) && earlier.path != later.path {
            ctx.report(|rule| {
                Diagnostic::new(rule, &again.title.span, format!("{} asks for this too", earlier.id.value))
                    .also(&before.title.span, "there, and it is not done")
                    .help("link the earlier one, and close one of the two")
            });
        }
    }
}

fn is_undone(action: &Action) -> bool {
    let ended = |status: ActionStatus| matches!(status, ActionStatus::Done | ActionStatus::Dropped);
    action.status.as_ref().is_none_or(|status| !ended(status.value))
}

/// The words that carry the meaning, in one order; short titles say too little to be called the same.
fn key(title: &str) -> Option<String> {
    const SMALL: &[&str] = &["a", "an", "and", "for", "in", "of", "on", "our", "that", "the", "to", "when", "with"];
    let lower = title.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty() && !SMALL.contains(word));
    let mut words: Vec<&str> = words.map(|word| word.trim_end_matches('s')).collect();
    words.sort_unstable();
    words.dedup();
    (words.len() >= 4).then(|| words.join(" "))
}
