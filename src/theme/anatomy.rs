//! What a template is made of, read from its text: blocks, the template that it extends, those that it includes, the
//! texts that it says.

use regex::Regex;
use std::{collections::BTreeSet, ops::Range, sync::LazyLock};

fn pattern(written: &str) -> Regex {
    Regex::new(written).expect("a pattern of ours")
}

static BLOCK: LazyLock<Regex> = LazyLock::new(|| pattern(r"\{%-?\s*block\s+(\w+)\s*-?%\}"));
static SLOT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\{%-?\s*block\s+(\w+)\s*-?%\}\{%-?\s*endblock(?:\s+\w+)?\s*-?%\}"));
static EXTENDS: LazyLock<Regex> = LazyLock::new(|| pattern(r#"\{%-?\s*extends\s+["']([^"']+)["']"#));
static INCLUDE: LazyLock<Regex> = LazyLock::new(|| pattern(r#"\{%-?\s*(?:include|import)\s+["']([^"']+)["']"#));
static PLAIN_TEXT: LazyLock<Regex> = LazyLock::new(|| pattern(r"\bt\.([a-z][a-z_]*\.[a-z][a-z0-9_]*)\b"));
static SAID_TEXT: LazyLock<Regex> = LazyLock::new(|| pattern(r#"\bsay\(\s*key\s*=\s*["']([^"']+)["']"#));

/// Names of all blocks, in the order of the text.
pub fn blocks(template: &str) -> Vec<&str> {
    captures(&BLOCK, template).map(|(name, _)| name).collect()
}

/// Names of blocks that are empty, so that something can be put there.
pub fn slots(template: &str) -> Vec<&str> {
    captures(&SLOT, template).map(|(name, _)| name).collect()
}

/// The template that this one only changes in places.
pub fn extended(template: &str) -> Option<&str> {
    captures(&EXTENDS, template).map(|(name, _)| name).next()
}

/// Templates that are part of this one.
pub fn included(template: &str) -> BTreeSet<&str> {
    captures(&INCLUDE, template).map(|(name, _)| name).collect()
}

/// Keys of texts that the template says, and where.
pub fn texts(template: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    captures(&PLAIN_TEXT, template).chain(captures(&SAID_TEXT, template))
}

fn captures<'t>(pattern: &'static Regex, template: &'t str) -> impl Iterator<Item = (&'t str, Range<usize>)> {
    pattern.captures_iter(template).filter_map(|found| found.get(1)).map(|found| (found.as_str(), found.range()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_taken_apart() {
        let text = "{% extends \"base.html\" %}{% block main %}{{ t.site.json }}{%- include 'rows.html' %}\
                    {{ say(key=\"count.reports\", n=1) }}{% block after %}{% endblock after %}{% endblock main %}";
        assert_eq!(blocks(text), ["main", "after"]);
        assert_eq!(slots(text), ["after"]);
        assert_eq!(extended(text), Some("base.html"));
        assert_eq!(included(text), BTreeSet::from(["rows.html"]));
        assert_eq!(texts(text).map(|(key, _)| key).collect::<Vec<_>>(), ["site.json", "count.reports"]);
    }
}
