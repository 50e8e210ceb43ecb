//! AW615 action-in-body.

use crate::{
    config::Profile,
    diag::{Diagnostic, Edit, Level, RuleId, Safety},
    lint::{Check, Ctx, Fixes, Rule, Text},
    model::Report,
    parse::{
        append_actions,
        body_actions::{self, Action, Items, in_section},
        front_matter,
        lines::split,
    },
    snapshot::Span,
};
use jiff::civil::Date;
use pulldown_cmark::{Event, Options, Parser, Tag};
use std::ops::Range;

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW615", name: "action-in-body", level: Level::Info },
    profile: Profile::Strict,
    fixes: Fixes::Unsafe,
    since: "0.1.0",
    source: "the schema: actions are fields",
    explain: r"## What
An action stands in a table or with a check box in the text, and not under `actions:` in the front matter.
## Why
What only the text says is on no list of open actions, and nobody is told when it is overdue.
## Bad
```markdown
## Action items

| Action | Owner | Due |
| --- | --- | --- |
| Alert on shards | shop | 2024-03-15 |
```
## Good
```yaml
actions:
  - { title: Alert on shards, owner: shop, due: 2024-03-15 }
```
## Fix
Write it under `actions:`. `--unsafe-fixes` moves the rows that name an owner and a day to come, and of which every word has
a field; other rows stay in the text, because as fields they would only be findings of another kind. Words for a status and
days become those of the schema; marks such as `**` are lost. The rules for the wording of actions then look at them too.
",
    check: Check::Text(check),
};

fn check(text: Text<'_>, ctx: &mut Ctx<'_>) {
    let broken = || ctx.corpus.broken.get(text.path).and_then(|broken| broken.draft.as_ref());
    let Some(report) = ctx.corpus.by_path(text.path).or_else(broken) else { return };
    let sections = report.sections.iter().filter(|section| section.name == Some("actions"));
    let stated = sections.flat_map(|section| in_section(&report.body, section.content.clone(), Items::Boxes).0);
    let is_new = |action: &Action| !report.actions.iter().any(|known| same(&known.title.value, &action.title));
    let stated: Vec<Action> = stated.filter(is_new).collect();
    if stated.is_empty() {
        return;
    }
    let blocks = Blocks::of(&report.body);
    let found: Vec<Action> = stated.into_iter().filter(|action| blocks.holds(&action.line)).collect();
    let ready: Vec<Action> = found.iter().filter(|action| obstacle(action, ctx.today).is_none()).cloned().collect();
    let edits = if ready.is_empty() { None } else { edits(text, report, &blocks, &ready) };
    for action in &found {
        let span = Span::new(text.path, action.line.start + report.body_at..action.line.end + report.body_at);
        let why = obstacle(action, ctx.today);
        ctx.report(|rule| {
            let advice = "write it under `actions:` in the front matter";
            let finding = Diagnostic::new(rule, &span, "an action stands only in the text");
            match (why, &edits) {
                (Some(why), _) => finding.help(format!("{advice}; {why}")),
                (None, None) => finding.help(advice),
                (None, Some(edits)) => {
                    finding.help(advice).fix_with("move actions to the front matter", Safety::Unsafe, edits.clone())
                }
            }
        });
    }
}

fn same(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

/// Why an action cannot be moved as it is.
fn obstacle(action: &Action, today: Date) -> Option<&'static str> {
    let due = action.due.as_ref().and_then(|due| due.parse::<Date>().ok());
    match (action.status, due) {
        _ if action.says_more => Some("this line says more than fields can hold"),
        _ if action.owner.is_none() => Some("it has no owner yet"),
        (Some("done"), _) => Some("it is done, so give the dates of `done:` too"),
        (Some("dropped"), _) => Some("it was dropped, so give a `dropped_reason:` too"),
        (_, None) => Some("it has no due date yet"),
        (_, Some(due)) if due < today => Some("it is overdue, so give a `delay_reason:` too"),
        _ => None,
    }
}

/// Adds the actions to the front matter and takes their lines from the body.
fn edits(text: Text<'_>, report: &Report, blocks: &Blocks, actions: &[Action]) -> Option<Vec<Edit>> {
    let parts = front_matter::split(text.path, text.text).ok()?;
    let (range, added) = append_actions::edit(text.path, &text.text[parts.yaml.clone()], actions)?;
    let edit = |range: Range<usize>, offset: usize, replacement: String| Edit {
        span: Span::new(text.path, range.start + offset..range.end + offset),
        replacement,
    };
    let added = if text.text.contains("\r\n") { added.replace('\n', "\r\n") } else { added };
    let mut edits = vec![edit(range, parts.yaml.start, added)];
    let lines: Vec<Range<usize>> = actions.iter().map(|action| action.line.clone()).collect();
    let removed = blocks.removed(&report.body, &lines).into_iter();
    edits.extend(removed.map(|range| edit(range, report.body_at, String::new())));
    Some(edits)
}

/// The tables and lists of a body that stand in nothing else, with their rows and items.
struct Blocks(Vec<(Range<usize>, Vec<Range<usize>>)>);

impl Blocks {
    fn of(body: &str) -> Self {
        let (mut blocks, mut depth) = (Vec::<(Range<usize>, Vec<Range<usize>>)>::new(), 0_usize);
        for (event, range) in Parser::new_ext(body, Options::ENABLE_TABLES).into_offset_iter() {
            match event {
                Event::Start(tag) => {
                    depth += 1;
                    match tag {
                        Tag::Table(_) | Tag::List(_) if depth == 1 => blocks.push((range, Vec::new())),
                        Tag::TableRow | Tag::Item if depth == 2 => {
                            blocks.last_mut().into_iter().for_each(|(_, parts)| parts.push(range.clone()));
                        }
                        _ => {}
                    }
                }
                Event::End(_) => depth -= 1,
                _ => {}
            }
        }
        for (_, parts) in &mut blocks {
            for part in parts {
                part.end = part.start + body[part.clone()].trim_end().len();
            }
        }
        Self(blocks)
    }

    /// Whether a line is a row or an item, the whole of it.
    fn holds(&self, line: &Range<usize>) -> bool {
        self.0
            .iter()
            .flat_map(|(_, parts)| parts)
            .any(|part| line.start <= part.start && part.end <= line.end && part.start < line.end)
    }

    /// The bytes to take out with these lines: of a table or a list of which nothing is left, all.
    fn removed(&self, body: &str, lines: &[Range<usize>]) -> Vec<Range<usize>> {
        let mut removed = Vec::new();
        for (block, parts) in &self.0 {
            let within = |line: &&Range<usize>| block.start <= line.start && line.start < block.end;
            let taken: Vec<&Range<usize>> = lines.iter().filter(within).collect();
            if !taken.is_empty() && taken.len() == parts.len() && header_is_ours(&body[block.clone()]) {
                removed.push(with_gap(body, block.start..block.start + body[block.clone()].trim_end().len()));
            } else {
                removed.extend(taken.into_iter().map(|line| line.start..after_line(body, line.end)));
            }
        }
        removed
    }
}

/// Whether the fields stand for all words of a table's header; a list has none.
fn header_is_ours(block: &str) -> bool {
    let first = block.lines().next().unwrap_or("");
    !first.trim_start().starts_with('|') || split(first).iter().all(|cell| !body_actions::column(cell).is_empty())
}

fn after_line(body: &str, at: usize) -> usize {
    body[at..].find('\n').map_or(body.len(), |end| at + end + 1)
}

/// Lines with the blank ones behind them where some stand before too; at the end of a text, with those before.
fn with_gap(body: &str, lines: Range<usize>) -> Range<usize> {
    let end = after_line(body, lines.end);
    let rest = body[end..].trim_start_matches(['\r', '\n']);
    let before = &body[..lines.start];
    if rest.is_empty() {
        return after_line(body, before.trim_end().len()).min(lines.start)..body.len();
    }
    let is_blank_before = before.lines().next_back().is_none_or(|line| line.trim().is_empty());
    lines.start..if is_blank_before { body.len() - rest.len() } else { end }
}
