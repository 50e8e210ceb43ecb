//! A repository that is changed file by file tells the same as one that is read anew.

use crate::support::{own_repository, snapshot};
use afterword::{
    pipeline::{self, live::Live},
    snapshot::{File, RelPath},
};
use proptest::prelude::*;
use std::collections::BTreeSet;

const PATHS: &[&str] = &[
    "reports/2024/2024-03-01-a.md",
    "reports/2024/2024-03-02-b.md",
    "reports/2024/2024-03-03-c.md",
    "reports/_patterns/capacity.md",
    "reports/_patterns/overload.md",
    "reports/_digests/2024-Q1.md",
    "reports/2024/error-rate.png",
    "reports/README.md",
    "data/deploys.csv",
    "other/reports/2024/2024-03-04-d.md",
    "other/reports/_patterns/capacity.md",
    "third/_patterns/capacity.md",
    "site.toml",
];

const REPORTS: &[&str] = &[
    "",
    "no front matter",
    "---\ntitle: A\nseverity: sev1\nservices: [checkout]\nstarted_at: 2024-03-01T08:12:00Z\nfactors: [capacity, Too-Much]\nrelated: [2024-03-02-b]\n---\n\n## Summary\n\nSlow ![x](error-rate.png), see [b](2024-03-02-b.md). Key AKIAIOSFODNN7EXAMPLE and AKIAIOSFODNN7EXAMPLE.\n",
    "---\ntitle: B\nid: same\nseverity: sev2\nservices: [serch]\nstarted_at: 2024-02-01T08:12:00Z\nrecurrence_of: [2024-03-01-a, same]\nfactors: [overload]\n---\n\n## Summary\n\nIt should have been noticed. <!-- afterword: allow AW701 a quotation -->\n<!-- afterword: allow AW701 in vain -->\n\nBy human error.\n",
    "\u{feff}---\r\ntitle: C\r\nid: SAME # afterword: allow AW110 known\r\nseverity: high\r\nstarted_at: 2024-03-01 09:00\r\n---\r\n\r\nThey failed to act. 🔥\r\n",
    "---\ntitle: [\n---\n",
];

const PATTERNS: &[&str] = &[
    "---\ntitle: Capacity\naliases: [too-much]\nrelated: [overload]\n---\n\n## What it is\n\nToo little. [b](../2024/2024-03-02-b.md)\n",
    "---\ntitle: More\naliases: [x, too_much]\nrelated: [capacty]\n---\n",
    "",
];

const DEPLOYS: &[&str] = &["date,service,count\n2024-03-01,checkout,3\n", "date\n1.3.2024\n", ""];

const SITES: &[&str] = &[
    "title = \"D\"\ndeploys = \"data/deploys.csv\"\n[services.checkout]\nname = \"Checkout\"\n",
    "title = \"T\"\n[services.checkout]\nname = \"Checkout\"\n",
    "profile = \"strict\"\ntime_zone = \"Europe/Berlin\"\n[services.search]\nname = \"Search\"\naliases = [\"serch\"]\n[limits]\nasset_bytes = 200\n[rules.AW7]\nlevel = \"off\"\nreason = \"later\"\n",
    "[rules.AW999]\nlevel = \"off\"\nreason = \"x\"\n[rules.duplicate-id]\nlevel = \"info\"\nreason = \"y\"\n",
    "reports_dir = \"elsewhere\"\n",
    "[services.checkout]\n[[sources]]\nname = \"third\"\npath = \"third\"\nreports = \".\"\n[[sources]]\nname = \"other\"\npath = \"other\"\nservices = [\"checkout\"]\nvisibility = \"internal\"\ntime_zone = \"Asia/Tokyo\"\n",
    "title = ",
];

fn text(path: &str, choice: usize) -> &'static str {
    let pool = match path {
        "site.toml" => SITES,
        path if path.ends_with(".csv") => DEPLOYS,
        path if path.contains("_patterns") => PATTERNS,
        _ => REPORTS,
    };
    pool[choice % pool.len()]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn a_settled_repository_tells_what_a_new_one_tells(
        edits in proptest::collection::vec((0..PATHS.len(), 0..8_usize, 0..4_usize, 0..40_usize), 1..14),
    ) {
        let start = snapshot(&[("site.toml", SITES[0]), (PATHS[0], REPORTS[2]), (PATHS[1], REPORTS[3]), (PATHS[3], PATTERNS[0])]);
        let mut live = Live::new(start);
        for (path, choice, slices, cut) in edits {
            let (path, text) = (RelPath::new(PATHS[path]).expect("a path"), text(PATHS[path], choice));
            let cut = text.char_indices().map(|(at, _)| at).nth(cut * 3).filter(|_| cut % 4 == 1).unwrap_or(text.len());
            let file = (choice < 7).then(|| File { bytes: text.as_bytes()[..cut].into() });
            live.change(&path, file);
            for finding in live.findings(&path) {
                prop_assert!(finding.primary().range().end <= cut.max(1), "{finding:?}");
            }
            for _ in 0..slices {
                live.settle(1);
            }
        }
        while !live.settle(2) {}
        prop_assert!(live.is_settled());
        let (live_checked, checked) = (live.checked(), pipeline::check(live.snapshot()));
        prop_assert_eq!(format!("{:?}", live_checked.corpus), format!("{:?}", checked.corpus));
        prop_assert_eq!(format!("{:?}", live_checked.config), format!("{:?}", checked.config));
        prop_assert_eq!(live_checked.config_broken, checked.config_broken);
        prop_assert_eq!(live_checked.secrets.iter().collect::<BTreeSet<_>>(), checked.secrets.iter().collect());
        let (found, wanted) = (live_checked.diagnostics, checked.diagnostics);
        let differ = found.iter().filter(|f| !wanted.contains(f)).chain(wanted.iter().filter(|f| !found.contains(f)));
        prop_assert!(found == wanted, "{:#?}", differ.collect::<Vec<_>>());
    }
}

#[test]
fn our_own_reports_settle_to_what_they_are() {
    let snapshot = own_repository();
    let wanted = pipeline::check(&snapshot).diagnostics;
    let mut live = Live::new(snapshot.clone());
    assert_eq!(live.all_findings(), wanted);
    for (path, file) in snapshot.files.iter().filter(|(path, _)| path.as_str().ends_with(".md")).take(12) {
        live.change(path, None);
        live.settle(3);
        live.change(path, Some(file.clone()));
    }
    while !live.settle(7) {}
    assert_eq!(live.all_findings(), wanted);
}
