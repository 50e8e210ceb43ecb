//! Laws of mending, over made-up reports and over damaged copies of the fixtures and of this repository's reports.

use crate::support::{files_under, snapshot};
use afterword::{diag::Safety, pipeline, snapshot::Snapshot};
use proptest::{prelude::*, sample::Index};
use std::{collections::BTreeMap, fs, sync::LazyLock};

const PATH: &str = "reports/2024/2024-03-01-x.md";

const SITE: &str = "profile = \"strict\"\n[teams.shop]\nname = \"Shop\"\n[services.checkout]\nname = \"Checkout\"\n\
    aliases = [\"Check-out\"]\n[services.search]\nname = \"Search\"\n";

/// Front matter that carries something to mend, or something that mending has to go around.
const FRONT: &[&str] = &[
    "title: Checkout answers slowly # a comment",
    "titel: \"Checkout answers slowly\"",
    "severity: sev2  ",
    "severity: sev3\t",
    "services: [checkout, serch]",
    "services: [Check_out]  # the shop",
    "started_at: 2024-03-01T08:12:00Z ",
    "resolved_at: 2024-03-01T10:30:00Z",
    "impact:\n  summary: |\n    One order  \n    in five.  \n",
    "impact:\n  summary: >+\n    Orders \n\n  \n",
    "lessons: [\"two  \n  lines\"]",
    "actions: []",
    "actions:   # none yet",
    "actions: ~",
    "actions:\n  - title: Drain the queue\n    owner: shop # on call",
    "actions:\n- { title: Drain the queue, owner: shop }",
    "actions: [{title: Drain the queue, owner: shop, due: 2027-01-15},\n  {title: Add a node}]",
    "# afterword: allow-file AW304 the order tells how it went",
    "...",
];

/// Pieces of a body.
const BODY: &[&str] = &[
    "## Summary\n\nSlow.",
    "## Impact\n\nOne order in five, see [the graph][g].",
    "## Timeline\n\n* 2024-03-01 08:12 A node is lost.\n* 08:30 Another.\n* 08:59 A new node serves.",
    "## Timeline\n\n| Time (UTC) | Event |\n| --- | --- |\n| 2024-03-01 08:12 | A node is lost. |",
    "## Root cause\n\n- Too few nodes.\n  + of two kinds\n\n* * *\n\n+ New list.",
    "## Attendees ##\n\nThree teams[^1].\n\n[^1]: One by telephone.",
    "Impact\n------\n\nUnderlined.",
    "# Contributing factors\n\nOn the first level.",
    "### Lessons\n\n- One\n* Two\n+ Three",
    "[g]: https://example.com/one",
    "[g]: https://example.com/two",
    "> ## Summary\n>\n> - quoted\n> * list",
    "- ## Impact\n\n  within an item",
    "```\n## Impact\n* code\n```",
    "```\n## Impact\n* not closed",
    "<!-- a comment\n## Summary\n-->",
    "<!-- afterword: allow AW331 a habit -->",
    "## Action items\n\n| Action | Owner | Due | Status | Ticket |\n| :-- | --- | --- | --- | --- |\n\
     | Alert: on # shards | shop | 2027-01-15 | To do | [OPS-1](https://example.com/OPS-1) |\n\
     | no | @search | March 1, 2027 | open | |\n| **Add** a node | shop | 2024-03-02 | done | OPS-3 |",
    "## Actions\n\n- [ ] Alert `a | b`, owner: shop, due: 2027-01-15\n- [ ] --- \"x\" 'y' owner: shop, due 2027-01-16\n\
     \x20 and more\n- [x] Add a node\n* [ ] Rehearse it, owner: search, due by 2027-02-01",
    "| Action | Owner | Due | # |\n| --- | --- | --- | --- |\n| Watch {shards}, [all] | shop | 2027-01-15 | |\n| Ask | | | 2 |",
    "## Summary\n\nTBD",
    "As said above.",
    "Impact\n---",
    "\u{2013} dash\n* item\n\n\n- item",
    "1. one\n   - a\n   * b\n2. two",
];

/// The texts that damage is done to, each with its `site.toml`.
static TEXTS: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let read = |path: &str| fs::read_to_string(path).expect("a file of this repository");
    let strict = |site: &str| format!("profile = \"strict\"\n{}", site.replace("\nprofile", "\n# profile"));
    let shared = strict(&read("tests/lint/site.toml"));
    let fixture = |path: &String| {
        let text = read(path);
        (text.split("\n=== ").next().unwrap_or("").to_owned() + "\n", shared.clone())
    };
    let own = strict(&read("site.toml"));
    let reports = files_under("reports", "md").into_iter().filter(|path| !path.contains("/_"));
    let fixtures = files_under("tests/lint", "md");
    fixtures.iter().map(fixture).chain(reports.map(|path| (read(&path), own.clone()))).collect()
});

/// Something that happens to a text: what, where, and with which other place.
type Damage = (u8, Index, Index);

fn damaged(text: &str, damages: &[Damage]) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for (what, at, other) in damages.iter().filter(|_| !text.is_empty()) {
        let (at, other) = (at.index(lines.len()), other.index(lines.len()));
        match what % 8 {
            0 if lines.len() > 1 => drop(lines.remove(at)),
            1 => lines.swap(at, other),
            2 => lines[at].push_str("  "),
            3 => lines[at] = lines[at].replacen("- ", "* ", 1),
            4 => lines.insert(at, BODY[other % BODY.len()].to_owned()),
            5 => lines.insert(at, String::new()),
            6 => drop(lines[at].pop()),
            _ => {
                let sections: Vec<usize> = (0..lines.len()).filter(|n| lines[*n].starts_with("## ")).collect();
                if let [.., last] = sections[..] {
                    let moved: Vec<String> = lines.drain(last..).collect();
                    let to = sections[other % sections.len()].min(lines.len());
                    lines.splice(to..to, moved);
                }
            }
        }
        lines = lines.join("\n").split('\n').map(str::to_owned).collect();
    }
    lines.join("\n")
}

fn codes(snapshot: &Snapshot) -> BTreeMap<&'static str, usize> {
    let mut codes = BTreeMap::new();
    for finding in pipeline::check(snapshot).diagnostics.iter().filter(|finding| finding.path().as_str() == PATH) {
        *codes.entry(finding.rule.code).or_default() += 1;
    }
    codes
}

fn text(snapshot: &Snapshot) -> String {
    let path = afterword::snapshot::RelPath::new(PATH).expect("a path");
    String::from_utf8_lossy(&snapshot.files[&path].bytes).into_owned()
}

/// What may come instead: a heading without text for a missing section, what was hidden by a value that could not be
/// read, and what rules say of the words of an action that only the text had.
fn may_come(code: &str, before: &BTreeMap<&str, usize>, after: &BTreeMap<&str, usize>) -> bool {
    let gone = |group: &str| {
        let count = |all: &BTreeMap<&str, usize>| -> usize {
            all.iter().filter(|(code, _)| code.starts_with(group)).map(|(_, count)| count).sum()
        };
        count(before).saturating_sub(count(after))
    };
    let of_values = ["AW008", "AW106", "AW109", "AW201", "AW50", "AW801"].iter().any(|group| gone(group) > 0);
    match code {
        "AW302" => after["AW302"] - before.get("AW302").unwrap_or(&0) <= gone("AW301") || of_values,
        "AW603" | "AW606" | "AW607" | "AW608" | "AW611" | "AW613" | "AW614" | "AW616" | "AW617" | "AW618" | "AW619"
        | "AW620" => of_values || gone("AW615") > 0,
        _ => of_values,
    }
}

/// Words of a text but for the comments that allow findings and the words that a table of actions says in its own way.
fn words(text: &str) -> Vec<String> {
    const RESTATED: &[&str] =
        &["action", "actions", "owner", "due", "status", "ticket", "to", "do", "done", "march", "1", "2027"];
    let kept = text.lines().filter(|line| !line.contains("afterword: allow"));
    let words = kept.flat_map(|line| line.split(|c: char| !c.is_alphanumeric()));
    words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .filter(|word| !RESTATED.contains(&word.as_str()))
        .collect()
}

/// The part of a text behind its front matter.
fn body(text: &str) -> &str {
    text.find("\n---").and_then(|at| text.get(at + 4..)).unwrap_or(text)
}

fn laws(before: &Snapshot, safety: Safety) -> Result<(), TestCaseError> {
    let (once, mended) = pipeline::fix(before, safety);
    let (twice, again) = pipeline::fix(&once, safety);
    prop_assert!(again.is_empty(), "mending again mends {again:?} of\n{}", text(&once));
    prop_assert_eq!(text(&once), text(&twice));
    let (old, new) = (text(before), text(&once));
    prop_assert_eq!(mended.is_empty(), old == new);
    let (was, is) = (codes(before), codes(&once));
    for (code, count) in &is {
        let known = was.get(code).copied().unwrap_or(0);
        prop_assert!(*count <= known || may_come(code, &was, &is), "{code} came\n{old}\n=== became\n{new}");
    }
    let mut left = words(&new);
    left.sort_unstable();
    for word in words(body(&old)) {
        prop_assert!(left.binary_search(&word).is_ok(), "`{word}` is lost\n{old}\n=== became\n{new}");
    }
    for comment in ["# a comment", "# the shop", "# on call", "# none yet"] {
        prop_assert_eq!(old.matches(comment).count(), new.matches(comment).count(), "{}", new);
    }
    prop_assert_eq!(old.starts_with('\u{feff}'), new.starts_with('\u{feff}'));
    if old.matches('\n').count() == old.matches("\r\n").count() {
        prop_assert_eq!(new.matches('\n').count(), new.matches("\r\n").count(), "{:?}", new);
    } else if !old.contains('\r') {
        prop_assert!(!new.contains('\r'));
    }
    Ok(())
}

fn as_written(text: &str, crlf: bool, mark: bool) -> String {
    let text = if crlf { text.replace('\n', "\r\n") } else { text.to_owned() };
    if mark { format!("\u{feff}{text}") } else { text }
}

fn safety(unsafe_too: bool) -> Safety {
    if unsafe_too { Safety::Unsafe } else { Safety::Safe }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn made_up_reports(
        front in proptest::collection::vec(0..FRONT.len(), 0..8),
        parts in proptest::collection::vec(0..BODY.len(), 0..8),
        tight in any::<bool>(),
        crlf in any::<bool>(),
        mark in any::<bool>(),
        unsafe_too in any::<bool>(),
    ) {
        let front: String = front.iter().map(|at| format!("{}\n", FRONT[*at])).collect();
        let parts: Vec<&str> = parts.iter().map(|at| BODY[*at]).collect();
        let body = parts.join(if tight { "\n" } else { "\n\n" });
        let base = "title: Checkout answers slowly\nseverity: sev2\nservices: [checkout]\nstarted_at: 2024-03-01T08:12:00Z\n";
        let text = as_written(&format!("---\n{base}{front}---\n\n{body}"), crlf, mark);
        laws(&snapshot(&[("site.toml", SITE), (PATH, &text)]), safety(unsafe_too))?;
    }

    #[test]
    fn damaged_reports(
        at in any::<Index>(),
        damages in proptest::collection::vec(any::<Damage>(), 0..6),
        crlf in any::<bool>(),
        unsafe_too in any::<bool>(),
    ) {
        let (text, site) = &TEXTS[at.index(TEXTS.len())];
        let text = as_written(&damaged(text, &damages), crlf, false);
        laws(&snapshot(&[("site.toml", site), (PATH, &text)]), safety(unsafe_too))?;
    }
}
