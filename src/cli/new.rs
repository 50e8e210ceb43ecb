//! `afterword new`: a report to fill in, with the sections that its severity requires.

use super::{Context, USAGE, note, print};
use crate::{
    analyze::{
        self,
        similar::{Document, Index},
    },
    config::{self, Config},
    diag::sanitize::sanitize,
    disk,
    import::name::slug,
    model::{Visibility, sections},
    pipeline,
    snapshot::Snapshot,
    tree::closest,
};
use anyhow::Context as _;
use std::{
    fs,
    io::{BufRead, IsTerminal, Write},
};

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: afterword new \"Checkout errors after cache node loss\" --severity sev2 --service checkout --started-at 2024-03-01T08:12:00Z"
)]
pub struct Args {
    /// What happened, in a line; asked for on a terminal where it is left out
    title: Option<String>,
    /// One of the severities of site.toml
    #[arg(long)]
    severity: Option<String>,
    /// An affected service; may be given several times
    #[arg(long = "service")]
    services: Vec<String>,
    /// When the impact began, with an offset [default: the date alone]
    #[arg(long)]
    started_at: Option<String>,
}

pub fn run(args: &Args, context: &Context) -> anyhow::Result<u8> {
    let snapshot = disk::read(&context.root, context.today)?;
    let (config, _) = config::parse(snapshot.files.get(&Config::path()));
    let Some(title) = args.title.clone().or_else(|| ask("What happened, in a line?")) else {
        note("a title is needed: afterword new \"Checkout errors after cache node loss\"");
        return Ok(USAGE);
    };
    let ids = config.severities.iter().map(|severity| severity.id.value.as_str()).collect::<Vec<_>>();
    let written = args.severity.clone().or_else(|| ask(&format!("How severe? ({})", ids.join(", "))));
    let written = written.unwrap_or_else(|| ids.last().map_or("sev3", |id| *id).to_owned());
    let Some(severity) = config.severity(&written) else {
        let hint =
            closest(&written, ids.iter().copied()).map_or_else(|| ids.join(", "), |id| format!("did you mean `{id}`?"));
        note(&format!("there is no severity `{written}`; {hint}"));
        return Ok(USAGE);
    };
    let services = if args.services.is_empty() {
        ask("Which services? (separated by commas)").into_iter().collect()
    } else {
        args.services.clone()
    };
    let services: Vec<&str> =
        services.iter().flat_map(|list| list.split(',')).map(str::trim).filter(|id| !id.is_empty()).collect();
    let started = args.started_at.clone().unwrap_or_else(|| context.today.to_string());
    let Some(day) = day(&started) else {
        note(&format!("`{started}` is not a date or a time with an offset; write it as 2024-03-01T08:12:00Z"));
        return Ok(USAGE);
    };
    for unknown in services.iter().filter(|id| config.service(id).is_none()) {
        let hint = closest(unknown, config.services.keys().map(String::as_str));
        let hint = hint.map_or_else(String::new, |id| format!("; did you mean `{id}`?"));
        note(&format!("site.toml knows no service `{unknown}`{hint}"));
    }
    let path = context.root.join(format!("{}/{}/{day}-{}.md", config.reports_dir, &day[..4], slug(&title)));
    if path.exists() {
        note(&format!("{} is there already; nothing was written", path.display()));
        return Ok(USAGE);
    }
    let text = report(&title, &severity.id.value, &services, &started, &severity.sections);
    let folder = path.parent().context("a report has a folder")?;
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let mut file = fs::File::create_new(&path).with_context(|| format!("cannot create {}", path.display()))?;
    file.write_all(text.as_bytes()).with_context(|| format!("cannot write {}", path.display()))?;
    print(&format!("{}\n", path.display()))?;
    tell_similar(&snapshot, &title, &services);
    note("fill it in and run `afterword check`; it stays out of published numbers while its status is draft");
    Ok(0)
}

/// Earlier incidents that a responder may want to read now.
fn tell_similar(snapshot: &Snapshot, title: &str, services: &[&str]) {
    const MOST: usize = 3;
    let checked = pipeline::check(snapshot);
    let corpus = pipeline::published(&checked, Visibility::Restricted);
    let index = Index::of(&checked.config, analyze::counted(&corpus));
    let found = index.like_document(&Document::of_words(&checked.config, title, services), MOST);
    if !found.is_empty() {
        note("earlier incidents like it:");
    }
    for found in found {
        note(&sanitize(&format!("  {}: {} ({})", found.report.path, found.report.title.value, found.why())));
    }
}

/// The day of a date, or of a time with an offset.
fn day(started: &str) -> Option<&str> {
    let day = started.get(..10).filter(|day| day.parse::<jiff::civil::Date>().is_ok())?;
    (started == day || started.parse::<jiff::Timestamp>().is_ok()).then_some(day)
}

/// An id as it stands in a list of YAML: quoted where it is not a plain word.
fn plain(id: &str) -> String {
    let is_word = id.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
    let reads_as_text = id.starts_with(|c: char| c.is_ascii_alphabetic())
        && !["no", "yes", "on", "off", "true", "false", "null"].contains(&id);
    if is_word && reads_as_text { id.to_owned() } else { serde_json::Value::from(id).to_string() }
}

/// Asks on a terminal; elsewhere nothing is asked.
fn ask(question: &str) -> Option<String> {
    if !std::io::stdin().is_terminal() {
        return None;
    }
    let _ = write!(std::io::stderr(), "{question} ");
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer).ok()?;
    let answer = answer.trim();
    (!answer.is_empty()).then(|| answer.to_owned())
}

fn report(title: &str, severity: &str, services: &[&str], started: &str, required: &[&str]) -> String {
    let title = serde_json::Value::from(title);
    let mut text = format!(
        "---\ntitle: {title}\nseverity: {severity}\nstatus: draft\nservices: [{}]\nstarted_at: {started}\n# detected_at: 2024-03-01T08:19:00Z\n\
         # mitigated_at:\n# resolved_at:\n# detected_by: alert   # alert, synthetic, customer, employee, third-party, accident\n# factors: []\n---\n",
        services.iter().map(|id| plain(id)).collect::<Vec<_>>().join(", ")
    );
    for name in required {
        let Some(section) = sections::by_name(name) else { continue };
        text += &format!("\n## {}\n\n{}\n", section.title, hint(name).replace("2024-03-01", &started[..10]));
    }
    text
}

/// A placeholder that `check` reports until it is replaced.
fn hint(section: &str) -> &'static str {
    match section {
        "timeline" => "| Time (UTC) | Event |\n| --- | --- |\n| 2024-03-01 08:12 | … |",
        _ => sections::hint(section),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn times_and_ids() {
        assert_eq!(super::day("2024-03-01T08:12:00+01:00"), Some("2024-03-01"));
        assert_eq!(super::day("2024-03-01"), Some("2024-03-01"));
        assert_eq!(super::day("2024-03-01T08:12:00"), None);
        assert_eq!(super::day("2024-03-01\nfoo: bar"), None);
        assert_eq!(super::plain("checkout"), "checkout");
        assert_eq!(super::plain("a, b]"), "\"a, b]\"");
        assert_eq!(super::plain("no"), "\"no\"");
    }

    #[test]
    fn slugs_are_addresses() {
        assert_eq!(crate::import::name::slug("Checkout: 500s & \"slow\" — für alle"), "checkout-500s-slow-f-r-alle");
        assert_eq!(crate::import::name::slug("!!!"), "incident");
        assert!(crate::import::name::slug(&"word ".repeat(50)).len() <= 60);
    }
}
