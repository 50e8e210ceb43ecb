//! A pull request's reports on one screen, in Markdown: what each says, what is found in it, which earlier incidents are like it.

use crate::{
    analyze::{self, similar::Index},
    config::Config,
    diag::{Diagnostic, step_summary},
    model::{Report, corpus::Corpus},
    pages::format,
    snapshot::{RelPath, Snapshot},
};
use std::cmp::Reverse;

/// Findings and reports beyond this are only counted.
const FINDINGS: usize = 12;
const REPORTS: usize = 8;
const SIMILAR: usize = 3;
const RECENT_DAYS: i64 = 90;

/// The summary of the reports at these paths. `findings` are those that the pull request brings.
#[must_use]
pub fn summary(
    config: &Config,
    corpus: &Corpus,
    snapshot: &Snapshot,
    changed: &[&RelPath],
    findings: &[Diagnostic],
) -> String {
    let reports: Vec<&Report> =
        corpus.readable().into_iter().filter(|report| changed.contains(&&report.path)).collect();
    let mut text = match reports.len() {
        0 => "### No incident report changes here\n".to_owned(),
        count => format!("### {} in this pull request\n", format::plural(count, "incident report")),
    };
    let index = Index::of(config, analyze::counted(corpus));
    for report in reports.iter().take(REPORTS) {
        text += &one(config, corpus, &index, report);
    }
    if reports.len() > REPORTS {
        text += &format!("\nand {} more.\n", reports.len() - REPORTS);
    }
    let mut worst: Vec<Diagnostic> = findings.to_vec();
    worst.sort_by_key(|finding| Reverse(finding.level));
    let more = worst.len().saturating_sub(FINDINGS);
    worst.truncate(FINDINGS);
    text.push('\n');
    text += &step_summary::summary(&worst, snapshot);
    if more > 0 {
        text += &format!("\nand {more} more; `afterword check` shows them.\n");
    }
    text
}

fn one(config: &Config, corpus: &Corpus, index: &Index, report: &Report) -> String {
    let times = &report.times;
    let since_start = |when: &Option<crate::snapshot::Spanned<crate::model::time::When>>| {
        let seconds = times.started.value.seconds_to(when.as_ref()?.value)?;
        (seconds >= 0).then(|| format::duration(seconds))
    };
    let mut facts = vec![step_summary::cell(&report.severity.value), format::when(times.started.value)];
    facts.push(match (since_start(&times.resolved), &times.resolved) {
        (Some(duration), _) => format!("lasted {duration}"),
        (None, Some(_)) => "duration not known to the minute".to_owned(),
        (None, None) => "still open".to_owned(),
    });
    facts.push(
        since_start(&times.detected).map_or("time to detect unknown".to_owned(), |t| format!("detected after {t}")),
    );
    let services: Vec<String> = report.services.iter().map(|service| step_summary::cell(&service.value)).collect();
    facts.push(services.join(", "));
    let mut text = format!("\n**{}**\n\n{}\n", step_summary::cell(&report.title.value), facts.join(" · "));
    let before = times.started.value.sort_key();
    let similar = index.like(config, report, SIMILAR, |other| other.times.started.value.sort_key() < before);
    if !similar.is_empty() {
        text += "\nEarlier incidents like it:\n\n";
        for found in similar {
            let date = format::date(found.report.times.started.value.date(&config.time_zone));
            let (title, why) = (step_summary::cell(&found.report.title.value), step_summary::cell(&found.why()));
            text += &format!("- {title} ({date}): {why}\n");
        }
    }
    text + &recent(config, corpus, report)
}

/// Reports of incidents that began before this one; what the author says is not related is left out.
fn earlier<'c>(corpus: &'c Corpus, report: &Report) -> impl Iterator<Item = &'c Report> {
    let before = report.times.started.value.sort_key();
    let (path, not_related) = (report.path.clone(), report.not_related.clone());
    corpus.reports.iter().map(AsRef::as_ref).filter(move |other: &&Report| {
        other.times.started.value.sort_key() < before
            && other.path != path
            && !not_related.iter().any(|id| id.value == other.id.value)
    })
}

/// `The third with capacity in 90 days.`
fn recent(config: &Config, corpus: &Corpus, report: &Report) -> String {
    let from = report.times.started.value.date(&config.time_zone);
    let within = |other: &&Report| {
        i64::from((from - other.times.started.value.date(&config.time_zone)).get_days()) <= RECENT_DAYS
    };
    let mut text = String::new();
    for factor in analyze::factors_of(report) {
        let count =
            earlier(corpus, report).filter(within).filter(|other| analyze::factors_of(other).contains(&factor)).count();
        if count > 0 {
            let earlier = format::plural(count, "earlier incident");
            text += &format!("\n`{}`: {earlier} in the {RECENT_DAYS} days before.\n", step_summary::cell(factor));
        }
    }
    text
}
