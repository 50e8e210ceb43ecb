//! The page of an incident and its brief: what came before, the rail, where the file is, and how much a sheet holds.

use crate::support::{page_text, snapshot};
use afterword::{model::Visibility, pipeline, site::Site};

fn built(files: &[(&str, &str)]) -> Site {
    let snapshot = snapshot(files);
    pipeline::build(&snapshot, &pipeline::check(&snapshot), Visibility::Public).expect("a site").site
}

fn report(id: &str, day: &str, status: &str, more: &str) -> (String, String) {
    let text = format!(
        "---\ntitle: The queue was full on {day}\nseverity: sev3\nstatus: {status}\nservices: [checkout]\n\
         started_at: {day}T10:00:00Z\ndetected_at: {day}T10:05:00Z\nmitigated_at: {day}T11:00:00Z\n\
         resolved_at: {day}T12:00:00Z\n{more}---\n## Summary\n\nOrders waited.\n\n## Timeline\n\n\
         | Time (UTC) | Event |\n|---|---|\n| 10:00 | The queue fills. |\n| 10:30 | A consumer is added. |\n\n\
         ## Impact\n\n200 orders waited.\n\n## Contributing factors\n\nA limit.\n"
    );
    (format!("reports/2026/{day}-{id}.md"), text)
}

fn site(reports: &[(String, String)], config: &str) -> Site {
    let mut files = vec![("site.toml", config)];
    files.extend(reports.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    built(&files)
}

#[test]
fn an_incident_says_how_often_it_came_before() {
    let reports = [
        report("long-ago", "2026-01-01", "reviewed", ""),
        report("a", "2026-04-10", "reviewed", ""),
        report("b", "2026-05-10", "reviewed", ""),
        report("draft", "2026-05-20", "draft", ""),
        report("c", "2026-06-01", "reviewed", ""),
    ];
    let site = site(&reports, "title = \"Site\"\n");
    let third = page_text(&site, "incidents/2026-06-01-c/index.html");
    let again =
        third.split("class=\"again").nth(1).and_then(|rest| rest.split("</ul>").next()).expect("what came before");
    assert!(again.contains("Third on "), "{again}");
    assert!(again.contains("incidents/2026-05-10-b/index.html"), "{again}");
    assert!(again.contains("incidents/2026-04-10-a/index.html"), "{again}");
    assert!(!again.contains("long-ago") && !again.contains("draft"), "{again}");
    for quiet in ["2026-01-01-long-ago", "2026-05-20-draft"] {
        let page = page_text(&site, &format!("incidents/{quiet}/index.html"));
        assert!(!page.contains("class=\"again"), "{quiet}");
    }
}

#[test]
fn the_rail_leads_to_each_entry_and_has_no_style_of_its_own() {
    let site = site(&[report("a", "2026-04-10", "reviewed", "")], "title = \"Site\"\n");
    let page = page_text(&site, "incidents/2026-04-10-a/index.html");
    let rail = page.split("<svg class=\"rail\"").nth(1).and_then(|rest| rest.split("</svg>").next()).expect("a rail");
    for entry in ["t1", "t2"] {
        assert!(rail.contains(&format!("href=\"#{entry}\"")), "{rail}");
        assert!(page.contains(&format!("<li id=\"{entry}\"")), "{entry}");
    }
    for class in ["unnoticed", "responding", "recovering"] {
        assert!(rail.contains(&format!("<rect class=\"{class}\"")), "{class}: {rail}");
    }
    assert!(rail.contains("<title") && rail.contains("<desc"), "{rail}");
    assert!(!rail.contains("style=") && !rail.contains("fill="), "{rail}");
}

#[test]
fn a_report_that_knows_only_days_has_no_rail() {
    let text = "---\ntitle: The certificate ran out\nseverity: sev4\nstatus: reviewed\nservices: [api]\n\
        started_at: 2026-04-10\nresolved_at: 2026-04-12\n---\n## Summary\n\nNo service.\n\n\
        ## Timeline\n\n| Date | Event |\n|---|---|\n| 2026-04-10 | It runs out. |\n| 2026-04-12 | It is renewed. |\n";
    let site = built(&[("site.toml", "title = \"Site\"\n"), ("reports/2026/2026-04-10-day.md", text)]);
    let page = page_text(&site, "incidents/2026-04-10-day/index.html");
    assert!(!page.contains("class=\"rail\"") && !page.contains("class=\"bar\""));
}

#[test]
fn a_report_leads_to_where_it_can_be_changed() {
    let reports = [report("a b", "2026-04-10", "reviewed", "")];
    let config = "title = \"Site\"\nedit_url = \"https://git.example.com/edit/main/{path}\"\n";
    let site = site(&reports, config);
    let page = page_text(&site, "incidents/2026-04-10-a-b/index.html");
    let edit = "https://git.example.com/edit/main/reports/2026/2026-04-10-a%20b.md";
    assert!(page.replace("&#x2F;", "/").contains(edit), "{page}");

    let snapshot = snapshot(&[("site.toml", "edit_url = \"https://git.example.com/edit/\"\n")]);
    let findings = pipeline::check(&snapshot).diagnostics;
    assert!(findings.iter().any(|finding| finding.message.contains("edit URL")), "{findings:?}");
}

#[test]
fn a_brief_says_little_of_a_report_that_says_much() {
    let long = "A limit that nobody knew of was reached and the queue behind it filled up within minutes. ".repeat(60);
    let actions: String = (1..=9)
        .map(|n| format!("  - {{ id: A{n}, title: \"{}\", owner: api, status: open }}\n", &long[..400]))
        .collect();
    let (path, text) = report("a", "2026-04-10", "reviewed", &format!("actions:\n{actions}"));
    let text = text.replace("Orders waited.", &long);
    let site = site(&[(path, text)], "title = \"Site\"\n");
    let page = page_text(&site, "incidents/2026-04-10-a/brief/index.html");
    let main = page.split_once("<main").expect("main").1.split("</main>").next().unwrap_or_default();
    let words: String = main.split('<').map(|part| part.split_once('>').map_or("", |(_, text)| text)).collect();
    assert!(words.chars().count() < 2400, "{} letters: {words}", words.chars().count());
    assert!(words.contains("9 of 9 action items are open") && words.contains("and 6 more"), "{words}");
    assert!(words.contains("The whole report"), "{words}");
}
