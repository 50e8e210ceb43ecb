//! The repository of `init --example`: what was planted in it is what its pages say. `example/TRUTHS.md` tells it to readers.

use crate::{golden, support::page_text};
use afterword::{
    analyze::{Analysis, period::Period},
    disk,
    model::Visibility,
    pipeline::{self, Checked},
    site::Site,
    snapshot::{History, Snapshot},
};
use jiff::civil::{Date, date};
use std::{fs, path::Path, sync::LazyLock};

const TODAY: Date = date(2026, 6, 30);

struct Built {
    checked: Checked,
    analysis: Analysis,
    site: Site,
}

fn repository() -> Snapshot {
    let mut snapshot = disk::read(Path::new("example"), TODAY).expect("the example can be read");
    snapshot.history = History::default();
    snapshot
}

static EXAMPLE: LazyLock<Built> = LazyLock::new(|| {
    let snapshot = repository();
    let checked = pipeline::check(&snapshot);
    let analysis = pipeline::analyze(&snapshot, &checked, Visibility::Public);
    let site = pipeline::build(&snapshot, &checked, Visibility::Public).expect("a site").site;
    Built { checked, analysis, site }
});

fn incidents(fits: impl Fn(Date) -> bool) -> usize {
    let reports = &EXAMPLE.analysis.overall.reports;
    reports.iter().filter(|report| fits(report.times.started.value.date(&EXAMPLE.checked.config.time_zone))).count()
}

/// The words of a page, blanks joined.
fn words(path: &str) -> String {
    let page = page_text(&EXAMPLE.site, path);
    let main = page.split_once("<main").map_or(page, |(_, main)| main);
    let text: String =
        main.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect::<Vec<_>>().join(" ");
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('\u{a0}', " ")
}

#[test]
fn it_is_as_clean_as_it_says() {
    let found: Vec<&str> = EXAMPLE.checked.diagnostics.iter().map(|finding| finding.rule.code).collect();
    assert_eq!(found, ["AW662"; 3], "three reviews were late, and nothing else is to be said");
    assert_eq!(EXAMPLE.checked.corpus.reports.len(), 46);
}

#[test]
fn the_rate_fell_at_its_date() {
    let split = date(2025, 1, 1);
    assert_eq!((incidents(|day| day < split), incidents(|day| day >= split)), (27, 13));
    assert_eq!((incidents(|day| day.year() == 2024), incidents(|day| day.year() == 2025)), (26, 9));
    let year = words("digests/2025/index.html");
    assert!(year.contains("Incidents fell: 9 in 365 days, 26 in 366 days before"), "{year}");
    assert!(
        year.contains("Incidents with “A release to everyone at once” fell: 1 in 365 days, 11 in 366 days before"),
        "{year}"
    );
    let quarter = words("digests/2025-Q4/index.html");
    assert!(quarter.contains("Incidents: no detectable change. 2 in 92 days"), "{quarter}");
}

#[test]
fn the_pair_is_found_and_the_noise_is_not() {
    let pair = words("patterns/retry-storm/index.html");
    assert!(pair.contains("A pool that ran empty 5 of 6 4.76 &lt; 0.001"), "{pair}");
    let with = |a: &str, b: &str| {
        let has =
            |report: &afterword::model::Report, id: &str| report.factors.iter().any(|factor| factor.id.value == id);
        EXAMPLE.analysis.overall.reports.iter().filter(|report| has(report, a) && has(report, b)).count()
    };
    assert_eq!(with("big-bang-deploy", "monitoring-gap"), 3);
    let expected = with("big-bang-deploy", "big-bang-deploy") * with("monitoring-gap", "monitoring-gap");
    assert_eq!(expected, 3 * EXAMPLE.analysis.overall.reports.len(), "as often together as chance has it");
    let noise = words("patterns/big-bang-deploy/index.html");
    let told = noise.split("Goes together with").nth(1).unwrap_or_default();
    let told = told.split("What helped").next().unwrap_or_default();
    assert!(!told.contains("Nothing told of it"), "{told}");
}

#[test]
fn what_was_promised_late_came_back_meanwhile() {
    let page = words("patterns/certificates/index.html");
    assert!(page.contains("The certificate of the hand scanners ran out"), "{page}");
    let mut then = repository();
    then.today = date(2025, 3, 1);
    // As the repository was on that day.
    then.files.retain(|path, _| !path.as_str().starts_with("reports/2026"));
    let path = then.files.keys().find(|path| path.as_str().contains("2024-02-07")).expect("the report").clone();
    let text = String::from_utf8(then.files[&path].bytes.to_vec()).expect("text");
    let done = "    done: { deployed: 2025-03-14, tested: 2025-03-17, documented: 2025-03-18 }\n";
    assert!(text.contains(done), "{text}");
    let open = text.replacen("status: closed", "status: reviewed", 1).replacen("status: done", "status: open", 1);
    let open = open.replacen(done, "", 1);
    then.files.insert(path, afterword::snapshot::File { bytes: open.as_bytes().into() });
    let site = pipeline::build(&then, &pipeline::check(&then), Visibility::Public).expect("a site").site;
    let board = page_text(&site, "actions/index.html");
    let back = board.split("id=\"came-back\"").nth(1).and_then(|rest| rest.split("</section>").next()).expect("a list");
    assert!(back.contains("Renew certificates of all services by machine"), "{back}");
}

#[test]
fn the_board_knows_what_is_late() {
    let board = words("actions/index.html");
    assert!(board.contains("Open 6 Past their date 3 "), "{board}");
    assert!(board.contains("Half are done after 19 d (95 % interval 13 d to 27 d)"), "{board}");
}

#[test]
fn the_edges_of_time() {
    let of = |period: Period| {
        let found = EXAMPLE.analysis.by_period.iter().find(|(known, _)| *known == period);
        &found.expect("a period").1
    };
    let month = |month| of(Period::Month { year: 2024, month });
    let outage = |group: &afterword::analyze::Group| {
        let used = group.impact.used.iter().find(|(report, _)| report.id.value == "2024-07-31-routing-maps-provider");
        used.map(|(_, seconds)| *seconds)
    };
    // From 22:30 to 03:00 in Berlin.
    assert_eq!((outage(month(7)), outage(month(8))), (Some(90 * 60), Some(180 * 60)));
    for year in 2024..=2026 {
        let months = |fits: &dyn Fn(Period) -> bool| {
            let groups = EXAMPLE.analysis.by_period.iter().filter(|(period, _)| fits(*period));
            groups.map(|(_, group)| group.impact.seconds).sum::<i64>()
        };
        let sum = months(&|period| matches!(period, Period::Month { year: of, .. } if of == year));
        assert_eq!(sum, of(Period::Year { year }).impact.seconds, "{year}");
    }
}

#[test]
fn what_is_not_for_everybody_is_nowhere() {
    for (path, bytes) in &EXAMPLE.site.files {
        for words in ["2026-05-12-accounts", "old versions of the app", "changed by somebody else"] {
            assert!(!bytes.windows(words.len()).any(|part| part == words.as_bytes()), "{path}: {words}");
        }
    }
    let snapshot = repository();
    let all = pipeline::build(&snapshot, &EXAMPLE.checked, Visibility::Restricted).expect("a site").site;
    assert!(all.files.keys().any(|path| path.as_str().contains("2026-05-12-accounts")));
}

#[test]
fn what_helped_is_not_counted_as_a_cause() {
    for id in ["fast-rollback", "circuit-breaker"] {
        assert!(EXAMPLE.analysis.by_factor.get(id).is_none_or(|group| group.reports.is_empty()), "{id}");
    }
    let page = words("patterns/retry-storm/index.html");
    assert!(page.contains("What helped before A quick way back"), "{page}");
}

/// The pages that a demonstration shows, as readers see them: `BLESS=1 cargo test example` writes them anew.
#[test]
fn pages_of_the_demonstration() {
    const SHOWN: &[&str] = &[
        "actions/index.html",
        "digests/2024-08/index.html",
        "digests/2025/index.html",
        "incidents/2024-01-18-checkout-pool-exhausted/index.html",
        "index.html",
        "metrics/index.html",
        "patterns/certificates/index.html",
        "services/checkout/index.html",
    ];
    let text: String = SHOWN
        .iter()
        .map(|path| format!("=== {path}\n{}\n", golden::readable(page_text(&EXAMPLE.site, path))))
        .collect();
    let path = "tests/example.txt";
    if std::env::var_os("BLESS").is_some() {
        fs::write(path, &text).expect("written");
    }
    let wanted = fs::read_to_string(path).unwrap_or_default();
    let differs = wanted.lines().zip(text.lines()).position(|(wanted, found)| wanted != found);
    let line = |text: &str, at: usize| text.lines().nth(at).unwrap_or("").to_owned();
    let at = differs.unwrap_or(0);
    assert!(wanted == text, "{path}:{}\nwanted: {}\n found: {}", at + 1, line(&wanted, at), line(&text, at));
}
