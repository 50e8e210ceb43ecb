//! A theme tried out: the built-in sample rendered with it, and every page looked at.

use super::{check, published, rendered};
use crate::{
    diag::{self, Diagnostic, theme as rules},
    model::Visibility,
    render::Done,
    site::{Body, Memory, Site},
    snapshot::{File, RelPath, Snapshot, Span},
    theme::{
        FILES, Fault, Theme, anatomy, contract,
        contrast::{self, Sheet},
        inspect, overrides,
        sample::{self, Sample},
    },
    tree::closest,
    words::{ENGLISH, Words},
};
use similar::TextDiff;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, PoisonError},
};

/// Where built-in files stand in findings, when they are what is wrong.
const BUILT_IN: &str = "built-in";

/// What trying out a theme found.
#[derive(Debug)]
pub struct Tried {
    pub diagnostics: Vec<Diagnostic>,
    /// The files that findings point to.
    pub shown: Snapshot,
    /// Pages that were rendered.
    pub pages: usize,
}

/// The files of a theme, the user's over the built-in ones: name → path in findings and text.
struct Files {
    texts: BTreeMap<String, (RelPath, String)>,
    own: BTreeSet<String>,
    /// For findings that have no better place.
    somewhere: RelPath,
}

/// Tries out a theme: its folder and its files, by their whole path; the built-in one where there is none.
#[must_use]
pub fn try_out(theme: Option<(&str, &[(RelPath, File)])>) -> Tried {
    let full = sample::snapshot(Sample::Full(ENGLISH), theme);
    let config = check(&full).config;
    let files = Files::of(&full, theme.map(|(folder, _)| folder));
    let mut found = overrides::findings(&full, &config);
    found.extend(broken_templates(&files));
    found.extend(unknown_texts(&files));
    found.extend(low_contrast(&files));
    let mut pages = 0;
    let mut faults: BTreeMap<inspect::Fault, BTreeSet<(RelPath, &'static str)>> = BTreeMap::new();
    for sample in sample::ALL {
        let snapshot = sample::snapshot(*sample, theme);
        match render(&snapshot) {
            Ok((site, templates, failed)) => {
                found.extend(failed.iter().map(|error| files.failing(error)));
                pages += templates.len();
                look_at(&site, &templates, &mut faults);
            }
            Err(error) => found.push(files.failing(&error)),
        }
    }
    found.extend(faults.iter().map(|(fault, pages)| files.on_pages(fault, pages)));
    diag::sort(&mut found);
    let mut shown = full;
    shown.files.extend(files.texts.into_values().map(|(path, text)| (path, File { bytes: text.into_bytes().into() })));
    Tried { diagnostics: found, shown, pages }
}

/// Unified diffs of the copies whose base has changed: from the base as it is now to the copy.
#[must_use]
pub fn outdated_diffs(tried: &Tried, folder: &str) -> Vec<String> {
    let outdated = tried.diagnostics.iter().filter(|finding| finding.rule == rules::OUTDATED_OVERRIDE);
    let diffs: BTreeSet<String> = outdated
        .filter_map(|finding| {
            let path = finding.path();
            let name = path.as_str().strip_prefix(folder)?.trim_start_matches('/');
            let own = std::str::from_utf8(&tried.shown.files.get(path)?.bytes).ok()?;
            let base = std::str::from_utf8(overrides::base(name)?).ok()?;
            let own = own.split_once('\n').map_or(own, |(_, rest)| rest);
            let diff = TextDiff::from_lines(base, own);
            Some(diff.unified_diff().header(&format!("{BUILT_IN}/{name}"), path.as_str()).to_string())
        })
        .collect();
    diffs.into_iter().collect()
}

type Rendered = (Site, BTreeMap<RelPath, &'static str>, Vec<anyhow::Error>);

/// The site of a sample, the template of each page, and the pages that failed.
fn render(snapshot: &Snapshot) -> anyhow::Result<Rendered> {
    let checked = check(snapshot);
    let theme = Theme::load(snapshot, &checked.config)?;
    let corpus = published(&checked, Visibility::Public);
    let templates = Mutex::new(BTreeMap::new());
    let shelf = Memory::default();
    let Done { faults, .. } = rendered(snapshot, &checked, &corpus, Visibility::Public, &theme, &shelf, &|page| {
        if let Body::Template { name, .. } = page.body {
            templates.lock().unwrap_or_else(PoisonError::into_inner).insert(page.path.clone(), name);
        }
    });
    Ok((
        shelf.into_site(),
        templates.into_inner().unwrap_or_else(PoisonError::into_inner),
        faults.into_values().collect(),
    ))
}

fn look_at(
    site: &Site,
    templates: &BTreeMap<RelPath, &'static str>,
    faults: &mut BTreeMap<inspect::Fault, BTreeSet<(RelPath, &'static str)>>,
) {
    let ids = inspect::ids(site);
    for (path, template) in templates {
        let Some(html) = site.files.get(path).and_then(|bytes| std::str::from_utf8(bytes).ok()) else { continue };
        for fault in inspect::page(path, html, site, &ids) {
            faults.entry(fault).or_default().insert((path.clone(), template));
        }
    }
}

fn failing(span: &Span, message: &str) -> Diagnostic {
    let help = "`afterword theme schema` lists what each template is given, and all texts";
    Diagnostic::new(rules::FAILING_TEMPLATE, span, message.to_owned()).help(help)
}

/// Templates of the user that are no templates: all of them, where rendering would stop at the first.
fn broken_templates(files: &Files) -> Vec<Diagnostic> {
    let own = files.templates().filter(|(name, ..)| files.own.contains(*name));
    let broken = own.filter_map(|(name, path, text)| {
        let error = tera::Tera::new().add_raw_template(name, text).err()?;
        let tera::ErrorKind::SyntaxError(report) = error.kind() else { return None };
        let span = Span::new(path, report.span().range.clone());
        Some(failing(&span, report.message()))
    });
    broken.collect()
}

/// Texts that templates of the user say, and that English does not have.
fn unknown_texts(files: &Files) -> Vec<Diagnostic> {
    let english = || files.texts.iter().filter(|(name, _)| *name == "i18n/en.toml").map(|(_, (_, text))| text);
    let base = overrides::base("i18n/en.toml").and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("");
    let texts: Vec<_> = std::iter::once(base)
        .chain(english().map(String::as_str))
        .map(|text| (ENGLISH.to_owned(), text.to_owned()))
        .collect();
    let words = match Words::load(ENGLISH, &texts) {
        Ok(words) => words,
        Err(error) => {
            let at = files.texts.get("i18n/en.toml").map_or(&files.somewhere, |(path, _)| path);
            return vec![Diagnostic::new(rules::UNKNOWN_TEXT, &Span::start_of(at), format!("{error:#}"))];
        }
    };
    let keys: Vec<String> = words
        .tables()
        .iter()
        .flat_map(|(table, texts)| texts.keys().map(move |key| format!("{table}.{key}")))
        .collect();
    let mut found = Vec::new();
    for (name, path, text) in files.templates() {
        if !files.own.is_empty() && !files.own.contains(name) {
            continue;
        }
        for (key, range) in anatomy::texts(text).filter(|(key, _)| words.find(key).is_none()) {
            let finding = Diagnostic::new(
                rules::UNKNOWN_TEXT,
                &Span::new(path, range.clone()),
                format!("there is no text `{key}`"),
            );
            found.push(match closest(key, keys.iter().map(String::as_str)) {
                Some(near) => finding.help(format!("did you mean `{near}`?")).guess(
                    format!("write `{near}`"),
                    &Span::new(path, range),
                    near,
                ),
                None => finding.help("add it to `i18n/en.toml` of the theme"),
            });
        }
    }
    found
}

fn low_contrast(files: &Files) -> Vec<Diagnostic> {
    let names = files.texts.keys().filter(|name| name.starts_with("styles/")).map(String::as_str);
    let names: Vec<&str> =
        names.chain(files.texts.contains_key(overrides::USER_CSS).then_some(overrides::USER_CSS)).collect();
    let sheets: Vec<Sheet<'_>> = names
        .iter()
        .map(|name| Sheet { name, text: &files.texts[*name].1, is_user: *name == overrides::USER_CSS })
        .collect();
    let place = |(sheet, range): &contrast::Place| {
        let name = names[*sheet];
        (Span::new(&files.texts[name].0, range.clone()), files.own.contains(name))
    };
    let told = contrast::faults(&sheets).into_iter().map(|fault| match fault {
        contrast::Fault::Low { palette, token, ground, found, least, places } => {
            let [(own, is_own), (other, is_other_own)] = [place(&places[0]), place(&places[1])];
            let (first, second, named) =
                if !is_own && is_other_own { (other, own, &*token) } else { (own, other, ground) };
            let message = format!("{palette}: `{token}` on `{ground}` is {found:.2}:1, less than {least}:1");
            Diagnostic::new(rules::LOW_CONTRAST, &first, message)
                .also(&second, format!("`{named}` is set here"))
                .help("take another lightness for one of them")
        }
        contrast::Fault::Unread { token, value, place: at } => {
            let message = format!("the contrast of `{token}` is not known: `{value}` is not read here");
            let mut finding = Diagnostic::new(rules::LOW_CONTRAST, &place(&at).0, message);
            finding.level = diag::Level::Warning;
            finding
                .help("write it as `oklch(50% 0.1 250)`, `rgb(0 114 178)` or `#0072b2`, perhaps in `light-dark(…, …)`")
        }
    });
    told.collect()
}

impl Files {
    fn of(snapshot: &Snapshot, folder: Option<&str>) -> Self {
        let mut texts = BTreeMap::new();
        for (name, bytes) in FILES {
            if let (Some(path), Ok(text)) = (RelPath::new(&format!("{BUILT_IN}/{name}")), std::str::from_utf8(bytes)) {
                texts.insert((*name).to_owned(), (path, text.to_owned()));
            }
        }
        let mut own = BTreeSet::new();
        let below = |path: &RelPath| path.below(folder?).map(str::to_owned);
        for (path, file) in &snapshot.files {
            let Some(name) = below(path) else { continue };
            if let Ok(text) = std::str::from_utf8(&file.bytes) {
                texts.insert(name.clone(), (path.clone(), text.to_owned()));
                own.insert(name);
            }
        }
        let first = own.get(contract::MANIFEST).or_else(|| own.first()).and_then(|name| texts.get(name));
        let somewhere = first.or_else(|| texts.get("templates/base.html")).map(|(path, _)| path.clone());
        let somewhere = somewhere.unwrap_or_else(crate::config::Config::path);
        Self { texts, own, somewhere }
    }

    /// Name, path and text.
    fn templates(&self) -> impl Iterator<Item = (&str, &RelPath, &str)> {
        let templates = self.texts.iter().filter(|(name, _)| name.starts_with("templates/"));
        templates.map(|(name, (path, text))| (name.as_str(), path, text.as_str()))
    }

    fn failing(&self, error: &anyhow::Error) -> Diagnostic {
        let Some(fault) = error.downcast_ref::<Fault>() else {
            return failing(&Span::start_of(&self.somewhere), &format!("{error:#}"));
        };
        let built_in = RelPath::new(&format!("{BUILT_IN}/{}", fault.name));
        let own = self.texts.get(&fault.name).filter(|_| fault.is_own).map(|(path, _)| path.clone());
        let path = own.or(built_in).unwrap_or_else(|| self.somewhere.clone());
        failing(&Span::new(&path, fault.range.clone()), &fault.message)
    }

    /// A fault of pages, at the place in the user's theme that it probably comes from.
    fn on_pages(&self, fault: &inspect::Fault, pages: &BTreeSet<(RelPath, &'static str)>) -> Diagnostic {
        let used: BTreeSet<String> = pages.iter().flat_map(|(_, template)| self.parts_of(template)).collect();
        let places = used.iter().filter_map(|name| self.texts.get(name).map(|(path, text)| (name, path, text)));
        let traced = places.filter_map(|(name, path, text)| {
            let at = text.to_lowercase().find(&fault.trace.to_lowercase()).filter(|_| !fault.trace.is_empty())?;
            Some((!self.own.contains(name), Span::new(path, at..at + fault.trace.len())))
        });
        let own = used.iter().find(|name| self.own.contains(*name)).and_then(|name| self.texts.get(name));
        let otherwise = || Span::start_of(own.map_or(&self.somewhere, |(path, _)| path));
        let place = traced.min_by_key(|(is_built_in, _)| *is_built_in).map_or_else(otherwise, |(_, place)| place);
        let first = pages.first().map_or("", |(path, _)| path.as_str());
        let on = match pages.len() {
            1 => format!("on {first}"),
            count => format!("on {count} pages, such as {first}"),
        };
        Diagnostic::new(fault.rule, &place, format!("{} ({on})", fault.message)).help(fault.help)
    }

    /// A template with those that it extends and includes.
    fn parts_of(&self, template: &str) -> BTreeSet<String> {
        let mut parts = BTreeSet::new();
        let mut open = vec![template.to_owned()];
        while let Some(name) = open.pop() {
            let full = format!("templates/{name}");
            let Some((_, text)) = self.texts.get(&full) else { continue };
            if !parts.insert(full.clone()) {
                continue;
            }
            // What is overridden may still be there, extended.
            let base = overrides::base(&full).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("");
            for text in [text.as_str(), base] {
                let named = anatomy::included(text).into_iter().chain(anatomy::extended(text));
                open.extend(named.map(str::to_owned));
            }
        }
        parts
    }
}
