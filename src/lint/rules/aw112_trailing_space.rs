//! AW112 trailing-space.

use crate::{
    config::Profile,
    diag::{Diagnostic, Edit, Level, RuleId, Safety},
    lint::{Check, Ctx, Fixes, Rule, Text},
    parse::{
        front_matter,
        layout::spliced,
        yaml::{self, Budget},
    },
    snapshot::Span,
    tree::{Node, Value},
};
use std::ops::Range;

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW112", name: "trailing-space", level: Level::Info },
    profile: Profile::Strict,
    fixes: Fixes::Safe,
    since: "0.1.0",
    source: "YAML 1.2.2, section 6.2; yamllint, trailing-spaces",
    explain: r"## What
Lines of the front matter end in spaces or tabs.
## Why
Nobody sees them, and the next editor that removes them adds lines to a change that have nothing to do with it.
## Bad
```yaml
severity: sev3<space>
```
## Good
```yaml
severity: sev3
```
## Fix
Delete them; `--fix` does. In text of several lines (`|`, `>` or quotes) they can mean something and are left alone.
",
    check: Check::Text(check),
};

fn check(text: Text<'_>, ctx: &mut Ctx<'_>) {
    let is_content = ctx.config.among_reports(text.path).is_some();
    let Some(parts) = front_matter::split(text.path, text.text).ok().filter(|_| is_content) else { return };
    let yaml = &text.text[parts.yaml.clone()];
    let spaces = spaces(yaml);
    if spaces.is_empty() {
        return;
    }
    let (Some(before), _) = yaml::parse(text.path, yaml, 0, Budget::default()) else { return };
    let mut kept = Vec::new();
    long_texts(&before, yaml, &mut kept);
    let is_free = |range: &Range<usize>| !kept.iter().any(|text| text.start < range.end && range.start < text.end);
    let edits: Vec<_> = spaces.into_iter().filter(is_free).map(|range| (range, String::new())).collect();
    let Some((first, _)) = edits.first() else { return };
    let after = yaml::parse(text.path, &spliced(yaml, &edits), 0, Budget::default()).0;
    if !after.is_some_and(|after| after.says_same(&before)) {
        return;
    }
    let span =
        |range: &Range<usize>| Span::new(text.path, range.start + parts.yaml.start..range.end + parts.yaml.start);
    ctx.report(|rule| {
        let message = match edits.len() {
            1 => "a line ends in spaces".to_owned(),
            count => format!("{count} lines of the front matter end in spaces"),
        };
        let edit = |(range, replacement): &(Range<usize>, String)| Edit {
            span: span(range),
            replacement: replacement.clone(),
        };
        let all = edits.iter().map(edit).collect();
        Diagnostic::new(rule, &span(first), message).help("delete them").fix_with(
            "delete spaces at the ends of lines",
            Safety::Safe,
            all,
        )
    });
}

/// Spaces and tabs before the ends of lines.
fn spaces(yaml: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in yaml.split_inclusive('\n') {
        let text = line.trim_end_matches(['\r', '\n']);
        let kept = text.trim_end_matches([' ', '\t']).len();
        if kept < text.len() {
            found.push(at + kept..at + text.len());
        }
        at += line.len();
    }
    found
}

/// Texts of several lines, each up to the end of the blank lines behind it.
fn long_texts(node: &Node, yaml: &str, found: &mut Vec<Range<usize>>) {
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| long_texts(item, yaml, found)),
        Value::Map(entries) => entries.iter().for_each(|(_, value)| long_texts(value, yaml, found)),
        Value::Text(_) => {
            let range = node.span.range();
            let behind = yaml.get(range.end..).unwrap_or("");
            let blank = behind.len() - behind.trim_start().len();
            if yaml.get(range.clone()).is_some_and(|text| text.contains('\n') || text.starts_with(['|', '>'])) {
                found.push(range.start..range.end + blank);
            }
        }
        Value::Null | Value::Bool(_) | Value::Int(_) | Value::Float(_) => {}
    }
}
