//! Pages and a theme → the finished site, in parallel and in order.

use crate::{
    config::Config,
    model::corpus::Corpus,
    pages,
    site::{Body, Page, Site},
    snapshot::{RelPath, Snapshot},
    theme::Theme,
};
use anyhow::{Context as _, bail};
use rayon::prelude::*;
use serde::Serialize;
use std::{collections::BTreeMap, sync::Arc};

mod svg;

#[derive(Serialize)]
struct SiteView<'a> {
    title: &'a str,
    description: &'a str,
    lang: &'a str,
    base_url: &'a str,
}

/// Renders every page.
///
/// # Errors
/// A template that cannot be rendered, or two pages at one address.
pub fn render(pages: Vec<Page>, theme: &Theme, config: &Config) -> anyhow::Result<Site> {
    let mut shared = tera::Context::new();
    shared.insert(
        "site",
        &SiteView {
            title: &config.title,
            description: &config.description,
            lang: &config.lang,
            base_url: &config.base_url,
        },
    );
    shared.insert("assets", &theme.static_names);
    let rendered: Vec<anyhow::Result<(RelPath, Arc<[u8]>)>> =
        pages.into_par_iter().map(|page| one(page, theme, &shared)).collect();
    let mut files = BTreeMap::new();
    for (address, bytes) in &theme.static_files {
        let path = RelPath::new(address).with_context(|| format!("theme: `{address}` is not a path"))?;
        files.insert(path, bytes.clone());
    }
    for page in rendered {
        let (path, bytes) = page?;
        if files.insert(path.clone(), bytes).is_some() {
            bail!("two pages at one address: {path}");
        }
    }
    Ok(Site { files })
}

fn one(page: Page, theme: &Theme, shared: &tera::Context) -> anyhow::Result<(RelPath, Arc<[u8]>)> {
    let (name, data) = match page.body {
        Body::Raw(bytes) => return Ok((page.path, bytes)),
        Body::Template { name, data } => (name, data),
    };
    let mut context =
        tera::Context::from_serialize(&data).map_err(|error| anyhow::anyhow!("{}: {error}", page.path))?;
    context.extend(shared.clone());
    context.insert("root", &pages::root_of(page.path.as_str()));
    context.insert("path", page.path.as_str());
    let html = theme.render(name, &context).with_context(|| format!("page {}", page.path))?;
    Ok((page.path, html.into_bytes().into()))
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
