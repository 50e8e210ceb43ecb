//! Import cases as data: `tests/import/<case>/` holds `in/`, files as they were found, and perhaps `args`; `out/`, the reports
//! written, and `told.txt`, what was told. `BLESS=1` rewrites both. No word of a body may be lost, here and in the corpora.

use crate::support::files_under;
use afterword::{
    config::{Config, defaults},
    import::{self, Imported, Input, Options, Outcome},
    parse,
};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

fn cases() -> Vec<PathBuf> {
    let mut cases: Vec<PathBuf> =
        fs::read_dir("tests/import").expect("cases").map(|entry| entry.expect("an entry").path()).collect();
    cases.sort();
    cases
}

fn run(case: &Path, root: &Path) -> String {
    let args = fs::read_to_string(case.join("args")).unwrap_or_default();
    let output = Command::new(env!("CARGO_BIN_EXE_afterword"))
        .arg("--root")
        .arg(root)
        .arg("import")
        .arg(case.join("in"))
        .args(args.lines())
        .env("NO_COLOR", "1")
        .output()
        .expect("the binary runs");
    assert!(output.status.success(), "{}: {}", case.display(), String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn written(root: &Path) -> BTreeMap<String, String> {
    let folder = root.to_string_lossy().into_owned();
    let files = files_under(&folder, "md").into_iter();
    files.map(|file| (file[folder.len() + 1..].to_owned(), fs::read_to_string(&file).expect("a report"))).collect()
}

#[test]
fn import_cases() {
    let mut wrong = Vec::new();
    let cases = cases();
    assert!(cases.len() >= 6, "only {} cases", cases.len());
    for case in cases {
        let name = case.file_name().expect("a name").to_string_lossy().into_owned();
        let root = std::env::temp_dir().join(format!("afterword-import-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(&root).expect("a folder");
        if case.join("site.toml").is_file() {
            fs::copy(case.join("site.toml"), root.join("site.toml")).expect("copied");
        }
        let told = run(&case, &root);
        let found = written(&root);
        let again = run(&case, &root);
        assert!(again.contains("\n0 written, "), "{name}: a second import changes nothing\n{again}");
        assert_eq!(written(&root), found, "{name}: a second import changes nothing");
        let _ = fs::remove_dir_all(&root);
        let out = case.join("out");
        if std::env::var_os("BLESS").is_some() {
            let _ = fs::remove_dir_all(&out);
            for (path, text) in &found {
                let path = out.join(path);
                fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
                fs::write(path, text).expect("written");
            }
            fs::write(case.join("told.txt"), &told).expect("written");
            continue;
        }
        let wanted = if out.is_dir() { written(&out) } else { BTreeMap::new() };
        if wanted != found {
            wrong.push(format!("{name}: wanted {wanted:#?}\nfound {found:#?}"));
        }
        let wanted = fs::read_to_string(case.join("told.txt")).unwrap_or_default();
        if wanted != told {
            wrong.push(format!("{name}/told.txt\n--- wanted\n{wanted}--- found\n{told}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// The words of a text, each with how often it stands there.
fn words(text: &str) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        // `7/5/2023` may become `2023-07-05`.
        let word = word.strip_prefix('0').filter(|rest| rest.len() == 1).unwrap_or(word);
        *counts.entry(word).or_default() += 1;
    }
    counts
}

/// The text behind a front matter, however it is marked.
fn body(text: &str) -> &str {
    let text = text.trim_start_matches('\u{feff}');
    let mark = text.lines().next().unwrap_or("").trim_end();
    if !matches!(mark, "---" | "+++") {
        return text;
    }
    let mut at = 0;
    for (n, line) in text.split_inclusive('\n').enumerate() {
        at += line.len();
        if n > 0 && line.trim_end() == mark {
            return &text[at..];
        }
    }
    text
}

fn options(config: &Config) -> Options<'_> {
    Options { config, zone: None, services: Vec::new(), to: "reports".to_owned() }
}

fn inputs(folder: &str) -> Vec<Input> {
    let files = files_under(folder, "").into_iter();
    files
        .map(|file| Input { bytes: fs::read(&file).expect("a file"), path: file[folder.len() + 1..].to_owned() })
        .collect()
}

/// Asserts that a body lost no word, that front matter lost no key, and that our reader takes what was written.
fn nothing_lost(path: &str, source: &str, report: &Imported, config: &Config) {
    // The title moves to the front matter.
    let front = report.text.lines().find(|line| line.starts_with("title: ")).unwrap_or("");
    let after = format!("{front}\n{}", body(&report.text));
    let (before, after) = (words(body(source)), words(&after));
    for (word, count) in before {
        let found = after.get(word).copied().unwrap_or(0);
        assert!(found >= count, "{path}: `{word}` stood there {count} times, now {found}");
    }
    for line in source[..source.len() - body(source).len()].lines().filter(|line| !line.starts_with('#')) {
        let value = line.split_once(':').map_or("", |(_, value)| value).trim();
        for word in words(value.split(" #").next().unwrap_or(""))
            .keys()
            .filter(|word| word.len() > 3 && word.starts_with(char::is_alphabetic))
        {
            let cut = word.trim_start_matches(|c: char| c.is_ascii_digit());
            assert!(
                report.text.contains(word) || report.text.contains(cut),
                "{path}: `{word}` of the front matter is lost"
            );
        }
    }
    let (reading, findings) = parse::report(&report.path, report.text.as_bytes(), config);
    assert!(reading.is_some(), "{path}: cannot be read back");
    let sound = ["AW101", "AW102", "AW103", "AW104", "AW105", "AW106", "AW108", "AW109", "AW201", "AW202"];
    let wrong: Vec<_> = findings.iter().filter(|finding| sound.contains(&finding.rule.code)).collect();
    assert!(wrong.is_empty(), "{path}: {wrong:?}");
}

fn check(folder: &str, config: &Config) -> usize {
    let sources: BTreeMap<String, String> = inputs(folder)
        .into_iter()
        .filter_map(|input| Some((input.path, String::from_utf8(input.bytes).ok()?)))
        .collect();
    let mut reports = 0;
    for (path, outcome) in import::all(inputs(folder), &options(config)) {
        if let Outcome::Report(report) = outcome {
            nothing_lost(&format!("{folder}/{path}"), &sources[&path], &report, config);
            reports += 1;
        }
    }
    reports
}

#[test]
fn no_word_is_lost() {
    let config = defaults::config();
    for case in cases() {
        check(&case.join("in").to_string_lossy(), &config);
    }
    let shared = Path::new("../shared/corpora");
    if !shared.is_dir() {
        println!("skipped for ../shared/corpora, which is not here");
        return;
    }
    for entry in fs::read_dir(shared).expect("a folder") {
        let folder = entry.expect("an entry").path();
        if folder.is_dir() {
            assert!(check(&folder.to_string_lossy(), &config) > 0, "{}: nothing was understood", folder.display());
        }
    }
}

proptest::proptest! {
    /// Whatever a file holds, importing it ends, and what is written can be read back.
    #[test]
    fn any_text_is_imported(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..24), noise in "\\PC{0,40}") {
        let config = defaults::config();
        let text = format!("{}{noise}\n{}", pieces[..pieces.len() / 2].concat(), pieces[pieces.len() / 2..].concat());
        let input = Input { path: "incidents/2024-01-02-x.md".to_owned(), bytes: text.clone().into_bytes() };
        let zone = Some(jiff::tz::TimeZone::UTC);
        let options = Options { zone, ..options(&config) };
        for (path, outcome) in import::all(vec![input], &options) {
            if let Outcome::Report(report) = outcome {
                let (reading, _) = parse::report(&report.path, report.text.as_bytes(), &config);
                assert!(reading.is_some(), "{path}: {}", report.text);
            }
        }
    }
}

/// What files of reports are made of, whole and broken.
const PIECES: &[&str] = &[
    "---\n",
    "+++\n",
    "title: x\n",
    "title = \"x\"\n",
    "severity: [1, {a: b}]\n",
    "start_time: 2024-01-02T03:04\n",
    "# One\n",
    "## Timeline\n",
    "## Timeline: May \u{2013} June\n",
    "### 14:08\n",
    "**Impact:** ",
    "**Summary**\n",
    "| Time | Event |\n|---|---|\n",
    "| a | Date | Time |\n",
    "| 10:00 | x \\| y |\n",
    "|\n",
    "- [ ] do @it due 2024-01-01\n",
    "  - 14:?? x\n",
    "14:08 é\n",
    "```\n",
    "~~~~\n",
    "Start: 9:00 PST\n",
    "\n",
    "\r\n",
    "**Date:** 13/01/2024\n",
    "02/13/2024 - x\n",
    "Title: \u{130}x\n",
    "\u{feff}",
    "<!-- x\n",
    "## Action items\n",
    "| Action | Owner |\n",
    "key: |\n  a\n",
];
