//! Shares, time under impact and ages over reports in which the truth is known.

use crate::support::{TODAY, own_repository, page_text, snapshot};
use afterword::{
    analyze::{Analysis, period::Period},
    model::Visibility,
    pipeline,
    snapshot::Snapshot,
};
use jiff::{ToSpan, civil::date};

const SITE: &str = "title = \"T\"\ntime_zone = \"Europe/Berlin\"\n[severities.sev2]\nname = \"Two\"\nmeaning = \"m\"\n\
                    [services.shop]\nname = \"Shop\"\n";

/// A report that began at a moment, with these lines of front matter.
fn report(name: &str, started: &str, front: &str) -> (String, String) {
    let text = format!(
        "---\ntitle: {name}\nseverity: sev2\nstatus: reviewed\nservices: [shop]\nstarted_at: {started}\n{front}---\n\n\
         ## Summary\n\nIt was.\n"
    );
    (format!("reports/{}-{name}.md", &started[..10]), text)
}

fn repository(reports: &[(String, String)]) -> Snapshot {
    let files = reports.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    snapshot(&files.chain([("site.toml", SITE)]).collect::<Vec<_>>())
}

fn analysis(snapshot: &Snapshot) -> Analysis {
    let checked = pipeline::check(snapshot);
    pipeline::analyze(snapshot, &checked, Visibility::Public)
}

fn share(analysis: &Analysis, id: &str) -> (Vec<String>, usize, usize) {
    let counted = analysis.shares.iter().find(|counted| counted.id == id).expect("a share");
    let so = counted.so.iter().map(|report| report.title.value.clone()).collect();
    (so, counted.not_so.len(), counted.left_out.iter().map(|(_, reports)| reports.len()).sum())
}

#[test]
fn shares_count_what_is_recorded_and_say_what_is_not() {
    let reports = [
        report("first", "2025-01-01T10:00:00Z", "factors: [limit]\ndetected_by: customer\ntrigger: { kind: deploy }\n"),
        // Ninety days later it repeats, ninety-one days later it does not.
        report("again", "2025-04-01T10:00:00Z", "factors: [limit]\ndetected_by: alert\ntrigger: { kind: unknown }\n"),
        report("late", "2025-07-01T10:00:00Z", "factors: [limit]\nrunbook: { existed: partial }\n"),
        report("named", "2026-01-01T10:00:00Z", "recurrence_of: [2025-01-01-first]\nrunbook: { existed: yes }\n"),
        report("other", "2026-01-02T10:00:00Z", "runbook: { existed: na }\n"),
    ];
    let analysis = analysis(&repository(&reports));
    assert_eq!(analysis.overall.reports.len(), reports.len());
    let so = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    assert_eq!(share(&analysis, "repeats"), (so(&["named", "again"]), 2, 1));
    assert_eq!(share(&analysis, "found-by-customers"), (so(&["first"]), 1, 3));
    assert_eq!(share(&analysis, "after-a-change"), (so(&["first"]), 0, 4));
    assert_eq!(share(&analysis, "runbook"), (so(&["named"]), 1, 3));
    assert_eq!(share(&analysis, "self-healing"), (so(&[]), 0, 5));
}

fn seconds(analysis: &Analysis, fits: impl Fn(Period) -> bool) -> i64 {
    analysis.by_period.iter().filter(|(period, _)| fits(*period)).map(|(_, group)| group.impact.seconds).sum()
}

/// Half of a night belongs to each year, in the zone of the site, and a report is felt in months after it began.
#[test]
fn impact_is_cut_at_the_ends_of_periods() {
    let reports = [
        report("night", "2024-12-31T22:00:00Z", "mitigated_at: 2025-01-01T01:00:00Z\n"),
        report("overlaps", "2025-01-01T00:00:00Z", "mitigated_at: 2025-01-01T00:30:00Z\n"),
        report(
            "listed",
            "2025-01-10T00:00:00Z",
            "resolved_at: 2025-04-01T00:00:00Z\nimpact_windows:\n  - { from: 2025-01-10T00:00:00Z, to: 2025-01-10T01:00:00Z, degree: 1 }\n  \
             - { from: 2025-03-31T23:00:00Z, to: 2025-04-01T00:00:00Z, degree: 0.5 }\n",
        ),
        report("day", "2025-02-01", ""),
    ];
    let analysis = analysis(&repository(&reports));
    let of = |id: &str| {
        let group = analysis.by_period.iter().find(|(period, _)| period.to_string() == id).map(|(_, group)| group);
        let impact = &group.unwrap_or_else(|| panic!("{id}")).impact;
        (impact.seconds, impact.down, impact.used.len(), impact.left_out.len())
    };
    assert_eq!(of("2024-12"), (3600, 0, 1, 0));
    assert_eq!(of("2025-01"), (2 * 3600 + 3600, 3600, 3, 0));
    assert_eq!(of("2025-02"), (0, 0, 0, 1));
    assert_eq!(of("2025-03"), (0, 0, 0, 0), "in Berlin it is April");
    assert_eq!(of("2025-04"), (3600, 0, 1, 0));
    assert_eq!(of("2025"), (4 * 3600, 3600, 3, 1));
    assert_eq!(analysis.overall.impact.seconds, 5 * 3600);
}

#[test]
fn months_and_quarters_of_the_samples_add_up_to_years() {
    let analysis = analysis(&own_repository());
    let years: Vec<i16> = (2011..=TODAY.year()).collect();
    for year in &years {
        let whole = seconds(&analysis, |period| period == Period::Year { year: *year });
        let months = |period| matches!(period, Period::Month { year: of, .. } if of == *year);
        let quarters = |period| matches!(period, Period::Quarter { year: of, .. } if of == *year);
        assert_eq!(seconds(&analysis, months), whole, "{year}");
        assert_eq!(seconds(&analysis, quarters), whole, "{year}");
    }
    assert!(seconds(&analysis, |period| matches!(period, Period::Year { .. })) > 1_000_000);
}

/// Five were done after 10, 20, 30, 40 and 50 days, one is open, one was dropped: half are done after thirty days.
#[test]
fn the_board_says_how_long_items_stay_open() {
    let mut actions = String::from("actions:\n");
    for day in 1..=5_i64 {
        let done = date(2025, 1, 1).saturating_add((10 * day).days());
        actions += &format!(
            "  - {{ id: A{day}, title: Add a node, owner: shop, created_at: 2025-01-01, status: done, \
             done: {{ deployed: {done}, tested: {done}, documented: {done} }} }}\n",
        );
    }
    actions += "  - { id: A6, title: Add another node, owner: shop, created_at: 2025-01-01, status: open }\n";
    actions += "  - { id: A7, title: Drop a node, owner: shop, created_at: 2025-01-01, status: dropped, dropped_reason: no use }\n";
    let snapshot = repository(&[report("first", "2025-01-01T10:00:00Z", &actions)]);
    let site = pipeline::build(&snapshot, &pipeline::check(&snapshot), Visibility::Public).expect("a site").site;
    let board = page_text(&site, "actions/index.html");
    assert!(board.contains("class=\"chart survival\"") && board.contains("Half are done after 30\u{a0}d"), "{board}");
    assert!(board.contains("6 items") && board.contains("or were dropped: 1."), "{board}");
}

#[test]
fn the_metrics_page_draws_when_incidents_begin() {
    let snapshot = own_repository();
    let site = pipeline::build(&snapshot, &pipeline::check(&snapshot), Visibility::Public).expect("a site").site;
    let page = page_text(&site, "metrics/index.html");
    for chart in ["chart heat", "chart pareto"] {
        assert!(page.contains(&format!("class=\"{chart}\"")), "{chart}");
    }
    let heat = page.split("class=\"chart heat\"").nth(1).and_then(|rest| rest.split("</svg>").next()).expect("it");
    let fields = heat.matches("href=\"").count();
    let lists = page.matches("<h4 id=\"start-").count();
    assert!(fields > 30 && fields == lists, "{fields} fields, {lists} lists");
}
