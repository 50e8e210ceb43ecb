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
