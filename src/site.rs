//! What will be on disk: pages to render, and the finished site.

mod kinds;
mod names;

pub use kinds::{is_asset, is_image, is_mistaken};
pub use names::{is_device, unportable};

use crate::snapshot::RelPath;
use std::{
    borrow::Cow,
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

/// What a page may load and do. Its meta element says it, and so does `_headers`.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'; trusted-types afterword";

/// One file of the site before it has bytes.
#[derive(Debug)]
pub struct Page {
    pub path: RelPath,
    pub body: Body,
}

#[derive(Debug)]
pub enum Body {
    /// A template of the theme and the data it sees, and nothing else.
    Template {
        name: &'static str,
        data: tera::Context,
    },
    Raw(Arc<[u8]>),
}

/// The finished site: every file, whole, in memory.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Site {
    pub files: BTreeMap<RelPath, Arc<[u8]>>,
}

/// Where the files of a site go as they are made, in any order and from any thread.
pub trait Shelf: Sync {
    /// Takes one file. Nobody gives two with one path.
    ///
    /// # Errors
    /// There is no room for it; the path is told. The site is then not finished.
    fn put(&self, path: &RelPath, bytes: Arc<[u8]>) -> anyhow::Result<()>;
}

/// A site that is being made in memory.
#[derive(Debug, Default)]
pub struct Memory(Mutex<BTreeMap<RelPath, Arc<[u8]>>>);

impl Memory {
    #[must_use]
    pub fn into_site(self) -> Site {
        Site { files: self.0.into_inner().unwrap_or_else(PoisonError::into_inner) }
    }
}

impl Shelf for Memory {
    fn put(&self, path: &RelPath, bytes: Arc<[u8]>) -> anyhow::Result<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone(), bytes);
        Ok(())
    }
}

/// An id as part of an address: letters, digits, `-`, `_` and `.`, and no device of Windows.
#[must_use]
pub fn slug(id: &str) -> Cow<'_, str> {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let trimmed = id.trim_matches('.');
    if trimmed.is_empty() {
        return Cow::Borrowed("unnamed");
    }
    let slug = if trimmed.chars().all(fits) { trimmed.into() } else { trimmed.replace(|c| !fits(c), "-").into() };
    names::without_device(slug)
}
