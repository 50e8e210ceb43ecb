//! The theme: built-in templates and static files, overridden file by file from the repository, compiled once.
//!
//! Texts are files by language, `i18n/en.toml`: those of the repository lie over the built-in ones, text by text.
//! Styles and scripts are many small files, sent as one of each. Static files get names that carry a digest of their
//! content, so that they can be cached forever.

use crate::{config::Config, markup, snapshot::Snapshot, words::Words};
use anyhow::{Context as _, anyhow};
use std::{collections::BTreeMap, fmt, ops::Range, sync::Arc};
use tera::{ErrorKind, Tera};

pub mod anatomy;
mod built_in;
pub mod contract;
pub mod contrast;
pub mod css;
mod fill;
pub mod inspect;
pub mod overrides;
pub mod sample;
mod say;

pub use built_in::FILES;

/// Folders whose files are sent as one, in the order of their names.
const BUNDLES: &[(&str, &str)] = &[("styles/", "style.css"), ("scripts/", "site.js")];

/// Begins the name of a built-in template where the user's theme has one of that name: `default/incident.html`.
const OF_BASE: &str = "default/";

/// A compiled theme.
pub struct Theme {
    tera: Tera,
    /// Where the user's files are, for messages.
    folder: Option<String>,
    own: Vec<String>,
    /// Of the language of the site.
    pub words: Arc<Words>,
    /// As templates name it → address from the root of the site.
    pub static_names: BTreeMap<String, String>,
    /// Address from the root of the site → bytes.
    pub static_files: BTreeMap<String, Arc<[u8]>>,
}

/// A template that does not compile, or that asks for something that is not there.
#[derive(Debug)]
pub struct Fault {
    /// As the theme names it: `templates/incident.html`.
    pub name: String,
    /// It is a file of the user.
    pub is_own: bool,
    /// In the file, where the user sees it: with the folder.
    file: String,
    line: usize,
    /// Bytes of the template.
    pub range: Range<usize>,
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

impl std::error::Error for Fault {}

impl Theme {
    /// Takes the built-in theme and what the repository overrides of it.
    ///
    /// # Errors
    /// A template that does not compile, with its file and line: a [`Fault`].
    pub fn load(snapshot: &Snapshot, config: &Config) -> anyhow::Result<Self> {
        let folder = config.theme_dir.as_deref().map(|folder| folder.trim_matches('/').to_owned());
        let mut files: BTreeMap<String, Arc<[u8]>> =
            FILES.iter().map(|(name, bytes)| ((*name).to_owned(), slim(name, bytes))).collect();
        let mut texts = Vec::new();
        for (name, bytes) in FILES {
            texts.extend(text_of(name, bytes)?);
        }
        let mut own = Vec::new();
        for (name, (path, bytes)) in overrides::files(snapshot, config) {
            texts.extend(text_of(&name, bytes)?);
            files.insert(name.clone(), snapshot.files[path].bytes.clone());
            own.push(name);
        }
        let words = Arc::new(Words::load(&config.lang, &texts).context("theme")?);
        let mut templates = Vec::new();
        if own.iter().any(|name| name.starts_with("templates/")) {
            templates.extend(templates_of(FILES.iter().map(|(name, bytes)| (*name, *bytes)), OF_BASE)?);
        }
        templates.extend(templates_of(files.iter().map(|(name, bytes)| (name.as_str(), &**bytes)), "")?);
        let built_in = |name: &str| !own.iter().any(|own| own.strip_prefix("templates/") == Some(name));
        for (_, template) in templates.iter_mut().filter(|(name, _)| built_in(name)) {
            *template = fill::with_words(template, &words);
        }
        let (static_names, static_files) = (BTreeMap::new(), BTreeMap::new());
        let mut theme = Self { tera: Tera::new(), folder, own, words, static_names, static_files };
        theme.tera.autoescape_on([".html", ".xml"]);
        // The same entities as the library's own, which writes byte by byte.
        theme.tera.set_escape_fn(|text, out| {
            markup::escaped(text).try_for_each(|(plain, entity)| {
                out.write_all(plain.as_bytes())?;
                out.write_all(entity.as_bytes())
            })
        });
        say::register(&mut theme.tera, &theme.words);
        theme.tera.add_raw_templates(templates).map_err(|error| theme.explained(&error))?;
        for (name, bytes) in statics(&files) {
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
                let written = report.filename();
                let of_base = written.strip_prefix(OF_BASE);
                let name = format!("templates/{}", of_base.unwrap_or(written));
                let is_own = of_base.is_none() && self.own.contains(&name);
                let folder = self.folder.as_ref().filter(|_| is_own);
                let file =
                    folder.map_or_else(|| format!("built-in theme, {name}"), |folder| format!("{folder}/{name}"));
                let (line, range) = (report.span().start_line, report.span().range.clone());
                Fault { name, is_own, file, line, range, message: report.message().to_owned() }.into()
            }
            _ => anyhow!("theme{}: {error}", self.folder.as_ref().map_or(String::new(), |folder| format!(" {folder}"))),
        }
    }
}

/// Name (after `prefix`) and text of the templates among files.
fn templates_of<'f>(
    files: impl Iterator<Item = (&'f str, &'f [u8])>,
    prefix: &str,
) -> anyhow::Result<Vec<(String, String)>> {
    let mut templates = Vec::new();
    for (name, bytes) in files {
        let Some(template) = name.strip_prefix("templates/") else { continue };
        let text = std::str::from_utf8(bytes).with_context(|| format!("theme, {name}: not UTF-8"))?;
        templates.push((format!("{prefix}{template}"), text.to_owned()));
    }
    Ok(templates)
}

/// The static files, bundles made; the user's sheet comes last and in the last layer, so that it wins.
fn statics(files: &BTreeMap<String, Arc<[u8]>>) -> BTreeMap<String, Vec<u8>> {
    let mut statics: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for (name, bytes) in files {
        if let Some(name) = name.strip_prefix("static/") {
            statics.insert(name.to_owned(), bytes.to_vec());
        } else if let Some((_, whole)) = BUNDLES.iter().find(|(folder, _)| name.starts_with(folder)) {
            statics.entry((*whole).to_owned()).or_default().extend_from_slice(bytes);
        }
    }
    if let Some(user) = files.get(overrides::USER_CSS) {
        let sheet = statics.entry("style.css".to_owned()).or_default();
        sheet.extend_from_slice(b"\n@layer user {\n");
        sheet.extend_from_slice(user);
        sheet.extend_from_slice(b"\n}\n");
    }
    statics
}

/// The language and the content of a file of texts.
fn text_of(name: &str, bytes: &[u8]) -> anyhow::Result<Option<(String, String)>> {
    let Some(tag) = name.strip_prefix("i18n/").and_then(|name| name.strip_suffix(".toml")) else { return Ok(None) };
    let text = std::str::from_utf8(bytes).with_context(|| format!("theme, {name}: not UTF-8"))?;
    Ok(Some((tag.to_owned(), text.to_owned())))
}

/// Our own scripts and styles without indentation, without comments that have lines of their own and without the ends of
/// lines that end nothing: they travel with every visit.
fn slim(name: &str, bytes: &'static [u8]) -> Arc<[u8]> {
    let (Some("js" | "css"), Ok(text)) = (name.rsplit('.').next(), std::str::from_utf8(bytes)) else {
        return bytes.into();
    };
    let mut out = String::with_capacity(text.len());
    let mut comment = false;
    for line in text.lines().map(str::trim_start) {
        comment |= line.starts_with("/*");
        if !comment && !line.is_empty() && !line.starts_with("//") {
            out.push_str(line);
            if line.contains("//") || !line.ends_with([',', ';', '{', '(', '[']) {
                out.push('\n');
            }
        }
        comment &= !line.contains("*/");
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
    fn scripts_and_styles_travel_without_their_comments() {
        let slimmed =
            slim("a.js", b"// About.\n(() => {\n  /** One. */\n  /**\n   * Two.\n   */\n  f(\"// no\");\n})();\n");
        assert_eq!(&*slimmed, b"(() => {f(\"// no\");\n})();");
        assert_eq!(&*slim("a.css", b"/* About. */\n  a { b: c; } /* d */\n"), b"a { b: c; } /* d */\n");
        assert_eq!(&*slim("a.svg", b"  x\n"), b"  x\n");
    }

    #[test]
    fn the_sheet_of_the_user_comes_last_in_its_layer() {
        let mut config = defaults::config();
        config.theme_dir = Some("look/".into());
        let theme = Theme::load(&snapshot("look/user.css", "a { color: red; }"), &config).expect("a theme");
        let sheet = String::from_utf8(theme.static_files[&theme.static_names["style.css"]].to_vec()).expect("UTF-8");
        assert!(sheet.ends_with("\n@layer user {\na { color: red; }\n}\n"));
        assert!(!theme.static_names.contains_key("user.css"));
    }

    #[test]
    fn blocks_of_a_built_in_template_are_filled_without_a_copy() {
        let mut config = defaults::config();
        config.theme_dir = Some("look".into());
        let text = "{# ours #}\n{% extends \"default/base.html\" %}{% block footer %}<p>ours</p>{% endblock footer %}";
        let theme = Theme::load(&snapshot("look/templates/base.html", text), &config).expect("a theme");
        let error = theme.render("404.html", &tera::Context::new()).expect_err("no data").to_string();
        assert!(error.starts_with("built-in theme, templates/"), "{error}");
        assert!(theme.template_names().any(|name| name == "default/incident.html"));
    }

    #[test]
    fn static_names_carry_the_content() {
        let config = defaults::config();
        let theme = Theme::load(&snapshot("x.md", ""), &config).expect("the built-in theme");
        assert!(theme.static_names["style.css"].starts_with("static/style."));
    }

    fn said(lang: &str, template: &str, values: &[(&'static str, tera::Value)]) -> anyhow::Result<String> {
        let mut config = defaults::config();
        config.theme_dir = Some("look".into());
        config.lang = lang.into();
        let mut files = snapshot("look/templates/x.html", template);
        let texts = "[own]\nfound = { one = \"{n} <Fund> in [{what}](url)\", other = \"{n} Funde, `a<b`\" }\nword = \"Wort & mehr\"";
        let path = RelPath::new("look/i18n/de.toml").expect("a path");
        files.files.insert(path, File { bytes: texts.as_bytes().into() });
        let mut context = tera::Context::new();
        for (name, value) in values {
            context.insert_value(*name, value.clone());
        }
        Theme::load(&files, &config)?.render("x.html", &context)
    }

    #[test]
    fn texts_are_said_in_the_language_of_the_site_and_escaped() {
        let template = "{{ t.own.word }}|{{ say(key=\"own.found\", n=n, what=what, url=\"a&b\") }}";
        let what = ("what", tera::Value::from("<i>"));
        let one = said("de-AT", template, &[("n", 1.into()), what.clone()]).expect("words");
        assert_eq!(one, "Wort &amp; mehr|1 &lt;Fund&gt; in <a href=\"a&amp;b\">&lt;i&gt;</a>");
        let many = said("de-AT", template, &[("n", 1200.into()), what]).expect("words");
        assert_eq!(many, "Wort &amp; mehr|1.200 Funde, <code>a&lt;b</code>");
    }

    #[test]
    fn a_text_that_is_not_there_is_named_with_the_line_of_the_template() {
        let error = said("de", "\n{{ say(key=\"own.lost\") }}", &[]).expect_err("no such text").to_string();
        assert!(error.starts_with("look/templates/x.html:2:") && error.contains("own.lost"), "{error}");
        let error = said("de", "{{ say(key=\"own.found\", n=1, what=\"x\") }}", &[]).expect_err("no url").to_string();
        assert!(error.contains("asks for `url`"), "{error}");
    }
}
