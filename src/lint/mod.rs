//! Rules over reports and over the whole corpus.
//!
//! A rule never states its code or level when it reports: [`Ctx`] does, and overrides are applied in one place, [`run`].

use crate::{
    config::{Config, Profile},
    diag::{Diagnostic, Level, RuleId},
    model::{Prose, Report, corpus::Corpus},
    snapshot::{RelPath, Span},
};
use jiff::civil::Date;
use rayon::prelude::*;

mod allow;
pub mod language;
pub mod links;
pub mod rules;
pub mod secrets;

/// A rule: a value in the table `rules::ALL`.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    pub id: RuleId,
    /// The first profile in which it is on.
    pub profile: Profile,
    pub fixes: Fixes,
    /// The version that brought it.
    pub since: &'static str,
    /// Where the advice comes from.
    pub source: &'static str,
    /// Markdown with the headings What, Why, Bad, Good, Fix.
    pub explain: &'static str,
    pub check: Check,
}

/// Whether a rule's findings come with edits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fixes {
    None,
    /// `--fix`.
    Safe,
    /// `--unsafe-fixes`.
    Unsafe,
    /// Some of each.
    Both,
}

impl Fixes {
    #[must_use]
    pub const fn phrase(self) -> &'static str {
        match self {
            Self::None => "by hand",
            Self::Safe => "`--fix`",
            Self::Unsafe => "`--unsafe-fixes`",
            Self::Both => "`--fix`, and more with `--unsafe-fixes`",
        }
    }
}

/// How a rule looks at things.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// Reported while reading (`diag::reader`); here only for its explanation.
    Reader,
    Report(fn(&Report, &mut Ctx<'_>)),
    /// Each text with its links: reports, pattern pages, notes of editors.
    Prose(fn(Prose<'_>, &[links::Link], &mut Ctx<'_>)),
    Corpus(fn(&mut Ctx<'_>)),
    /// A file as it was written, front matter and all.
    Text(fn(Text<'_>, &mut Ctx<'_>)),
    /// Words in sentences of reports.
    Language(&'static language::Phrase),
}

/// A Markdown file of the repository.
#[derive(Clone, Copy, Debug)]
pub struct Text<'t> {
    pub path: &'t RelPath,
    pub text: &'t str,
}

/// What a rule may look at, and where it reports.
pub struct Ctx<'a> {
    pub config: &'a Config,
    pub corpus: &'a Corpus,
    pub today: Date,
    rule: RuleId,
    found: Vec<Diagnostic>,
}

impl Ctx<'_> {
    /// Reports a finding of the current rule; add labels, help and a fix to what comes back.
    pub fn report(&mut self, finding: impl FnOnce(RuleId) -> Diagnostic) {
        self.found.push(finding(self.rule));
    }

    /// The common case: a place and a message with advice.
    pub fn at(&mut self, span: &Span, message: impl Into<String>, help: impl Into<String>) {
        self.found.push(Diagnostic::new(self.rule, span, message).help(help));
    }
}

/// Runs every rule on everything. `texts` are the files that comments can allow findings in. `read` are the findings made while reading; all levels are then set by `site.toml`.
#[must_use]
pub fn run(config: &Config, corpus: &Corpus, today: Date, read: Vec<Diagnostic>, texts: &[Text<'_>]) -> Found {
    let ctx = |rule| Ctx { config, corpus, today, rule, found: Vec::new() };
    let active: Vec<&Rule> = rules::ALL.iter().filter(|rule| is_active(config, rule)).collect();
    let mut all = read;
    let per_report = corpus.readable().into_par_iter().map(|report| {
        let mut found = Vec::new();
        for rule in &active {
            if let Check::Report(check) = rule.check {
                let mut ctx = ctx(rule.id);
                check(report, &mut ctx);
                found.append(&mut ctx.found);
            }
        }
        found.append(&mut language::check(report, config));
        found
    });
    all.extend(per_report.collect::<Vec<_>>().into_iter().flatten());
    let per_text = corpus.prose().into_par_iter().map(|prose| {
        let links = links::of(prose);
        let mut found = Vec::new();
        for rule in &active {
            if let (Check::Prose(check), false) = (rule.check, links.is_empty()) {
                let mut ctx = ctx(rule.id);
                check(prose, &links, &mut ctx);
                found.append(&mut ctx.found);
            }
        }
        found
    });
    all.extend(per_text.collect::<Vec<_>>().into_iter().flatten());
    for rule in &active {
        if let Check::Corpus(check) = rule.check {
            let mut ctx = ctx(rule.id);
            check(&mut ctx);
            all.append(&mut ctx.found);
        }
    }
    let per_file = texts.par_iter().map(|text| {
        let mut found = Vec::new();
        for rule in &active {
            if let Check::Text(check) = rule.check {
                let mut ctx = ctx(rule.id);
                check(*text, &mut ctx);
                found.append(&mut ctx.found);
            }
        }
        found
    });
    all.extend(per_file.collect::<Vec<_>>().into_iter().flatten());
    let secrets = all.iter().filter(|finding| finding.rule.code == rules::SECRET);
    let secrets: Vec<Span> = secrets.map(|finding| finding.primary().clone()).collect();
    let all = allow::apply(all, texts, |rule| find(rule.code).is_some_and(|rule| is_active(config, rule)));
    let mut all: Vec<_> = all.into_iter().filter_map(|finding| leveled(config, finding)).collect();
    crate::diag::sort(&mut all);
    mask(&mut all, &secrets, texts);
    Found { findings: all, secrets }
}

/// Findings, and where secrets stand, whether or not a rule may tell of them.
#[derive(Debug)]
pub struct Found {
    pub findings: Vec<Diagnostic>,
    pub secrets: Vec<Span>,
}

/// Takes secrets out of what findings quote.
fn mask(findings: &mut [Diagnostic], secrets: &[Span], texts: &[Text<'_>]) {
    for secret in secrets {
        let Some(text) = texts.iter().find(|text| *text.path == secret.path) else { continue };
        let Some(words) = text.text.get(secret.range()) else { continue };
        let stars = "*".repeat(words.len());
        for finding in
            findings.iter_mut().filter(|finding| finding.labels.iter().any(|label| label.span.path == secret.path))
        {
            let quoted = [&mut finding.message]
                .into_iter()
                .chain(&mut finding.help)
                .chain(finding.labels.iter_mut().map(|label| &mut label.text));
            for quoted in quoted {
                if quoted.contains(words) {
                    *quoted = quoted.replace(words, &stars);
                }
            }
            if finding.fix.as_ref().is_some_and(|fix| {
                fix.title.contains(words) || fix.edits.iter().any(|edit| edit.replacement.contains(words))
            }) {
                finding.fix = None;
            }
        }
    }
}

/// Whether a rule can tell anything here. Secrets are looked for in any case, so that they are hidden.
fn is_active(config: &Config, rule: &Rule) -> bool {
    rule.profile <= config.profile
        || rule.id.code == rules::SECRET
        || config.rules.iter().any(|override_| override_.level.is_some() && override_.names(rule.id))
}

/// Sets the level by profile and `site.toml`; the last override that matches wins. `None` when the rule is off there.
fn leveled(config: &Config, mut finding: Diagnostic) -> Option<Diagnostic> {
    let matching = config
        .rules
        .iter()
        .rev()
        .find(|override_| override_.names(finding.rule) && applies_to(&override_.paths, finding.path()));
    if let Some(matching) = matching {
        finding.level = matching.level?;
        return Some(finding);
    }
    if find(finding.rule.code).is_some_and(|rule| rule.profile > config.profile) {
        return None;
    }
    let of_facts = ["AW2", "AW3", "AW4", "AW5", "AW6"].iter().any(|group| finding.rule.code.starts_with(group));
    if config.profile == Profile::Strict && finding.level == Level::Warning && of_facts {
        finding.level = Level::Error;
    }
    Some(finding)
}

fn applies_to(prefixes: &[String], path: &RelPath) -> bool {
    prefixes.is_empty() || prefixes.iter().any(|prefix| path.as_str().starts_with(prefix.as_str()))
}

/// A rule by its code or its name.
#[must_use]
pub fn find(written: &str) -> Option<&'static Rule> {
    let by_code = rules::ALL.binary_search_by(|rule| rule.id.code.cmp(written)).ok().map(|at| &rules::ALL[at]);
    by_code.or_else(|| {
        rules::ALL.iter().find(|rule| rule.id.code.eq_ignore_ascii_case(written) || rule.id.name == written)
    })
}

/// Whether findings stop a build: any at or above `fail_on`.
#[must_use]
pub fn fails(findings: &[Diagnostic], fail_on: Level) -> bool {
    findings.iter().any(|finding| finding.level >= fail_on)
}
