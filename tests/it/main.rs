//! The one test binary: what a user could see, mostly as data under `tests/`.

mod architecture;
mod audience;
mod changes;
mod cli;
mod fixing;
mod formats;
mod golden;
mod heads;
mod import;
mod incident;
mod language;
mod lint;
mod lists;
mod live;
mod lsp;
mod machines;
mod properties;
mod samples;
mod schema;
mod search;
mod sites;
mod support;
mod theme;
mod triggers;
mod words;
mod yaml;
