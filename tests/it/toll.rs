//! What incidents took, over reports in which the truth is known; the example is the one of the guide.

use crate::support::{page_text, snapshot};
use afterword::{
    analyze::{Analysis, budget, deployments, period::Period, toll::Cost},
    model::Visibility,
    pipeline,
    snapshot::Snapshot,
};
use jiff::{civil::date, tz::TimeZone};

const SITE: &str = "title = \"T\"\ntime_zone = \"Europe/Berlin\"\ndeploys = \"data/deploys.csv\"\n\
                    [cost]\ncurrency = \"EUR\"\nhour = 9500\nrates = { support = 5000 }\n\
                    [severities.sev2]\nname = \"Two\"\nmeaning = \"m\"\n\
                    [services.shop]\nname = \"Shop\"\nobjective = 0.999\ntier = 1\nrevenue_per_minute = 60000\naliases = [\"store\"]\n\
                    [services.mail]\nname = \"Mail\"\ntier = 3\n";

fn report(name: &str, started: &str, front: &str) -> (String, String) {
    let text = format!(
        "---\ntitle: {name}\nseverity: sev2\nstatus: reviewed\nstarted_at: {started}\n{front}---\n\n## Summary\n\nIt was.\n"
    );
    (format!("reports/{}-{name}.md", &started[..10]), text)
}

fn repository(reports: &[(String, String)], deploys: &str) -> Snapshot {
    let files = reports.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    snapshot(&files.chain([("site.toml", SITE), ("data/deploys.csv", deploys)]).collect::<Vec<_>>())
}

fn analysis(snapshot: &Snapshot, audience: Visibility) -> Analysis {
    pipeline::analyze(snapshot, &pipeline::check(snapshot), audience)
}

fn samples() -> Vec<(String, String)> {
    vec![
        // 47 minutes at 1,250.00 EUR, six people for three and a half hours at 95.00 EUR.
        report(
            "guide",
            "2026-02-10T09:00:00Z",
            "services: [shop]\nmitigated_at: 2026-02-10T09:47:00Z\ntrigger: deploy\nimpact: { customers: { value: 1000, estimate: true } }\n\
             effort: [{ role: sre, people: 6, hours: 3.5 }]\ncost: { currency: EUR, revenue_per_minute: 125000 }\n",
        ),
        // Half of the shop for an hour, all of it for a part of that; mail is another service.
        report(
            "half",
            "2026-02-20T09:00:00Z",
            "services: [store, mail]\nresolved_at: 2026-02-20T10:00:00Z\ntrigger: config-change\nimpact_windows:\n  \
             - { from: 2026-02-20T09:00:00Z, to: 2026-02-20T10:00:00Z, degree: 0.5, customers: 200, service: store }\n  \
             - { from: 2026-02-20T09:30:00Z, to: 2026-02-20T09:40:00Z, degree: 1, customers: 500, service: shop }\n  \
             - { from: 2026-02-20T09:00:00Z, to: 2026-02-20T10:00:00Z, degree: 1, customers: 7, service: mail }\n\
             effort: [{ role: support, people: 2, hours: 1 }]\n",
        ),
        // Over the end of a month in Berlin: an hour of each.
        report(
            "night",
            "2026-03-31T21:00:00Z",
            "services: [shop]\nmitigated_at: 2026-03-31T23:00:00Z\nimpact: { customers: 10 }\n",
        ),
        report("unknown", "2026-04-02", "services: [shop]\ntrigger: load\n"),
    ]
}

const DEPLOYS: &str = "date,count\n2026-02-01,10\n2026-02-20,30\n2026-02-28,60\n";

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-6
}

#[test]
fn sums_are_those_of_the_formulas() {
    let analysis = analysis(&repository(&samples(), DEPLOYS), Visibility::Internal);
    let toll = &analysis.overall.toll;
    // 47 x 1000, 50 x 200 + 10 x 500 + 60 x 7, 120 x 10.
    assert!(near(toll.customers.total / 60.0, 47_000.0 + 15_420.0 + 1200.0), "{}", toll.customers.total / 60.0);
    assert!(toll.estimated);
    assert_eq!((toll.customers.used.len(), toll.customers.left_out.len()), (3, 1));
    assert!(near(toll.work.total, 23.0), "{}", toll.work.total);
    let cost = &toll.cost["EUR"];
    // 47 x 1,250.00; 50 x 0.5 + 10 minutes and 120 minutes at 600.00.
    assert!(near(cost.revenue, 5_875_000.0 + 35.0 * 60_000.0 + 120.0 * 60_000.0), "{}", cost.revenue);
    assert!(near(cost.work, 6.0 * 3.5 * 9500.0 + 2.0 * 5000.0), "{}", cost.work);
    assert_eq!((cost.used.len(), toll.without_cost.len()), (3, 1));
}

#[test]
fn months_add_up_to_the_year() {
    let analysis = analysis(&repository(&samples(), DEPLOYS), Visibility::Internal);
    let sum = |fits: &dyn Fn(Period) -> bool| {
        let groups = analysis.by_period.iter().filter(|(period, _)| fits(*period)).map(|(_, group)| &group.toll);
        groups.fold([0.0; 3], |[a, b, c], toll| {
            [a + toll.customers.total, b + toll.work.total, c + toll.cost.get("EUR").map_or(0.0, Cost::total)]
        })
    };
    let months = sum(&|period| matches!(period, Period::Month { .. }));
    let years = sum(&|period| matches!(period, Period::Year { .. }));
    assert!(months.iter().zip(years).all(|(a, b)| near(*a, b)), "{months:?} {years:?}");
    let march = sum(&|period| period == Period::Month { year: 2026, month: 3 });
    assert!(near(march[0], 3600.0 * 10.0) && near(march[2], 60.0 * 60_000.0), "{march:?}");
}

#[test]
fn a_budget_is_that_of_its_service() {
    let snapshot = repository(&samples(), DEPLOYS);
    let checked = pipeline::check(&snapshot);
    let analysis = analysis(&snapshot, Visibility::Internal);
    let reports = &analysis.overall.reports;
    let days = (date(2026, 2, 1), date(2026, 3, 1));
    let of = |service: &str, days| {
        let objective = budget::objective(&checked.config, service, reports)?;
        Some(budget::of(&checked.config, (service, objective), reports, days, &TimeZone::UTC))
    };
    let shop = of("shop", days).expect("an objective");
    assert!(near(shop.allowed / 60.0, 28.0 * 24.0 * 60.0 * 0.001), "{}", shop.allowed);
    assert!(near(shop.used / 60.0, 47.0 + 35.0), "{}", shop.used / 60.0);
    assert!(shop.share() > 2.0, "more than all is more than 100 %");
    assert!(of("mail", days).is_none(), "no objective, no budget");
    let april = of("shop", (date(2026, 4, 1), date(2026, 5, 1))).expect("an objective");
    assert_eq!((april.reports.len(), april.left_out.len()), (0, 1));
}

#[test]
fn changes_that_failed_are_those_of_covered_days() {
    let snapshot = repository(&samples(), DEPLOYS);
    let checked = pipeline::check(&snapshot);
    let reports = &analysis(&snapshot, Visibility::Internal).overall.reports;
    let deploys = checked.corpus.deploys.as_ref().expect("deployments");
    let of = |first, end| deployments::within(&checked.config, deploys, reports, first, end);
    let all = of(date(2026, 1, 1), date(2027, 1, 1)).expect("covered");
    assert_eq!((all.count, all.failed.len(), all.first, all.end), (100, 2, date(2026, 2, 1), date(2026, 3, 1)));
    assert!(near(all.per_day(), 100.0 / 28.0) && near(all.failed_share().expect("a share"), 0.02));
    let (low, high) = all.interval.expect("an interval");
    assert!((low - 0.0055).abs() < 1e-4 && (high - 0.07).abs() < 1e-3, "Wilson, 2 of 100: {low} {high}");
    assert!(of(date(2026, 3, 1), date(2027, 1, 1)).is_none());
}

/// The numbers stand on the pages, with their formulas, and nothing of cost where it is not for the audience.
#[test]
fn cost_is_for_those_who_may_know() {
    let snapshot = repository(&samples(), DEPLOYS);
    let checked = pipeline::check(&snapshot);
    let site = |audience| pipeline::build(&snapshot, &checked, audience).expect("a site").site;
    let internal = site(Visibility::Internal);
    let guide = page_text(&internal, "incidents/2026-02-10-guide/index.html");
    assert!(guide.contains("47 min × 1,250.00 EUR = 58,750 EUR (estimate)"), "{guide}");
    assert!(guide.contains("1,995 EUR") && guide.contains("108.8 % (47 of 43.2 min)"), "{guide}");
    let february = page_text(&internal, "digests/2026-02/index.html");
    for told in ["Error budget, Shop", "203.4 %", "62,420", "100 deployments went out", "Cost in EUR (estimate)"] {
        assert!(february.contains(told), "{told}: {february}");
    }
    let outside = site(Visibility::Public);
    for path in outside.files.keys().filter(|path| path.as_str().ends_with(".html")) {
        let page = page_text(&outside, path.as_str());
        assert!(!page.contains("EUR"), "{path}");
    }
    let all: Vec<u8> = outside.files.values().flat_map(|bytes| bytes.iter().copied()).collect();
    for secret in ["125000", "60000", "58,750", "revenue_per_minute\":125"] {
        assert!(!all.windows(secret.len()).any(|bytes| bytes == secret.as_bytes()), "{secret}");
    }
}
