//! Pages and a theme → the finished site, in parallel and in order.

use crate::{
    config::Config,
    model::corpus::Corpus,
    pages,
    site::{Body, POLICY, Page, Shelf},
    snapshot::{RelPath, Snapshot},
    theme::Theme,
    words,
};
use anyhow::Context as _;
use serde::Serialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

mod svg;

#[derive(Serialize)]
struct SiteView<'a> {
    title: &'a str,
    description: &'a str,
    lang: &'a str,
    dir: &'static str,
    base_url: &'a str,
}

/// Turns pages into bytes.
pub struct Renderer<'t> {
    theme: &'t Theme,
    shared: tera::Context,
    /// Where the site begins, from any address of its host: a page that answers for missing ones is seen at all of them.
    home: String,
}

impl<'t> Renderer<'t> {
    #[must_use]
    pub fn new(theme: &'t Theme, config: &Config) -> Self {
        let Config { title, description, lang, base_url, .. } = config;
        let mut shared = tera::Context::new();
        shared.insert("site", &SiteView { title, description, lang, dir: words::direction(lang), base_url });
        shared.insert("policy", POLICY);
        shared.insert("assets", &theme.static_names);
        let path = base_url.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| rest[at..].to_owned()));
        let home = path.unwrap_or_else(|| "/".to_owned());
        Self { theme, shared, home }
    }

    /// All that the template of a page sees.
    #[must_use]
    pub fn context(&self, path: &RelPath, mut data: tera::Context) -> tera::Context {
        data.extend(self.shared.clone());
        let is_lost = path.as_str() == pages::NOT_FOUND;
        let root = if is_lost { self.home.clone() } else { pages::root_of(path.as_str()) };
        data.insert("root", &root);
        data.insert("path", path.as_str());
        data
    }

    /// The bytes of one page.
    ///
    /// # Errors
    /// Its template does not render.
    pub fn render(&self, page: Page) -> anyhow::Result<Arc<[u8]>> {
        let (name, data) = match page.body {
            Body::Raw(bytes) => return Ok(bytes),
            Body::Template { name, data } => (name, data),
        };
        let context = self.context(&page.path, data);
        let html = self.theme.render(name, &context).with_context(|| format!("page {}", page.path))?;
        Ok(html.into_bytes().into())
    }
}

/// Renders pages as they come, from any thread, and puts them on a shelf.
pub struct Filling<'t> {
    renderer: Renderer<'t>,
    shelf: &'t dyn Shelf,
    /// The shelf is full: what still comes need not be rendered.
    full: AtomicBool,
    done: Mutex<Done>,
}

/// What came of all pages.
#[derive(Default)]
pub struct Done {
    pub paths: BTreeSet<RelPath>,
    /// By path, so that the same fault is told whichever thread meets it first.
    pub faults: BTreeMap<RelPath, anyhow::Error>,
}

impl<'t> Filling<'t> {
    #[must_use]
    pub fn new(renderer: Renderer<'t>, shelf: &'t dyn Shelf) -> Self {
        Self { renderer, shelf, full: AtomicBool::new(false), done: Mutex::default() }
    }

    /// Renders one page and puts it on the shelf.
    pub fn accept(&self, page: Page) {
        if self.full.load(Ordering::Relaxed) {
            return;
        }
        let path = page.path.clone();
        let put = match self.renderer.render(page) {
            _ if !self.done().paths.insert(path.clone()) => Err(anyhow::anyhow!("two pages at one address: {path}")),
            Err(fault) => Err(fault),
            Ok(bytes) => self.shelf.put(&path, bytes).inspect_err(|_| self.full.store(true, Ordering::Relaxed)),
        };
        if let Err(fault) = put {
            self.done().faults.insert(path, fault);
        }
    }

    /// Adds the static files of the theme.
    pub fn add_static_files(&self) {
        for (address, bytes) in &self.renderer.theme.static_files {
            if let Some(path) = RelPath::new(address) {
                self.accept(Page { path, body: Body::Raw(bytes.clone()) });
            }
        }
    }

    /// The paths of all pages until now.
    #[must_use]
    pub fn paths(&self) -> BTreeSet<RelPath> {
        self.done().paths.clone()
    }

    #[must_use]
    pub fn outcome(self) -> Done {
        self.done.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn done(&self) -> MutexGuard<'_, Done> {
        self.done.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The files beside reports that reports link to. An SVG that could run something is replaced by a plain notice.
#[must_use]
pub fn assets(config: &Config, snapshot: &Snapshot, corpus: &Corpus) -> Vec<Page> {
    let pages = pages::assets(config, corpus).into_iter().filter_map(|(file, address)| {
        let bytes = snapshot.files.get(&file)?.bytes.clone();
        let live = file.as_str().to_ascii_lowercase().ends_with(".svg") && !svg::is_safe(&bytes);
        let bytes = if live { Arc::from(svg::NOTICE.as_bytes()) } else { bytes };
        Some(Page { path: RelPath::new(&address)?, body: Body::Raw(bytes) })
    });
    pages.collect()
}
