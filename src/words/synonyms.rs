//! Words that mean the same to whoever looks for an incident: what is said for short, and what is spelled in two ways.

const TECHNICAL: &[&str] = &[
    "auth authentication authn",
    "authorization authz",
    "cert certificate",
    "cfg conf config configuration",
    "db database",
    "dc datacenter datacentre",
    "deploy deployment",
    "dir directory",
    "env environment",
    "fs filesystem",
    "k8s kubernetes",
    "lb loadbalancer",
    "perf performance",
    "pg postgres postgresql",
    "prod production",
    "pw passwd password",
    "repo repository",
    "synchronization sync",
    "temp tmp temporary",
];

const ENGLISH: &[&str] = &[
    "analyse analyze",
    "artefact artifact",
    "behaviour behavior",
    "catalogue catalog",
    "centre center",
    "colour color",
    "fibre fiber",
    "grey gray",
    "licence license",
    "organisation organization",
];

/// Groups of synonyms for a site in `lang`: folded words with a space between them.
pub fn groups(lang: &str) -> impl Iterator<Item = &'static str> {
    let english = if lang.is_empty() || lang.starts_with("en") { ENGLISH } else { &[] };
    TECHNICAL.iter().chain(english).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{fold::fold, stop};

    #[test]
    fn a_word_is_folded_tells_something_and_stands_in_one_group() {
        let mut seen = std::collections::BTreeSet::new();
        for group in groups("en") {
            assert!(group.contains(' '), "`{group}` is alone");
            for word in group.split(' ') {
                assert_eq!(fold(word), word, "in `{group}`");
                assert!(stop::words("en").split(' ').all(|stop| stop != word), "`{word}` is passed over");
                assert!(seen.insert(word), "`{word}` is in two groups");
            }
        }
    }
}
