//! What will be on disk: pages to render, and the finished site.

use crate::snapshot::RelPath;
use std::{collections::BTreeMap, sync::Arc};

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
