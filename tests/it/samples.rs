//! This repository's own reports: what a visitor sees first.

use crate::support::own_repository;
use afterword::{
    diag::{Level, concise},
    model::time::When,
    pipeline,
};

#[test]
fn they_are_many_and_clean() {
    let snapshot = own_repository();
    let checked = pipeline::check(&snapshot);
    let loud: Vec<_> = checked.diagnostics.iter().filter(|d| d.level > Level::Info).cloned().collect();
    assert!(loud.is_empty(), "{}", concise::render(&loud, &snapshot));
    assert!(checked.corpus.reports.len() >= 65, "{} reports", checked.corpus.reports.len());
    assert!(checked.corpus.patterns.len() >= 55, "{} patterns", checked.corpus.patterns.len());
}

#[test]
fn every_timeline_is_read() {
    let snapshot = own_repository();
    let checked = pipeline::check(&snapshot);
    for report in &checked.corpus.reports {
        assert!(!report.timeline.entries.is_empty(), "{}: no timeline", report.path);
        let section = report.section_text("timeline").expect("a timeline section");
        let rows = section.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| Time")).count() - 1;
        assert_eq!(report.timeline.entries.len(), rows, "{}: rows of the table", report.path);
    }
}

/// The fact sheets are not part of a clone; where they are absent, this says so and checks nothing.
#[test]
fn times_and_factors_are_those_of_the_fact_sheets() {
    let folder = std::path::Path::new("../shared/facts");
    if !folder.is_dir() {
        eprintln!("skipped: the fact sheets are not here");
        return;
    }
    let checked = pipeline::check(&own_repository());
    for report in &checked.corpus.reports {
        let Ok(sheet) = std::fs::read_to_string(folder.join(format!("{}.yaml", report.path.stem()))) else { continue };
        let sheet: serde_yaml_reference::Value = serde_yaml_reference::from_str(&sheet).expect("a fact sheet");
        let days = sheet["date_only_fields"].as_sequence().cloned().unwrap_or_default();
        let times = &report.times;
        for (key, ours) in [
            ("started_at", Some(&times.started)),
            ("detected_at", times.detected.as_ref()),
            ("mitigated_at", times.mitigated.as_ref()),
            ("resolved_at", times.resolved.as_ref()),
        ] {
            let theirs = sheet[key].as_str();
            let day_only = days.iter().any(|day| day.as_str() == Some(key));
            let ours = ours.map(|when| match when.value {
                When::Instant(at) => at.to_string(),
                When::Day(day) => day.to_string(),
            });
            let theirs = theirs.map(|text| if day_only { text[..10].to_owned() } else { text.to_owned() });
            assert_eq!(ours, theirs, "{}: {key}", report.path);
        }
        let factors: Vec<&str> = report.factors.iter().map(|factor| factor.id.value.as_str()).collect();
        let patterns: Vec<&str> =
            sheet["patterns"].as_sequence().into_iter().flatten().filter_map(|value| value.as_str()).collect();
        assert_eq!(factors, patterns, "{}: factors", report.path);
    }
}
