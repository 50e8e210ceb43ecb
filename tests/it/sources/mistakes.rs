//! What is told of links and of `[[sources]]` that are wrong: once, where it is mended, and how.

use super::{path, told};
use crate::support::{page_text, snapshot};
use afterword::{
    diag::Diagnostic,
    model::Visibility,
    pipeline,
    snapshot::{ReadFinding, ReadFindingKind, Snapshot},
};

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
            ("one/reports/up.png", "GIF89a"),
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

const REPORT: &str = "---\ntitle: It fails\nseverity: sev3\nstarted_at: 2024-03-01T08:00:00Z\nresolved_at: 2024-03-01T09:00:00Z\n---\n\n## Summary\n\nIt fails.\n";

/// A site with these sources, each with a report, and what is found there.
fn found(sources: &str) -> (Snapshot, Vec<Diagnostic>) {
    let toml = format!("[rules.AW301]\nlevel = \"off\"\nreason = \"small\"\n[services.checkout]\n{sources}");
    let snapshot = snapshot(&[
        ("site.toml", &toml),
        ("one/reports/2024-03-01-a.md", REPORT),
        ("one/reports/2024-03-01-b.md", REPORT),
        ("two/reports/2024-03-01-c.md", &REPORT.replace("severity", "services: [checkout]\nseverity")),
    ]);
    let found = pipeline::check(&snapshot).diagnostics;
    (snapshot, found)
}

const ONE: &str = "[[sources]]\nname = \"one\"\npath = \"one\"\nservices = [\"checkout\"]\n";

fn lines(found: &[Diagnostic]) -> Vec<String> {
    found.iter().map(|one| format!("{}: {}", one.rule.code, one.help.as_deref().unwrap_or(""))).collect()
}

#[test]
fn a_wrong_default_is_one_finding_and_not_one_for_each_report() {
    let (snapshot, wrong) = found(&ONE.replace("[\"checkout\"]", "[\"chekout\"]"));
    assert_eq!(lines(&wrong), ["AW109: did you mean `checkout`?"]);
    assert_eq!(&snapshot.files[&path("site.toml")].bytes[wrong[0].primary().range()], b"\"chekout\"");
    let (_, empty) = found(&ONE.replace("[\"checkout\"]", "[]"));
    assert_eq!(empty.iter().filter(|found| found.rule.code == "AW107").count(), 2, "{empty:?}");
    assert_eq!(lines(&found(ONE).1), [""; 0]);
}

#[test]
fn a_source_that_is_given_twice_is_told_with_both_places() {
    let (_, twice) = found(&format!("{ONE}{ONE}"));
    assert_eq!(lines(&twice), ["AW109: take one of the two out: they are the same folder"]);
    let (_, name) = found(&format!("{ONE}{}", ONE.replace("path = \"one\"", "path = \"two\"")));
    assert_eq!(lines(&name), ["AW109: give one of the two another name"]);
    let (snapshot, folder) = found(&format!("{ONE}{}", ONE.replace("name = \"one\"", "name = \"other\"")));
    assert_eq!(lines(&folder), ["AW109: give each source a folder of its own"]);
    let toml = std::str::from_utf8(&snapshot.files[&path("site.toml")].bytes).expect("UTF-8");
    let places: Vec<usize> = folder[0].labels.iter().map(|label| label.span.range().start).collect();
    let written: Vec<usize> = toml.match_indices("\"one\"").map(|(at, _)| at).collect();
    assert_eq!(places, [written[2], written[1]]);
}

#[test]
fn a_key_that_is_missing_is_shown_as_toml_writes_it() {
    let (_, missing) = found("[[sources]]\npath = \"one\"\nservices = [\"checkout\"]\n");
    assert_eq!(lines(&missing), ["AW107: add `name = …` here; `afterword explain AW107` lists what is required"]);
}

/// Of a folder that was not read nobody knows whether it is empty.
#[test]
fn a_source_that_was_not_read_is_told_once() {
    let (mut snapshot, _) = found("[[sources]]\nname = \"gone\"\npath = \"gone\"\n");
    assert_eq!(told(&snapshot, "AW010").len(), 1);
    for (at, kind) in [("gone", ReadFindingKind::NoSource), ("gone/reports", ReadFindingKind::Symlink)] {
        snapshot.findings = vec![ReadFinding { path: path(at), kind }];
        let codes: Vec<&str> = pipeline::check(&snapshot).diagnostics.iter().map(|found| found.rule.code).collect();
        assert!(codes.len() == 1 && ["AW003", "AW009"].contains(&codes[0]), "{codes:?}");
    }
}
