//! Functions that read what others wrote, on mutated seeds under proptest: none panics, none takes long, and what each
//! promises holds.
//!
//! Each target runs for `AFTERWORD_FUZZ_SECONDS`: 5 where nothing is said, as in an everyday `./test`; that with
//! `AFTERWORD_GATES=full` says 60. Targets are tests of their own, so that as many run side by side as there are cores. The program
//! is then that of the tests, not an optimized one: `AFTERWORD_FUZZ_SECONDS=60 cargo test --release --test it fuzz:: -- --nocapture`
//! tries more. What is tried is the same in every run, as far as the time goes. An input that fails is made smaller and kept;
//! those that once failed lie in `tests/hostile/regressions/`.

use afterword::{config, parse, snapshot::RelPath};
use proptest::{
    prelude::{Strategy, any},
    sample::Index,
    test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner},
};
use std::time::{Duration, Instant};

#[path = "../../fuzz/targets.rs"]
mod targets;

/// No input of these sizes may take longer, in a debug build on a busy machine.
const SLOWEST: Duration = Duration::from_secs(5);

const SEEDS: &[&str] = &[
    include_str!("../audience/full.md"),
    include_str!("../audience/public.md"),
    include_str!("../hostile/report.md"),
    include_str!("../hostile/payloads.txt"),
    "title = \"T\"\nprofile = \"strict\"\n[services.checkout]\nname = \"C\"\naliases = [\"x\"]\n[rules.AW701]\nlevel = \"off\"\nreason = \"r\"\n",
    "## Timeline\n\n| Time | Event |\n|---|---|\n| 08:12 | Down |\n| 8:30 PST | **Up** |\n\n- 09:00 — seen\n- [10:12 UTC] gone\n",
    "a %0A::error file=x,line=1::y\r\n##[error] \u{1b}[31m \u{202e}",
    "GET /a%20b/?q=1 HTTP/1.1\r\nHost: 127.0.0.1:4321\r\nOrigin: http://localhost:4321\r\nConnection: close\r\n\r\n",
    "\"connection pool\" service:checkout sev:sev1 -retry before:2025-01-01 edge-api-50.prod SQLSTATE 40001 tiemout",
];

/// What may break a parser of text.
const PIECES: &[&str] = &[
    "---\n",
    "\n",
    "\r",
    "\0",
    "\u{feff}",
    "[",
    "{",
    "]: ",
    "- ",
    "|",
    "```",
    "<!--",
    "-->",
    "&",
    "*anchor",
    "!!tag ",
    "\"",
    "'",
    "\\",
    "é",
    "🔥",
    "\u{2028}",
    "2024-13-40T25:61:61+99:99",
    "1e999",
    "-0",
    "0x",
    "~",
    ":",
    "#",
    "![",
    "](",
    "<!-- afterword: internal -->",
    "<!-- /internal -->",
    "[^a]",
    "\t",
    "%00",
    "::",
    "9999999999999999999",
    "\u{202e}",
    "$",
    "{{",
    "}}",
    "| - |",
];

/// What is done to a text, where and how far, and what is taken for it.
#[derive(Clone, Debug)]
enum Edit {
    Remove(Index, usize),
    Insert(Index, Index),
    Copy(Index, usize, Index),
    /// A part of another seed.
    Splice(Index, usize, Index, Index, usize),
    Cut(Index),
}

fn edits() -> impl Strategy<Value = (Index, Vec<Edit>)> {
    let (at, far) = (any::<Index>, || 0..24_usize);
    let edit = proptest::prop_oneof![
        (at(), far()).prop_map(|(at, far)| Edit::Remove(at, far)),
        (at(), at()).prop_map(|(at, piece)| Edit::Insert(at, piece)),
        (at(), far(), at()).prop_map(|(at, far, to)| Edit::Copy(at, far, to)),
        (at(), far(), at(), at(), 0..200_usize)
            .prop_map(|(at, far, seed, from, long)| Edit::Splice(at, far, seed, from, long)),
        at().prop_map(Edit::Cut),
    ];
    (at(), proptest::collection::vec(edit, 1..7))
}

fn mutated(corpus: &[Vec<char>], (seed, edits): &(Index, Vec<Edit>)) -> String {
    let mut chars = seed.get(corpus).clone();
    for edit in edits {
        let place = |at: &Index| at.index(chars.len() + 1);
        let part = |at: &Index, far: usize| place(at)..(place(at) + far).min(chars.len());
        match edit {
            Edit::Remove(at, far) => drop(chars.drain(part(at, *far))),
            Edit::Insert(at, piece) => drop(chars.splice(part(at, 0), piece.get(PIECES).chars())),
            Edit::Copy(at, far, to) => {
                let (copied, to) = (chars[part(at, *far)].to_vec(), part(to, 0));
                drop(chars.splice(to, copied));
            }
            Edit::Splice(at, far, seed, from, long) => {
                let other = seed.get(corpus);
                let from = from.index(other.len() + 1);
                let until = (from + long).min(other.len());
                drop(chars.splice(part(at, *far), other[from..until].iter().copied()));
            }
            Edit::Cut(at) => chars.truncate(place(at).max(16)),
        }
    }
    chars.truncate(8000);
    chars.into_iter().collect()
}

/// Runs a target on every kept input, then on mutations until the time is over.
fn fuzz(name: &str, seed: u8, target: impl Fn(&str)) {
    /// Between two looks at the clock.
    const CASES: u32 = 64;
    let seconds = std::env::var("AFTERWORD_FUZZ_SECONDS").ok();
    let seconds = seconds.map_or(5, |text| text.parse().expect("AFTERWORD_FUZZ_SECONDS is a number of seconds"));
    let mut corpus: Vec<String> = SEEDS.iter().map(|seed| (*seed).to_owned()).collect();
    for file in crate::support::files_under("tests/hostile/regressions", "") {
        corpus.push(String::from_utf8_lossy(&std::fs::read(file).expect("a kept input")).into_owned());
    }
    let run = |input: &str| {
        let begin = Instant::now();
        target(input);
        if begin.elapsed() > SLOWEST {
            return Err(TestCaseError::fail(format!("it took {:?}", begin.elapsed())));
        }
        Ok(())
    };
    for input in &corpus {
        run(input).expect("a seed");
    }
    let corpus: Vec<Vec<char>> = corpus.iter().map(|text| text.chars().collect()).collect();
    let config = Config { cases: CASES, failure_persistence: None, max_shrink_time: 60_000, ..Config::default() };
    let (start, mut count) = (Instant::now(), 0_u64);
    while start.elapsed() < Duration::from_secs(seconds) {
        let mut from = [seed; 32];
        from[..8].copy_from_slice(&count.to_le_bytes());
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &from);
        match TestRunner::new_with_rng(config.clone(), rng).run(&edits(), |edits| run(&mutated(&corpus, &edits))) {
            Ok(()) => count += u64::from(CASES),
            Err(TestError::Fail(why, edits)) => {
                let kept = std::env::temp_dir().join(format!("afterword-fuzz-{name}"));
                std::fs::write(&kept, mutated(&corpus, &edits)).expect("written");
                panic!("{name}: the input is in {}: {why}", kept.display());
            }
            Err(TestError::Abort(why)) => panic!("{name}: {why}"),
        }
    }
    println!("{name}: {count} executions in {seconds} s");
    assert!(count > 0 || seconds == 0);
}

#[test]
fn a_target_that_fails_is_told_with_a_small_input() {
    let outcome = std::panic::catch_unwind(|| fuzz("fails", 1, |input| assert!(!input.contains("#\u{202e}"), "seen")));
    let said = outcome.expect_err("found").downcast::<String>().expect("a text");
    let kept = std::env::temp_dir().join("afterword-fuzz-fails");
    let input = std::fs::read_to_string(&kept).expect("kept");
    assert!(said.contains("seen") && input.contains("#\u{202e}"), "{said}");
    let _ = std::fs::remove_file(kept);
}

macro_rules! targets {
    ($($name:ident $seed:literal),*) => {$(
        #[test]
        fn $name() {
            fuzz(stringify!($name), $seed, targets::$name);
        }
    )*};
}

targets!(
    front_matter 11, markdown 12, whole_file 13, timeline 14, site_toml 15, check 16, annotations 17, http_head 18,
    search_query 19
);

/// Four times the size takes at most six times as long: best of five, so that other programs do not count.
#[test]
fn pathological_input_takes_time_in_proportion() {
    let path = RelPath::new("reports/2024/2024-01-01-x.md").expect("a path");
    let config = config::parse(None).0;
    let repeated = |unit: &'static str| move |n: usize| unit.repeat(n / unit.len().max(1));
    let front: &[&str] = &[
        "[", "{a: ", "- ", "? ", "a: &a [", "*a ", "!!x ", "\"", "'", "|\n", "a: |\n ", "# ", "a:\n", "- - ", "[[],",
        "{},", "<<: ", "a: b\n", "%x\n", "\t",
    ];
    let bodies: &[&str] = &[
        "[",
        "]",
        "![",
        "[a](",
        "<",
        "<!--",
        "<!-- afterword: internal -->",
        "<!-- /internal -->",
        "<!-- afterword: allow AW701 ",
        "*a ",
        "**",
        "_a_",
        "*_",
        "`",
        "`a``",
        "~~~\n",
        "> ",
        "- ",
        "1. ",
        "#",
        "# a\n",
        "a\n=\n",
        "|a",
        "| a |\n|---|\n",
        "|-",
        "[^a]",
        "[^a]: ",
        "[a]: b\n",
        "[a][",
        "&",
        "&amp;",
        "\\",
        "http://",
        "www.",
        "a@b.",
        "<a ",
        "</",
        "<?",
        "<![CDATA[",
        "  ",
        "\t",
        "\n",
        "- [ ] ",
        "08:00 ",
        "2024-01-01 ",
        "a ",
        "AKIA",
        "1.1.1.1 ",
        "it should have ",
        "<!",
        "((",
        "{",
        "é",
        "\u{202e}",
    ];
    let time = |text: &str| {
        let mut best = Duration::MAX;
        for _ in 0..5 {
            let start = Instant::now();
            let _ = parse::file_of(&path, text.as_bytes(), &config);
            best = best.min(start.elapsed());
        }
        best
    };
    let head = "---\ntitle: A\nseverity: sev1\nservices: [a]\nstarted_at: 2024-01-01T08:00:00Z\n";
    let mut wrong = Vec::new();
    let mut judge = |unit: &'static str, of: &dyn Fn(String) -> String| {
        // Below some milliseconds it is the clock that is measured; other programs may fall into one measurement, not into four.
        let grows = || {
            let [small, large] = [8_000, 32_000].map(|n| time(&of(repeated(unit)(n))));
            (large > small * 6 && large > Duration::from_millis(100)).then_some((small, large))
        };
        if let Some((small, large)) = (0..4).map_while(|_| grows()).nth(3) {
            wrong.push(format!("{unit:?}: {small:?} then {large:?}"));
        }
    };
    for unit in front {
        judge(unit, &|text| format!("---\n{text}\n---\n"));
    }
    for unit in bodies {
        judge(unit, &|text| format!("{head}---\n\n## Summary\n\n{text}\n"));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
