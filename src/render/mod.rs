//! Pages and a theme → the finished site, in parallel and in order.

use crate::{
    config::Config,
    model::corpus::Corpus,
    pages,
    site::{Body, POLICY, Page, Site},
    snapshot::{RelPath, Snapshot},
    theme::Theme,
    words,
};
use anyhow::Context as _;
use serde::Serialize;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
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

/// Turns pages into bytes as they come, from any thread.
pub struct Renderer<'t> {
    theme: &'t Theme,
    shared: tera::Context,
    /// Where the site begins, from any address of its host: a page that answers for missing ones is seen at all of them.
    home: String,
    done: Mutex<Done>,
}

#[derive(Default)]
struct Done {
    files: BTreeMap<RelPath, Arc<[u8]>>,
    /// By path, so that the same fault is told whichever thread meets it first.
    faults: BTreeMap<RelPath, anyhow::Error>,
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
        Self { theme, shared, home, done: Mutex::default() }
    }

    /// Renders one page.
    pub fn accept(&self, page: Page) {
        let path = page.path.clone();
        let rendered = self.render(page);
        let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        match rendered {
            Ok(bytes) => {
                if done.files.insert(path.clone(), bytes).is_some() {
                    done.faults.insert(path.clone(), anyhow::anyhow!("two pages at one address: {path}"));
                }
            }
            Err(fault) => {
                done.faults.insert(path, fault);
            }
        }
    }

    /// All pages together with the static files of the theme.
    ///
    /// # Errors
    /// A template that could not be rendered, or two pages at one address; the first by path.
    pub fn finish(self) -> anyhow::Result<Site> {
        let (site, mut faults) = self.outcome();
        faults.pop_first().map_or(Ok(site), |(_, fault)| Err(fault))
    }

    /// All pages that could be rendered, with the static files, and what went wrong by page.
    #[must_use]
    pub fn outcome(self) -> (Site, BTreeMap<RelPath, anyhow::Error>) {
        let Done { mut files, mut faults } = self.done.into_inner().unwrap_or_else(PoisonError::into_inner);
        for (address, bytes) in &self.theme.static_files {
            let Some(path) = RelPath::new(address) else { continue };
            if files.insert(path.clone(), bytes.clone()).is_some() {
                faults.insert(path, anyhow::anyhow!("two pages at one address: {address}"));
            }
        }
        (Site { files }, faults)
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

/// The files beside reports that reports link to. An SVG that could run something is replaced by a plain notice.
#[must_use]
pub fn assets(snapshot: &Snapshot, corpus: &Corpus) -> Vec<Page> {
    let pages = pages::assets(corpus).into_iter().filter_map(|(file, address)| {
        let bytes = snapshot.files.get(&file)?.bytes.clone();
        let live = file.as_str().to_ascii_lowercase().ends_with(".svg") && !svg::is_safe(&bytes);
        let bytes = if live { Arc::from(svg::NOTICE.as_bytes()) } else { bytes };
        Some(Page { path: RelPath::new(&address)?, body: Body::Raw(bytes) })
    });
    pages.collect()
}
