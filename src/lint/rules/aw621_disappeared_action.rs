//! AW621 disappeared-action.

use crate::{
    config::Profile,
    diag::{Diagnostic, Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule, secrets},
    model::{Action, ActionStatus, Report},
    snapshot::Span,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW621", name: "disappeared-action", level: Level::Warning },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "our practice: what was promised is done, or dropped with a reason",
    explain: r"## What
An action item that a report had at an earlier revision and that no report has now. `check --since` and `pr` tell of it. An
item of the same id in its report is the same one, whatever its title; so is one of the same title in any report.
## Why
An item that is deleted looks like one that nobody promised. The next reader of the report cannot ask why.
## Bad
```yaml
actions:
  - { id: A1, title: Add an alert for the replica lag }   # A2 was deleted
```
## Good
```yaml
actions:
  - { id: A1, title: Add an alert for the replica lag }
  - { id: A2, title: Double the pool, status: dropped, dropped_reason: the pool was not what ran out }
```
## Fix
Put it back with `status: dropped` and a `dropped_reason`. With a report that is deleted its open items go too: move them to the
report that goes on with them.
",
    check: Check::Before(check),
};

fn check(before: &[Arc<Report>], ctx: &mut Ctx<'_>) {
    if before.is_empty() {
        return;
    }
    let now = ctx.corpus.readable();
    let titles: BTreeSet<String> = now.iter().flat_map(|report| &report.actions).map(words).collect();
    let by_id: BTreeMap<&str, &Report> = now.iter().rev().map(|report| (report.id.value.as_str(), *report)).collect();
    let by_start: BTreeMap<_, &Report> = now.iter().rev().map(|report| (start(report), *report)).collect();
    for old in before {
        let here = ctx.corpus.readable_at(&old.path);
        let same_id = by_id.get(old.id.value.as_str()).copied();
        let now = here.filter(|report| report.id.value == old.id.value).or(same_id).or(here);
        let now = now.or_else(|| by_start.get(&start(old)).copied());
        let is_readable = now.map_or(!ctx.corpus.broken.contains_key(&old.path), |report| report.actions_whole);
        if !is_readable {
            continue; // nobody can tell what is still there
        }
        for action in lost(old, now).into_iter().filter(|action| !titles.contains(&words(action))) {
            match (now, action.status.as_ref().map(|status| status.value)) {
                (_, Some(ActionStatus::Dropped)) | (None, Some(ActionStatus::Done)) => {}
                (Some(report), status) => report_lost(ctx, report, action, status == Some(ActionStatus::Done)),
                (None, _) => report_gone(ctx, old, action),
            }
        }
    }
}

/// What tells a report whose file, and with it the id, was renamed.
fn start(report: &Report) -> (jiff::Timestamp, &str) {
    (report.times.started.value.sort_key(), &report.title.value)
}

fn report_lost(ctx: &mut Ctx<'_>, report: &Report, action: &Action, done: bool) {
    let message = format!("action `{}` is gone: {}", action.id.value, action.title.value);
    let help = if done {
        "put it back; what was done is part of the report"
    } else {
        "keep it with `status: dropped` and a `dropped_reason`"
    };
    ctx.at(&report.actions_at, shown(&message), help);
}

fn report_gone(ctx: &mut Ctx<'_>, old: &Report, action: &Action) {
    let (report, id, title) = (&old.id.value, &action.id.value, &action.title.value);
    let message = shown(&format!("the report `{report}` is gone, and with it its open action `{id}`: {title}"));
    ctx.report(|rule| {
        Diagnostic::new(rule, &Span::start_of(&old.path), message).label("this file is no longer here").help(
            "move the action to the report that goes on with it, or keep the report and drop the action with a reason",
        )
    });
}

/// The actions of a report that it no longer has: not by a written id, not by title, not by place where ids were not written.
fn lost<'o>(old: &'o Report, now: Option<&Report>) -> Vec<&'o Action> {
    type Item<'a> = (&'a Action, String);
    let mut left: Vec<Item<'_>> = now.iter().flat_map(|report| &report.actions).map(|a| (a, words(a))).collect();
    let mut lost: Vec<Item<'o>> = old.actions.iter().map(|a| (a, words(a))).collect();
    let same: [fn(&Item<'_>, &Item<'_>) -> bool; 3] = [
        |(a, _), (b, _)| has_written_id(a) && has_written_id(b) && a.id.value == b.id.value,
        |(_, a), (_, b)| a == b,
        |(a, _), (b, _)| a.id.value == b.id.value,
    ];
    for same in same {
        lost.retain(|item| {
            let place = left.iter().position(|other| same(item, other));
            place.map(|place| left.swap_remove(place)).is_none()
        });
    }
    lost.into_iter().map(|(action, _)| action).collect()
}

/// Where none is written, the place in the list stands in for it.
fn has_written_id(action: &Action) -> bool {
    action.id.span != action.span
}

/// A title without regard to case, spaces and punctuation.
fn words(action: &Action) -> String {
    let title = action.title.value.to_lowercase();
    title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What stood in an old file may hold a secret that no file holds now.
fn shown(message: &str) -> String {
    const LONGEST: usize = 200;
    let mut shown = message.to_owned();
    for (range, _) in secrets::find(message) {
        shown.replace_range(range.clone(), &"*".repeat(range.len()));
    }
    match shown.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &shown[..end]),
        None => shown,
    }
}
