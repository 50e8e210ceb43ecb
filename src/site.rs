//! What will be on disk: pages to render, and the finished site.

use crate::snapshot::RelPath;
use std::{collections::BTreeMap, sync::Arc};

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
