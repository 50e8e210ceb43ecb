//! What is told of links and of `[[sources]]` that are wrong: once, where it is mended, and how.

use super::told;
use crate::support::{page_text, snapshot};
use afterword::{model::Visibility, pipeline};

/// `/` is the folder of the source, and what is not there is looked for from the root, as in a folder of one large repository.
#[test]
fn rooted_links_start_at_the_source() {
    const GOOD: &str = "[b](/reports/2024-03-02-b.md) [own](/reports/2024-02-01-own.md) [far](/one/reports/2024-03-02-b.md)\n\n![Errors](/reports/up.png)\n";
    const BAD: &str = "[out](/../one/x.md) [none](/reports/none.md) ![x](/images/x.png)\n";
    let report = |fields: &str, body: &str| {
        format!(
            "---\ntitle: It fails\nseverity: sev3\nstarted_at: 2024-03-01T08:00:00Z\nresolved_at: 2024-03-01T09:00:00Z\n{fields}---\n\n## Summary\n\n{body}"
        )
    };
    let toml = "base_url = \"https://example.org/\"\n[rules.AW301]\nlevel = \"off\"\nreason = \"small\"\n[[sources]]\nname = \"one\"\npath = \"one\"\nservices = [\"checkout\"]\n";
    let site = |own: &str, bad: &str| {
        snapshot(&[
            ("site.toml", toml),
            ("reports/2024-02-01-own.md", &report("services: [checkout]\n", own)),
            (
                "one/reports/2024-03-01-a.md",
                &report(
                    "evidence: [{ kind: metric, name: latency, file: /reports/up.png }]\n",
                    &format!("{GOOD}{bad}"),
                ),
            ),
            ("one/reports/2024-03-02-b.md", &report("", "[a](/reports/2024-03-01-a.md)\n")),
            ("one/reports/up.png", "pixels"),
        ])
    };
    let good = site("[b](/one/reports/2024-03-02-b.md)\n", "");
    for code in ["AW802", "AW803", "AW808", "AW809"] {
        assert_eq!(told(&good, code), [""; 0]);
    }
    let built = pipeline::build(&good, &pipeline::check(&good), Visibility::Public).expect("a site");
    let page = page_text(&built.site, "incidents/2024-03-01-a/index.html");
    for link in
        ["2024-03-02-b/index.html\">b</a>", "2024-02-01-own/index.html\">own</a>", "2024-03-02-b/index.html\">far</a>"]
    {
        assert!(page.contains(link), "{link}: {page}");
    }
    assert!(page.contains("assets/one/reports/up.png\""));

    let bad = site("[b](/reports/2024-03-02-b.md)\n", BAD);
    let found = pipeline::check(&bad).diagnostics;
    let told: Vec<String> = found
        .iter()
        .filter(|finding| ["AW802", "AW803"].contains(&finding.rule.code))
        .map(|finding| format!("{}: {}: {}", finding.path(), finding.message, finding.help.as_deref().unwrap_or("")))
        .collect();
    assert_eq!(
        told,
        [
            "one/reports/2024-03-01-a.md: `/../one/x.md` is not in the repository: correct the path; `/` is the folder `one`",
            "one/reports/2024-03-01-a.md: `/reports/none.md` is not in the repository: correct the path; `/` is the folder `one`",
            "one/reports/2024-03-01-a.md: the image `/images/x.png` is in no folder of reports: put it beside the report",
            "reports/2024-02-01-own.md: `/reports/2024-03-02-b.md` is not in the repository: correct the path; `/` is the root of this repository",
        ]
    );
}
