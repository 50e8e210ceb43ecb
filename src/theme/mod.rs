//! The theme: built-in templates and static files, overridden file by file from the repository, compiled once.
//!
//! Styles and scripts are many small files, sent as one of each. Static files get names that carry a digest of their
//! content, so that they can be cached forever.

use crate::{config::Config, snapshot::Snapshot};
use anyhow::{Context as _, anyhow};
use std::{collections::BTreeMap, sync::Arc};
use tera::{ErrorKind, Tera};

mod built_in;

/// Folders whose files are sent as one, in the order of their names.
const BUNDLES: &[(&str, &str)] = &[("styles/", "style.css"), ("scripts/", "site.js")];

/// A compiled theme.
pub struct Theme {
    tera: Tera,
    /// Where the user's files are, for messages.
    folder: Option<String>,
    own: Vec<String>,
    /// As templates name it → address from the root of the site.
    pub static_names: BTreeMap<String, String>,
    /// Address from the root of the site → bytes.
    pub static_files: BTreeMap<String, Arc<[u8]>>,
}

impl Theme {
    /// Takes the built-in theme and what the repository overrides of it.
    ///
    /// # Errors
    /// A template that does not compile, with its file and line.
    pub fn load(snapshot: &Snapshot, config: &Config) -> anyhow::Result<Self> {
        let folder = config.theme_dir.as_deref().map(|folder| folder.trim_matches('/').to_owned());
        let mut files: BTreeMap<String, Arc<[u8]>> =
            built_in::FILES.iter().map(|(name, bytes)| ((*name).to_owned(), Arc::from(*bytes))).collect();
        let mut own = Vec::new();
        for (path, file) in &snapshot.files {
            let below = |folder: &str| path.as_str().strip_prefix(folder)?.strip_prefix('/');
            if let Some(name) = folder.as_deref().and_then(below) {
                files.insert(name.to_owned(), file.bytes.clone());
                own.push(name.to_owned());
            }
        }
        let mut templates = Vec::new();
        let mut statics: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        for (name, bytes) in files {
            if let Some(template) = name.strip_prefix("templates/") {
                let text = std::str::from_utf8(&bytes).with_context(|| format!("theme, {name}: not UTF-8"))?;
                templates.push((template.to_owned(), text.to_owned()));
            } else if let Some(name) = name.strip_prefix("static/") {
                statics.insert(name.to_owned(), bytes.to_vec());
            } else if let Some((_, whole)) = BUNDLES.iter().find(|(folder, _)| name.starts_with(folder)) {
                statics.entry((*whole).to_owned()).or_default().extend_from_slice(&bytes);
            }
        }
        let mut theme =
            Self { tera: Tera::new(), folder, own, static_names: BTreeMap::new(), static_files: BTreeMap::new() };
        theme.tera.autoescape_on([".html", ".xml"]);
        theme.tera.add_raw_templates(templates).map_err(|error| theme.explained(&error))?;
        for (name, bytes) in statics {
            let address = format!("static/{}", hashed(&name, &bytes));
            theme.static_names.insert(name, address.clone());
            theme.static_files.insert(address, bytes.into());
        }
        Ok(theme)
    }

    /// Renders a template with its data.
    ///
    /// # Errors
    /// What the template asks for is not there, with its file and line.
    pub fn render(&self, name: &str, context: &tera::Context) -> anyhow::Result<String> {
        self.tera.render(name, context).map_err(|error| self.explained(&error))
    }

    /// Names of all templates.
    pub fn template_names(&self) -> impl Iterator<Item = &str> {
        self.tera.get_template_names()
    }

    fn explained(&self, error: &tera::Error) -> anyhow::Error {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let name = format!("templates/{}", report.filename());
                let file = match &self.folder {
                    Some(folder) if self.own.contains(&name) => format!("{folder}/{name}"),
                    _ => format!("built-in theme, {name}"),
                };
                anyhow!("{file}:{}: {}", report.span().start_line, report.message())
            }
            _ => anyhow!("theme{}: {error}", self.folder.as_ref().map_or(String::new(), |folder| format!(" {folder}"))),
        }
    }
}

fn hashed(name: &str, bytes: &[u8]) -> String {
    let digest = blake3::hash(bytes).to_hex();
    let digest = &digest.as_str()[..8];
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{digest}.{extension}"),
        None => format!("{name}.{digest}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        config::defaults,
        snapshot::{File, History, RelPath},
    };

    fn snapshot(path: &str, text: &str) -> Snapshot {
        let path = RelPath::new(path).expect("a path");
        Snapshot {
            files: [(path, File { bytes: text.as_bytes().into() })].into(),
            history: History::default(),
            today: jiff::civil::date(2026, 1, 1),
            findings: Vec::new(),
            before: BTreeMap::new(),
        }
    }

    #[test]
    fn a_broken_template_is_named_with_its_line() {
        let mut config = defaults::config();
        config.theme_dir = Some("look".into());
        let error = Theme::load(&snapshot("look/templates/home.html", "a\n{% if %}"), &config).err().expect("an error");
        assert!(error.to_string().starts_with("look/templates/home.html:2:"), "{error}");
    }

    #[test]
    fn static_names_carry_the_content() {
        let config = defaults::config();
        let theme = Theme::load(&snapshot("x.md", ""), &config).expect("the built-in theme");
        assert!(theme.static_names["style.css"].starts_with("static/style."));
    }
}
