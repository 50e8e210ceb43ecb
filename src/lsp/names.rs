//! What the values of a file refer to: services, teams, severities, factors, incidents; where each is defined and used.

use super::place::{self, Place};
use crate::{
    config::{Config, Source},
    markup,
    model::{Report, corpus::Corpus},
    pipeline::live::Live,
    snapshot::{RelPath, Span, Spanned},
};
use std::ops::Range;

/// What a name is the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Service,
    Team,
    Severity,
    Factor,
    Incident,
}

/// A name in a text.
#[derive(Clone, Debug)]
pub struct Name {
    pub kind: Kind,
    pub id: String,
    pub range: Range<usize>,
}

/// One that may be written: its id and words that tell what it is.
#[derive(Clone, Copy, Debug)]
pub struct Known<'l> {
    pub id: &'l str,
    pub about: &'l str,
}

impl<'l> Known<'l> {
    fn new(id: &'l str, about: &'l str) -> Self {
        Self { id, about }
    }
}

#[must_use]
pub fn place_at(live: &Live, path: &RelPath, offset: usize) -> Place {
    let text = live.text(path).unwrap_or("");
    let look = if *path == Config::path() { place::in_toml } else { place::in_markdown };
    look(text, offset.min(text.len()))
}

/// What a value under these keys names.
#[must_use]
pub fn kind_of(live: &Live, path: &RelPath, keys: &[String]) -> Option<Kind> {
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    if *path == Config::path() {
        return match keys[..] {
            ["services"] | ["sources", "services"] => Some(Kind::Service),
            ["teams"] | ["services", _, "team"] | ["sources", "team"] => Some(Kind::Team),
            ["severities"] => Some(Kind::Severity),
            _ => None,
        };
    }
    let is_pattern = live.config().is_pattern(path);
    match keys[..] {
        ["related"] if is_pattern => Some(Kind::Factor),
        _ if is_pattern => None,
        ["services"] | ["deploys", "service"] => Some(Kind::Service),
        ["teams"] => Some(Kind::Team),
        ["severity"] => Some(Kind::Severity),
        ["factors"] | ["factors", "id"] => Some(Kind::Factor),
        ["related" | "not_related" | "recurrence_of"] => Some(Kind::Incident),
        _ => None,
    }
}

/// The name that stands somewhere: a value, a link to a report, or the report or pattern itself at its `id` or `title`.
#[must_use]
pub fn at(live: &Live, path: &RelPath, offset: usize) -> Option<Name> {
    let text = live.text(path)?;
    match place_at(live, path, offset) {
        Place::Value { keys, word } => {
            let itself = matches!(keys.iter().map(String::as_str).collect::<Vec<_>>()[..], ["id" | "title"]);
            let (kind, id) = match kind_of(live, path, &keys) {
                Some(kind) => (kind, text[word.clone()].to_owned()),
                None if itself => of_file(live.corpus(), path)?,
                None => return None,
            };
            Some(Name { kind, id, range: word })
        }
        Place::Link { word } => {
            let there = |target: &RelPath| live.corpus().paths.contains_key(target);
            let target = markup::local(live.config().place_of(path), &text[word.clone()], there)?;
            let (kind, id) = of_file(live.corpus(), &target)?;
            Some(Name { kind, id, range: word })
        }
        _ => None,
    }
}

/// What a file defines.
fn of_file(corpus: &Corpus, path: &RelPath) -> Option<(Kind, String)> {
    let report = corpus.readable_at(path).map(|report| (Kind::Incident, report.id.value.clone()));
    report.or_else(|| corpus.pattern_at(path).map(|pattern| (Kind::Factor, pattern.id.clone())))
}

/// Where a name is defined.
#[must_use]
pub fn definition(live: &Live, kind: Kind, id: &str) -> Option<Span> {
    let (config, corpus) = (live.config(), live.corpus());
    let span = match kind {
        Kind::Service => &config.service(id)?.id.span,
        Kind::Team => &config.teams.get(id)?.id.span,
        Kind::Severity => &config.severity(id)?.id.span,
        Kind::Factor => &corpus.patterns.get(id)?.title.span,
        Kind::Incident => &corpus.by_id(id)?.title.span,
    };
    // Severities are built in where site.toml says nothing of them.
    (span.end > 0).then(|| span.clone())
}

/// What a name stands for, in Markdown.
#[must_use]
pub fn describe(live: &Live, kind: Kind, id: &str) -> Option<String> {
    let (config, corpus) = (live.config(), live.corpus());
    let (name, about) = match kind {
        Kind::Service => {
            let service = config.service(id)?;
            let team = service.team.as_ref().map(|team| format!(" (team `{}`)", team.value));
            (service.name.clone(), service.about.clone() + &team.unwrap_or_default())
        }
        Kind::Team => config.teams.get(id).map(|team| (team.name.clone(), team.about.clone()))?,
        Kind::Severity => config.severity(id).map(|severity| (severity.name.clone(), severity.meaning.clone()))?,
        Kind::Factor => {
            corpus.patterns.get(id).map(|pattern| (pattern.title.value.clone(), pattern.summary.clone()))?
        }
        Kind::Incident => {
            let report = corpus.by_id(id)?;
            let services: Vec<&str> = report.services.iter().map(|service| service.value.as_str()).collect();
            (report.title.value.clone(), format!("`{}` · {}", report.severity.value, services.join(", ")))
        }
    };
    Some(format!("**{name}**\n\n{}", about.trim()).trim_end().to_owned())
}

/// Everything of a kind that may be written; incidents with the latest first.
#[must_use]
pub fn known(live: &Live, kind: Kind) -> Vec<Known<'_>> {
    let (config, corpus) = (live.config(), live.corpus());
    match kind {
        Kind::Service => config.services.values().map(|service| Known::new(&service.id.value, &service.name)).collect(),
        Kind::Team => config.teams.values().map(|team| Known::new(&team.id.value, &team.name)).collect(),
        Kind::Severity => config.severities.iter().map(|found| Known::new(&found.id.value, &found.meaning)).collect(),
        Kind::Factor => corpus.patterns.values().map(|pattern| Known::new(&pattern.id, &pattern.title.value)).collect(),
        Kind::Incident => {
            corpus.reports.iter().rev().map(|found| Known::new(&found.id.value, &found.title.value)).collect()
        }
    }
}

/// Every place in a report or a pattern that names it.
#[must_use]
pub fn uses(live: &Live, kind: Kind, id: &str) -> Vec<Span> {
    let (config, corpus) = (live.config(), live.corpus());
    let in_patterns = corpus.patterns.values().flat_map(|pattern| &pattern.related).filter(|_| kind == Kind::Factor);
    let in_config = config.services.values().filter_map(|service| service.team.as_ref()).filter(|_| kind == Kind::Team);
    let in_sources = config.sources.iter().flat_map(|source| of_source(source, kind));
    // What a source says for its reports stands in site.toml and not in them.
    let in_reports = corpus
        .readable()
        .into_iter()
        .flat_map(|report| names_in(report, kind).into_iter().filter(|name| name.span != report.front_matter));
    let same = |written: &str| match kind {
        Kind::Service => {
            config.service(written).is_some_and(|found| config.service(id).is_some_and(|it| it.id == found.id))
        }
        Kind::Severity => {
            config.severity(written).is_some_and(|found| config.severity(id).is_some_and(|it| it.id == found.id))
        }
        _ => written == id,
    };
    let all = in_config.chain(in_sources).chain(in_patterns).chain(in_reports);
    all.filter(|name| same(&name.value)).map(|name| name.span.clone()).collect()
}

fn of_source(source: &Source, kind: Kind) -> Vec<&Spanned<String>> {
    match kind {
        Kind::Service => source.services.iter().collect(),
        Kind::Team => source.team.iter().collect(),
        _ => Vec::new(),
    }
}

fn names_in(report: &Report, kind: Kind) -> Vec<&Spanned<String>> {
    match kind {
        Kind::Service => {
            report.services.iter().chain(report.deploys.iter().filter_map(|d| d.service.as_ref())).collect()
        }
        Kind::Team => report.teams.iter().collect(),
        Kind::Severity => vec![&report.severity],
        Kind::Factor => report.factors.iter().map(|factor| &factor.id).collect(),
        Kind::Incident => report.related.iter().chain(&report.not_related).chain(&report.recurrence_of).collect(),
    }
}
