//! AW603 action-without-verb.

use crate::{
    diag::{Level, RuleId},
    lint::{Check, Ctx, Rule},
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW603", name: "action-without-verb", level: Level::Warning },
    explain: r#"## What
The title of an action item does not begin with a verb.
## Why
A verb says what will be different when it is done.
## Bad
```yaml
- { title: Monitoring of shards, owner: shop, due: 2024-03-15 }
```
## Good
```yaml
- { title: Alert when a shard has fewer than 2 replicas, owner: shop, due: 2024-03-15 }
```
## Fix
Begin with what is to be done: add, remove, limit, alert, test …
"#,
    check: Check::Report(check),
};

/// Imperatives that real action items begin with; sorted.
#[rustfmt::skip]
const VERBS: &[&str] = &[
    "accelerate", "add", "adopt", "alert", "allow", "analyze", "apply", "archive", "assign",
    "audit", "automate", "avoid", "back", "ban", "block", "bound", "break", "buffer",
    "build", "bypass", "cache", "cap", "cease", "centralize", "change", "check", "choose",
    "clarify", "clean", "clear", "close", "collect", "communicate", "compare", "complete", "configure",
    "connect", "consolidate", "contain", "continue", "convert", "copy", "correct", "count", "cover",
    "create", "cut", "decommission", "decouple", "decrease", "default", "define", "delay", "delete",
    "deliver", "deny", "deploy", "deprecate", "describe", "design", "detect", "develop", "disable",
    "discard", "distribute", "divide", "document", "double", "drain", "drill", "drop", "duplicate",
    "eliminate", "enable", "encrypt", "enforce", "enlarge", "ensure", "escalate", "establish", "evaluate",
    "exclude", "exercise", "expand", "expire", "explain", "expose", "extend", "fail", "filter",
    "finish", "fix", "follow", "force", "formalize", "freeze", "gate", "give", "guard",
    "halt", "handle", "harden", "have", "hold", "identify", "implement", "improve", "include",
    "increase", "inform", "install", "integrate", "introduce", "inventory", "invest", "investigate", "isolate",
    "issue", "keep", "label", "launch", "lengthen", "let", "limit", "list", "load",
    "lock", "log", "lower", "maintain", "make", "map", "mark", "measure", "merge",
    "migrate", "mirror", "monitor", "move", "narrow", "notify", "offer", "offload", "optimize",
    "organize", "overhaul", "page", "pass", "patch", "pause", "perform", "pin", "plan",
    "practice", "practise", "prepare", "prevent", "prioritize", "probe", "process", "promote", "protect",
    "prove", "provide", "provision", "publish", "pull", "purge", "push", "put", "raise",
    "rate", "reach", "rebuild", "recheck", "record", "recover", "redesign", "redirect", "reduce",
    "refactor", "refuse", "regenerate", "rehearse", "reject", "release", "relocate", "remove", "rename",
    "renew", "reorder", "repair", "repeat", "replace", "replicate", "report", "require", "reserve",
    "reset", "resize", "restart", "restore", "restrict", "restructure", "retain", "retire", "retry",
    "return", "revert", "review", "revise", "revisit", "revoke", "rewrite", "roll", "rotate",
    "route", "run", "sample", "save", "scale", "scan", "schedule", "script", "secure",
    "see", "segment", "send", "separate", "serve", "set", "shard", "share", "shed",
    "shift", "ship", "shorten", "show", "shut", "simplify", "simulate", "size", "skip",
    "slow", "soft", "split", "staff", "stage", "standardize", "start", "stop", "store",
    "strengthen", "stress", "subscribe", "support", "suspend", "switch", "test", "throttle", "tie",
    "tighten", "time", "track", "train", "transfer", "translate", "treat", "trigger", "trim",
    "tune", "turn", "undo", "update", "upgrade", "use", "validate", "vary", "verify",
    "version", "wait", "warn", "watch", "widen", "withdraw", "work", "write",
];

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    for action in &report.actions {
        let word = action.title.value.split(|c: char| !c.is_alphabetic()).next().unwrap_or("").to_lowercase();
        let known = |word: &str| VERBS.binary_search(&word).is_ok();
        if !known(&word) && !word.strip_prefix("re").is_some_and(known) {
            ctx.at(&action.title.span, format!("action {} does not begin with a verb", action.id.value), "say what is to be done: add, remove, limit, alert, test …");
        }
    }
}
