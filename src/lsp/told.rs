//! Findings as the protocol has them.

use super::repository::Repository;
use crate::{
    diag::{self, Level},
    lint::rules,
    snapshot::RelPath,
};
use lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, NumberOrString,
};

/// What is wrong in a file.
#[must_use]
pub fn diagnostics(repository: &Repository, path: &RelPath) -> Vec<Diagnostic> {
    let lines = repository.lines(path);
    let findings = repository.live.findings(path);
    findings.iter().map(|finding| one(repository, finding, lines.range(finding.primary().range()))).collect()
}

/// One finding, at a place that was already counted.
#[must_use]
pub fn one(repository: &Repository, finding: &diag::Diagnostic, range: lsp_types::Range) -> Diagnostic {
    let severity = match finding.level {
        Level::Error => DiagnosticSeverity::ERROR,
        Level::Warning => DiagnosticSeverity::WARNING,
        Level::Info => DiagnosticSeverity::INFORMATION,
    };
    let also = finding.others().iter().filter_map(|label| {
        let message = if label.text.is_empty() { "here".to_owned() } else { label.text.clone() };
        Some(DiagnosticRelatedInformation { location: repository.location(&label.span)?, message })
    });
    let also: Vec<_> = also.collect();
    let unused = finding.rule.code == rules::UNUSED_ALLOW.code;
    Diagnostic {
        range,
        severity: Some(severity),
        code: Some(NumberOrString::String(finding.rule.code.to_owned())),
        code_description: page(repository, finding.rule.code),
        source: Some("afterword".to_owned()),
        message: message(finding),
        related_information: (!also.is_empty()).then_some(also),
        tags: unused.then(|| vec![DiagnosticTag::UNNECESSARY]),
        data: None,
    }
}

fn message(finding: &diag::Diagnostic) -> String {
    let label = &finding.labels[0].text;
    let label = if label.is_empty() { String::new() } else { format!(" ({label})") };
    let help = finding.help.as_ref().map_or_else(String::new, |help| format!("\n{help}"));
    format!("{}{label}{help}", finding.message)
}

/// The rule's page on the published site.
fn page(repository: &Repository, code: &str) -> Option<CodeDescription> {
    let site = &repository.live.config().base_url;
    let href = (!site.is_empty()).then(|| format!("{site}rules/{code}/").parse().ok()).flatten()?;
    Some(CodeDescription { href })
}
