//! Files → reports, patterns and digest notes, in parallel per file. Every mistake of a file is reported in one run.

use crate::{
    config::Config,
    diag::{Diagnostic, Level, reader},
    model::{
        DigestNote, Pattern, Report, Visibility,
        corpus::{Broken, Content, Corpus},
    },
    site,
    snapshot::{File, ReadFinding, ReadFindingKind, RelPath, Snapshot, Span},
    tree::Reader,
};
use fields::Reading;
use rayon::prelude::*;
use std::sync::Arc;

mod actions;
pub mod append_actions;
pub mod body_actions;
pub mod clock;
pub mod dates;
pub mod deploys;
pub mod fields;
pub mod front_matter;
mod impact;
pub mod internal;
pub mod layout;
pub mod lines;
mod record;
pub mod scalar;
pub mod search_tests;
pub mod sections;
mod sources;
pub mod timeline;
pub mod times;
pub mod walk;
pub mod yaml;

/// Reads everything below the folder of reports.
#[must_use]
pub fn corpus(snapshot: &Snapshot, config: &Config) -> (Corpus, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let files: Vec<_> = snapshot.files.iter().filter(|(path, _)| path.as_str().ends_with(".md")).collect();
    let read: Vec<(Content, Vec<Diagnostic>)> =
        files.par_iter().map(|(path, file)| file_of(path, &file.bytes, config)).collect();
    let mut corpus = Corpus::default();
    Arc::make_mut(&mut corpus.paths)
        .extend(snapshot.files.iter().map(|(path, file)| (path.clone(), file.bytes.len() as u64)));
    let unread = |kind: &ReadFindingKind| matches!(kind, ReadFindingKind::NoSource | ReadFindingKind::Symlink);
    let unread = snapshot.findings.iter().filter(|finding| unread(&finding.kind)).map(|finding| finding.path.clone());
    corpus.unread = Arc::new(unread.collect());
    let mistaken = |(path, file): &(&RelPath, &File)| site::is_mistaken(path, &file.bytes);
    corpus.mistaken = Arc::new(snapshot.files.iter().filter(mistaken).map(|(path, _)| path.clone()).collect());
    let mut reports = Vec::new();
    for ((path, file), (content, mut found)) in files.into_iter().zip(read) {
        findings.append(&mut found);
        match content {
            Content::Report(report) => reports.push(report),
            content => corpus.put(path, file.bytes.len() as u64, content),
        }
    }
    (corpus.with_reports(reports), findings)
}

/// The reports that the snapshot has from an earlier revision. Old files with errors are passed over.
#[must_use]
pub fn before(snapshot: &Snapshot, config: &Config) -> Vec<Arc<Report>> {
    let sound = |(path, file): (&RelPath, &File)| match file_of(path, &file.bytes, config) {
        (Content::Report(report), found) if found.iter().all(|found| found.level < Level::Error) => Some(report),
        _ => None,
    };
    snapshot.before.par_iter().filter_map(sound).collect()
}

/// What reading the files from the disk found, and what git cannot tell.
#[must_use]
pub fn of_snapshot(snapshot: &Snapshot, config: &Config) -> Vec<Diagnostic> {
    let found = snapshot.findings.iter();
    let mut findings: Vec<Diagnostic> =
        found.map(|finding| sources::refused(finding, config).unwrap_or_else(|| read_finding(finding))).collect();
    if let Some(why) = &snapshot.history.missing_because {
        findings.push(Diagnostic::new(
            reader::NO_GIT_DATES,
            &Config::span(),
            format!("pages show no dates of change: {why}"),
        ));
    }
    findings.extend(sources::undated(&snapshot.history, config));
    findings
}

/// Reads one file of the repository: what it is follows from where it stands.
#[must_use]
pub fn file_of(path: &RelPath, bytes: &[u8], config: &Config) -> (Content, Vec<Diagnostic>) {
    match config.among_reports(path).filter(|below| below.ends_with(".md")) {
        Some(below) => one(path, bytes, config, below),
        None => (Content::Other, Vec::new()),
    }
}

fn one(path: &RelPath, bytes: &[u8], config: &Config, below: &str) -> (Content, Vec<Diagnostic>) {
    let folder = below.rsplit_once('/').map_or("", |(folder, _)| folder);
    match folder {
        "_patterns" => {
            let (pattern, findings) = pattern(path, bytes, config);
            (pattern.map_or(Content::Other, |pattern| Content::Pattern(Arc::new(pattern))), findings)
        }
        // Notes are about periods of the whole site: a source has no say in them.
        "_digests" if config.source_of(path).is_some() => (Content::Other, Vec::new()),
        "_digests" => {
            let (note, findings) = note(path, bytes);
            (note.map_or(Content::Other, |note| Content::Note(Arc::new(note))), findings)
        }
        _ if below.split('/').any(|part| part.starts_with(['_', '.']))
            || path.file_name().eq_ignore_ascii_case("README.md") =>
        {
            (Content::Other, Vec::new())
        }
        _ => {
            let (reading, findings) = report(path, bytes, config);
            let content = match reading {
                Some(Reading { report, sound: true }) => Content::Report(Arc::new(report)),
                Some(Reading { report, sound: false }) => {
                    let visibility = report.visibility;
                    Content::Broken(Broken { visibility, draft: Some(Arc::new(report)) })
                }
                None => Content::Broken(Broken { visibility: Visibility::Restricted, draft: None }),
            };
            (content, findings)
        }
    }
}

/// Reads one report. `None` when there is no front matter to read it from.
#[must_use]
pub fn report(path: &RelPath, bytes: &[u8], config: &Config) -> (Option<Reading>, Vec<Diagnostic>) {
    let (text, parts) = match open(path, bytes) {
        Ok(opened) => opened,
        Err(finding) => return (None, vec![finding]),
    };
    let (node, mut findings) = front(path, text, &parts, config);
    let Some(node) = node else { return (None, findings) };
    let mut reader = Reader::default();
    let file = fields::Source { path, text, parts: &parts, config };
    let mut report = fields::report(&mut reader, &node, &file);
    findings.append(&mut reader.diagnostics);
    let internal = internal::parts(text, parts.body);
    if let Some(Reading { report, .. }) = report.as_mut().filter(|_| !internal.is_empty()) {
        let text = internal::without(text, &internal);
        let file = fields::Source { text: &text, ..file };
        // What is to be said of the file was said above.
        let outside = fields::report(&mut Reader::default(), &node, &file);
        report.internal = internal;
        report.outside = outside.map(|reading| Arc::new(reading.report));
    }
    (report, findings)
}

fn open<'b>(path: &RelPath, bytes: &'b [u8]) -> Result<(&'b str, front_matter::Parts), Diagnostic> {
    let text = front_matter::decode(path, bytes)?;
    let parts = front_matter::split(path, text)?;
    Ok((text, parts))
}

fn front(
    path: &RelPath,
    text: &str,
    parts: &front_matter::Parts,
    config: &Config,
) -> (Option<crate::tree::Node>, Vec<Diagnostic>) {
    let limit = config.limits.front_matter_bytes;
    if parts.yaml.len() > limit {
        let message = format!("the front matter has {} bytes, the limit is {limit}", parts.yaml.len());
        let finding = Diagnostic::new(reader::OVERSIZED_FILE, &Span::new(path, parts.fence.clone()), message);
        return (
            None,
            vec![finding.help("move prose into the body, or raise `limits.front_matter_bytes` in site.toml")],
        );
    }
    yaml::parse(path, &text[parts.yaml.clone()], parts.yaml.start, yaml::Budget::default())
}

fn pattern(path: &RelPath, bytes: &[u8], config: &Config) -> (Option<Pattern>, Vec<Diagnostic>) {
    let (text, parts) = match open(path, bytes) {
        Ok(opened) => opened,
        Err(finding) => return (None, vec![finding]),
    };
    let (node, mut findings) = front(path, text, &parts, config);
    let Some(node) = node else { return (None, findings) };
    let mut reader = Reader::default();
    let pattern = fields::pattern(&mut reader, &node, &fields::Source { path, text, parts: &parts, config });
    findings.append(&mut reader.diagnostics);
    (pattern, findings)
}

/// Front matter is optional in a digest's note: it has no fields.
fn note(path: &RelPath, bytes: &[u8]) -> (Option<DigestNote>, Vec<Diagnostic>) {
    match front_matter::decode(path, bytes) {
        Err(finding) => (None, vec![finding]),
        Ok(text) => {
            let body_at = front_matter::split(path, text).map_or(0, |parts| parts.body);
            let body = text[body_at..].to_owned();
            (Some(DigestNote { path: path.clone(), period: path.stem().to_owned(), body, body_at }), Vec::new())
        }
    }
}

fn read_finding(finding: &ReadFinding) -> Diagnostic {
    let at = Span::start_of(&finding.path);
    match &finding.kind {
        ReadFindingKind::Symlink => Diagnostic::new(reader::SYMLINK, &at, "a symbolic link is not followed")
            .help("copy the file here; links could lead out of the repository"),
        ReadFindingKind::NoSource => Diagnostic::new(reader::MISSING_SOURCE, &at, "the folder is not there"),
        ReadFindingKind::NotAFile => Diagnostic::new(reader::NOT_A_FILE, &at, "this is not a regular file"),
        ReadFindingKind::TooLarge { bytes, limit } => {
            Diagnostic::new(reader::OVERSIZED_FILE, &at, format!("the file has {bytes} bytes, the limit is {limit}"))
                .help("shorten it, or raise `limits.file_bytes` in site.toml")
        }
        ReadFindingKind::TooManyFiles { limit } => {
            Diagnostic::new(reader::OVERSIZED_FILE, &at, format!("more than {limit} files; the rest was not read"))
                .help("raise `limits.files` in site.toml")
        }
        ReadFindingKind::TooMuch { limit } => Diagnostic::new(
            reader::OVERSIZED_FILE,
            &at,
            format!("with this file there are more than {limit} bytes; no file beside `site.toml` was read"),
        )
        .help("move what is no report elsewhere, or raise `limits.total_bytes` in site.toml"),
        ReadFindingKind::Unreadable { why } => {
            Diagnostic::new(reader::UNREADABLE_FILE, &at, format!("the file cannot be read: {why}"))
        }
        ReadFindingKind::BadName => Diagnostic::new(
            reader::UNREADABLE_FILE,
            &at,
            "a file in this folder has a name that is not UTF-8 or holds a `\\`",
        ),
    }
}
