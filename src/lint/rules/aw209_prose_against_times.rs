//! AW209 prose-against-times.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
    parse::times,
    snapshot::Span,
};
use regex::bytes::Regex;
use std::sync::LazyLock;

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW209", name: "prose-against-times", level: Level::Warning },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "20 of 50 written durations in one real repository contradict their own times",
    explain: r"## What
The text says how long the incident lasted, and the times say something else.
## Why
Readers believe the sentence, numbers come from the times. One of them is wrong.
## Bad
```markdown
The outage lasted 3 hours.   # started_at 08:12, resolved_at 10:30
```
## Good
```markdown
The outage lasted 2 hours and 18 minutes.
```
## Fix
Correct the one that is wrong. Words such as `about` are taken as they are meant.
",
    check: Check::Report(check),
};

/// Lines without these are passed over.
const SAYING: &[&str] = &["lasted", "went on", "continued", "persisted", "uration", "owntime"];

/// Words of another time: the incident before, the year before.
const ELSEWHEN: &[&str] = &[" then", "earlier", "previous", "last year", "last time", "last month"];

/// The whole incident, and how long: nothing else that takes time is meant.
static LASTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i-u)(?:\b(?:the|this|our|total) (?:incident|outage|disruption|degradation|downtime)(?: (?:itself|in total))? (?:lasted|went on|continued|persisted)(?: for)?|\b(?:the )?(?:incident|outage|total|overall) (?:duration|downtime)(?: was| is|:\**)|^\W*(?:duration|downtime)\W*:\**) *(?:a total of |in total )?(about |around |approximately |roughly |nearly |almost |over |more than |just under |just over |~ ?)?((?:\d+(?:\.\d+)? ?(?:days?|hours?|hrs?|minutes?|mins?|h|m)\b(?:,? and |, | )?)+)",
    )
    .expect("a constant")
});

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    let milestones: Vec<_> = report.times.in_order().into_iter().map(|(_, when)| when.value).collect();
    let pairs =
        milestones.iter().enumerate().flat_map(|(n, from)| milestones[n + 1..].iter().map(move |to| (from, to)));
    let spans: Vec<i64> = pairs.filter_map(|(from, to)| from.seconds_to(*to)).collect();
    let Some(whole) = spans.iter().max().copied() else { return };
    for section in report.sections.iter().filter(|s| matches!(s.name, Some("summary" | "impact"))) {
        let mut at = section.content.start;
        for line in report.body[section.content.clone()].split_inclusive('\n') {
            let start = at;
            at += line.len();
            if !SAYING.iter().any(|word| line.contains(word)) || ELSEWHEN.iter().any(|word| line.contains(word)) {
                continue;
            }
            let Some(found) = LASTED.captures(line.as_bytes()) else { continue };
            let (Some(words), rough) = (found.get(2), found.get(1).is_some()) else { continue };
            let Some(written) = line.get(words.range()) else { continue };
            let written = written.trim_end().trim_end_matches("and").trim_end_matches([',', ' ']);
            let Some(seconds) = times::duration(written) else { continue };
            if spans.iter().any(|span| fits(*span, seconds, written, rough)) {
                continue;
            }
            let from = report.body_at + start + words.start();
            let span = Span::new(&report.path, from..from + written.len());
            let message = format!("this says {written}, the times say {}", spoken(whole));
            ctx.at(&span, message, "correct the sentence, or the times in front matter");
        }
    }
}

/// Whether a span is what was written: as exact as its smallest unit, and a quarter more or less where it is rough.
fn fits(span: i64, written: i64, words: &str, rough: bool) -> bool {
    let unit = match words {
        words if words.contains(" m") || words.ends_with('m') || words.contains("min") => 60,
        words if words.contains('h') => 3_600,
        _ => 86_400,
    };
    let apart = if rough { (span / 4).max(unit) } else { (span / 10).max(unit) };
    (span - written).abs() <= apart
}

fn spoken(seconds: i64) -> String {
    let (hours, minutes) = (seconds / 3_600, seconds % 3_600 / 60);
    if hours == 0 { format!("{minutes} min") } else { format!("{hours} h {minutes} min") }
}
