//! AW331 mixed-list-markers.

use crate::{
    config::Profile,
    diag::{Diagnostic, Edit, Level, RuleId, Safety},
    lint::{Check, Ctx, Fixes, Rule},
    model::Report,
    parse::layout::spliced,
    snapshot::Span,
};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW331", name: "mixed-list-markers", level: Level::Info },
    profile: Profile::Strict,
    fixes: Fixes::Safe,
    since: "0.1.0",
    source: "markdownlint MD004; CommonMark 0.31.2, section 5.3",
    explain: r"## What
Some lists of a report are marked with another sign than most of its lists.
## Why
Three signs for one thing make readers of the source look for a difference. Timelines written as lists are mended too.
## Bad
```markdown
- Too few nodes.

Later:

* Too many orders.
```
## Good
```markdown
- Too few nodes.

Later:

- Too many orders.
```
## Fix
Use the sign of most lists. `--fix` exchanges the signs and nothing else. Lists that follow one another directly are left
alone: with one sign they would be one list.
",
    check: Check::Report(check),
};

/// A list with bullets.
struct Bullets {
    range: Range<usize>,
    sign: u8,
    /// Where the sign of each item is.
    items: Vec<usize>,
}

fn check(report: &Report, ctx: &mut Ctx<'_>) {
    let body = &report.body;
    let begins = |sign: char| body.lines().any(|line| line.trim_start_matches([' ', '\t', '>']).starts_with(sign));
    if ['-', '*', '+'].into_iter().filter(|sign| begins(*sign)).count() < 2 {
        return;
    }
    let lists = lists(body);
    let Some(first) = lists.first().filter(|first| lists.iter().any(|list| list.sign != first.sign)) else { return };
    let uses = |sign| lists.iter().filter(|list| list.sign == sign).count();
    let most = lists.iter().fold(first, |most, list| if uses(list.sign) > uses(most.sign) { list } else { most });
    let others = || lists.iter().filter(|list| list.sign != most.sign && !touches(body, list, &lists));
    let Some(other) = others().next() else { return };
    let mut items: Vec<usize> = others().flat_map(|list| list.items.iter().copied()).collect();
    items.sort_unstable();
    let sign = char::from(most.sign).to_string();
    let edits: Vec<(Range<usize>, String)> = items.iter().map(|at| (*at..at + 1, sign.clone())).collect();
    let span = |at: usize| Span::new(&report.path, report.body_at + at..report.body_at + at + 1);
    ctx.report(|rule| {
        let message = format!("this list is marked with `{}`, others with `{sign}`", char::from(other.sign));
        let finding = Diagnostic::new(rule, &span(other.items[0]), message)
            .also(&span(most.items[0]), "as here")
            .help(format!("mark all lists with `{sign}`"));
        if !events(body).eq(events(&spliced(body, &edits))) {
            return finding;
        }
        let edit = |at: usize| Edit { span: span(at), replacement: sign.clone() };
        finding.fix_with(format!("mark all lists with `{sign}`"), Safety::Safe, items.into_iter().map(edit).collect())
    });
}

fn events(body: &str) -> Parser<'_> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    Parser::new_ext(body, options)
}

fn lists(body: &str) -> Vec<Bullets> {
    let mut open: Vec<Option<Bullets>> = Vec::new();
    let mut found = Vec::new();
    for (event, range) in events(body).into_offset_iter() {
        match event {
            Event::Start(Tag::List(None)) => open.push(Some(Bullets { range, sign: 0, items: Vec::new() })),
            Event::Start(Tag::List(Some(_))) => open.push(None),
            Event::Start(Tag::Item) => {
                let item = &body[range.clone()];
                let at = range.start + item.len() - item.trim_start().len();
                if let Some(Some(list)) = open.last_mut()
                    && let Some(sign @ (b'-' | b'*' | b'+')) = body.as_bytes().get(at)
                {
                    list.sign = *sign;
                    list.items.push(at);
                }
            }
            Event::End(TagEnd::List(_)) => {
                found.extend(open.pop().flatten().filter(|list| !list.items.is_empty()));
            }
            _ => {}
        }
    }
    found.sort_by_key(|list| list.range.start);
    found
}

/// Whether nothing stands between this list and another one.
fn touches(body: &str, list: &Bullets, all: &[Bullets]) -> bool {
    let nothing = |range: Range<usize>| {
        let between = body.get(range);
        between.is_some_and(|text| text.chars().all(|c| c.is_whitespace() || c == '>'))
    };
    all.iter().any(|other| nothing(list.range.end..other.range.start) || nothing(other.range.end..list.range.start))
}
