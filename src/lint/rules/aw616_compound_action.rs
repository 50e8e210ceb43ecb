//! AW616 compound-action.

use super::aw603_action_without_verb::is_verb;
use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW616", name: "compound-action", level: Level::Info },
    profile: Profile::Strict,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "the guide to post-incident reviews: action items that one can track",
    explain: r"## What
An action item that asks for two things.
## Why
One of them is done, the other is not, and the item is neither open nor closed.
## Bad
```yaml
- title: Add an alert and document the failover
```
## Good
```yaml
- title: Add an alert for the replica lag
- title: Document the failover
```
## Fix
Make two of it.
",
    check: Check::Report(check),
};

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    for action in &report.actions {
        if let Some(verb) = second_verb(&action.title.value.to_lowercase()) {
            let message = format!("action {} asks for two things: `{verb} …` is another", action.id.value);
            ctx.at(&action.title.span, message, "make two of it");
        }
    }
}

/// The verb with which a second thing begins: `add a check; remove the old job`.
fn second_verb(title: &str) -> Option<String> {
    let joined = title.replace([',', ';'], " and ").replace(" / ", " and ").replace(" then ", " and ");
    let parts: Vec<Vec<&str>> = joined.split(" and ").map(|part| part.split_whitespace().collect()).collect();
    let parts: Vec<&Vec<&str>> = parts.iter().filter(|words| !words.is_empty()).collect();
    let second = parts.windows(2).find(|pair| {
        let [verb, rest @ ..] = pair[1].as_slice() else { return false };
        // `that read and write the table`: one clause with two verbs.
        let in_clause = matches!(pair[0].as_slice(), [.., "that" | "which" | "who" | "to", last] if is_verb(last));
        let has_object = rest.first().is_some_and(|word| OBJECTS.contains(word)) && is_verb(verb);
        !in_clause && (has_object || NO_NOUNS.contains(verb) && !rest.is_empty())
    });
    second.and_then(|pair| pair[1].first().map(|verb| (*verb).to_owned()))
}

/// Words that begin the object of a verb: `test the failover`, but not `test systems`.
const OBJECTS: &[&str] =
    &["a", "all", "an", "any", "both", "each", "every", "its", "our", "that", "the", "their", "these", "this"];

/// Verbs that are hardly ever nouns.
const NO_NOUNS: &[&str] = &[
    "add",
    "automate",
    "configure",
    "create",
    "define",
    "delete",
    "deploy",
    "enable",
    "enforce",
    "implement",
    "introduce",
    "migrate",
    "notify",
    "publish",
    "reduce",
    "remove",
    "replace",
    "rotate",
    "write",
];

#[cfg(test)]
mod tests {
    #[test]
    fn two_things_are_told_from_one_with_two_names() {
        for (title, verb) in [
            ("add an alert for lag; remove the old job", Some("remove")),
            ("add a check, remove the old job", Some("remove")),
            ("add an alert / document the failover", Some("document")),
            ("add an alert and test the failover", Some("test")),
            ("test and document the failover", Some("document")),
            ("add an alert, then notify customers", Some("notify")),
            ("give rate limits, alert thresholds and document types one owner", None),
            ("add limits and alert rules for writes", None),
            ("add limits for move and send operations", None),
            ("limit jobs that read and write the table", None),
            ("add an alert for reads and writes", None),
        ] {
            assert_eq!(super::second_verb(title).as_deref(), verb, "{title}");
        }
    }
}
