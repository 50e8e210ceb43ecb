//! `<!-- afterword: allow AW512 reason -->` in a body, `# afterword: allow AW512 reason` in front matter
//! and in `site.toml`.
//!
//! Beside text it holds for its line. On a line of its own it holds for what follows, up to the next blank line.
//! `allow-file` holds for the whole file. A reason is mandatory, and what suppresses nothing is a finding, unless the rule is off.

use super::{Text, find, rules::MISWRITTEN_ALLOW, rules::UNUSED_ALLOW};
use crate::{
    config::Config,
    diag::{Diagnostic, RuleId},
    parse::lines::fence,
    snapshot::{RelPath, Span},
    tree::closest,
};
use std::ops::Range;

const MARK: &str = "afterword: allow";

#[derive(Debug)]
struct Allow {
    rule: RuleId,
    /// The comment.
    span: Span,
    covers: Range<usize>,
    used: bool,
}

/// Takes out of the findings of a file what is allowed, and reports what is allowed in vain or without a reason.
pub(super) fn apply(
    findings: Vec<Diagnostic>,
    text: Option<Text<'_>>,
    is_active: impl Fn(RuleId) -> bool,
) -> Vec<Diagnostic> {
    let Some(Text { path, text }) = text.filter(|text| text.text.contains(MARK)) else { return findings };
    let mut told = Vec::new();
    let mut allows = read(path, text, &mut told);
    let mut kept = findings;
    kept.retain(|finding| {
        let at = finding.primary().start as usize;
        let mut hit = false;
        for allow in allows.iter_mut().filter(|allow| allow.rule.code == finding.rule.code) {
            if allow.covers.contains(&at) {
                allow.used = true;
                hit = true;
            }
        }
        !hit
    });
    for allow in allows.iter().filter(|allow| !allow.used && is_active(allow.rule)) {
        let message = format!("nothing here breaks {}", allow.rule.code);
        told.push(Diagnostic::new(UNUSED_ALLOW, &allow.span, message).help("delete the comment").fix(
            "delete the comment",
            &allow.span,
            "",
        ));
    }
    kept.append(&mut told);
    kept
}

fn read(path: &RelPath, text: &str, told: &mut Vec<Diagnostic>) -> Vec<Allow> {
    let mut allows = Vec::new();
    let front_matter = match text {
        _ if *path == Config::path() => text.len(),
        text if text.starts_with("---") => text.find("\n---").unwrap_or(text.len()),
        _ => 0,
    };
    let mut open = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let fenced = start >= front_matter && fence(line, &mut open);
        let Some(comment) = comment(line, start < front_matter).filter(|_| !fenced) else { continue };
        let span = Span::new(path, start + comment.start..start + comment.end);
        let inner = line[comment.clone()].trim_start_matches(['<', '!', '-', '#', ' ']).trim_end_matches("-->");
        let words = inner.trim().trim_start_matches("afterword:").trim();
        let alone = line[..comment.start].trim().is_empty() && line[comment.end..].trim().is_empty();
        let whole = words.starts_with("allow-file");
        let covers = match (whole, alone) {
            (true, _) => 0..text.len() + 1,
            (false, true) => at..at + paragraph(&text[at..]),
            (false, false) => start..at,
        };
        match parse(words, &span) {
            Ok(rule) => allows.push(Allow { rule, span, covers, used: false }),
            Err(finding) => told.push(*finding),
        }
    }
    allows
}

/// Where the comment stands in a line.
fn comment(line: &str, front_matter: bool) -> Option<Range<usize>> {
    let mark = line.find(MARK)?;
    if front_matter {
        let start = line[..mark].rfind('#')?;
        return line[start + 1..mark].trim().is_empty().then(|| start..line.trim_end().len());
    }
    let start = line[..mark].rfind("<!--")?;
    let end = mark + line[mark..].find("-->")? + 3;
    line[start + 4..mark].trim().is_empty().then_some(start..end)
}

/// Bytes up to the next blank line.
fn paragraph(text: &str) -> usize {
    let lines = text.split_inclusive('\n').take_while(|line| !line.trim().is_empty());
    lines.map(str::len).sum()
}

fn parse(words: &str, span: &Span) -> Result<RuleId, Box<Diagnostic>> {
    let refuse = |message: String, help: String| Box::new(Diagnostic::new(MISWRITTEN_ALLOW, span, message).help(help));
    let form = "write `allow AW701 why it is fine here`";
    let mut parts = words.splitn(3, char::is_whitespace);
    let (_, rule, reason) = (parts.next(), parts.next().unwrap_or(""), parts.next().unwrap_or("").trim());
    let rule = rule.trim_end_matches(':');
    let Some(found) = find(rule) else {
        let known = super::rules::ALL.iter().flat_map(|rule| [rule.id.code, rule.id.name]);
        let help = closest(rule, known).map_or_else(|| form.to_owned(), |near| format!("did you mean `{near}`?"));
        return Err(refuse(format!("there is no rule `{rule}`"), help));
    };
    if reason.is_empty() {
        return Err(refuse(format!("no reason to allow {}", found.id.code), form.to_owned()));
    }
    Ok(found.id)
}
