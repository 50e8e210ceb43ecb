//! Laws that hold for any input.

use crate::support::{own_repository, snapshot};
use afterword::{model::Visibility, pipeline};
use proptest::prelude::*;

#[test]
fn building_twice_gives_the_same_bytes() {
    let snapshot = own_repository();
    let first = pipeline::build(&snapshot, &pipeline::check(&snapshot), Visibility::Public).expect("a site").site;
    let second = pipeline::build(&snapshot, &pipeline::check(&snapshot), Visibility::Public).expect("a site").site;
    assert_eq!(first, second);
}

#[test]
fn one_thread_and_many_give_the_same_bytes() {
    let snapshot = own_repository();
    let with_threads = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| {
            pipeline::build(&snapshot, &pipeline::check(&snapshot), Visibility::Public).expect("a site").site
        })
    };
    assert_eq!(with_threads(1), with_threads(7));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn checking_never_panics(front in "\\PC{0,200}", body in "(\\PC|\n){0,300}") {
        let text = format!("---\n{front}\n---\n{body}");
        let snapshot = snapshot(&[("reports/2024/2024-01-01-x.md", &text)]);
        let checked = pipeline::check(&snapshot);
        for finding in &checked.diagnostics {
            prop_assert!(finding.primary().range().end <= text.len());
        }
    }

    #[test]
    fn site_toml_never_panics(text in "(\\PC|\n){0,300}") {
        let checked = pipeline::check(&snapshot(&[("site.toml", &text)]));
        prop_assert!(checked.corpus.reports.is_empty());
    }
}

/// Lines that carry something to mend, and lines that do not; a property test mixes them.
const FRONT: &[&str] = &[
    "title: Checkout answers slowly # a comment",
    "titel: \"Checkout answers slowly\"",
    "severity: sev3",
    "severity: 'SEV 9'",
    "severty: p3",
    "services: [checkout, serch]",
    "servics: [\"Checkout\"]",
    "started_at: 2024-03-01T08:12:00Z",
    "started_at: '2024-03-01 08:12 CET'   # the office clock",
    "status: In_Review",
    "status: \"reviewd\"",
    "resolved_at: 2024-03-01 10:30 PST",
    "factors: [Capacity, capacty]",
    "teams: [shopp]",
    "related: [2024-01-01-y]",
    "# afterword: allow counterfactual in vain",
    "redact: [costs]",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    /// Mending twice changes nothing, and a file that was mended has fewer findings than before.
    #[test]
    fn fixing_is_idempotent_and_introduces_nothing(
        lines in proptest::collection::vec(0..FRONT.len(), 1..10),
        crlf in any::<bool>(),
        unsafe_too in any::<bool>(),
    ) {
        let front: String = lines.iter().map(|line| format!("{}\n", FRONT[*line])).collect();
        let text = format!("---\n{front}---\n\n## Summary\n\nSlow. <!-- afterword: allow AW701 in vain -->\n");
        let text = if crlf { text.replace('\n', "\r\n") } else { text };
        let site = "[teams.shop]\nname = \"Shop\"\n[services.checkout]\nname = \"Checkout\"\naliases = [\"Checkout\"]\n[services.search]\nname = \"Search\"\n";
        let pattern = "---\ntitle: Capacity\n---\n\n## What it is\n\nToo little.\n";
        let before = snapshot(&[
            ("site.toml", site),
            ("reports/_patterns/capacity.md", pattern),
            ("reports/2024/2024-03-01-x.md", &text),
        ]);
        let safety = if unsafe_too { afterword::diag::Safety::Unsafe } else { afterword::diag::Safety::Safe };
        let (once, mended) = pipeline::fix(&before, safety);
        let (twice, again) = pipeline::fix(&once, safety);
        prop_assert!(again.is_empty());
        for (path, file) in &once.files {
            prop_assert_eq!(&file.bytes, &twice.files[path].bytes);
            prop_assert_eq!(mended.contains_key(path), file.bytes != before.files[path].bytes);
        }
        let count = |snapshot| pipeline::check(snapshot).diagnostics.len();
        prop_assert!(mended.is_empty() || count(&once) < count(&before));
        if crlf {
            let path = afterword::snapshot::RelPath::new("reports/2024/2024-03-01-x.md").expect("a path");
            let text = String::from_utf8_lossy(&once.files[&path].bytes).into_owned();
            prop_assert_eq!(text.matches("\r\n").count(), text.matches('\n').count());
        }
    }
}
