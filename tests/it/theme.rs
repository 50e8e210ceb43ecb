//! Themes: the contract that is printed, overrides, slots, and what `theme check` finds.

use crate::support::{own_repository, page_text};
use afterword::{
    disk,
    model::Visibility,
    pages,
    pipeline::{
        self,
        theme::{Tried, outdated_diffs, try_out},
        theme_schema,
    },
    snapshot::{File, History, RelPath, Snapshot},
    theme::{
        FILES, overrides,
        sample::{self, Sample},
    },
};
use serde_json::Value;
use std::{collections::BTreeSet, path::Path};

fn file(path: &str, text: impl Into<String>) -> (RelPath, File) {
    (RelPath::new(path).expect("a path"), File { bytes: text.into().into_bytes().into() })
}

fn tried(files: &[(&str, &str)]) -> Tried {
    let manifest = ("look/theme.toml", "name = \"Look\"\napi = 1\n");
    let files: Vec<_> = files.iter().chain([&manifest]).map(|(path, text)| file(path, *text)).collect();
    try_out(Some(("look", &files)))
}

/// Code, path and what the finding points to.
fn told(tried: &Tried) -> Vec<(&'static str, String, String)> {
    let place = |finding: &afterword::diag::Diagnostic| {
        let span = finding.primary();
        let text = std::str::from_utf8(&tried.shown.files[&span.path].bytes).expect("UTF-8");
        (finding.rule.code, span.path.to_string(), text[span.range()].to_owned())
    };
    tried.diagnostics.iter().map(place).collect()
}

#[test]
fn the_built_in_theme_and_the_ledger_are_clean() {
    let built_in = try_out(None);
    assert_eq!(told(&built_in), []);
    assert!(built_in.pages > 400, "{} pages", built_in.pages);
    let ledger = disk::read::theme(Path::new("themes/ledger")).expect("the ledger");
    let ledger: Vec<_> = ledger
        .into_iter()
        .map(|(path, found)| (RelPath::new(&format!("ledger/{path}")).expect("a path"), found))
        .collect();
    assert!(ledger.len() >= 6, "{} files", ledger.len());
    assert_eq!(told(&try_out(Some(("ledger", &ledger)))), []);
}

#[test]
fn this_repository_builds_with_the_ledger() {
    let mut snapshot = own_repository();
    let written =
        std::str::from_utf8(&snapshot.files[&RelPath::new("site.toml").expect("a path")].bytes).expect("UTF-8");
    let (path, site_toml) = file("site.toml", format!("theme = \"themes/ledger\"\n{written}"));
    snapshot.files.insert(path, site_toml);
    for (path, found) in disk::read::theme(Path::new("themes/ledger")).expect("the ledger") {
        snapshot.files.insert(RelPath::new(&format!("themes/ledger/{path}")).expect("a path"), found);
    }
    let checked = pipeline::check(&snapshot);
    assert!(checked.diagnostics.iter().all(|finding| !finding.path().as_str().starts_with("themes/")));
    let site = pipeline::build(&snapshot, &checked, Visibility::Public).expect("a site").site;
    let home = page_text(&site, "index.html");
    assert!(home.contains(">Causes</a>") && home.contains("Kept so that the next one is shorter."));
    let report = page_text(&site, "incidents/2021-10-28-roblox-consul/index.html");
    assert!(report.contains("Questions about this report? Name it as 2021-10-28-roblox-consul."));
    assert!(report.contains("<li><a href=\"../../index.html\">"), "the block that the theme changes");
    let sheet = site.files.iter().find(|(path, _)| path.as_str().starts_with("static/style."));
    let (_, sheet) = sheet.expect("a style sheet");
    let sheet = std::str::from_utf8(sheet).expect("UTF-8");
    let user = sheet.rfind("@layer user {").expect("the user's layer");
    assert!(sheet[user..].contains("letter-spacing: -0.015em") && !sheet[user..].contains("!important"));
    assert!(sheet[..user].contains("--aw-measure: 60ch") && user > sheet.len() - 1000, "and it comes last");
}

#[test]
fn the_schema_tells_what_every_page_is_given() {
    let schema: Value = serde_json::from_str(&theme_schema::render()).expect("JSON");
    assert_eq!(schema["api"], 1);
    let templates = schema["templates"].as_object().expect("templates");
    assert_eq!(templates.len(), FILES.iter().filter(|(name, _)| name.starts_with("templates/")).count());
    for (name, template) in templates {
        if template["extends"] == "base.html" {
            assert!(template["context"].is_object(), "{name}: no page of the sample is made with it");
            assert!(!template["kinds"].as_array().expect("kinds").is_empty(), "{name}: of no kind");
        }
    }
    for kind in pages::KINDS {
        let kinds = templates[kind.template]["kinds"].as_array().expect("kinds");
        assert!(kinds.iter().any(|known| known == kind.name), "{}", kind.name);
    }
    let report = &templates["incident.html"]["context"];
    assert_eq!(report["body"]["type"], "string");
    assert_eq!(report["factors"]["items"]["fields"]["count"]["type"], "integer");
    assert_eq!(report["older"]["type"], serde_json::json!(["null", "object"]));
    assert!(report.get("site").is_none() && schema["context"]["site"]["fields"]["title"]["type"] == "string");
    for slot in ["digest_top", "footer", "head_extra", "header_end", "report_after", "report_meta"] {
        assert_eq!(schema["slots"][slot]["templates"].as_array().map(Vec::len), Some(1), "{slot}");
    }
    assert_eq!(schema["tokens"]["--aw-ink"]["about"], "text");
    assert!(schema["texts"]["site.patterns"].is_string());
}

/// Slots outside of `main`; the others stand in `golden.txt` of the same site.
#[test]
fn slots_of_the_frame_are_filled_on_every_page() {
    let mut snapshot = disk::read(Path::new("tests/sites/slots"), crate::support::TODAY).expect("read");
    snapshot.history = History::default();
    let checked = pipeline::check(&snapshot);
    assert!(checked.diagnostics.iter().all(|finding| !finding.path().as_str().starts_with("look/")));
    let site = pipeline::build(&snapshot, &checked, Visibility::Public).expect("a site").site;
    for page in ["index.html", "404.html", "metrics/index.html", "incidents/2024-03-01-checkout/index.html"] {
        let html = page_text(&site, page);
        let at = |text: &str| html.find(text).unwrap_or_else(|| panic!("{page}: no {text}"));
        assert!(at("content=\"head_extra\"") < at("</head>"));
        assert!(at("<header class=\"top\"") < at("Slot header_end") && at("Slot header_end") < at("<main"));
        assert!(at("</main>") < at("Slot footer"));
    }
}

/// A copy of every template, with its line, is no change: neither a finding nor another byte on a page.
#[test]
fn copies_that_say_what_they_are_change_nothing() {
    let names = FILES.iter().map(|(name, _)| *name).filter(|name| name.starts_with("templates/"));
    let copies: Vec<_> = names
        .map(|name| {
            let base = std::str::from_utf8(overrides::base(name).expect("a file")).expect("UTF-8");
            file(&format!("look/{name}"), overrides::mark(name) + base)
        })
        .collect();
    let pages = |snapshot: &Snapshot| {
        let checked = pipeline::check(snapshot);
        assert!(checked.diagnostics.iter().all(|finding| !finding.path().as_str().starts_with("look/")));
        pipeline::build(snapshot, &checked, Visibility::Public).expect("a site").site
    };
    let with = pages(&sample::snapshot(Sample::Full("en"), Some(("look", &copies))));
    let without = pages(&sample::snapshot(Sample::Full("en"), None));
    for (path, bytes) in without.files.iter().filter(|(path, _)| path.as_str().ends_with(".html")) {
        assert!(with.files[path] == *bytes, "{path} differs");
    }
}

#[test]
fn what_changed_below_a_copy_is_shown() {
    let tried = tried(&[("look/templates/severities.html", "{# overrides: severities.html sha=00000000 -#}\nours\n")]);
    assert_eq!(told(&tried), [("AW822", "look/templates/severities.html".to_owned(), "00000000".to_owned())]);
    let diffs = outdated_diffs(&tried, "look");
    assert_eq!(diffs.len(), 1);
    assert!(
        diffs[0].starts_with("--- built-in/templates/severities.html\n+++ look/templates/severities.html\n@@"),
        "{}",
        diffs[0]
    );
    assert!(diffs[0].contains("\n-{% for s in by_severity %}") && diffs[0].contains("\n+ours"), "{}", diffs[0]);
}

#[test]
fn every_fault_of_a_theme_is_found_at_its_place() {
    let footer = "{% extends \"default/base.html\" %}\n{% block footer %}<p id=\"main\" style=\"color: red\" onclick=\"go()\">{{ t.site.patern }}\
                  <a href=\"{{ root }}about.html\">about</a></p><nav></nav><script>go()</script>{% endblock footer %}";
    let tried_out = tried(&[("look/templates/base.html", footer), ("look/user.css", ":root { --aw-ink: #888; }")]);
    let found: BTreeSet<_> = told(&tried_out).into_iter().collect();
    // The text is not there, so no page could be made: only what needs no page is found.
    assert!(found.contains(&("AW830", "look/templates/base.html".to_owned(), "site.patern".to_owned())), "{found:?}");
    assert!(found.contains(&("AW825", "look/user.css".to_owned(), "--aw-ink: #888".to_owned())), "{found:?}");
    let tried_out = tried(&[("look/templates/base.html", &footer.replace("patern", "patterns"))]);
    let found = told(&tried_out);
    for (code, text) in [
        ("AW826", "style="),
        ("AW826", "onclick="),
        ("AW826", "<script"),
        ("AW827", "<nav"),
        ("AW828", "id=\"main\""),
        ("AW829", "about.html"),
    ] {
        let wanted = (code, "look/templates/base.html".to_owned(), text.to_owned());
        assert!(found.contains(&wanted), "{wanted:?} is not in {found:#?}");
    }
    assert!(tried_out.diagnostics.iter().all(|finding| finding.help.is_some()));
}

#[test]
fn all_templates_that_fail_are_told() {
    let tried_out = tried(&[
        ("look/templates/rows.html", "{% if %}"),
        ("look/templates/strip.html", "a\n{% for %}"),
        ("look/templates/home.html", "{% extends \"default/home.html\" %}"),
    ]);
    let failing: BTreeSet<_> =
        told(&tried_out).into_iter().filter(|(code, ..)| *code == "AW824").map(|(_, path, _)| path).collect();
    assert_eq!(
        failing,
        BTreeSet::from(["look/templates/rows.html".to_owned(), "look/templates/strip.html".to_owned()])
    );
    let tried_out = tried(&[(
        "look/templates/metrics.html",
        "{% extends \"default/metrics.html\" %}{% block main %}\n{{ no.such }}{% endblock main %}",
    )]);
    let found = told(&tried_out);
    assert!(
        found
            .iter()
            .any(|(code, path, text)| *code == "AW824" && path == "look/templates/metrics.html" && text.contains("no")),
        "{found:?}"
    );
}

/// An editor sees the same as `check`, also after a file of the theme has changed.
#[test]
fn a_theme_that_changes_is_checked_while_somebody_writes() {
    use afterword::pipeline::live::Live;
    let files = [file("look/theme.toml", "name = \"Look\"\napi = 1\n"), file("look/templates/rows.html", "ours")];
    let mut snapshot = sample::snapshot(Sample::Full("en"), Some(("look", &files)));
    let mut live = Live::new(snapshot.clone());
    let (path, changed) = file("look/theme.toml", "nam = \"Look\"\napi = 7\n");
    live.change(&path, Some(changed.clone()));
    while !live.settle(100) {}
    snapshot.files.insert(path.clone(), changed);
    let found = live.all_findings();
    assert_eq!(found, pipeline::check(&snapshot).diagnostics);
    assert_eq!(found.iter().filter(|finding| *finding.path() == path).count(), 3);
}

/// All kinds of pages are there, and only what is broken on purpose is left out.
#[test]
fn the_sample_is_sound() {
    let snapshot = sample::snapshot(Sample::Full("en"), None);
    let checked = pipeline::check(&snapshot);
    let unsound: BTreeSet<_> = checked
        .diagnostics
        .iter()
        .filter(|finding| finding.level == afterword::diag::Level::Error)
        .map(|finding| finding.path().as_str())
        .collect();
    assert_eq!(unsound, BTreeSet::from(["reports/2024/2024-06-01-broken.md"]));
}
