//! AW603 action-without-verb.

use super::aw606_vague_action::vague;
use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW603", name: "action-without-verb", level: Level::Warning },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "PagerDuty, Postmortem Documentation: action items; Lunney, Lueder and O'Connor in ;login: Spring 2017",
    explain: r"## What
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
",
    check: Check::Report(check),
};

/// Imperatives that real action items begin with; sorted.
#[rustfmt::skip]
const VERBS: &[&str] = &[
    "accelerate", "acquire", "add", "adopt", "agree", "alert", "align", "allow", "analyze",
    "answer", "apply", "archive", "ask", "assess", "assign", "attach", "audit", "automate", "avoid",
    "back", "balance", "ban", "block", "bound", "break", "bring", "buffer", "build",
    "bypass", "cache", "cap", "carry", "cease", "centralize", "change", "check", "choose",
    "clarify", "clean", "clear", "close", "collect", "communicate", "compare", "complete", "configure",
    "connect", "consolidate", "contain", "continue", "control", "convert", "coordinate", "copy", "correct",
    "count", "cover", "create", "cut", "decide", "decommission", "decouple", "decrease", "dedicate",
    "deepen", "default", "define", "delay", "delete", "deliver", "demand", "deny", "deploy",
    "deprecate", "describe", "design", "detach", "detect", "determine", "develop", "disable", "discard",
    "distribute", "diversify", "divide", "document", "double", "drain", "drill", "drop", "duplicate",
    "eliminate", "embed", "enable", "encrypt", "end", "enforce", "enlarge", "ensure", "escalate",
    "establish", "evaluate", "examine", "exclude", "exercise", "expand", "expect", "expire", "explain",
    "explore", "expose", "extend", "extract", "fail", "feed", "filter", "find", "finish",
    "fix", "follow", "force", "formalize", "formulate", "freeze", "gate", "give", "group",
    "grow", "guarantee", "guard", "halt", "handle", "harden", "have", "help", "hire",
    "hold", "host", "identify", "implement", "improve", "include", "increase", "inform", "install",
    "integrate", "introduce", "inventory", "invest", "investigate", "isolate", "issue", "keep", "label",
    "launch", "lead", "learn", "leave", "lengthen", "let", "lift", "limit", "link",
    "list", "load", "lock", "log", "look", "lower", "maintain", "make", "mandate",
    "map", "mark", "match", "measure", "merge", "migrate", "mirror", "mitigate", "modify",
    "monitor", "move", "name", "narrow", "negotiate", "notify", "offer", "offload", "open",
    "optimize", "organize", "overhaul", "oversee", "own", "page", "pass", "patch", "pause",
    "perform", "permit", "pin", "place", "plan", "point", "post", "practice", "practise",
    "prefer", "prepare", "preserve", "prevent", "prioritize", "probe", "process", "produce", "prohibit",
    "promote", "propose", "protect", "prove", "provide", "provision", "publish", "pull", "purge",
    "push", "put", "quantify", "queue", "quicken", "raise", "rate", "reach", "read",
    "reassess", "rebalance", "rebuild", "recheck", "reclaim", "reconsider", "record", "recover", "redesign",
    "redirect", "reduce", "refactor", "refuse", "regenerate", "rehearse", "reject", "release", "relocate",
    "rely", "remind", "remove", "rename", "renew", "reorder", "repair", "repeat", "replace",
    "replicate", "report", "request", "require", "rerun", "reserve", "reset", "resize", "resolve",
    "respond", "restart", "restore", "restrict", "restructure", "retain", "rethink", "retire", "retry",
    "return", "reuse", "revert", "review", "revise", "revisit", "revoke", "rewire", "rewrite",
    "roll", "rotate", "route", "run", "sample", "save", "scale", "scan", "schedule",
    "script", "secure", "see", "segment", "segregate", "select", "send", "separate", "serve",
    "set", "shard", "share", "shed", "shift", "ship", "shorten", "show", "shut",
    "sign", "simplify", "simulate", "size", "skip", "slow", "soft", "speed", "split",
    "spread", "staff", "stage", "stagger", "standardize", "start", "stay", "stop", "store",
    "streamline", "strengthen", "stress", "subscribe", "substitute", "supersede", "supply", "support", "suspend",
    "switch", "take", "talk", "teach", "tell", "test", "throttle", "tie", "tighten",
    "time", "track", "train", "transfer", "transition", "translate", "treat", "trigger", "trim",
    "tune", "turn", "understand", "undo", "unify", "update", "upgrade", "upload", "use",
    "validate", "vary", "verify", "version", "vet", "visit", "wait", "warn", "watch",
    "widen", "withdraw", "work", "write",
];

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    for action in &report.actions {
        let word = action.title.value.split(|c: char| !c.is_alphabetic()).next().unwrap_or("").to_lowercase();
        let told = vague(&action.title.value).is_some();
        if !told && !is_verb(&word) && !word.strip_prefix("re").is_some_and(is_verb) {
            ctx.at(
                &action.title.span,
                format!("action {} does not begin with a verb", action.id.value),
                "say what is to be done: add, remove, limit, alert, test …",
            );
        }
    }
}

/// Whether a word, in small letters, is a verb that an action may begin with.
pub(super) fn is_verb(word: &str) -> bool {
    VERBS.binary_search(&word).is_ok()
}
