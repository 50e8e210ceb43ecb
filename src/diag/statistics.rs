//! How many findings of each rule, instead of the findings.

use super::{Diagnostic, Level, RuleId};
use serde_json::{Value, json};
use std::{cmp::Reverse, collections::BTreeMap};

/// Lines `count level code name`, the most frequent first, and a total.
#[must_use]
pub fn render(findings: &[Diagnostic]) -> String {
    let line = |(count, level, rule): (usize, Level, RuleId)| {
        format!("{count} {} {} {}\n", level.word(), rule.code, rule.name)
    };
    let lines: String = counts(findings).into_iter().map(line).collect();
    format!("{lines}{} total\n", findings.len())
}

/// The same as a JSON array, without the total.
#[must_use]
pub fn json(findings: &[Diagnostic]) -> String {
    let one = |(count, level, rule): (usize, Level, RuleId)| json!({ "count": count, "level": level.word(), "code": rule.code, "name": rule.name });
    format!("{:#}\n", Value::Array(counts(findings).into_iter().map(one).collect()))
}

fn counts(findings: &[Diagnostic]) -> Vec<(usize, Level, RuleId)> {
    let mut counts: BTreeMap<(RuleId, Reverse<Level>), usize> = BTreeMap::new();
    for finding in findings {
        *counts.entry((finding.rule, Reverse(finding.level))).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().map(|((rule, Reverse(level)), count)| (count, level, rule)).collect();
    counts.sort_by_key(|(count, _, rule)| (Reverse(*count), rule.code));
    counts
}
