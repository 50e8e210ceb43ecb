//! The keys that stand beside a place, also in a file that is half written elsewhere.

use super::place;
use crate::{
    config::{Config, toml_tree},
    diag::{Diagnostic, reader},
    parse::yaml,
    snapshot::RelPath,
    tree::{Node, Value},
};
use std::ops::Range;

/// Stands for the word in question, so that its mapping is found.
const HERE: &str = "qqqqqqqqqqqqqqqqqqqqqqqq";
/// How many lines may be passed over that are half written elsewhere.
const PATIENCE: usize = 4;

/// The keys of the mapping that `word` is, or will be, a key of.
#[must_use]
pub fn keys(path: &RelPath, text: &str, word: &Range<usize>) -> Vec<String> {
    let rest = text[word.end..].lines().next().unwrap_or("").trim_start();
    let value = match (rest.starts_with([':', '=']), *path == Config::path()) {
        (true, _) => "",
        (false, true) => " = 1",
        (false, false) => ": 1",
    };
    let mut marked = format!("{}{HERE}{value}{}", &text[..word.start], &text[word.end..]);
    for _ in 0..PATIENCE {
        let (tree, found) = tree(path, &marked);
        let syntax = found.iter().find(|finding| finding.rule.code == reader::INVALID_SYNTAX.code);
        match syntax.and_then(|finding| line_at(&marked, finding.primary().start as usize)) {
            Some(line) => marked.replace_range(line.clone(), &"#".repeat(line.len())),
            None => return tree.as_ref().and_then(siblings).unwrap_or_default(),
        }
    }
    tree(path, &marked).0.as_ref().and_then(siblings).unwrap_or_default()
}

/// The line at or before an error, unless it is the one that is asked about.
fn line_at(text: &str, at: usize) -> Option<Range<usize>> {
    let before = text.get(..at)?;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let end = text[start..].find(['\r', '\n']).map_or(text.len(), |more| start + more);
    let line = &text[start..end];
    (!line.is_empty() && line.trim() != "---" && !line.starts_with('#') && !line.contains(HERE)).then_some(start..end)
}

fn tree(path: &RelPath, text: &str) -> (Option<Node>, Vec<Diagnostic>) {
    if *path == Config::path() {
        let (node, found) = toml_tree::parse(path, text);
        return (Some(node), found);
    }
    match place::front_matter(text) {
        Some(front) => yaml::parse(path, &text[front.clone()], front.start, yaml::Budget::default()),
        None => (None, Vec::new()),
    }
}

fn siblings(node: &Node) -> Option<Vec<String>> {
    match &node.value {
        Value::Map(entries) if entries.iter().any(|(key, _)| key.value == HERE) => {
            Some(entries.iter().map(|(key, _)| key.value.clone()).collect())
        }
        Value::Map(entries) => entries.iter().find_map(|(_, node)| siblings(node)),
        Value::List(items) => items.iter().find_map(siblings),
        _ => None,
    }
}
