//! Where actions go in front matter: behind those that are there, in their style, or before the closing fence.

use super::{
    body_actions::Action,
    yaml::{self, Budget},
};
use crate::{
    snapshot::RelPath,
    tree::{Node, Value},
};
use std::ops::Range;

/// A replacement in the text of some front matter that adds these actions and changes nothing else that it says. `None`
/// where its shape does not allow that.
#[must_use]
pub fn edit(path: &RelPath, yaml: &str, actions: &[Action]) -> Option<(Range<usize>, String)> {
    let (before, findings) = yaml::parse(path, yaml, 0, Budget::default());
    let before = before.filter(|_| findings.is_empty())?;
    let edit = place(yaml, &before, actions)?;
    let text = super::layout::spliced(yaml, std::slice::from_ref(&edit));
    let (after, findings) = yaml::parse(path, &text, 0, Budget::default());
    let holds = findings.is_empty() && added(&before, &after?, actions);
    holds.then_some(edit)
}

fn place(yaml: &str, root: &Node, actions: &[Action]) -> Option<(Range<usize>, String)> {
    let Value::Map(entries) = &root.value else { return None };
    let Some((key, node)) = entries.iter().find(|(key, _)| key.value == "actions") else {
        return Some((yaml.len()..yaml.len(), format!("actions:\n{}", items(actions, 2))));
    };
    let span = node.span.range();
    match &node.value {
        Value::List(old) if !old.is_empty() && yaml[span.clone()].starts_with('[') => {
            let at = old.last()?.span.range().end;
            Some((at..at, actions.iter().map(|action| format!(", {}", in_braces(action))).collect()))
        }
        Value::List(old) if !old.is_empty() => behind(yaml, old, actions),
        Value::List(_) | Value::Null => {
            let colon = key.span.range().end + yaml.get(key.span.range().end..)?.find(':')? + 1;
            let end = if yaml[span.clone()].trim().is_empty() { colon } else { span.end };
            let line = end + yaml[end..].find(['\r', '\n']).unwrap_or(yaml.len() - end);
            let rest = yaml[end..line].trim_end();
            Some((colon..line, format!("{rest}\n{}", items(actions, 2).trim_end())))
        }
        _ => None,
    }
}

/// Behind the last item of a block list, with its indentation; in braces if that one is.
fn behind(yaml: &str, old: &[Node], actions: &[Action]) -> Option<(Range<usize>, String)> {
    let last = old.last()?.span.range();
    let lead = &yaml[yaml[..last.start].rfind('\n').map_or(0, |end| end + 1)..last.start];
    let indent = lead.find('-').filter(|_| lead.trim() == "-")?;
    let end = yaml[last.end..].find('\n').map_or(yaml.len(), |end| last.end + end + 1);
    let text = if yaml[last].starts_with('{') {
        let line = |action| format!("{}- {}\n", " ".repeat(indent), in_braces(action));
        actions.iter().map(line).collect()
    } else {
        items(actions, indent)
    };
    Some((end..end, text))
}

fn items(actions: &[Action], indent: usize) -> String {
    actions.iter().map(|action| action.yaml(indent)).collect()
}

fn in_braces(action: &Action) -> String {
    let fields: Vec<String> = action.fields().iter().map(|(key, value)| format!("{key}: {value}")).collect();
    format!("{{ {} }}", fields.join(", "))
}

/// Whether the second tree is the first one with these actions, word for word.
fn added(before: &Node, after: &Node, actions: &[Action]) -> bool {
    let (Value::Map(old), Value::Map(new)) = (&before.value, &after.value) else { return false };
    let list = |entries: &[(crate::snapshot::Spanned<String>, Node)]| {
        let node = entries.iter().find(|(key, _)| key.value == "actions").map(|(_, node)| node.value.clone());
        if let Some(Value::List(items)) = node { items } else { Vec::new() }
    };
    let others_stay = old
        .iter()
        .filter(|(key, _)| key.value != "actions")
        .all(|(key, node)| new.iter().any(|(other, value)| other.value == key.value && value.says_same(node)));
    let keys = new.len() == old.len() + usize::from(!old.iter().any(|(key, _)| key.value == "actions"));
    let (first, all) = (list(old), list(new));
    others_stay
        && keys
        && all.len() == first.len() + actions.len()
        && first.iter().zip(&all).all(|(a, b)| a.says_same(b))
        && all[first.len()..].iter().zip(actions).all(|(node, action)| is(node, action))
}

fn is(node: &Node, action: &Action) -> bool {
    let Value::Map(fields) = &node.value else { return false };
    let text = |key: &str| match fields.iter().find(|(name, _)| name.value == key).map(|(_, node)| &node.value) {
        Some(Value::Text(text)) => Some(text.clone()),
        _ => None,
    };
    fields.len() == action.fields().len()
        && text("title").as_ref() == Some(&action.title)
        && text("owner") == action.owner
        && text("due") == action.due
        && text("priority") == action.priority
        && text("tracker") == action.tracker
        && text("status").as_deref() == action.status
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTILE: &[&str] = &[
        "Alert: on # shards",
        "--- no",
        "no",
        "- x",
        "12",
        "{a: b}, [c]",
        "\"quoted\" 'too' \\",
        "@shop *all* &x !y %z `c`",
        "null",
        "~",
        "2024-03-01",
        "a, b: c",
        "…",
    ];

    #[test]
    fn actions_are_added_to_every_shape() {
        let path = RelPath::new("a.md").expect("a path");
        let actions: Vec<Action> = HOSTILE
            .iter()
            .map(|text| Action {
                title: (*text).to_owned(),
                owner: Some((*text).to_owned()),
                due: Some("2024-03-15".to_owned()),
                status: Some("open"),
                ..Action::default()
            })
            .collect();
        for yaml in [
            "title: x\n",
            "title: x\nactions:\n",
            "title: x\nactions:   # none yet\nseverity: sev3\n",
            "actions: []\n",
            "actions: [ ]  # none\ntags: [a]\n",
            "actions: ~\ntags: [a]\n",
            "actions: [{title: a}, { title: b } ]\ntags: [a]\n",
            "actions: [\n  {title: a},\n  {title: b},\n]\ntags: [a]\n",
            "actions:\n- title: a\n  owner: b # why\n\n# more\ntags: [a]\n",
            "actions:\n    - title: a\n      verify: |\n        one\n        two\n    # end\ntags: [a]\n",
            "actions:\n  - { title: a, owner: b } # why\ntags: [a]\n",
            "tags: [a]\nactions:\n  - title: >-\n      a\n      b\n",
            "title: x\r\nactions:\r\n  - title: a\r\n",
            "title: |+\n  x\n\n",
        ] {
            let (range, text) = edit(&path, yaml, &actions).unwrap_or_else(|| panic!("{yaml}"));
            let mended = format!("{}{text}{}", &yaml[..range.start], &yaml[range.end..]);
            for comment in ["# none yet", "# none", "# more", "# why", "# end"] {
                assert_eq!(yaml.matches(comment).count(), mended.matches(comment).count(), "{mended}");
            }
        }
        for yaml in
            ["{title: x}\n", "actions: none\n", "  title: x\n", "actions:\n  -\n    title: x\n", "a: [\n", "- a\n"]
        {
            assert_eq!(edit(&path, yaml, &actions), None, "{yaml}");
        }
    }
}
