//! Functions that read what others wrote, on mutated seeds: none panics, none takes long, and what each promises holds.
//!
//! Short in every run; `AFTERWORD_FUZZ_SECONDS=60 cargo test --release --test it fuzz:: -- --nocapture --test-threads 1` runs each
//! target so long and says how many executions there were. Inputs that once failed lie in `tests/hostile/regressions/`.

use afterword::{config, parse, snapshot::RelPath};
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

/// A generator of numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(end.max(1)).expect("a length")).expect("less than a length")
    }
}

fn mutated(dice: &mut Dice, corpus: &[String]) -> String {
    let mut chars: Vec<char> = corpus[dice.below(corpus.len())].chars().collect();
    for _ in 0..=dice.below(6) {
        let at = dice.below(chars.len() + 1);
        let end = (at + dice.below(24)).min(chars.len());
        match dice.below(5) {
            0 => drop(chars.drain(at..end)),
            1 => drop(chars.splice(at..at, PIECES[dice.below(PIECES.len())].chars())),
            2 => {
                let copied: Vec<char> = chars[at..end].to_vec();
                let to = dice.below(chars.len() + 1);
                drop(chars.splice(to..to, copied));
            }
            3 => {
                let other: Vec<char> = corpus[dice.below(corpus.len())].chars().collect();
                let from = dice.below(other.len() + 1);
                let until = (from + dice.below(200)).min(other.len());
                drop(chars.splice(at..end, other[from..until].iter().copied()));
            }
            _ => chars.truncate(at.max(16)),
        }
    }
    chars.truncate(8000);
    chars.into_iter().collect()
}

/// Runs a target on every kept input, then on mutations until the time is over.
fn fuzz(name: &str, seed: u64, target: impl Fn(&str)) {
    let seconds: Option<u64> = std::env::var("AFTERWORD_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    let mut corpus: Vec<String> = SEEDS.iter().map(|seed| (*seed).to_owned()).collect();
    for file in crate::support::files_under("tests/hostile/regressions", "") {
        corpus.push(String::from_utf8_lossy(&std::fs::read(file).expect("a kept input")).into_owned());
    }
    let (start, mut dice, mut count) = (Instant::now(), Dice(seed), 0_u64);
    let until = Duration::from_secs(seconds.unwrap_or(1));
    let run = |input: &str| {
        let (begin, kept) = (Instant::now(), std::env::temp_dir().join(format!("afterword-fuzz-{name}")));
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| target(input)));
        if outcome.is_err() || begin.elapsed() > SLOWEST {
            std::fs::write(&kept, input).expect("written");
            panic!("{name}: the input is in {}; it took {:?}", kept.display(), begin.elapsed());
        }
    };
    for input in &corpus {
        run(input);
    }
    while start.elapsed() < until {
        run(&mutated(&mut dice, &corpus));
        count += 1;
    }
    println!("{name}: {count} executions in {} s", until.as_secs());
    assert!(count > 0);
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
