//! How often a service is deployed and how often that fails, over the reports of [`crate::toll`].

use crate::{
    support::page_text,
    toll::{DEPLOYS, analysis, near, report, repository, samples},
};
use afterword::{analyze::deployments, model::Visibility, pipeline};
use jiff::{ToSpan, civil::date};
use proptest::prelude::*;

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

const DEPLOYS_BY_SERVICE: &str = "date,service,count\n2026-02-01,,10\n2026-02-10,shop,20\n2026-02-20,mail,30\n\
                                  2026-02-20,,5\n2026-02-28,store,40\n";

/// Deployments of a service count from the first day that tells services apart, and incidents of it that a change of it may
/// have set off.
#[test]
fn deployments_are_those_of_the_service() {
    let mut all = samples();
    let front =
        |deploys: &str| format!("services: [shop]\nmitigated_at: 2026-02-25T10:00:00Z\ntrigger: deploy\n{deploys}");
    all.push(report("elsewhere", "2026-02-15T09:00:00Z", &front("deploys: [{ id: r1, service: mail }]\n")));
    all.push(report(
        "own",
        "2026-02-16T09:00:00Z",
        &front("deploys: [{ id: r2, service: mail }, { id: r3, service: store }]\n"),
    ));
    all.push(report("early", "2026-02-05T09:00:00Z", &front("")));
    let snapshot = repository(&all, DEPLOYS_BY_SERVICE);
    let checked = pipeline::check(&snapshot);
    let analysis = analysis(&snapshot, Visibility::Internal);
    let deploys = checked.corpus.deploys.as_ref().expect("deployments");
    let of = |id: &str| {
        let reports = analysis.by_service.get(id).map_or(&[][..], |group| &group.reports);
        deployments::of_service(&checked.config, deploys, id, reports, (date(2026, 1, 1), date(2027, 1, 1)))
    };
    let shop = of("shop").expect("named");
    assert_eq!((shop.count, shop.unnamed, shop.first, shop.end), (60, 5, date(2026, 2, 10), date(2026, 3, 1)));
    let failed: Vec<&str> = shop.failed.iter().map(|report| report.title.value.as_str()).collect();
    assert_eq!(failed, ["half", "own", "guide"]);
    assert!(near(shop.per_day(), 60.0 / 19.0));
    let (low, high) = shop.interval.expect("an interval");
    assert!((low - 0.0171).abs() < 1e-4 && (high - 0.137).abs() < 1e-3, "Wilson, 3 of 60: {low} {high}");
    let mail = of("mail").expect("named");
    assert_eq!((mail.count, mail.failed.len()), (30, 1));
    assert!(of("search").is_none(), "no line names it");
    let site = pipeline::build(&snapshot, &checked, Visibility::Internal).expect("a site").site;
    let page = page_text(&site, "services/shop/index.html");
    let part = page.split("<h2 id=\"deployments\">").nth(1).and_then(|rest| rest.split("</section>").next());
    let part = crate::golden::readable(part.expect("deployments"));
    for told in [
        "60 deployments went out, 10–28 Feb 2026 (3.2 a day).",
        "3 incidents <#failed-changes>",
        "5 % of them",
        "5 more",
    ] {
        assert!(part.contains(told), "{told}: {part}");
    }
    let behind =
        page.split("id=\"failed-changes\"").nth(1).and_then(|rest| rest.split("</ul>").next()).expect("a list");
    assert_eq!(behind.matches("<li>").count(), 3, "the reports behind the number are those of the number");
}

/// A share that is more than all is none, and a file without services tells of no service.
#[test]
fn too_few_deployments_give_no_rate() {
    let of = |deploys: &str| {
        let snapshot = repository(&samples(), deploys);
        let checked = pipeline::check(&snapshot);
        let analysis = analysis(&snapshot, Visibility::Internal);
        let deploys = checked.corpus.deploys.clone().expect("deployments");
        let reports = &analysis.by_service["shop"].reports;
        deployments::of_service(&checked.config, &deploys, "shop", reports, (date(2026, 1, 1), date(2027, 1, 1)))
    };
    assert!(of(DEPLOYS).is_none());
    let few = of("date,service,count\n2026-02-01,mail,10\n2026-02-20,shop,1\n").expect("named");
    assert_eq!((few.count, few.failed.len(), few.interval, few.failed_share()), (1, 2, None, None));
}

proptest! {
    /// What names a service and what names none are together all that went out on the days that tell services apart.
    #[test]
    fn services_add_up_to_all(lines in prop::collection::vec((0_i64..40, 0_usize..4, 1_u64..9), 1..30)) {
        let mut deploys = afterword::model::deploys::Deploys::default();
        for (day, service, count) in lines {
            let day = date(2026, 1, 1).saturating_add(day.days());
            let service = ["", "shop", "mail", "search"][service].to_owned();
            *deploys.days.entry(day).or_default().entry(service).or_default() += count;
        }
        let span = deploys.covered_by_service(date(2025, 1, 1), date(2027, 1, 1));
        let Some((first, end)) = span else {
            prop_assert_eq!(deploys.count(date(2025, 1, 1), date(2027, 1, 1)), deploys.count_of("", date(2025, 1, 1), date(2027, 1, 1)));
            return Ok(());
        };
        let parts: u64 = ["", "shop", "mail", "search"].iter().map(|service| deploys.count_of(service, first, end)).sum();
        prop_assert_eq!(parts, deploys.count(first, end));
        let before: u64 = ["shop", "mail", "search"].iter().map(|service| deploys.count_of(service, date(2025, 1, 1), first)).sum();
        prop_assert_eq!(before, 0);
    }
}
