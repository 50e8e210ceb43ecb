//! The words of the interface: each language is whole, each text is used, and no English stands beside the texts.

use crate::support::{files_under, page_text, snapshot};
use afterword::{
    analyze::{metrics, shares},
    model::{Visibility, words as vocabulary},
    pipeline,
    words::Words,
};
use std::{collections::BTreeSet, fs};

const TEXTS: &str = "themes/default/i18n";

fn language(tag: &str) -> Words {
    let content = fs::read_to_string(format!("{TEXTS}/{tag}.toml")).expect("a file of texts");
    Words::load(tag, &[(tag.to_owned(), content)]).expect("texts")
}

fn keys(words: &Words) -> BTreeSet<String> {
    let tables = words.tables().iter();
    tables.flat_map(|(table, texts)| texts.keys().map(move |key| format!("{table}.{key}"))).collect()
}

#[test]
fn every_language_has_the_texts_of_english() {
    let english = language("en");
    let files = files_under(TEXTS, "toml");
    assert!(files.len() >= 2, "{files:?}");
    for file in files {
        let tag = file.rsplit('/').next().and_then(|name| name.strip_suffix(".toml")).expect("a tag");
        let other = language(tag);
        let (ours, theirs) = (keys(&english), keys(&other));
        let differ: Vec<&String> = ours.symmetric_difference(&theirs).collect();
        assert!(differ.is_empty(), "{tag}: not in both: {differ:?}");
        for key in ours {
            let (ours, theirs) = (english.find(&key).expect("a text"), other.find(&key).expect("a text"));
            let locale = ["numbers.", "durations.", "dates."].iter().any(|table| key.starts_with(table));
            assert!(locale || ours.asked() == theirs.asked(), "{tag}: {key}: {:?} asked", theirs.asked());
            assert_eq!(ours.is_plain(), theirs.is_plain(), "{tag}: {key}");
            let forms = |text: &afterword::words::Text| text.categories().collect::<BTreeSet<_>>();
            assert_eq!(forms(ours).is_empty(), forms(theirs).is_empty(), "{tag}: {key}: plural in one of both");
            if tag == "de" {
                assert_eq!(forms(ours), forms(theirs), "{tag}: {key}");
            }
        }
    }
}

/// Tables whose keys are words of front matter, or ids of the program.
fn vocabularies() -> Vec<(&'static str, BTreeSet<&'static str>)> {
    macro_rules! all {
        ($($name:ident),+) => { [$(vocabulary::$name::ALL.iter().map(|(word, _)| *word).collect()),+] };
    }
    let names = [
        "kind",
        "status",
        "detected_by",
        "trigger",
        "factor_role",
        "mode",
        "outcome",
        "action_status",
        "purpose",
        "horizon",
        "category",
        "context",
        "runbook",
        "deploy",
        "healing",
        "evidence_kind",
        "audience",
        "delay",
        "delay_response",
        "event",
    ];
    let words: [BTreeSet<&str>; 20] = all!(
        Kind,
        Status,
        DetectedBy,
        TriggerKind,
        FactorRole,
        Mode,
        Outcome,
        ActionStatus,
        Purpose,
        Horizon,
        Category,
        Context,
        Presence,
        DeployKind,
        HealingKind,
        EvidenceKind,
        Audience,
        DelayReason,
        DelayResponse,
        EventKind
    );
    let mut tables: Vec<(&str, BTreeSet<&str>)> = names.into_iter().zip(words).collect();
    for (name, words) in &mut tables {
        if *name == "status" {
            words.insert("open");
        }
    }
    let metrics: BTreeSet<&str> = metrics::ALL.iter().map(|metric| metric.id).collect();
    let shares: BTreeSet<&str> = shares::ids().collect();
    tables.extend([("metric", metrics.clone()), ("metric_explained", metrics)]);
    tables.extend([("share", shares.clone()), ("share_explained", shares)]);
    tables
}

#[test]
fn every_word_of_front_matter_has_a_text() {
    let english = language("en");
    for (table, words) in vocabularies() {
        let texts: BTreeSet<&str> = english.tables()[table].keys().map(String::as_str).collect();
        assert_eq!(texts, words, "{table}");
    }
    let reasons = ["metrics", "shares", "downtime", "toll"]
        .map(|file| fs::read_to_string(format!("src/analyze/{file}.rs")).expect("what is measured"))
        .concat();
    for reason in english.tables()["left_out"].keys() {
        assert!(reasons.contains(&format!("\"{reason}\"")), "no report is left out for `{reason}`");
    }
}

/// Endings of files that are named where texts are.
const FILES: &[&str] = &["html", "js", "css", "svg", "toml", "json", "xml", "ics", "csv"];

/// Where templates and pages name texts: `t.table.key`, `"table.key"`.
fn named_in(source: &str, english: &Words) -> BTreeSet<String> {
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    let mut found = BTreeSet::new();
    for (at, _) in source.match_indices("t.") {
        let before = source[..at].chars().next_back().is_some_and(|c| word(c) || c == '"');
        let rest: String = source[at + 2..].chars().take_while(|c| word(*c)).collect();
        if !before && rest.split_once('.').is_some_and(|(table, _)| english.tables().contains_key(table)) {
            found.insert(rest);
        }
    }
    for quoted in source.split('"').filter(|quoted| quoted.chars().all(word)) {
        if quoted.split_once('.').is_some_and(|(table, key)| {
            english.tables().contains_key(table) && !key.is_empty() && !key.contains('.') && !FILES.contains(&key)
        }) {
            found.insert(quoted.to_owned());
        }
    }
    found
}

#[test]
fn texts_that_are_named_exist_and_texts_that_exist_are_named() {
    let english = language("en");
    let known = keys(&english);
    let mut named = BTreeSet::new();
    let sources = files_under("themes/default/templates", "html").into_iter();
    for file in
        sources.chain(["src/pages", "src/words", "src/export"].into_iter().flat_map(|folder| files_under(folder, "rs")))
    {
        let source = fs::read_to_string(&file).expect("a source");
        let source = source.split("#[cfg(test)]").next().unwrap_or_default();
        let here = named_in(source, &english);
        let lost: Vec<&String> = here.difference(&known).collect();
        assert!(lost.is_empty(), "{file}: no such text: {lost:?}");
        for plain in source.match_indices("{{ t.").filter_map(|(at, _)| source[at + 5..].split([' ', '|']).next()) {
            assert!(english.find(plain).is_none_or(afterword::words::Text::is_plain), "{file}: {plain} is for say()");
        }
        named.extend(here);
    }
    let locale = fs::read_to_string("src/words/locale.rs").expect("the locale");
    let of_locale = |table: &str, key: &str| {
        let is_named = |word: &str| locale.contains(&format!("\"{word}\""));
        is_named(table) && is_named(key)
    };
    let vocabularies: BTreeSet<&str> = vocabularies().into_iter().map(|(table, _)| table).collect();
    let mut terms: BTreeSet<String> = files_under("src/pages", "rs")
        .iter()
        .flat_map(|file| {
            let source = fs::read_to_string(file).expect("a source");
            let tables: Vec<String> =
                source.split("term(\"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())).collect();
            tables
        })
        .collect();
    for file in files_under("themes/default/templates", "html") {
        let source = fs::read_to_string(&file).expect("a template");
        let looked_into = source.split("{ t.").skip(1).filter_map(|rest| rest.split_once('['));
        let tables = looked_into.map(|(table, _)| table).filter(|table| english.tables().contains_key(*table));
        terms.extend(tables.map(str::to_owned));
    }
    for table in &vocabularies {
        assert!(terms.contains(*table), "no page says words of `{table}`");
    }
    let unused: Vec<&String> = known
        .difference(&named)
        .filter(|full| {
            let (table, key) = full.split_once('.').expect("a table and a key");
            !terms.contains(table) && !of_locale(table, key)
        })
        .collect();
    assert!(unused.is_empty(), "nobody says {unused:?}");
}

/// Words outside of tags and of `{{ }}`, and in attributes that are read aloud.
fn english_in(template: &str) -> Vec<String> {
    let mut text = template.to_owned();
    for (open, close) in [("{#", "#}"), ("{%", "%}"), ("{{", "}}")] {
        while let Some(at) = text.find(open) {
            let end = text[at..].find(close).map_or(text.len(), |end| at + end + 2);
            text.replace_range(at..end, "");
        }
    }
    let mut found = Vec::new();
    for name in ["aria-label", "title", "placeholder", "alt"] {
        let start = format!(" {name}=\"");
        found.extend(
            text.match_indices(&start)
                .filter_map(|(at, _)| Some(text[at + start.len()..].split_once('"')?.0.to_owned())),
        );
    }
    // Keys have the names that stand on them, and what is typed is typed in every language.
    let outside = text.split('<').filter(|part| !part.starts_with("kbd>") && !part.starts_with("code>"));
    found.extend(outside.map(|part| part.split_once('>').map_or("", |(_, text)| text).trim().to_owned()));
    found.retain(|text| text.chars().any(char::is_alphabetic));
    found
}

#[test]
fn no_template_holds_english() {
    assert_eq!(
        english_in("<p title=\"Here{{ x }}\">Some {% if a %}<b>{{ t.a.b }}</b>{% endif %}</p>"),
        ["Here", "Some"]
    );
    for file in files_under("themes/default/templates", "html") {
        let name = file.rsplit('/').next().and_then(|name| name.strip_suffix(".html")).expect("a name");
        // What a rule says is English on every site, and marked so.
        if name == "rule" {
            continue;
        }
        let found = english_in(&fs::read_to_string(&file).expect("a template"));
        assert!(found.is_empty(), "{file}: {found:?}");
    }
}

const REPORT: &str = "---\nid: one\ntitle: One\nseverity: SEV1\nservices: [api]\nstatus: reviewed\nvisibility: public\n\
    started_at: 2026-03-01T10:00:00Z\ndetected_at: 2026-03-01T10:05:00Z\nmitigated_at: 2026-03-01T11:00:00Z\n\
    resolved_at: 2026-03-01T12:00:00Z\n---\n## Summary\n\nWords.\n";

#[test]
fn a_page_is_laid_out_in_the_direction_of_its_language() {
    for (lang, wanted) in [("ar", true), ("he-IL", true), ("fa", true), ("ur", true), ("de", false), ("en", false)] {
        let site = format!("title = \"Site\"\nlang = \"{lang}\"\n");
        let snapshot = snapshot(&[("site.toml", &site), ("reports/2026/2026-03-01-one.md", REPORT)]);
        let built = pipeline::build(&snapshot, &pipeline::check(&snapshot), Visibility::Public).expect("a site");
        let page = page_text(&built.site, "index.html");
        let html = page.split_once("<html").and_then(|(_, rest)| rest.split_once('>')).expect("a page").0;
        assert!(html.contains(&format!(" lang=\"{lang}\"")), "{html}");
        assert_eq!(html.contains(" dir=\"rtl\""), wanted, "{lang}: {html}");
    }
}

#[test]
fn styles_work_in_both_directions() {
    const PHYSICAL: &[&str] = &[
        "margin-left",
        "margin-right",
        "padding-left",
        "padding-right",
        "border-left",
        "border-right",
        " left:",
        " right:",
        "text-align: left",
        "text-align: right",
        "float: left",
        "float: right",
    ];
    for file in files_under("themes/default/styles", "css") {
        let style = fs::read_to_string(&file).expect("a style");
        for (number, line) in style.lines().enumerate() {
            let found = PHYSICAL.iter().find(|word| line.contains(*word));
            let one_sided =
                line.split(';').filter(|rule| rule.contains("padding:") || rule.contains("margin:")).any(|rule| {
                    let mut depth = 0;
                    let mut value = rule.rsplit(':').next().unwrap_or("").to_owned();
                    value.retain(|c| {
                        depth += i32::from(c == '(') - i32::from(c == ')');
                        depth == 0 || !c.is_whitespace()
                    });
                    let values: Vec<&str> = value.split_whitespace().collect();
                    values.len() == 4 && values[1] != values[3]
                });
            assert!(!one_sided, "{file}:{}: four values that differ at the sides: use padding-inline", number + 1);
            assert!(
                found.is_none(),
                "{file}:{}: `{}` does not turn around: margin-inline-start, inset-inline-start, text-align: start",
                number + 1,
                found.unwrap_or(&"")
            );
        }
    }
}
