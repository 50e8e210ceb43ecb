//! Rules over reports and over the whole corpus.
//!
//! A rule never states its code or level when it reports: [`Ctx`] does, and overrides are applied in one place, [`finish`].

use crate::{
    config::{Config, Profile},
    diag::{Diagnostic, Fix, Level, RuleId},
    markup,
    model::{Prose, Report, corpus::Corpus},
    snapshot::{RelPath, Span},
};
use jiff::civil::Date;
use links::Target;
use rayon::prelude::*;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

mod allow;
mod bytes;
pub mod finder;
pub mod language;
pub mod links;
pub mod rules;
pub mod secrets;
pub mod triggers;

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
            Self::Safe => "with `--fix`",
            Self::Unsafe => "with `--unsafe-fixes`",
            Self::Both => "with `--fix`, and more with `--unsafe-fixes`",
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
    /// Reports as they were at an earlier revision; a run that compares with none does not look.
    Before(fn(&[Arc<Report>], &mut Ctx<'_>)),
    /// A file as it was written, front matter and all.
    Text(fn(Text<'_>, &mut Ctx<'_>)),
    /// Words in sentences of reports.
    Language(&'static language::Phrase),
}

/// A Markdown file of the repository, or `site.toml`.
#[derive(Clone, Copy, Debug)]
pub struct Text<'t> {
    pub path: &'t RelPath,
    pub text: &'t str,
}

impl Text<'_> {
    /// Whether rules over text look at a file: Markdown, and `site.toml`.
    #[must_use]
    pub fn is_at(path: &RelPath) -> bool {
        path.as_str().ends_with(".md") || *path == Config::path()
    }
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

    /// Where published texts first show or lead to each of some files beside reports.
    fn first_shown(&self, is_one: impl Fn(&RelPath) -> bool) -> BTreeMap<RelPath, Span> {
        let corpus = self.corpus;
        let mut texts: Vec<&RelPath> = corpus.written().filter(|path| corpus.is_published(path)).collect();
        texts.sort_unstable();
        let mut shown = BTreeMap::new();
        for prose in texts.into_iter().filter_map(|path| corpus.prose_at(path)) {
            for link in links::of(prose) {
                let (Target::Link(url) | Target::Image { url, .. }) = &link.target else { continue };
                if let Some(path) = self.file(prose.path, url).filter(&is_one) {
                    shown.entry(path).or_insert(link.span);
                }
            }
        }
        shown
    }

    /// The file that a link in another one leads to.
    fn file(&self, from: &RelPath, link: &str) -> Option<RelPath> {
        markup::local(self.config.place_of(from), link, |path| self.corpus.paths.contains_key(path))
    }
}

/// What rules may know beside the file they look at.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    pub config: &'a Config,
    pub corpus: &'a Corpus,
    pub today: Date,
    /// Reports that changed since an earlier revision or are gone, as they were; see [`crate::parse::before`].
    pub before: &'a [Arc<Report>],
}

impl<'a> Scope<'a> {
    fn ctx(self, rule: &Rule) -> Ctx<'a> {
        Ctx { config: self.config, corpus: self.corpus, today: self.today, rule: rule.id, found: Vec::new() }
    }

    fn active(self) -> impl Iterator<Item = &'static Rule> {
        rules::ALL.iter().filter(move |rule| is_active(self.config, rule))
    }

    /// What the rules over one file find. Nothing is allowed yet and levels are the rules' own: [`finish`] comes after.
    #[must_use]
    pub fn file(self, path: &RelPath, text: Option<Text<'_>>) -> Vec<Diagnostic> {
        let report = self.corpus.readable_at(path);
        let prose = self.corpus.prose_at(path).map(|prose| (prose, links::of(prose)));
        let prose = prose.filter(|(_, links)| !links.is_empty());
        let (mut of_report, mut of_prose, mut of_text) = (Vec::new(), Vec::new(), Vec::new());
        for rule in self.active() {
            let mut ctx = self.ctx(rule);
            match (rule.check, report, &prose, text) {
                (Check::Report(check), Some(report), ..) => {
                    check(report, &mut ctx);
                    of_report.append(&mut ctx.found);
                }
                (Check::Prose(check), _, Some((prose, links)), _) => {
                    check(*prose, links, &mut ctx);
                    of_prose.append(&mut ctx.found);
                }
                (Check::Text(check), _, _, Some(text)) => {
                    check(text, &mut ctx);
                    of_text.append(&mut ctx.found);
                }
                _ => {}
            }
        }
        of_report.extend(report.into_iter().flat_map(|report| language::check(report, self.config)));
        of_report.append(&mut of_prose);
        of_report.append(&mut of_text);
        of_report
    }

    /// What the rules over all files together find, as raw as what [`Scope::file`] gives.
    #[must_use]
    pub fn corpus(self) -> Vec<Diagnostic> {
        let mut all = Vec::new();
        for rule in self.active() {
            let mut ctx = self.ctx(rule);
            match rule.check {
                Check::Corpus(check) => check(&mut ctx),
                Check::Before(check) => check(self.before, &mut ctx),
                _ => {}
            }
            all.append(&mut ctx.found);
        }
        all
    }
}

/// Runs every rule on everything. `texts` are the files that comments can allow findings in, in the order of their
/// paths. `read` are the findings made while reading; all levels are then set by `site.toml`.
#[must_use]
pub fn run(scope: Scope<'_>, read: Vec<Diagnostic>, texts: &[Text<'_>]) -> Found {
    let Scope { config, corpus, .. } = scope;
    let text_at = |path: &RelPath| texts.binary_search_by(|text| text.path.cmp(path)).ok().map(|at| texts[at]);
    let paths: BTreeSet<&RelPath> = texts.iter().map(|text| text.path).chain(corpus.written()).collect();
    let found = || paths.into_par_iter().flat_map_iter(|path| scope.file(path, text_at(path))).collect::<Vec<_>>();
    let (over, found) = rayon::join(|| scope.corpus(), found);
    let mut found = by_path(read.into_iter().chain(found).chain(over));
    for text in texts.iter().filter(|text| !found.contains_key(text.path)).collect::<Vec<_>>() {
        found.insert(text.path.clone(), Vec::new()); // a comment there may allow in vain
    }
    let secrets: Vec<Span> = found.values().flat_map(|found| secrets_in(found)).collect();
    let finished = found.into_par_iter().map(|(path, found)| finish(config, text_at(&path), found));
    let mut findings: Vec<Diagnostic> = finished.collect::<Vec<_>>().into_iter().flatten().collect();
    let mut hidden: BTreeMap<&RelPath, Vec<&str>> = BTreeMap::new();
    for secret in &secrets {
        let words = text_at(&secret.path).and_then(|text| text.text.get(secret.range()));
        hidden.entry(&secret.path).or_default().extend(words);
    }
    if !hidden.is_empty() {
        let words = |path: &RelPath| hidden.get(path).cloned().unwrap_or_default();
        for finding in &mut findings {
            mask(finding, words);
        }
    }
    Found { findings, secrets }
}

/// Findings by the file they stand in, in the order they were made.
pub fn by_path(findings: impl Iterator<Item = Diagnostic>) -> BTreeMap<RelPath, Vec<Diagnostic>> {
    let mut by_path: BTreeMap<RelPath, Vec<Diagnostic>> = BTreeMap::new();
    for finding in findings {
        by_path.entry(finding.path().clone()).or_default().push(finding);
    }
    by_path
}

/// Where secrets stand, as raw findings of a file tell.
pub fn secrets_in(raw: &[Diagnostic]) -> impl Iterator<Item = Span> {
    raw.iter().filter(|finding| finding.rule.code == rules::SECRET).map(|finding| finding.primary().clone())
}

/// Raw findings of one file → what is told of it: without what is allowed, with the levels of `site.toml`, sorted.
/// Secrets may still be quoted: [`mask`].
#[must_use]
pub fn finish(config: &Config, text: Option<Text<'_>>, raw: Vec<Diagnostic>) -> Vec<Diagnostic> {
    // What is allowed once, when it changes, is not allowed in vain ever after.
    let is_active = |id: RuleId| !is_of_change(id) && find(id.code).is_some_and(|rule| is_active(config, rule));
    let kept = allow::apply(raw, text, is_active);
    let mut told: Vec<_> = kept.into_iter().filter_map(|finding| leveled(config, finding)).collect();
    crate::diag::sort(&mut told);
    told
}

/// Findings, and where secrets stand, whether or not a rule may tell of them.
#[derive(Debug)]
pub struct Found {
    pub findings: Vec<Diagnostic>,
    pub secrets: Vec<Span>,
}

/// Takes secrets out of what a finding quotes. `secrets` gives those of a file that it points to.
pub fn mask<'s>(finding: &mut Diagnostic, secrets: impl Fn(&RelPath) -> Vec<&'s str>) {
    let mut paths: Vec<RelPath> = finding.labels.iter().map(|label| label.span.path.clone()).collect();
    paths.sort();
    paths.dedup();
    for words in paths.iter().flat_map(secrets).filter(|words| !words.is_empty()) {
        let stars = "*".repeat(words.len());
        let quoted = std::iter::once(&mut finding.message)
            .chain(&mut finding.help)
            .chain(finding.labels.iter_mut().map(|label| &mut label.text));
        for quoted in quoted.filter(|quoted| quoted.contains(words)) {
            *quoted = quoted.replace(words, &stars);
        }
        let tells =
            |fix: &mut Fix| fix.title.contains(words) || fix.edits.iter().any(|edit| edit.replacement.contains(words));
        finding.fix.take_if(tells);
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

/// Whether a rule tells of a change, so that its findings are new whatever file and line they stand at.
#[must_use]
pub fn is_of_change(rule: RuleId) -> bool {
    find(rule.code).is_some_and(|rule| matches!(rule.check, Check::Before(_)))
}

/// Whether findings stop a build: any at or above `fail_on`.
#[must_use]
pub fn fails(findings: &[Diagnostic], fail_on: Level) -> bool {
    findings.iter().any(|finding| finding.level >= fail_on)
}
