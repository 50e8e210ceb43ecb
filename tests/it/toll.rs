//! What incidents took, over reports in which the truth is known; the example is the one of the guide.

use crate::support::{page_text, snapshot};
use afterword::{
    analyze::{Analysis, budget, period::Period, toll::Cost},
    model::Visibility,
    pipeline,
    snapshot::Snapshot,
};
use jiff::{ToSpan, civil::date, tz::TimeZone};
use proptest::prelude::*;

pub const SITE: &str = "title = \"T\"\ntime_zone = \"Europe/Berlin\"\ndeploys = \"data/deploys.csv\"\n\
                    [cost]\ncurrency = \"EUR\"\nhour = 9500\nrates = { support = 5000 }\n\
                    [severities.sev2]\nname = \"Two\"\nmeaning = \"m\"\n\
                    [services.shop]\nname = \"Shop\"\nobjective = 0.999\ntier = 1\nrevenue_per_minute = 60000\naliases = [\"store\"]\n\
                    [services.mail]\nname = \"Mail\"\ntier = 3\n";

pub fn report(name: &str, started: &str, front: &str) -> (String, String) {
    let text = format!(
        "---\ntitle: {name}\nseverity: sev2\nstatus: reviewed\nstarted_at: {started}\n{front}---\n\n## Summary\n\nIt was.\n"
    );
    (format!("reports/{}-{name}.md", &started[..10]), text)
}

pub fn repository(reports: &[(String, String)], deploys: &str) -> Snapshot {
    let files = reports.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    snapshot(&files.chain([("site.toml", SITE), ("data/deploys.csv", deploys)]).collect::<Vec<_>>())
}

pub fn analysis(snapshot: &Snapshot, audience: Visibility) -> Analysis {
    pipeline::analyze(snapshot, &pipeline::check(snapshot), audience)
}

pub fn samples() -> Vec<(String, String)> {
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

pub const DEPLOYS: &str = "date,count\n2026-02-01,10\n2026-02-20,30\n2026-02-28,60\n";

pub fn near(a: f64, b: f64) -> bool {
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
        Some(budget::of(&checked.config, (service, objective.share), reports, days, &TimeZone::UTC))
    };
    let shop = of("shop", days).expect("an objective");
    assert!(near(shop.allowed / 60.0, 28.0 * 24.0 * 60.0 * 0.001), "{}", shop.allowed);
    assert!(near(shop.used / 60.0, 47.0 + 35.0), "{}", shop.used / 60.0);
    assert!(shop.share() > 2.0, "more than all is more than 100 %");
    assert!(of("mail", days).is_none(), "no objective, no budget");
    let april = of("shop", (date(2026, 4, 1), date(2026, 5, 1))).expect("an objective");
    assert_eq!((april.reports.len(), april.left_out.len()), (0, 1));
}

/// The window ends with the day as of which a site is built and holds whole days of its zone.
#[test]
fn a_rolling_budget_ends_with_the_day() {
    let mut snapshot = repository(&samples(), DEPLOYS);
    let checked = pipeline::check(&snapshot);
    let reports = &analysis(&snapshot, Visibility::Internal).overall.reports;
    let zone = &checked.config.time_zone;
    let objective = budget::objective(&checked.config, "shop", reports).expect("an objective");
    assert_eq!(objective.days, 30);
    let on = |day| budget::rolling(&checked.config, ("shop", objective), reports, day, zone);
    let rolling = on(date(2026, 2, 22));
    assert_eq!(rolling.window.days, (date(2026, 1, 24), date(2026, 2, 23)));
    assert!(near(rolling.window.allowed, 2592.0) && near(rolling.window.used / 60.0, 47.0 + 35.0));
    assert!(near(rolling.window.share(), 82.0 / 43.2));
    // Over its own window the burn rate is the share; of the last three days it is 35 minutes of 4.32.
    assert!(near(rolling.window.burn_rate(date(2026, 2, 22), zone).expect("begun"), 82.0 / 43.2));
    assert!(near(rolling.short.burn_rate(date(2026, 2, 22), zone).expect("begun"), 35.0 / 4.32));
    assert!(near(rolling.short_share(), 35.0 / 43.2));
    assert_eq!((rolling.window.reports.len(), rolling.short.reports.len()), (2, 1));
    let edge = |day| on(day).window.reports.iter().filter(|(report, _)| report.title.value == "guide").count();
    assert_eq!((edge(date(2026, 3, 11)), edge(date(2026, 3, 12))), (1, 0), "the thirtieth day, and the one after");
    assert_eq!(on(date(2026, 4, 2)).window.left_out.len(), 1, "only the day is known");
    // In Berlin the hour of 29 March is missing.
    assert!(near(on(date(2026, 4, 1)).window.allowed, 2592.0 - 3.6));
    let february = budget::of(&checked.config, ("shop", 0.999), reports, (date(2026, 2, 1), date(2026, 3, 1)), zone);
    assert!(near(february.burn_rate(date(2026, 2, 14), zone).expect("begun"), 82.0 / (14.0 * 1.44)), "what has passed");
    assert_eq!(february.burn_rate(date(2026, 1, 31), zone), None);
    snapshot.today = date(2026, 2, 22);
    let site = pipeline::build(&snapshot, &checked, Visibility::Internal).expect("a site").site;
    let page = page_text(&site, "services/shop/index.html");
    for told in
        ["allows 43.2 minutes of full loss in 24 Jan – 22 Feb 2026", "used more than that", "Last 3 days", "8.1"]
    {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert!(!page_text(&site, "services/mail/index.html").contains("Burn rate"), "no objective, no budget");
}

/// The days over which a report states an objective are those of the window, where `site.toml` states none.
#[test]
fn a_stated_window_is_rolled() {
    let stated = "services: [mail]\nmitigated_at: 2026-02-10T09:47:00Z\nimpact: { slo: [{ service: mail, objective: 0.99, window_days: 28 }] }\n";
    let snapshot = repository(&[report("stated", "2026-02-10T09:00:00Z", stated)], DEPLOYS);
    let checked = pipeline::check(&snapshot);
    let reports = &analysis(&snapshot, Visibility::Internal).overall.reports;
    let objective = budget::objective(&checked.config, "mail", reports).expect("an objective");
    let rolling = budget::rolling(&checked.config, ("mail", objective), reports, date(2026, 2, 28), &TimeZone::UTC);
    assert_eq!(rolling.window.days, (date(2026, 2, 1), date(2026, 3, 1)));
    assert!(near(rolling.window.allowed / 60.0, 28.0 * 1440.0 * 0.01));
}

proptest! {
    /// What the last days used is never more than what the window used, and the burn rate of the window is the share of it.
    #[test]
    fn a_shorter_span_uses_no_more(starts in prop::collection::vec((0_i64..60, 1_i64..4000), 1..8)) {
        let reports = starts.iter().enumerate().map(|(at, (day, minutes))| {
            let began = date(2026, 1, 1).saturating_add(day.days());
            let ended = format!("{began}T08:00:00Z").parse::<jiff::Timestamp>().expect("a time") + minutes.minutes();
            let front = format!("services: [shop]\nmitigated_at: {ended}\n");
            report(&format!("r{at}"), &format!("{began}T08:00:00Z"), &front)
        });
        let snapshot = repository(&reports.collect::<Vec<_>>(), DEPLOYS);
        let checked = pipeline::check(&snapshot);
        let reports = &analysis(&snapshot, Visibility::Internal).overall.reports;
        let today = date(2026, 2, 14);
        let objective = budget::objective(&checked.config, "shop", reports).expect("an objective");
        let rolling = budget::rolling(&checked.config, ("shop", objective), reports, today, &TimeZone::UTC);
        prop_assert!(rolling.short.used <= rolling.window.used + 1e-6);
        prop_assert!(rolling.window.used <= 30.0 * 86_400.0 + 1e-6, "windows that overlap count once");
        let burn = rolling.window.burn_rate(today, &TimeZone::UTC).expect("begun");
        prop_assert!((burn - rolling.window.share()).abs() < 1e-9);
        let days: f64 = (0..30_i64).map(|ago| {
            let day = today.saturating_sub(ago.days());
            budget::of(&checked.config, ("shop", 0.999), reports, (day, day.tomorrow().expect("a day")), &TimeZone::UTC).used
        }).sum();
        prop_assert!((days - rolling.window.used).abs() < 1e-6, "days add up to the window");
    }
}

/// Sums stand beside those of the period before, as numbers, and only where that was recorded from its first day on.
#[test]
fn amounts_stand_beside_the_period_before() {
    let mut all = samples();
    all.push(report("first", "2026-01-05T09:00:00Z", "services: [mail]\nmitigated_at: 2026-01-05T09:30:00Z\n"));
    let mut snapshot = repository(&all, DEPLOYS);
    snapshot.today = date(2026, 4, 10);
    let checked = pipeline::check(&snapshot);
    let site = pipeline::build(&snapshot, &checked, Visibility::Internal).expect("a site").site;
    let table = |path: &str| {
        let page = page_text(&site, path);
        let part = page.split("id=\"amounts\"").nth(1).and_then(|rest| rest.split("</section>").next());
        part.map(crate::golden::readable)
    };
    assert_eq!(table("digests/2026-02/index.html"), None, "January was recorded from its fifth day on");
    let march = table("digests/2026-03/index.html").expect("amounts");
    let row = |text: &str, name: &str| {
        let lines = text.lines().skip_while(|line| *line != name).skip(1).take(4);
        lines.map(|line| line.split(" <").next().unwrap_or("").to_owned()).collect::<Vec<_>>()
    };
    // An hour of the night of Berlin, ten customers; the two of February as in the sums.
    assert_eq!(row(&march, "Time under impact"), ["1 h", "n = 1", "1 h 47 min", "n = 2"]);
    // The night says how long, and not how much was lost.
    assert_eq!(row(&march, "Wholly down"), ["–", "n = 0, 1 left out", "1 h", "n = 1, 1 left out"]);
    assert_eq!(row(&march, "Customer-minutes"), ["600", "n = 1", "62,420", "n = 2"]);
    assert_eq!(row(&march, "Person-hours"), ["–", "n = 0, 1 left out", "23", "n = 2"]);
    let april = table("digests/2026-04/index.html").expect("amounts");
    assert!(april.contains("10 of 30 days so far") && april.contains("31 days"), "{april}");
    assert_eq!(row(&april, "Time under impact"), ["1 h", "n = 1, 1 left out", "1 h", "n = 1"]);
    for claim in ["fell", "rose", "more than before", "less than before"] {
        assert!(!march.contains(claim), "{claim}: {march}");
    }
    let sheet = page_text(&site, "digests/2026-03/index.html").split("class=\"appendix\"").next().expect("a sheet");
    assert!(!sheet.contains("amounts"), "page one is full");
}

/// Teams and patterns sum their own incidents, each whole; services, whose windows may be of others, do not.
#[test]
fn customers_of_teams_and_patterns() {
    let with = |front: &str| format!("factors: [capacity]\nteams: [ops]\n{front}");
    let windows = "mitigated_at: 2026-02-10T10:00:00Z\nimpact: { customers: 100 }\n";
    let reports = [
        report("known", "2026-02-10T09:00:00Z", &with(&format!("services: [shop]\n{windows}"))),
        report(
            "guess",
            "2026-02-11T09:00:00Z",
            &with(
                "services: [mail]\nmitigated_at: 2026-02-11T09:10:00Z\nimpact: { customers: { value: 7, estimate: true } }\n",
            ),
        ),
        report("silent", "2026-02-12T09:00:00Z", &with("services: [mail]\nmitigated_at: 2026-02-12T09:10:00Z\n")),
        report("other", "2026-02-10T09:00:00Z", &format!("services: [shop]\n{windows}")),
    ];
    let snapshot = repository(&reports, DEPLOYS);
    let analysis = analysis(&snapshot, Visibility::Public);
    for group in [&analysis.by_team["ops"], &analysis.by_factor["capacity"]] {
        let customers = &group.toll.customers;
        assert!(near(customers.total / 60.0, 6000.0 + 70.0), "{}", customers.total / 60.0);
        assert_eq!((customers.used.len(), customers.left_out.len(), group.toll.estimated), (2, 1, true));
        assert_eq!(group.impact.seconds, 3600 + 600 + 600);
    }
    assert!(analysis.by_service["shop"].toll.customers.used.is_empty());
    let site = pipeline::build(&snapshot, &pipeline::check(&snapshot), Visibility::Public).expect("a site").site;
    for path in ["teams/ops/index.html", "patterns/capacity/index.html"] {
        let page = page_text(&site, path);
        let row = page.split("#about-customer-minutes\">").nth(1).and_then(|rest| rest.split("</tr>").next());
        let row = row.unwrap_or_else(|| panic!("{path}: {page}"));
        assert!(row.contains(">6,070</a>") && row.contains("partly estimated"), "{path}: {row}");
        assert!(
            row.contains("#customer-minutes\">2</a>") && row.contains("#customer-minutes-left-out\">1</a>"),
            "{row}"
        );
        for anchor in ["id=\"customer-minutes\"", "id=\"customer-minutes-left-out\""] {
            assert_eq!(page.matches(anchor).count(), 1, "{path}: {anchor}");
        }
    }
    assert!(!page_text(&site, "services/shop/index.html").contains("customer-minutes"));
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
    assert!(guide.contains("1,995 EUR") && guide.contains("108.8\u{a0}% (47 of 43.2 min)"), "{guide}");
    let february = page_text(&internal, "digests/2026-02/index.html");
    for told in ["Error budget, Shop", "203.4\u{a0}%", "62,420", "100 deployments went out", "Cost in EUR (estimate)"] {
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
