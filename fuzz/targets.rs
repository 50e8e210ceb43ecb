//! What is promised of functions that read what others wrote, whatever they are given. `fuzz_targets/` runs them with a
//! fuzzer, `tests/it/fuzz.rs` on mutated seeds in every run of the tests.

#![allow(dead_code, reason = "each target uses one of them")]

use afterword::{
    config::{self, Config},
    diag::{Diagnostic, github, sarif},
    markup::{self, Env},
    model::corpus::Corpus,
    parse::{self, yaml},
    pipeline,
    search::Ranking,
    serve::{
        guard,
        http::{Head, Heard, Method},
    },
    snapshot::{File, History, RelPath, Snapshot, Span},
    words::Words,
};
use std::{
    collections::BTreeMap,
    sync::{LazyLock, OnceLock},
};

static DEFAULTS: LazyLock<Config> = LazyLock::new(|| config::parse(None).0);

const PATH: &str = "reports/2024/2024-01-01-x.md";

fn path() -> RelPath {
    RelPath::new(PATH).expect("a path")
}

fn snapshot(text: &str) -> Snapshot {
    let files = BTreeMap::from([(path(), File { bytes: text.as_bytes().into() })]);
    let (findings, before) = (Vec::new(), BTreeMap::new());
    Snapshot { files, history: History::default(), today: "2026-11-23".parse().expect("a date"), findings, before }
}

/// Findings point into the text.
pub fn front_matter(input: &str) {
    let (_, findings) = yaml::parse(&path(), input, 0, yaml::Budget::default());
    let within = |found: &Diagnostic| {
        let range = found.primary().range();
        input.get(range.clone()).is_some() || range.start >= input.len()
    };
    assert!(findings.iter().all(within));
}

/// No element, attribute or scheme that runs something.
pub fn markdown(input: &str) {
    let targets = BTreeMap::new();
    let html = markup::html(input, &Env { root: "../", place: None, targets: &targets, notes: "" }).0;
    assert!(!html.contains("<script") && !html.contains("<iframe"));
    for address in ["href=\"", "src=\""].iter().flat_map(|name| html.split(name).skip(1)) {
        let address = address.split('"').next().unwrap_or("");
        let scheme = address.split(['/', '?', '#']).next().and_then(|start| start.split_once(':'));
        let scheme = scheme.map(|(scheme, _)| scheme.to_ascii_lowercase());
        assert!(scheme.is_none_or(|scheme| ["http", "https", "mailto"].contains(&&*scheme)), "{address}");
    }
    let _ = markup::text(input);
    let _ = markup::inline(input, &Env { root: "", place: None, targets: &targets, notes: "" });
}

/// Findings end in the file.
pub fn whole_file(input: &str) {
    let (_, findings) = parse::file_of(&path(), input.as_bytes(), &DEFAULTS);
    assert!(findings.iter().all(|found| found.primary().range().end <= input.len().max(1)));
}

pub fn timeline(input: &str) {
    const FRONT: &str = "---\ntitle: A\nseverity: sev1\nservices: [a]\nstarted_at: 2024-01-01T08:00:00Z\n---\n";
    let text = format!("{FRONT}\n## Timeline\n\n{input}");
    let _ = parse::file_of(&path(), text.as_bytes(), &DEFAULTS);
}

pub fn site_toml(input: &str) {
    let _ = config::parse(Some(&File { bytes: input.as_bytes().into() }));
}

pub fn check(input: &str) {
    let _ = pipeline::check(&snapshot(input));
}

/// One finding is one command of GitHub, and SARIF is JSON.
pub fn annotations(input: &str) {
    let rule = afterword::diag::reader::UNKNOWN_VALUE;
    let snapshot = snapshot(input);
    let found = Diagnostic::new(rule, &Span::new(&path(), 0..input.len().min(3)), input).help(input);
    let found = std::slice::from_ref(&found);
    let lines = github::render(found, &snapshot);
    assert_eq!(lines.trim_end().lines().count(), 1, "one finding is one command: {lines}");
    assert!(lines.starts_with("::") && !lines.trim_end().contains('\r'));
    serde_json::from_str::<serde_json::Value>(&sarif::render(found, &snapshot)).expect("SARIF is JSON");
}

/// A head is read whole or refused, and what is answered is asked by one of our names, by `GET` or `HEAD`, for a path.
pub fn http_head(input: &str) {
    let names = guard::Names::of(([127, 0, 0, 1], 4321).into());
    let Heard::Whole(head, length) = Head::read(input.as_bytes()) else { return };
    assert!(length <= input.len() && input.as_bytes()[..length].ends_with(b"\n"));
    let again = Head::read(&input.as_bytes()[..length]);
    assert!(matches!(again, Heard::Whole(again, _) if again.target == head.target));
    let decoded = guard::path(&head.target);
    if guard::refusal(&head, &names).is_none() {
        assert!(head.method != Method::Other && head.target.starts_with('/'));
        assert_eq!(head.values("host").count(), 1);
        assert!(head.values("host").all(|host| host.ends_with(":4321")));
    }
    if let Some(decoded) = decoded {
        assert!(!decoded.contains(['\0', '\\']));
        assert_eq!(guard::path(&guard::encode(&decoded)).as_deref(), Some(&*decoded));
        assert!(
            RelPath::new(decoded.trim_start_matches('/'))
                .is_none_or(|path| !path.as_str().contains("..") || decoded.contains(".."))
        );
    }
}

/// What is found is there, and once.
pub fn search_query(input: &str) {
    static CORPUS: OnceLock<Corpus> = OnceLock::new();
    static RANKING: OnceLock<Ranking<'static>> = OnceLock::new();
    let ranking = RANKING.get_or_init(|| {
        let corpus = CORPUS.get_or_init(|| {
            let text = include_str!("../tests/audience/public.md");
            let files = (1..=9).map(|day| {
                let path = RelPath::new(&format!("reports/2024/2024-01-0{day}-x.md")).expect("a path");
                (path, File { bytes: text.replace("queue", ["cache", "dns", "disk"][day % 3]).into_bytes().into() })
            });
            let mut all = snapshot("");
            all.files = files.collect();
            parse::corpus(&all, &DEFAULTS).0
        });
        Ranking::new(&DEFAULTS, corpus, Words::english())
    });
    let found = ranking.find(input);
    assert!(found.iter().all(|id| ranking.knows(id)));
    let mut once = found.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), found.len(), "{input:?}");
}
