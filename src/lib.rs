//! Afterword: from a repository of incident reports to a checked, searchable knowledge base.
//!
//! What is on disk becomes a [`snapshot::Snapshot`]; the snapshot is parsed into
//! [`model::Report`]s, checked by [`lint`], analyzed by [`analyze`], laid out by
//! [`pages`], turned into bytes by [`render`] and published by [`disk`]. Floors 0 to 9 do no
//! input or output, read no clock and no environment, and print nothing.
//!
//! The order below is the architecture: a module uses only modules of lower floors.
//! `tests/it/architecture.rs` reads this file and enforces it.

// floor 0
pub mod snapshot;
// floor 1
pub mod diag;
pub mod stats;
// floor 2
pub mod tree;
// floor 3
pub mod model;
pub mod site;
// floor 4
pub mod config;
pub mod markup;
// floor 5
pub mod parse;
pub mod schema;
pub mod theme;
// floor 6
pub mod analyze;
pub mod import;
pub mod lint;
// floor 7
pub mod pages;
// floor 8
pub mod export;
pub mod render;
pub mod search;
// floor 9
pub mod pipeline;
// floor 10
pub mod disk;
// floor 11
pub mod lsp;
pub mod serve;
// floor 12
pub mod cli;
