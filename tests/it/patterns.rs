//! What pages of patterns and digests say of generated reports in which the truth is known.

use crate::support::{TODAY, page_text, snapshot};
use afterword::{
    model::Visibility,
    pipeline,
    site::Site,
    snapshot::{FileHistory, RelPath, Snapshot},
};
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, date},
};

const SITE: &str = "title = \"Truths\"\ntime_zone = \"UTC\"\n\n[severities.sev2]\nname = \"Serious\"\nsections = [\"summary\"]\n\n\
    [services.shop]\nname = \"Shop\"\n";

/// A report that began on a day.
fn report(day: Date, factors: &str, words: &str) -> (String, String) {
    let text = format!(
        "---\ntitle: The shop {words}\nseverity: sev2\nservices: [shop]\nstatus: reviewed\nstarted_at: {day}T10:00:00Z\n\
         detected_at: {day}T10:05:00Z\nmitigated_at: {day}T11:00:00Z\nresolved_at: {day}T12:00:00Z\nfactors: [{factors}]\n---\n\
         ## Summary\n\nThe shop {words} for an hour.\n"
    );
    (format!("reports/{day}-shop.md"), text)
}

fn repository(reports: &[(String, String)]) -> Snapshot {
    let pattern = |id: &str| {
        let text = format!(
            "---\ntitle: Factor {id}\ngroup: system\nsummary: It happens.\n---\n\n## What it is\n\nA factor.\n"
        );
        (format!("reports/_patterns/{id}.md"), text)
    };
    let patterns = ["alpha", "beta", "gamma"].map(pattern);
    let files: Vec<(&str, &str)> = std::iter::once(("site.toml", SITE))
        .chain(reports.iter().chain(&patterns).map(|(path, text)| (path.as_str(), text.as_str())))
        .collect();
    snapshot(&files)
}

fn built(snapshot: &Snapshot) -> Site {
    pipeline::build(snapshot, &pipeline::check(snapshot), Visibility::Public).expect("a site").site
}

/// `alpha` and `beta` always come together, `gamma` comes in every third report; `alpha` was named thirty times in the
/// year before the last, and three times since.
fn planted() -> Vec<(String, String)> {
    let before = (0..60_i64).map(|n| (TODAY.saturating_sub((370 + 6 * n).days()), n));
    let since = (0..60_i64).filter(|n| n % 6 != 0).map(|n| (TODAY.saturating_sub((1 + 6 * n).days()), n));
    let early = (0..4_i64).map(|n| (TODAY.saturating_sub((800 + 20 * n).days()), 1));
    let told = |(day, n, recent): (Date, i64, bool)| {
        let pair = if recent { n % 20 == 1 } else { n % 2 == 0 };
        let gamma = if n % 3 == 0 { ", gamma" } else { "" };
        if pair {
            report(day, &format!("alpha, beta{gamma}"), "lost its certificate")
        } else {
            report(day, if n % 3 == 0 { "gamma" } else { "" }, "answered slowly")
        }
    };
    before
        .map(|(day, n)| (day, n, false))
        .chain(since.map(|(day, n)| (day, n, true)))
        .chain(early.map(|(day, n)| (day, n, false)))
        .map(told)
        .collect()
}

#[test]
fn a_planted_pair_and_a_planted_change_are_told_and_noise_is_not() {
    let site = built(&repository(&planted()));
    let alpha = page_text(&site, "patterns/alpha/index.html");
    assert!(alpha.contains("fell: 3 in 365 days, "), "the change is told: {alpha}");
    let pairs = alpha.split("id=\"goes-with\"").nth(1).and_then(|rest| rest.split("</section>").next()).expect("pairs");
    assert!(
        pairs.contains("Factor beta") && !pairs.contains("Factor gamma") && pairs.contains("&lt; 0.001"),
        "{pairs}"
    );
    assert!(alpha.contains("class=\"word\">certificate "), "its word is told");
    assert!(!alpha.contains("class=\"word\">slowly "), "the words of others are not");
    let gamma = page_text(&site, "patterns/gamma/index.html");
    assert!(!gamma.contains("id=\"goes-with\"") && gamma.contains("no detectable change"), "{gamma}");
}

#[test]
fn a_report_that_came_late_is_a_revision_with_the_numbers_before() {
    let early = report(date(2026, 3, 4), "alpha", "answered slowly");
    let late = report(date(2026, 3, 9), "beta", "lost its certificate");
    let mut snapshot = repository(&[early.clone(), late.clone()]);
    let mut came = |path: &str, day: &str| {
        let at: Timestamp = format!("{day}T08:00:00Z").parse().expect("a time");
        let history = FileHistory { first_change: at, last_change: at, changes: 1 };
        snapshot.history.files.insert(RelPath::new(path).expect("a path"), history);
    };
    came(&early.0, "2026-01-01");
    came(&late.0, "2026-06-01");
    let revised =
        |site: &Site, period: &str| page_text(site, &format!("digests/{period}/index.html")).contains("id=\"revised\"");
    let site = built(&snapshot);
    let month = page_text(&site, "digests/2026-03/index.html");
    let section =
        month.split("id=\"revised\"").nth(1).and_then(|rest| rest.split("</section>").next()).expect("a revision");
    assert!(section.contains("1 report of this period came after 11 Apr 2026"), "{section}");
    assert!(section.contains("<td class=\"r\">1</td><td class=\"r\">2</td>"), "{section}");
    assert!(section.contains("The shop lost its certificate") && !section.contains("answered slowly"), "{section}");
    // Within ten days of the end of June, and of the year, it was there.
    assert!(!revised(&site, "2026-Q2") && !revised(&site, "2026"));
    snapshot.history.files.clear();
    snapshot.history.missing_because = Some("a shallow clone".to_owned());
    assert!(!revised(&built(&snapshot), "2026-03"), "nothing is told where git tells nothing");
}
