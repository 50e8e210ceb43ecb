//! The theme: built-in templates and static files, overridden file by file from the repository, compiled once.
//!
//! Static files get names that carry a digest of their content, so that they can be cached forever.

use crate::{config::Config, snapshot::Snapshot};
use anyhow::{Context as _, anyhow};
use std::{collections::BTreeMap, sync::Arc};
use tera::{ErrorKind, Tera};

/// A compiled theme.
pub struct Theme {
    tera: Tera,
    /// Where the user's templates are, for messages.
    folder: Option<String>,
    own: Vec<String>,
    /// As templates name it → address from the root of the site.
    pub static_names: BTreeMap<String, String>,
    /// Address from the root of the site → bytes.
    pub static_files: BTreeMap<String, Arc<[u8]>>,
}

macro_rules! templates {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../themes/default/templates/", $name)))),+]
    };
}

const TEMPLATES: &[(&str, &str)] = templates!(
    "404.html",
    "actions.html",
    "base.html",
    "digest.html",
    "digests.html",
    "group.html",
    "groups.html",
    "home.html",
    "incident.html",
    "incidents.html",
    "measures.html",
    "metrics.html",
    "not-published.html",
    "patterns.html",
    "repeating.html",
    "rows.html",
    "rule.html",
    "rules.html",
    "search-form.html",
    "search-words.html",
    "search.html",
    "severities.html",
    "behind.html",
    "evidence.html",
    "numbers.html",
);

const STATIC: &[(&str, &[u8])] = &[
    ("filter.js", include_bytes!("../themes/default/static/filter.js")),
    ("icon.svg", include_bytes!("../themes/default/static/icon.svg")),
    ("search-open.js", include_bytes!("../themes/default/static/search-open.js")),
    ("search.css", include_bytes!("../themes/default/static/search.css")),
    ("search.js", include_bytes!("../themes/default/static/search.js")),
    ("style.css", include_bytes!("../themes/default/static/style.css")),
];

impl Theme {
    /// Takes the built-in theme and what the repository overrides of it.
    ///
    /// # Errors
    /// A template that does not compile, with its file and line.
    pub fn load(snapshot: &Snapshot, config: &Config) -> anyhow::Result<Self> {
        let folder = config.theme_dir.as_deref().map(|folder| folder.trim_matches('/').to_owned());
        let mut templates: BTreeMap<String, String> =
            TEMPLATES.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        let mut statics: BTreeMap<String, Arc<[u8]>> =
            STATIC.iter().map(|(name, bytes)| ((*name).to_owned(), slim(name, bytes))).collect();
        let mut own = Vec::new();
        for (path, file) in &snapshot.files {
            let Some(rest) = folder.as_deref().and_then(|folder| path.as_str().strip_prefix(folder)?.strip_prefix('/'))
            else {
                continue;
            };
            if let Some(name) = rest.strip_prefix("templates/") {
                let text = std::str::from_utf8(&file.bytes).with_context(|| format!("{path}: not UTF-8"))?;
                templates.insert(name.to_owned(), text.to_owned());
                own.push(name.to_owned());
            } else if let Some(name) = rest.strip_prefix("static/") {
                statics.insert(name.to_owned(), file.bytes.clone());
            }
        }
        let mut theme =
            Self { tera: Tera::new(), folder, own, static_names: BTreeMap::new(), static_files: BTreeMap::new() };
        theme.tera.autoescape_on([".html", ".xml"]);
        theme.tera.add_raw_templates(templates).map_err(|error| theme.explained(&error))?;
        for (name, bytes) in statics {
            let address = format!("static/{}", hashed(&name, &bytes));
            theme.static_names.insert(name, address.clone());
            theme.static_files.insert(address, bytes);
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
                let name = report.filename();
                let file = match &self.folder {
                    Some(folder) if self.own.iter().any(|own| own == name) => format!("{folder}/templates/{name}"),
                    _ => format!("built-in theme, templates/{name}"),
                };
                anyhow!("{file}:{}: {}", report.span().start_line, report.message())
            }
            _ => anyhow!("theme{}: {error}", self.folder.as_ref().map_or(String::new(), |folder| format!(" {folder}"))),
        }
    }
}

/// Our own scripts without indentation and without comments that have lines of their own: they travel with every visit.
fn slim(name: &str, bytes: &'static [u8]) -> Arc<[u8]> {
    let (true, Ok(text)) = (name.ends_with(".js"), std::str::from_utf8(bytes)) else { return bytes.into() };
    let mut out = String::with_capacity(text.len());
    let mut comment = false;
    for line in text.lines().map(str::trim_start) {
        comment |= line.starts_with("/**");
        if !comment && !line.is_empty() && !line.starts_with("//") {
            out.push_str(line);
            out.push('\n');
        }
        comment &= !line.ends_with("*/");
    }
    out.into_bytes().into()
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
    fn scripts_travel_without_their_comments() {
        let slimmed = slim("a.js", b"// About.\n(() => {\n  /** One. */\n  /**\n   * Two.\n   */\n  f(\"// no\");\n})();\n");
        assert_eq!(&*slimmed, b"(() => {\nf(\"// no\");\n})();\n");
        assert_eq!(&*slim("a.css", b"  x\n"), b"  x\n");
    }

    #[test]
    fn static_names_carry_the_content() {
        let config = defaults::config();
        let theme = Theme::load(&snapshot("x.md", ""), &config).expect("the built-in theme");
        assert!(theme.static_names["style.css"].starts_with("static/style."));
    }
}
