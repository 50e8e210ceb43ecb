//! Which keys and words a place takes. The reader itself is asked: it reads the file with a word in that place which
//! nobody knows, and says what it knows. So there is no second list of fields that could fall behind.

use crate::{
    config::{self, Config, toml_tree},
    diag::{Diagnostic, reader},
    parse::{self, yaml},
    pipeline::live::Live,
    snapshot::{File, RelPath},
    tree::{Node, Value},
};
use std::ops::Range;

/// Far from every word that is known, so that no reader guesses.
const UNKNOWN: &str = "qqqqqqqqqqqqqqqqqqqqqqqq";
const BOOLEANS: [&str; 2] = ["true", "false"];

/// The keys that may stand here and do not yet.
#[must_use]
pub fn keys(live: &Live, path: &RelPath, word: &Range<usize>) -> Vec<String> {
    let Some(text) = live.text(path) else { return Vec::new() };
    let is_toml = *path == Config::path();
    let rest = text[word.end..].lines().next().unwrap_or("").trim_start();
    let value = match (rest.starts_with([':', '=']), is_toml) {
        (true, _) => "",
        (false, true) => " = 1",
        (false, false) => ": 1",
    };
    let Some(probed) = spliced(live, path, word, &format!("{UNKNOWN}{value}")) else { return Vec::new() };
    let known = help(live, path, &probed, reader::UNKNOWN_KEY.code, "known keys here: ", word.start);
    let taken = tree(path, &probed).and_then(|tree| siblings(&tree)).unwrap_or_default();
    known.into_iter().filter(|key| !taken.contains(key)).collect()
}

/// The words that may stand here, where they are a closed list.
#[must_use]
pub fn words(live: &Live, path: &RelPath, word: &Range<usize>) -> Vec<String> {
    let Some(probed) = spliced(live, path, word, UNKNOWN) else { return Vec::new() };
    let at = probed[word.start..].find(UNKNOWN).map_or(word.start, |more| word.start + more);
    let found = read(live, path, &probed);
    let here = |finding: &&Diagnostic| finding.primary().start as usize <= at && at < finding.primary().end as usize;
    if found.iter().filter(here).any(|finding| finding.message.starts_with("expected true or false")) {
        return BOOLEANS.map(str::to_owned).to_vec();
    }
    help(live, path, &probed, reader::UNKNOWN_VALUE.code, "known: ", at)
}

/// How many lines may be passed over that are half written elsewhere.
const PATIENCE: usize = 4;

/// The text with a word in it, and with comments of the same length for other lines that cannot be read.
fn spliced(live: &Live, path: &RelPath, word: &Range<usize>, with: &str) -> Option<String> {
    let text = live.text(path)?;
    let lead = if text[..word.start].ends_with([':', '=']) { " " } else { "" };
    let mut probed = format!("{}{lead}{with}{}", &text[..word.start], &text[word.end..]);
    for _ in 0..PATIENCE {
        let found = read(live, path, &probed);
        let syntax = found.iter().find(|finding| finding.rule.code == reader::INVALID_SYNTAX.code);
        let Some(line) = syntax.and_then(|finding| line_at(&probed, finding.primary().start as usize)) else { break };
        probed.replace_range(line.clone(), &"#".repeat(line.len()));
    }
    Some(probed)
}

/// The line at or before an error, unless it is the one that is asked about.
fn line_at(text: &str, at: usize) -> Option<Range<usize>> {
    let before = text.get(..at)?;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let end = text[start..].find(['\r', '\n']).map_or(text.len(), |more| start + more);
    let line = &text[start..end];
    (!line.is_empty() && line.trim() != "---" && !line.starts_with('#') && !line.contains(UNKNOWN))
        .then_some(start..end)
}

fn read(live: &Live, path: &RelPath, text: &str) -> Vec<Diagnostic> {
    let file = File { bytes: text.as_bytes().into() };
    if *path == Config::path() {
        config::parse(Some(&file)).1
    } else {
        parse::file_of(path, &file.bytes, live.config()).1
    }
}

/// The words that a finding lists in its help.
fn help(live: &Live, path: &RelPath, text: &str, code: &str, lead: &str, at: usize) -> Vec<String> {
    let found = read(live, path, text).into_iter().find(|finding| {
        let place = finding.primary().range();
        finding.rule.code == code && place.start <= at && at <= place.end
    });
    let help = found.and_then(|finding| finding.help).unwrap_or_default();
    help.strip_prefix(lead).map(|list| list.split(", ").map(str::to_owned).collect()).unwrap_or_default()
}

fn tree(path: &RelPath, text: &str) -> Option<Node> {
    if *path == Config::path() {
        return Some(toml_tree::parse(path, text).0);
    }
    let parts = parse::front_matter::split(path, text).ok()?;
    yaml::parse(path, &text[parts.yaml.clone()], parts.yaml.start, yaml::Budget::default()).0
}

/// The keys of the mapping that holds the unknown one.
fn siblings(node: &Node) -> Option<Vec<String>> {
    match &node.value {
        Value::Map(entries) if entries.iter().any(|(key, _)| key.value == UNKNOWN) => {
            Some(entries.iter().map(|(key, _)| key.value.clone()).collect())
        }
        Value::Map(entries) => entries.iter().find_map(|(_, node)| siblings(node)),
        Value::List(items) => items.iter().find_map(siblings),
        _ => None,
    }
}
