//! `[[sources]]`: reports of several repositories on one site. Each source is a folder below the root, with what holds for
//! its reports where they do not say it themselves.

use super::{Config, read};
use crate::{
    diag::{Diagnostic, reader},
    model::Visibility,
    snapshot::{Place, RelPath, Spanned},
    tree::{Fields, Node, Reader, Value, closest},
};
use jiff::tz::TimeZone;

#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    pub name: Spanned<String>,
    /// Its folder, from the root of the site's repository.
    pub path: Spanned<RelPath>,
    /// Its folder of reports, from the same root.
    pub reports: RelPath,
    pub team: Option<Spanned<String>>,
    /// Ids, never other names of a service.
    pub services: Vec<Spanned<String>>,
    /// Whether it names services, even if there are none of these.
    pub names_services: bool,
    /// Of reports that do not say it, and of all its pattern pages.
    pub visibility: Visibility,
    pub lang: Option<String>,
    /// With `{path}` for the path from the folder of the source.
    pub edit_url: Option<String>,
    /// Of times in timelines that name none.
    pub time_zone: Option<(TimeZone, String)>,
}

impl Config {
    /// The folders of reports: the site's own, then those of the sources.
    pub fn reports_folders(&self) -> impl Iterator<Item = &str> {
        [self.reports_dir.as_str()].into_iter().chain(self.sources.iter().map(|source| source.reports.as_str()))
    }

    /// The folders that a site is made from: nothing is to be written there.
    pub fn content_folders(&self) -> impl Iterator<Item = &str> {
        let own = [Some(self.reports_dir.as_str()), self.theme_dir.as_deref()].into_iter().flatten();
        own.chain(self.sources.iter().map(|source| source.path.value.as_str()))
    }

    /// Where a file stands among the reports, from their folder; `None` for one that stands elsewhere.
    #[must_use]
    pub fn among_reports<'p>(&self, path: &'p RelPath) -> Option<&'p str> {
        self.reports_folders().find_map(|folder| path.below(folder))
    }

    /// Whether a page about a factor stands here.
    #[must_use]
    pub fn is_pattern(&self, path: &RelPath) -> bool {
        let folder = self.among_reports(path).and_then(|below| below.rsplit_once('/'));
        folder.is_some_and(|(folder, _)| folder == "_patterns")
    }

    /// The source whose report or pattern a file is.
    #[must_use]
    pub fn source_of(&self, path: &RelPath) -> Option<&Source> {
        self.sources.iter().find(|source| path.below(source.reports.as_str()).is_some())
    }

    /// Where the links of a file start.
    #[must_use]
    pub fn place_of<'a>(&'a self, file: &'a RelPath) -> Place<'a> {
        Place { file, root: self.source_of(file).map_or("", |source| source.path.value.as_str()) }
    }

    /// 0 for the site's own files, then by the order of the sources: of two pages about one factor the first counts.
    #[must_use]
    pub fn source_place(&self, path: &RelPath) -> usize {
        self.reports_folders().position(|folder| path.below(folder).is_some()).unwrap_or(0)
    }

    /// The zone of times that name none in the body of a report, and its name.
    #[must_use]
    pub fn zone_of(&self, path: &RelPath) -> (&TimeZone, &str) {
        let of_source = self.source_of(path).and_then(|source| source.time_zone.as_ref());
        of_source.map_or((&self.time_zone, &self.time_zone_name), |(zone, name)| (zone, name))
    }
}

/// Reads the list; services and teams have been read before.
pub(super) fn sources(reader: &mut Reader, node: &Node, config: &Config) -> Vec<Source> {
    if matches!(node.value, Value::Map(_)) {
        let finding = Diagnostic::new(reader::WRONG_TYPE, &node.span, "expected a list, found a mapping");
        reader.push(finding.help("begin each source with two brackets: `[[sources]]`"));
        return Vec::new();
    }
    let mut all: Vec<Source> = Vec::new();
    for item in reader.list(node) {
        let Some(mut fields) = reader.fields(item) else { continue };
        let source = source(reader, item, &mut fields, config);
        fields.finish(reader);
        if let Some(source) = source
            && is_apart(reader, &source, &all, config)
        {
            all.push(source);
        }
    }
    all
}

fn source(reader: &mut Reader, item: &Node, fields: &mut Fields<'_>, config: &Config) -> Option<Source> {
    let name = fields.require(reader, "name", &item.span).and_then(|node| name(reader, node));
    let path = fields.require(reader, "path", &item.span).and_then(|node| folder(reader, node));
    let reports = fields.take("reports").map_or_else(|| Some("reports".to_owned()), |node| within(reader, node));
    let team = fields.take("team").and_then(|node| team(reader, node, config));
    let named = fields.take("services").filter(|node| !matches!(&node.value, Value::List(items) if items.is_empty()));
    let services = named.map_or_else(Vec::new, |node| services(reader, node, config));
    let names_services = named.is_some();
    let visibility = fields.take("visibility").map_or(Visibility::Public, |node| {
        reader.choice(node, "visibility", Visibility::ALL).map_or(Visibility::Restricted, |found| found.value)
    });
    let lang = fields.take("lang").and_then(|node| reader.text(node)).map(|text| text.value);
    let edit_url = fields.take("edit_url").and_then(|node| read::edit_url(reader, node));
    let time_zone = fields.take("time_zone").and_then(|node| read::zone(reader, node));
    let (name, path, reports) = (name?, path?, reports?);
    let reports = RelPath::new(&format!("{}/{reports}", path.value))?;
    Some(Source { name, path, reports, team, services, names_services, visibility, lang, edit_url, time_zone })
}

/// A word that columns, addresses and people can use.
fn name(reader: &mut Reader, node: &Node) -> Option<Spanned<String>> {
    const MOST: usize = 40;
    let text = reader.text(node)?;
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if text.value.len() <= MOST && text.value.chars().all(fits) && !text.value.starts_with('-') {
        return Some(text);
    }
    let finding =
        Diagnostic::new(reader::UNKNOWN_VALUE, &text.span, format!("`{}` cannot be the name of a source", text.value));
    reader.push(finding.help(format!("use small letters, digits and `-`, at most {MOST}, as in `payments`")));
    None
}

/// A folder below the root.
fn folder(reader: &mut Reader, node: &Node) -> Option<Spanned<RelPath>> {
    let text = reader.text(node)?;
    if let Some(path) = plain(&text.value) {
        return Some(Spanned { value: path, span: text.span });
    }
    let message = format!("`{}` is no folder below the root of this repository", text.value);
    let help = "check the other repository out into a folder of this one, as a submodule or in CI, and write that folder, as in `sources/payments`";
    reader.push(Diagnostic::new(reader::UNKNOWN_VALUE, &text.span, message).help(help));
    None
}

/// The folder of reports within a source; `.` is the source's own folder.
fn within(reader: &mut Reader, node: &Node) -> Option<String> {
    let text = reader.text(node)?;
    if matches!(text.value.as_str(), "." | "./") {
        return Some(".".to_owned());
    }
    if let Some(path) = plain(&text.value) {
        return Some(path.as_str().to_owned());
    }
    let message = format!("`{}` is no folder within the source", text.value);
    let finding = Diagnostic::new(reader::UNKNOWN_VALUE, &text.span, message);
    reader.push(finding.help("write the folder of reports from the folder of the source; `.` is that folder itself"));
    None
}

/// A path that goes down and never up.
fn plain(path: &str) -> Option<RelPath> {
    let goes_astray = path.split(['/', '\\']).any(|part| part == ".." || part.eq_ignore_ascii_case(".git"));
    RelPath::new(path).filter(|_| !goes_astray)
}

fn team(reader: &mut Reader, node: &Node, config: &Config) -> Option<Spanned<String>> {
    let team = reader.text(node)?;
    if config.teams.is_empty() || config.teams.contains_key(&team.value) {
        return Some(team);
    }
    unknown(reader, "team", &team, config.teams.keys().map(String::as_str));
    None
}

fn services(reader: &mut Reader, node: &Node, config: &Config) -> Vec<Spanned<String>> {
    let mut known = Vec::new();
    for written in reader.texts(node) {
        match config.service(&written.value) {
            Some(service) => known.push(written.map(|_| service.id.value.clone())),
            None if config.services.is_empty() => known.push(written),
            None => unknown(reader, "service", &written, config.services.keys().map(String::as_str)),
        }
    }
    known
}

fn unknown<'w>(reader: &mut Reader, what: &str, written: &Spanned<String>, words: impl Iterator<Item = &'w str>) {
    let message = format!("there is no {what} `{}`", written.value);
    let finding = Diagnostic::new(reader::UNKNOWN_VALUE, &written.span, message);
    reader.push(match closest(&written.value, words) {
        Some(word) => finding.help(format!("did you mean `{word}`?")),
        None => finding.help(format!("add it to `[{what}s]`")),
    });
}

/// Whether a source has a name and a folder of reports of its own; says so where not.
fn is_apart(reader: &mut Reader, source: &Source, before: &[Source], config: &Config) -> bool {
    if let Some(first) = before.iter().find(|other| other.name.value == source.name.value) {
        let message = format!("there is a source `{}` already", source.name.value);
        let finding = Diagnostic::new(reader::UNKNOWN_VALUE, &source.name.span, message);
        let mend = if first.path.value == source.path.value {
            "take one of the two out: they are the same folder"
        } else {
            "give one of the two another name"
        };
        reader.push(finding.also(&first.name.span, "here").help(mend));
        return false;
    }
    let touch = |folder: &str| {
        RelPath::new(folder).is_some_and(|folder| {
            let (one, other) = (&source.reports, &folder);
            one == other || one.below(other.as_str()).is_some() || other.below(one.as_str()).is_some()
        })
    };
    let own = [
        (config.reports_dir.as_str(), "`reports` of the site"),
        (config.theme_dir.as_deref().unwrap_or(""), "`theme`"),
    ];
    let own = own.into_iter().find(|(folder, _)| touch(folder)).map(|(_, what)| (what.to_owned(), None));
    let other = || {
        let other = before.iter().find(|other| touch(other.reports.as_str()))?;
        Some((format!("the source `{}`", other.name.value), Some(&other.path.span)))
    };
    let Some((taken, at)) = own.or_else(other) else { return true };
    let message = format!(
        "the reports in `{}` would be read twice: the folder is that of {taken}, or one lies in the other",
        source.reports
    );
    let finding = Diagnostic::new(reader::UNKNOWN_VALUE, &source.path.span, message);
    let finding = at.into_iter().fold(finding, |finding, at| finding.also(at, "read already"));
    reader.push(finding.help("give each source a folder of its own"));
    false
}
