//! What is not for an audience leaves no trace; what is, is shown to the last field.

use crate::support::{page_text, snapshot};
use afterword::{
    model::Visibility,
    pipeline::{
        self, Built,
        on_demand::{Memo, OnDemand},
    },
    snapshot::{RelPath, Snapshot},
};

/// Every word of `full.md` that begins so is a canary.
const CANARY: &str = "zq-";

const FULL: &str = include_str!("../audience/full.md");

fn repository(full: &str) -> Snapshot {
    snapshot(&[
        ("site.toml", "base_url = \"https://example.org/reliability/\"\n"),
        ("reports/2024/2024-02-01-public.md", include_str!("../audience/public.md")),
        ("reports/2024/2024-03-04-zq.md", full),
        ("reports/2024/zq-log.txt", "zq-logtext"),
        ("reports/_patterns/capacity.md", "---\ntitle: Capacity\n---\n\n## What it is\n\nToo little.\n"),
        ("reports/_patterns/zq-factor.md", "---\ntitle: Factor\n---\n\n## What it is\n\nA factor.\n"),
    ])
}

fn build(full: &str, audience: Visibility) -> Built {
    let snapshot = repository(full);
    let checked = pipeline::check(&snapshot);
    pipeline::build(&snapshot, &checked, audience).expect("a site")
}

fn full(visibility: &str, redact: &str) -> String {
    FULL.replace("VISIBILITY", visibility).replace("REDACT", redact)
}

/// The files that tell of a canary. The factor has a public page of its own, so its id and title may be told.
fn traces(built: &Built, canary: &str) -> Vec<String> {
    let tells = |path: &str, bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).replace("zq-factor/", "").replace("zq-factor\"", "");
        path.replace("patterns/zq-factor", "").contains(canary) || text.contains(canary)
    };
    let files = built.site.files.iter().filter(|(path, bytes)| tells(path.as_str(), bytes));
    files.map(|(path, _)| path.to_string()).collect()
}

#[test]
fn what_is_withheld_leaves_no_trace() {
    for (visibility, audience) in [
        ("internal", Visibility::Public),
        ("restricted", Visibility::Public),
        ("restricted", Visibility::Internal),
        ("secret", Visibility::Internal),
        ("[internal]", Visibility::Internal),
    ] {
        let built = build(&full(visibility, ""), audience);
        assert_eq!(traces(&built, CANARY), [""; 0], "{visibility} for {audience:?}");
        for file in ["feed.xml", "rss.xml", "feed.json", "actions.ics", "_headers"] {
            assert!(built.site.files.keys().any(|path| path.as_str() == file), "{file} was looked at");
        }
        assert_eq!(
            (built.counts.reports, built.counts.withheld, built.counts.unsound),
            (1, 1, 0),
            "{visibility} for {audience:?}"
        );
    }
}

#[test]
fn a_restricted_report_with_errors_leaves_no_trace_either() {
    for broken in [
        full("restricted", "").replace("severity: sev1\n", ""),
        full("restricted", "").replace("---\nschema", "schema"),
        full("internal", "").replace("resolved_at: 2024", "resolved_at: 2023"),
        full("restricted", "").replace("title: Checkout", "title: [Checkout"),
    ] {
        let built = build(&broken, Visibility::Public);
        assert_eq!(traces(&built, CANARY), [""; 0]);
        assert_eq!((built.counts.reports, built.counts.withheld), (1, 1));
    }
}

#[test]
fn every_field_is_shown_to_those_it_is_for() {
    let written = full("internal", "");
    let built = build(&written, Visibility::Internal);
    assert_eq!((built.counts.reports, built.counts.withheld, built.counts.unsound), (2, 0, 0));
    let page = page_text(&built.site, "incidents/2024-03-04-zq/index.html");
    let words = written.split(|c: char| !(c.is_alphanumeric() || c == '-'));
    let mut missing: Vec<&str> =
        words.filter(|word| word.contains(CANARY)).filter(|word| !page.contains(word)).collect();
    for fact in
        ["4,103,377", "17.377\u{a0}%", "9,173,377", "3,377,123", "99.9\u{a0}%", "1,250.33 EUR", "3.5 h each", "340.5"]
    {
        missing.extend((!page.contains(fact)).then_some(fact));
    }
    assert_eq!(missing, [""; 0]);
}

#[test]
fn redacted_fields_are_kept_from_smaller_audiences() {
    let written = full("public", "cost, review, impact.customers, evidence");
    let built = build(&written, Visibility::Internal);
    assert_eq!((built.counts.reports, built.counts.unsound), (2, 0));
    for canary in ["zq-facilitator", "zq-agenda", "zq-evidence", "4103377", "4,103,377", "1,250.33"] {
        assert_eq!(traces(&built, canary), [""; 0], "{canary}");
    }
    assert!(!traces(&built, "9,173,377").is_empty(), "what is not redacted is shown");
    assert!(!traces(&build(&written, Visibility::Restricted), "zq-facilitator").is_empty());
}

#[test]
fn reports_with_errors_are_listed_and_not_published() {
    let built = build(&full("public", "").replace("resolved_at: 2024", "resolved_at: 2023"), Visibility::Public);
    assert_eq!((built.counts.reports, built.counts.unsound), (1, 1));
    assert_eq!(traces(&built, "zq-title"), [""; 0]);
    assert!(page_text(&built.site, "not-published/index.html").contains("AW203"));
}

#[test]
fn internal_parts_leave_no_trace() {
    let text = |canary: &str| {
        full("public", "").replace("Checkout was down zq-summary.", &format!(
            "Down. <!-- afterword: internal -->{canary} and [log](zq-log.txt)<!-- /internal --> Up.\n\n<!-- afterword: internal -->\n## {canary} heading\n\n| a |\n|---|\n| {canary} |\n\nIt should have been noticed {canary}.\n<!-- /internal -->\n\nSeen.\n"
        ))
    };
    let built = build(&text("qx-canary"), Visibility::Public);
    assert_eq!((built.counts.reports, built.counts.unsound), (2, 0));
    assert_eq!(traces(&built, "qx-canary"), [""; 0]);
    let page = page_text(&built.site, "incidents/2024-03-04-zq/index.html");
    assert!(page.contains("Down.") && page.contains("Up.") && page.contains("Seen."));
    for audience in [Visibility::Internal, Visibility::Restricted] {
        let page = build(&text("qx-canary"), audience);
        assert!(page_text(&page.site, "incidents/2024-03-04-zq/index.html").contains("qx-canary"));
    }
    let open = text("qx-canary").replace("<!-- /internal -->", "");
    assert_eq!(traces(&build(&open, Visibility::Public), "qx-canary"), [""; 0], "a part that is never closed");
    let broken = text("qx-canary").replace("resolved_at: 2024", "resolved_at: 2023");
    assert_eq!(traces(&build(&broken, Visibility::Public), "qx-canary"), [""; 0], "a report with errors");
}

/// What the preview would answer from memory: every file of the site of those who may see all, asked of a smaller site.
#[test]
fn the_preview_of_a_smaller_audience_tells_nothing() {
    let snapshot = repository(&full("restricted", ""));
    let all = build(&full("restricted", ""), Visibility::Restricted).site;
    for audience in [Visibility::Public, Visibility::Internal] {
        let checked = pipeline::check(&snapshot);
        let said: Vec<String> = pipeline::told(&checked, audience)
            .iter()
            .map(|found| format!("{} {}", found.path(), found.message))
            .collect();
        assert!(!said.join(" ").contains(CANARY), "{said:?}");
        let preview = OnDemand::new(snapshot.clone(), checked, audience, &Memo::default()).expect("a theme");
        let mut gone = 0;
        for path in all.files.keys() {
            let Some(bytes) = preview.file(path).expect("it renders") else {
                gone += 1;
                continue;
            };
            let text = String::from_utf8_lossy(&bytes).replace("zq-factor/", "").replace("zq-factor\"", "");
            assert!(!text.contains(CANARY), "{path} for {audience:?}");
        }
        assert!(gone > 3, "the pages of the report are not there");
        let own = RelPath::new("incidents/2024-03-04-zq/index.html").expect("a path");
        assert!(all.files.contains_key(&own) && preview.file(&own).expect("it renders").is_none());
    }
}

/// A summary of a pull request that brings a report which is not for those who read the summary.
#[test]
fn the_summary_of_a_pull_request_tells_nothing() {
    let folder = crate::publish::folder("audience-pr");
    let write = |path: &str, bytes: &[u8]| {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, bytes).expect("written");
    };
    let snapshot = repository(&full("restricted", "").replace("resolved_at: 2024", "resolved_at: 2023"));
    let (kept, new): (Vec<_>, Vec<_>) = snapshot.files.iter().partition(|(path, _)| !path.as_str().contains("2024/"));
    crate::changes::git(&folder, &["init", "--quiet", "--initial-branch=main"]);
    for (path, file) in kept {
        write(path.as_str(), &file.bytes);
    }
    crate::changes::commit(&folder, "before");
    for (path, file) in new {
        write(path.as_str(), &file.bytes);
    }
    crate::changes::commit(&folder, "reports");
    for (audience, tells) in [("public", false), ("internal", false), ("restricted", true)] {
        let arguments = ["pr", "--since", "HEAD~1", "--audience", audience];
        let output = crate::publish::program::binary(&folder).args(arguments).output().expect("the binary runs");
        let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        assert!(said.contains("Search is slow"), "{said}");
        assert_eq!(said.replace("zq-factor", "").contains(CANARY), tells, "{audience}: {said}");
    }
}

/// The program's own words: what a log of CI would hold.
#[test]
fn logs_exports_and_letters_tell_nothing() {
    let folder = crate::publish::folder("audience-logs");
    for (path, file) in &repository(&full("restricted", "").replace("resolved_at: 2024", "resolved_at: 2023")).files {
        let path = folder.join(path.as_str());
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, &file.bytes).expect("written");
    }
    let mut commands = vec![
        "build --keep-going",
        "build",
        "actions --format csv",
        "actions",
        "build --keep-going --audience internal",
    ];
    commands.extend([
        "digest 2024-03",
        "digest 2024",
        "digest 2024 --format json",
        "digest 2024 --format html",
        "digest 2024 --format email",
    ]);
    commands.extend([
        "export --format csv --out e1",
        "export --format json --out e2",
        "export --format jsonl --out e3",
    ]);
    for command in commands {
        let output =
            crate::publish::program::binary(&folder).args(command.split(' ')).output().expect("the binary runs");
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said).replace("zq-factor", "");
        assert!(!said.contains(CANARY), "{command}: {said}");
        assert!(!said.contains("withheld") && output.status.code() != Some(2), "{command}: {said}");
    }
    for out in ["public", "e1", "e2", "e3"] {
        let files = crate::publish::tree(&folder.join(out));
        assert!(!files.is_empty(), "{out}");
        for (path, bytes) in files {
            let text = String::from_utf8_lossy(&bytes).replace("zq-factor", "");
            assert!(!path.replace("zq-factor", "").contains(CANARY) && !text.contains(CANARY), "{out}/{path}");
        }
    }
}
