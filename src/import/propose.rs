//! A site.toml proposed from reports that are there: each line says in how many files its reason was seen.

use super::{Input, Options, Outcome, name::slug};
use crate::{
    config::{Tier, defaults},
    diag::plural,
    parse::{scalar::scalar, sections::normalize},
};
use std::collections::{BTreeMap, BTreeSet};

/// The text of site.toml, and what was decided.
pub struct Proposal {
    pub toml: String,
    pub decided: Vec<String>,
    /// Whether the severities are those that hold without a word.
    pub usual_severities: bool,
}

/// What one file says that site.toml may need.
#[derive(Debug, Default)]
pub struct Facts {
    pub severity: Option<String>,
    pub services: Vec<String>,
    pub team: Option<String>,
    /// Headings that name no known section.
    pub headings: Vec<String>,
}

/// The severity and the service of reports that state none, where site.toml has them.
pub const UNRATED: &str = "unrated";
pub const UNASSIGNED: &str = "unassigned";

/// Abbreviations of zones and the region that most likely writes them.
const ZONES: &[(&str, &str)] = &[
    ("UTC", "UTC"),
    ("BST", "Europe/London"),
    ("CET", "Europe/Berlin"),
    ("CEST", "Europe/Berlin"),
    ("PST", "America/Los_Angeles"),
    ("PDT", "America/Los_Angeles"),
    ("PT", "America/Los_Angeles"),
    ("US/Pacific", "America/Los_Angeles"),
    ("EST", "America/New_York"),
    ("EDT", "America/New_York"),
    ("ET", "America/New_York"),
    ("US/Eastern", "America/New_York"),
    ("CST", "America/Chicago"),
    ("CDT", "America/Chicago"),
    ("IST", "Asia/Kolkata"),
    ("JST", "Asia/Tokyo"),
    ("AEST", "Australia/Sydney"),
    ("AEDT", "Australia/Sydney"),
];

/// Words of severities from most to least severe; those of one row are alike.
const RANKS: &[&[&str]] = &[
    &["sev0", "p0", "s0", "0", "blocker", "catastrophic"],
    &["sev1", "p1", "s1", "1", "critical", "down", "highest", "emergency"],
    &["sev2", "p2", "s2", "2", "major", "high", "severe"],
    &["sev3", "p3", "s3", "3", "medium", "moderate", "disrupted", "degraded", "partial"],
    &["sev4", "p4", "s4", "4", "minor", "low"],
    &["sev5", "p5", "s5", "5", "trivial", "lowest", "notice", "info", "informational"],
];

/// What a word in a heading says about its section.
const KEYWORDS: &[(&str, &str)] = &[
    ("timeline", "timeline"),
    ("chronolog", "timeline"),
    ("root cause", "contributing-factors"),
    ("contributing", "contributing-factors"),
    ("impact", "impact"),
    ("summary", "summary"),
    ("lesson", "lessons"),
    ("learned", "lessons"),
    ("went well", "went-well"),
    ("went wrong", "was-difficult"),
    ("lucky", "luck"),
    ("detect", "detection"),
    ("trigger", "trigger"),
    ("resolution", "response"),
    ("mitigat", "response"),
    ("recovery", "response"),
    ("action item", "actions"),
    ("actions", "actions"),
    ("action plan", "actions"),
    ("follow up", "actions"),
    ("next step", "actions"),
    ("communicat", "communication"),
    ("background", "background"),
    ("related files", "sources"),
    ("related links", "sources"),
    ("related issues", "sources"),
    ("references", "sources"),
];

/// At most so many services are written down.
const SERVICES: usize = 300;

/// Looks at a folder of reports as an import would.
#[must_use]
pub fn propose(inputs: Vec<Input>, title: &str, profile: &str) -> Proposal {
    let mut config = defaults::config();
    config.severities.clear();
    let texts: Vec<Vec<u8>> = inputs.iter().map(|input| input.bytes.clone()).collect();
    let options = Options { config: &config, zone: None, services: Vec::new(), to: "reports".to_owned() };
    let found = super::all(inputs, &options).into_iter().filter_map(|(_, outcome)| match outcome {
        Outcome::Report(report) => Some(report.facts),
        Outcome::Skipped(_) => None,
    });
    let facts: Vec<Facts> = found.collect();
    let mut decided = vec![format!("{} reports were read", facts.len())];
    let mut toml = format!(
        "# Proposed from {} reports. Every line may be changed; `afterword check` says when one cannot be read.\n\
         title = {}\nprofile = {}   # old reports are held to little; raise it to `standard` later\n",
        facts.len(),
        quoted(title),
        quoted(profile),
    );
    toml.push_str(&zone(&texts, &mut decided));
    let severities = severities(&facts, &mut decided);
    let usual_severities = facts.iter().all(|facts| facts.severity.is_none());
    toml.push_str(&severities);
    toml.push_str(&services(&facts, &mut decided));
    toml.push_str(&sections(&facts, &mut decided));
    Proposal { toml, decided, usual_severities }
}

fn quoted(text: &str) -> String {
    let value = scalar(text);
    if value.starts_with('"') { value.replace("\\x", "\\u00") } else { format!("\"{value}\"") }
}

fn count<T: Ord>(items: impl Iterator<Item = T>) -> Vec<(T, usize)> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    items.for_each(|item| *counts.entry(item).or_default() += 1);
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}

fn files(count: usize) -> String {
    plural(count, "file")
}

/// The zone that most texts name beside a clock.
fn zone(texts: &[Vec<u8>], decided: &mut Vec<String>) -> String {
    let named = texts.iter().flat_map(|text| {
        let text = String::from_utf8_lossy(text).into_owned();
        let lines = text.lines().filter(|line| line.contains(':') || line.to_lowercase().contains("time"));
        let is_edge = |c: char| !c.is_ascii_alphanumeric() && c != '/';
        let words = lines.flat_map(|line| line.split(is_edge));
        let found = words.filter_map(|word| ZONES.iter().find(|(name, _)| *name == word)).map(|(_, region)| *region);
        found.collect::<BTreeSet<_>>()
    });
    let counts = count(named);
    let Some((region, seen)) = counts.first() else {
        decided.push("time zone: none is named; UTC was written".to_owned());
        return "time_zone = \"UTC\"   # no file names a zone\n".to_owned();
    };
    let others: Vec<String> = counts[1..].iter().map(|(region, count)| format!("{region} in {count}")).collect();
    let others = if others.is_empty() { String::new() } else { format!(", {}", others.join(", ")) };
    decided.push(format!("time zone: {region}, named in {}{others}", files(*seen)));
    format!("time_zone = \"{region}\"   # named in {}{others}\n", files(*seen))
}

fn rank(word: &str) -> usize {
    let joined = word.to_lowercase().replace(['-', ' ', '_'], "");
    RANKS.iter().position(|row| row.contains(&joined.as_str())).unwrap_or(RANKS.len())
}

/// Severities in their order; nothing where none is stated.
fn severities(facts: &[Facts], decided: &mut Vec<String>) -> String {
    let words = count(facts.iter().filter_map(|facts| facts.severity.as_deref()).map(str::to_lowercase));
    let mut groups: BTreeMap<(usize, String), Vec<(String, usize)>> = BTreeMap::new();
    for (word, count) in words {
        let id = slug(&word);
        let id = if id.bytes().all(|b| b.is_ascii_digit()) { format!("sev{id}") } else { id };
        groups.entry((rank(&word), id)).or_default().push((word, count));
    }
    if groups.is_empty() {
        decided.push("severities: no file states one; sev1 to sev4 were written".to_owned());
        return usual() + &unrated(facts);
    }
    let names: Vec<&str> = groups.keys().map(|(_, id)| id.as_str()).collect();
    decided.push(format!("severities, from most to least severe: {}", names.join(", ")));
    let last = groups.len() - 1;
    let mut text = "\n# From most to least severe; the order of the tables is the order of severity.\n".to_owned();
    for (n, ((rank, id), words)) in groups.iter().enumerate() {
        let tier = match n {
            0 => "high",
            n if n == last => "low",
            _ => "medium",
        };
        let seen: usize = words.iter().map(|(_, count)| count).sum();
        let unsure = if *rank == RANKS.len() { "; its place in the order is a guess" } else { "" };
        let aliases: Vec<String> =
            words.iter().map(|(word, _)| word).filter(|word| *word != id).map(|word| quoted(word)).collect();
        text.push_str(&format!("[severities.{id}]   # {}{unsure}\ntier = \"{tier}\"\n", files(seen)));
        if !aliases.is_empty() {
            text.push_str(&format!("aliases = [{}]\n", aliases.join(", ")));
        }
    }
    text + &unrated(facts)
}

/// The severities that hold where nothing is said, written out.
fn usual() -> String {
    let mut text = "\n# No file states a severity; these are the usual ones.\n".to_owned();
    for severity in defaults::severities() {
        let aliases: Vec<String> = severity.aliases.iter().map(|word| quoted(word)).collect();
        let tier = Tier::ALL.iter().find(|(_, tier)| *tier == severity.tier).map_or("medium", |(word, _)| word);
        let (id, name, aliases) = (&severity.id.value, quoted(&severity.name), aliases.join(", "));
        text.push_str(&format!("[severities.{id}]\nname = {name}\ntier = \"{tier}\"\naliases = [{aliases}]\n"));
    }
    text
}

/// What an import writes where a text states no severity, so that its report can be published at once.
fn unrated(facts: &[Facts]) -> String {
    let none = facts.iter().filter(|facts| facts.severity.is_none()).count();
    if none == 0 {
        return String::new();
    }
    format!(
        "[severities.{UNRATED}]   # not stated in {}; `import` writes this there until somebody knows better\n\
         name = \"Not rated\"\ntier = \"low\"\n",
        files(none)
    )
}

/// Services under short ids, with the spellings found and the team where files agree on one.
fn services(facts: &[Facts], decided: &mut Vec<String>) -> String {
    let mut found: BTreeMap<String, (BTreeSet<String>, usize, BTreeSet<String>)> = BTreeMap::new();
    for facts in facts {
        for service in &facts.services {
            let entry = found.entry(slug(service)).or_default();
            entry.0.insert(service.clone());
            entry.1 += 1;
            entry.2.extend(facts.team.clone().filter(|_| facts.services.len() == 1));
        }
    }
    let least = if found.len() > SERVICES { 2 } else { 1 };
    let all = found.len();
    found.retain(|_, (_, count, _)| *count >= least);
    decided.push(match (all, found.len()) {
        (0, _) => "services: no file states one".to_owned(),
        (all, kept) if all == kept => format!("services: {kept}"),
        (all, kept) => format!("services: {kept}, and {} named in one file alone were left out", all - kept),
    });
    let teams: BTreeSet<&String> =
        found.values().filter(|(.., teams)| teams.len() == 1).flat_map(|(.., teams)| teams).collect();
    let mut text = String::new();
    let none = facts.iter().filter(|facts| facts.services.is_empty()).count();
    if none > 0 {
        let why = "`import` writes this there until somebody knows better";
        text.push_str(&format!(
            "\n[services.{UNASSIGNED}]   # not stated in {}; {why}\nname = \"Not assigned\"\n",
            files(none)
        ));
    }
    for team in teams {
        text.push_str(&format!("\n[teams.{}]\nname = {}\n", slug(team), quoted(team)));
    }
    for (id, (spellings, count, teams)) in &found {
        let name = spellings.first().cloned().unwrap_or_default();
        text.push_str(&format!("\n[services.{id}]   # {}\nname = {}\n", files(*count), quoted(&name)));
        let aliases: Vec<String> = spellings.iter().filter(|word| *word != id).map(|word| quoted(word)).collect();
        if !aliases.is_empty() {
            text.push_str(&format!("aliases = [{}]\n", aliases.join(", ")));
        }
        if let (1, Some(team)) = (teams.len(), teams.first()) {
            text.push_str(&format!("team = \"{}\"\n", slug(team)));
        }
    }
    text
}

/// Headings of several files that a word gives away; the others are listed.
fn sections(facts: &[Facts], decided: &mut Vec<String>) -> String {
    let headings =
        facts.iter().flat_map(|facts| facts.headings.iter().map(|text| normalize(text)).collect::<BTreeSet<_>>());
    let recurring = count(headings).into_iter().filter(|(heading, count)| *count > 1 && !heading.is_empty());
    let mut placed: BTreeMap<&str, Vec<(String, usize)>> = BTreeMap::new();
    let mut open = Vec::new();
    for (heading, count) in recurring {
        match KEYWORDS.iter().find(|(word, _)| heading.contains(word)) {
            Some((_, section)) => placed.entry(section).or_default().push((heading, count)),
            None => open.push((heading, count)),
        }
    }
    let mut text = String::new();
    if !(placed.is_empty() && open.is_empty()) {
        text.push_str("\n# Headings that name a section in other words.\n[sections]\n");
    }
    for (section, words) in &placed {
        let aliases: Vec<String> = words.iter().map(|(word, _)| quoted(word)).collect();
        let seen: Vec<String> = words.iter().map(|(_, count)| count.to_string()).collect();
        decided.push(format!("section {section}: also {}", aliases.join(", ")));
        text.push_str(&format!("{section} = [{}]   # files: {}\n", aliases.join(", "), seen.join(", ")));
    }
    for (heading, count) in &open {
        text.push_str(&format!("# no section was found for {}, in {}\n", quoted(heading), files(*count)));
    }
    if !open.is_empty() {
        decided.push(format!("headings without a section, listed at the end of site.toml: {}", open.len()));
    }
    text
}
