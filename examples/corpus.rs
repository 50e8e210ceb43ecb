//! Writes a deterministic corpus of reports with known planted facts, for benchmarks and tests.
//!
//! `cargo run --release --example corpus -- --reports 10000 --out DIR [--seed 1]`
//!
//! Report `i` depends only on the seed and `i`, so that a small corpus is the beginning of a large one.
//! `DIR/planted.json` says what was planted.

use afterword::stats::bootstrap::Generator;
use jiff::{SignedDuration, Timestamp, civil::date, tz::TimeZone};
use std::{fmt::Write as _, fs, path::PathBuf, process::ExitCode};

const AREAS: [&str; 12] = [
    "checkout",
    "payments",
    "search",
    "identity",
    "inventory",
    "shipping",
    "billing",
    "catalog",
    "media",
    "notify",
    "ledger",
    "pricing",
];
const PARTS: [&str; 5] = ["api", "worker", "db", "gateway", "cache"];
const FACTORS: [&str; 16] = [
    "config-push-without-staged-rollout",
    "thundering-herd",
    "retry-storm",
    "capacity",
    "monitoring-gap",
    "dns",
    "certificates",
    "cascading-failure",
    "untested-recovery",
    "slow-manual-recovery",
    "single-shared-dependency",
    "db-failover",
    "latent-bug",
    "network-change",
    "third-party-dependency",
    "alerting-failed-or-ignored",
];
/// These two go together: the second follows the first in three reports of four.
const PAIR: (&str, &str) = ("thundering-herd", "retry-storm");
const WORDS: &str = "the a of to and in for on with was by that from at after until before during service request \
latency error traffic database cache queue node cluster deploy release rollback alert region zone replica primary \
failover timeout retry connection pool thread memory disk network packet certificate token session customer order \
index shard partition consumer producer lag backlog throughput limit circuit breaker load balancer proxy gateway \
route policy key rotation schedule batch pipeline stream event schema migration lock transaction snapshot backup \
restore checksum monitor dashboard metric log trace threshold canary stage rose fell recovered restarted drained \
noticed identified applied reverted several most some second third minutes percent number rate";
const CODE: [(&str, &str); 4] = [
    ("json", "{\n  \"service\": \"%s\",\n  \"retries\": 3,\n  \"enabled\": true\n}"),
    ("yaml", "spec:\n  service: %s\n  replicas: 6 # was 8\n  strategy: rolling"),
    ("sh", "# drain and restart %s\nfor node in $(nodes); do\n  drain \"$node\" --timeout=60s\ndone"),
    ("sql", "-- lock waits on %s\nSELECT pid, now() - started AS waited\nFROM activity WHERE state = 'blocked';"),
];

/// What reports are made of: small, seeded, the same everywhere.
struct Random(Generator);

impl Random {
    fn next(&mut self) -> u64 {
        self.0.next()
    }

    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n as u64).expect("below a usize")
    }

    fn pick<'t, T>(&mut self, items: &'t [T]) -> &'t T {
        &items[self.below(items.len())]
    }

    /// Skewed minutes, most short and a few very long, as outages are.
    fn minutes(&mut self, typical: f64) -> i64 {
        let uniform = self.0.unit();
        #[expect(clippy::cast_possible_truncation, reason = "at most a few days in minutes")]
        let minutes = (typical * (-uniform.max(1e-9).ln()).powf(1.7)) as i64;
        minutes.clamp(1, 4_000)
    }

    fn sentence(&mut self, words: &[&str]) -> String {
        let length = 8 + self.below(14);
        let mut text: Vec<&str> = (0..length).map(|_| *self.pick(words)).collect();
        text.dedup();
        let mut text = text.join(" ");
        text[..1].make_ascii_uppercase();
        text + "."
    }

    fn paragraph(&mut self, words: &[&str], sentences: usize) -> String {
        (0..sentences).map(|_| self.sentence(words)).collect::<Vec<_>>().join(" ")
    }
}

/// Where a report's start lies: three years, the second half of which has half the rate.
fn start(random: &mut Random) -> Timestamp {
    let first = date(2023, 1, 1).to_zoned(TimeZone::UTC).expect("a date").timestamp();
    let half = 548 * 86_400_i64;
    let second = i64::try_from(random.next() % u64::try_from(half).expect("positive")).expect("small");
    let in_second_half = random.below(3) == 0;
    first + SignedDuration::from_secs(second + if in_second_half { half } else { 0 })
}

fn minute(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%Y-%m-%dT%H:%M:00Z").to_string()
}

fn factors(random: &mut Random) -> Vec<&'static str> {
    let mut chosen: Vec<&str> = (0..=random.below(3)).map(|_| *random.pick(&FACTORS)).collect();
    if chosen.contains(&PAIR.0) && random.below(4) < 3 {
        chosen.push(PAIR.1);
    }
    chosen.sort_unstable();
    chosen.dedup();
    chosen
}

/// What is to be done, seldom twice in the same words.
fn action(random: &mut Random, service: &str, words: &[&str]) -> String {
    let verb = random.pick(&["Add", "Alert on", "Limit", "Document", "Rehearse", "Automate", "Test", "Split", "Move"]);
    let (first, second, third) = (random.pick(words), random.pick(words), random.pick(words));
    format!("{verb} {first} {second} of {service} past {} {third}", 10 + random.below(900))
}

/// Most actions are done, some late with a reason, a few dropped; one in fifty is late and nobody says why.
fn status(random: &mut Random, mitigated: Timestamp) -> String {
    let day = |days: i64| {
        let at = mitigated + SignedDuration::from_hours(24 * days);
        at.to_zoned(TimeZone::UTC).strftime("%Y-%m-%d").to_string()
    };
    let took = 3 + i64::try_from(random.below(40)).unwrap_or(0);
    match random.below(50) {
        0 => "status: open".to_owned(),
        1..=6 => "status: open, delay_reason: competing-priorities".to_owned(),
        7..=9 => "status: dropped, dropped_reason: the service is replaced this year".to_owned(),
        _ => format!("status: done, done: {{ deployed: {0}, tested: {0}, documented: {1} }}", day(took), day(took + 1)),
    }
}

/// One report: (path below `reports/`, text).
fn report(seed: u64, i: usize, words: &[&str]) -> (String, String) {
    let mut random = Random(Generator(seed.wrapping_mul(0x1000_0000_01b3).wrapping_add(i as u64)));
    random.next();
    let service = format!("{}-{}", random.pick(&AREAS), random.pick(&PARTS));
    let started = start(&mut random);
    let late = if service.ends_with("-cache") { 45.0 } else { 6.0 };
    let detected = started + SignedDuration::from_mins(random.minutes(late));
    let mitigated = detected + SignedDuration::from_mins(random.minutes(50.0));
    let resolved = mitigated + SignedDuration::from_mins(random.minutes(40.0));
    let severity = ["sev1", "sev2", "sev2", "sev3", "sev3", "sev3"][random.below(6)];
    let factors = factors(&mut random);
    let day = started.to_zoned(TimeZone::UTC).strftime("%Y-%m-%d").to_string();
    let mut text = format!(
        "---\ntitle: Errors in {service} after {}\nseverity: {severity}\nstatus: reviewed\nservices: [{service}]\n\
         started_at: {}\ndetected_at: {}\nmitigated_at: {}\nresolved_at: {}\ndetected_by: {}\ntrigger: {}\n\
         factors: [{}]\nimpact:\n  summary: {}\n  customers: {}\nactions:\n",
        factors[0].replace('-', " "),
        minute(started),
        minute(detected),
        minute(mitigated),
        minute(resolved),
        random.pick(&["alert", "customer", "employee", "synthetic"]),
        random.pick(&["deploy", "config-change", "load", "hardware", "maintenance"]),
        factors.join(", "),
        random.sentence(words),
        random.below(90_000),
    );
    for n in 1..=2 + random.below(3) {
        let due = (mitigated + SignedDuration::from_hours(24 * 30)).to_zoned(TimeZone::UTC);
        let _ = writeln!(
            text,
            "  - {{ id: A{n}, title: {}, owner: {}, due: {}, {}, kind: {}, horizon: {} }}",
            action(&mut random, &service, words),
            service.split('-').next().unwrap_or("team"),
            due.strftime("%Y-%m-%d"),
            status(&mut random, mitigated),
            random.pick(&["detect", "prevent", "mitigate"]),
            random.pick(&["quick", "quick", "long-term"]),
        );
    }
    text.push_str("---\n\n## Summary\n\n");
    for (heading, sentences) in [("", 4), ("Impact", 6)] {
        if !heading.is_empty() {
            let _ = write!(text, "## {heading}\n\n");
        }
        let _ = write!(text, "{}\n\n", random.paragraph(words, sentences));
    }
    text.push_str("## Timeline\n\n| Time (UTC) | Event |\n| --- | --- |\n");
    let length = mitigated.as_second() - started.as_second();
    for row in 0..12_i64 {
        let at = started + SignedDuration::from_secs(length * row / 11);
        let at = at.to_zoned(TimeZone::UTC).strftime("%Y-%m-%d %H:%M").to_string();
        let _ = writeln!(text, "| {at} | {} |", random.sentence(words));
    }
    let (language, code) = random.pick(&CODE);
    let _ = write!(text, "\n## Contributing factors\n\n");
    for factor in &factors {
        let _ = writeln!(text, "- **{factor}.** {}", random.paragraph(words, 3));
    }
    let _ = write!(
        text,
        "\n## Response and recovery\n\n{}\n\n```{language}\n{}\n```\n\nError `E{:05}` on `edge-{service}-{}.prod`.\n\n",
        random.paragraph(words, 12),
        code.replace("%s", &service),
        random.below(100_000),
        random.below(99)
    );
    let _ = write!(
        text,
        "## Lessons learned\n\n- {}\n- {}\n\n## Action items\n\n{}\n",
        random.sentence(words),
        random.sentence(words),
        random.paragraph(words, 3)
    );
    (format!("{}/{day}-{service}-{i:06}.md", &day[..4]), text)
}

fn site_toml() -> String {
    let mut text = String::from("title = \"Generated reports\"\ntime_zone = \"UTC\"\n");
    for area in AREAS {
        let _ = write!(text, "\n[teams.{area}]\nname = \"Team {area}\"\n");
        for part in PARTS {
            let _ = write!(text, "\n[services.{area}-{part}]\nname = \"{area} {part}\"\nteam = \"{area}\"\n");
        }
    }
    text
}

/// Writes a repository of so many reports.
pub fn write(reports: usize, out: &std::path::Path, seed: u64) -> std::io::Result<()> {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    fs::create_dir_all(out.join("reports/_patterns"))?;
    fs::write(out.join("site.toml"), site_toml())?;
    for factor in FACTORS {
        let title = factor.replace('-', " ");
        let text = format!(
            "---\ntitle: {title}\ngroup: system\nsummary: Planted factor {title}.\n---\n\n## What it is\n\nA planted factor.\n"
        );
        fs::write(out.join(format!("reports/_patterns/{factor}.md")), text)?;
    }
    for i in 0..reports {
        let (path, text) = report(seed, i, &words);
        let path = out.join("reports").join(path);
        fs::create_dir_all(path.parent().expect("a folder"))?;
        fs::write(path, text)?;
    }
    let planted = serde_json::json!({
        "rate_halves_at": "2024-07-02", "factor_pair": [PAIR.0, PAIR.1], "pair_follows_in": 0.75,
        "detected_late": "services ending in -cache", "seed": seed, "reports": reports,
    });
    fs::write(out.join("planted.json"), format!("{planted:#}\n"))
}

#[allow(dead_code, reason = "the benchmark has its own")]
fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (mut reports, mut out, mut seed) = (1000, PathBuf::from("corpus"), 1);
    while let Some(name) = arguments.next() {
        let value = arguments.next().unwrap_or_default();
        match name.as_str() {
            "--reports" => reports = value.parse().unwrap_or(reports),
            "--out" => out = value.into(),
            "--seed" => seed = value.parse().unwrap_or(seed),
            _ => {
                eprintln!("usage: corpus --reports N --out DIR [--seed N]");
                return ExitCode::from(2);
            }
        }
    }
    match write(reports, &out, seed) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("corpus: {}: {error}", out.display());
            ExitCode::from(3)
        }
    }
}
